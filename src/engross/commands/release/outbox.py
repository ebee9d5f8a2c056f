"""What a release would be, and `dist/<slug>/outbox/`: what each addressee of it gets."""

import json
from collections.abc import Iterator, Mapping

from engross.assemble.edition import CorrectionEntry, Edition
from engross.cache.store import Store
from engross.commands.book import FoundBook
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.request import ReleaseRequest
from engross.commands.stages import Finished
from engross.disk import fs
from engross.disk.refused import explained
from engross.model.check import Output
from engross.read import open_book
from engross.revision.standing import Standing
from engross.workshop.assembled import assembled

ADDRESSEES = {"slip": "readers", "print": "printer", "cover": "printer", "epub": "shops"}
"""Who is sent outputs of a kind; records go to the shops as well."""
ARCHIVE = "Send the bag of this version, the folder ../../bags/{version}, whole as it is.\n"


def fill_outbox(found: FoundBook, finished: Finished, record: Mapping[str, bytes]) -> None:
    """
    Put the files that are to be sent in the place of those of the release before.

    A file is sent again if its bytes are others than those that the addressee has; beside them lies
    what changed, in words.

    Raises:
        EngrossError: the system refuses it.
    """
    edition = found.dist / finished.edition.manifest.edition
    stage, outbox = edition / ".outbox-new", edition / "outbox"
    with explained(found.dist):
        fs.remove_tree(stage)
        fs.make_folder(stage)
        fs.write_files(stage, dict(_letters(finished, record)))
        fs.sync_tree(stage)
        fs.remove_tree(outbox)
        fs.rename(stage, outbox)
        fs.sync_folder(edition)


def _letters(finished: Finished, record: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    version, earlier = finished.edition.manifest.version, finished.standing.earlier
    before = {row.path: row.sha256 for row in earlier[-1].record.outputs} if earlier else {}
    now = {row["path"]: row["sha256"] for row in json.loads(record["record.json"])["outputs"]}
    sent = set()
    for output in finished.made.outputs:
        if (whom := _whom(output)) and now[output.name] != before.get(output.name):
            sent.add(whom)
            yield f"{whom}/{output.name.rpartition('/')[2]}", output.content
    yield "archive/README.txt", ARCHIVE.format(version=version).encode()
    if earlier:
        last = earlier[-1].version
        words = [f"What changed from version {last} to {version}:", ""]
        words += [line for line, _ in changed_lines(finished.edition, last)]
        old = earlier[-1].pages.digests
        new = json.loads(record["pages.json"]).get("digests", [])
        for whom in sent - {"readers"}:
            more = ["", *_pages(old, new)] if whom == "printer" else []
            yield f"{whom}/changes.txt", ("\n".join([*words, *more]) + "\n").encode()


def _whom(output: Output) -> str:
    if output.kind == "metadata" and output.name.endswith((".xml", ".mrc", ".json", ".csv")):
        return "shops"
    return ADDRESSEES.get(output.kind, "")


def changed_lines(edition: Edition, last: str) -> list[tuple[str, str]]:
    """What differs from a version, a line each, and the page of that version that it stands on."""
    rows = [one for one in edition.changes.entries if last in dict(one.pages)]
    return [(_line(row), dict(row.pages)[last]) for row in rows]


def _line(row: CorrectionEntry) -> str:
    place = f"{row.title}, ¶ {row.paragraph}" if row.paragraph else row.title
    if row.join:
        return f"{place}: the paragraph division is gone: “{row.old} | {row.new}”"
    if not (row.old or row.new):
        return f"{place}: {row.reason}"
    if not (row.old and row.new):
        return f"{place}: {'insert' if row.new else 'delete'} “{row.new or row.old}”"
    return f"{place}: for “{row.old}” read “{row.new}”"


def _pages(old: tuple[str, ...], new: list[str]) -> list[str]:
    """Which pages differ from what the printer has, or that their number does."""
    if len(old) != len(new):
        return [f"The interior had {len(old)} pages and has {len(new)}: print it anew."]
    changed = [str(at) for at, (one, two) in enumerate(zip(old, new, strict=True), 1) if one != two]
    return [f"Pages that differ, counted from the first: {', '.join(changed)}"] if changed else []


@command
def summary(run: Run, request: ReleaseRequest) -> Outcome:
    """Version, day and reasons; the list, with pages of the last printing; who is to get what."""
    state = assembled(open_book(run.found.folder), Store(None), known=run.known)
    standing, edition = state.standing, state.edition
    lines = [] if standing.released else _lines(request, standing, edition)
    return run.outcome(findings=state.findings, unchanged=True, extra={"lines": lines})


def _lines(request: ReleaseRequest, standing: Standing, edition: Edition) -> list[str]:
    manifest = edition.manifest
    lines = [f"version {request.version or manifest.version} of {manifest.title}, {request.date}"]
    whom = {"printer": "print", "shops and libraries": "epub", "readers online": "web"}
    some = [name for name, kind in whom.items() if kind in manifest.outputs]
    if standing.proposal and standing.earlier:
        last = standing.earlier[-1].version
        lines.append(f"after {last}: {standing.proposal.words()}")
        for line, page in changed_lines(edition, last):
            lines.append(f"- {line} (p. {page} of {last})" if page else f"- {line}")
        if "print" in manifest.outputs:
            some.insert(0, f"owners of version {last} (a slip)")
    return [*lines, f"to be sent to: {', '.join([*some, 'the archive (a bag)'])}"]
