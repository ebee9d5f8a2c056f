"""
`engross freeze`: digests enter the form of a document.

Before the first release it also takes over slips of the editors' own transcription; what was
received from somebody else it never touches.
"""

from difflib import unified_diff
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from engross.catalog import finding, stop
from engross.commands.book import find_book
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.disk.refused import written
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.model.text import leaves
from engross.parse.load import Parsed, load
from engross.parse.markdown import parse_markdown
from engross.parse.transcript import prove_transcript
from engross.read import Sources, decode, open_book
from engross.revision.ledger_file import PATH as LEDGER
from engross.revision.ledger_file import edited, quoted
from engross.schema.document import DocumentRecord, Received

FORM = "documents/*/document.yaml"


def freeze(book: Path | None) -> Outcome:
    """Enter digests that are missing, and take over slips of own transcriptions."""
    return ended(find_book(book), _freeze)


def _freeze(run: Run) -> Outcome:
    sources = open_book(run.found.folder)
    released = bool(sources.find("releases/*/release.yaml") or sources.find("releases/*/*"))
    files: dict[str, bytes] = {}
    lines: list[str] = []
    base: dict[str, str] = {}
    for path in sources.find(FORM):
        loaded = load(DocumentRecord, sources.need(path))
        if not isinstance(loaded, Parsed):
            raise stop(list(loaded))
        folder = str(PurePosixPath(path).parent)
        record = loaded.value
        plates = {one.file: sources.need(f"{folder}/{one.file}").sha256 for one in record.plates}
        digests = {one.file: plates[one.file] for one in record.plates if not one.sha256}
        lines += [f"{folder}/{name}: sha256 {digest}" for name, digest in digests.items()]
        own = _own(sources, folder, record.received) if record.received.own else {}
        if own and released:
            fix = "enter the slip into the ledger: engross correct"
            message = f"{folder}/transcript.md was changed after the first release"
            raise stop([finding("T002", Place(f"{folder}/transcript.md"), message, fix)])
        received = f"{folder}/{record.received.file}"
        if own:
            base[record.id] = SourceFile.of(received, own[received]).sha256
            lines.append(f"{received}: slips of our own transcription are taken over")
        files |= own
        if digests or own:
            change = partial(_enter, digests, base.get(record.id, ""), own.get(received, b""))
            files[path] = edited(sources.need(path).content.decode(), change).encode()
    if base and sources.exists(LEDGER):
        text = sources.need(LEDGER).content.decode()
        files[LEDGER] = edited(text, lambda tree: tree["base"].update(base)).encode()
    write_files(run.found.folder, files)
    return run.outcome(extra={"lines": lines or ["nothing to freeze"], "changed": sorted(files)})


def _enter(digests: dict[str, str], received: str, text: bytes, tree: Any) -> None:
    for row in tree.get("plates", ()):
        if row["file"] in digests:
            row["sha256"] = quoted(digests[row["file"]])
    if received:
        tree["received"]["sha256"] = quoted(received)
        count = max(1, text.decode().rstrip("\n").count("\n") + 1)
        tree["received"]["lines"] = [{"lines": quoted(f"1-{count}"), "use": "transcript"}]


def _own(sources: Sources, folder: str, received: Received) -> dict[str, bytes]:
    """The received file as the transcript has it now, and what was before; none if they agree."""
    path, old = f"{folder}/{received.file}", sources.need(f"{folder}/{received.file}").content
    new = sources.need(f"{folder}/transcript.md").content
    body = parse_markdown(text_of(path, new), path, dialect="transcript")
    place = Place(path)
    faults = list(prove_transcript(body, text_of(path, old), received, path, place))
    if received.format not in {"markdown", "text"} or received.read_from or not faults:
        return {}
    if received.format == "text":
        new = ("\n\n".join(leaf.text for leaf in leaves(body.blocks)) + "\n").encode()
    digest = SourceFile.of(path, old).sha256[:12]
    before, after = (text_of(path, one).splitlines(keepends=True) for one in (old, new))
    rows = unified_diff(before, after, "before", "now")
    stem, suffix = PurePosixPath(path).stem, PurePosixPath(path).suffix
    earlier = f"{folder}/earlier/{stem}-{digest}"
    return {path: new, f"{earlier}{suffix}": old, f"{earlier}.diff.txt": "".join(rows).encode()}


def text_of(path: str, content: bytes) -> str:
    """Its words, or an error."""
    text, findings = decode(SourceFile.of(path, content))
    if text is None:
        raise stop(findings)
    return text


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Forms last, and the ledger after all: they never name what is not there."""
    for path in sorted(files, key=lambda one: (one.endswith(".yaml"), one == LEDGER)):
        with written(path):
            fs.make_folders((folder.absolute() / path).parent, folder.absolute())
            fs.replace_file(folder / path, files[path], folder / f"{path}.new")
