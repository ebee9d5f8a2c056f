"""What a release keeps of a finished build, as files of `releases/<version>/`."""

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict

from engross.assemble.edition import Edition
from engross.assemble.printed import numbers_of, printed_texts
from engross.commands.stages import Finished
from engross.model.source import SourceFile
from engross.parse.book import Book
from engross.publish import versions
from engross.release import frozen
from engross.release.frozen import moved
from engross.revision.fields import correct_book, fields_of
from engross.revision.recorded import stated
from engross.revision.since import prose_paths
from engross.revision.standing import inputs
from engross.schema.base import Model
from engross.schema.release import (
    Accepted,
    FrozenCheck,
    FrozenLedger,
    FrozenOutput,
    PageMap,
    Record,
)


def release_files(
    finished: Finished, accepted: Sequence[Accepted], not_checked: Sequence[str]
) -> dict[str, bytes]:
    """The files of a release's folder, by name."""
    edition = finished.edition
    files = {
        "record.json": _json(_record(finished, accepted, not_checked)),
        "numbering.json": _json(numbers_of(edition)),
        "pages.json": _json(_pages(finished)),
    }
    if finished.standing.earlier:
        last = finished.standing.earlier[-1]
        rows = [asdict(row) for row in moved(last.numbers, numbers_of(edition))]
        if rows:
            table = {"from": last.version, "to": edition.manifest.version, "numbers": rows}
            files["concordance.json"] = frozen.as_file(table)
    for section, lines in kept_texts(edition, finished.standing.book).items():
        files[f"texts/{section}.txt"] = frozen.written_texts(lines).encode()
    for path in prose_paths(finished.standing.book):
        file = finished.sources.file(path)
        if isinstance(file, SourceFile):
            files[f"files/{path}"] = file.content
    return files


def kept_texts(edition: Edition, book: Book) -> dict[str, dict[str, str]]:
    """The printed texts, each document's with the fields of its record; and `manifest`: its own."""
    found = printed_texts(edition.sections)
    for address, text in fields_of(correct_book(book).book).items():
        found.setdefault(address.partition("/")[0], {})[address] = text
    return found


def _record(finished: Finished, accepted: Sequence[Accepted], not_checked: Sequence[str]) -> Record:
    edition, standing = finished.edition, finished.standing
    manifest = edition.manifest
    digests = inputs(finished.sources)
    ledger = standing.book.ledger
    return Record(
        edition=manifest.edition,
        version=manifest.version,
        date=standing.day,
        modified=edition.modified,
        title=manifest.title,
        subtitle=manifest.subtitle,
        documents=tuple(document.id for document in standing.book.documents),
        sections=tuple(section.address for section in edition.sections),
        step=standing.proposal.words() if standing.proposal else "first release",
        isbn_decision=ledger.value.isbn_decision if ledger else None,
        ledger=FrozenLedger(
            sha256=digests.get("corrections.yaml"),
            corrections=ledger.value.corrections if ledger else (),
        ),
        inputs=digests,
        outputs=tuple(
            FrozenOutput(
                kind=output.kind,
                path=output.name,
                sha256=hashlib.sha256(output.content).hexdigest(),
                bytes=len(output.content),
                profile=output.profile,
                pages=output.pages,
            )
            for output in finished.made.outputs
        ),
        build=finished.published.digest,
        versions=versions(finished.made.versions, finished.made.fonts),
        accepted=tuple(accepted),
        not_checked=tuple(not_checked),
        checks=tuple(
            FrozenCheck(
                tool=row.name, version=row.version, subject=row.subject, verdict=row.verdict.value
            )
            for row in stated(finished.outcome.checks)
        ),
    )


def _pages(finished: Finished) -> PageMap:
    paged = [output for output in finished.made.outputs if output.pages]
    interiors = [output for output in paged if output.kind in {"print", "screen"}]
    first = next(iter(interiors), None)
    return PageMap(
        files=tuple(output.name for output in interiors),
        count=first.pages or 0 if first else 0,
        pages=dict(finished.made.page_map),
        digests=page_digests(first.content) if first else (),
    )


def page_digests(pdf: bytes) -> tuple[str, ...]:
    """SHA-256 of what each page of a PDF shows, at one pixel a point."""
    import pypdfium2

    found = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            bitmap = page.render(scale=1, grayscale=True)
            found.append(hashlib.sha256(bytes(bitmap.buffer)).hexdigest())
            bitmap.close()
            page.close()
    return tuple(found)


def _json(model: Model) -> bytes:
    return frozen.as_file(model.model_dump(mode="json", exclude_none=True))
