"""`engross check`: read, parse and assemble; every finding, no typesetting."""

from pathlib import Path

from engross.assemble import assemble
from engross.cache.store import Store
from engross.catalog import stop
from engross.commands.book import find_book
from engross.commands.outcome import Outcome, status_of
from engross.model.finding import EngrossError, errors
from engross.parse.parse import parse
from engross.read import open_book
from engross.revision.standing import stand
from engross.workshop.faces import judge_faces
from engross.workshop.pictures import judge_pictures, judge_sheets
from engross.workshop.progress import Listener, Progress, silent


def check(book: Path | None, *, strict: bool = False, listen: Listener = silent) -> Outcome:
    """Judge an editor's files; the outcome's `published` says what is in dist, untouched."""
    found = find_book(book)
    progress = Progress(listen)
    edition_name = version = ""
    released = False
    digests: dict[str, str] = {}
    try:
        with progress.stage("read"):
            sources = open_book(found.folder)
        with progress.stage("parse"):
            state = stand(sources, parse(sources))
        parsed, released = state.book, state.released
        edition_name = parsed.manifest.value.edition
        version = parsed.manifest.value.version
        with progress.stage("assemble"):
            if errors(state.findings):
                raise stop(state.findings)
            edition, warnings = assemble(parsed, state.context(sources.digest()))
        digests = edition.digests
        sheets = judge_sheets(sources)
        pictures = judge_pictures(edition, sources, Store(found.folder / ".engross" / "cache"))
        faces = judge_faces(parsed.manifest, sources) if not sheets else ()
        findings = (*parsed.findings, *warnings, *pictures, *sheets, *faces, *sources.changed())
    except EngrossError as error:
        findings = error.findings
    return Outcome(
        edition=edition_name,
        version=version,
        released=released,
        published=found.published(edition_name),
        findings=findings,
        seconds=progress.seconds,
        exit_status=status_of(findings, strict=strict),
        book=found.shown,
        extra={"texts": digests},
    )
