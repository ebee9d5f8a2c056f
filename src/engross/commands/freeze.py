"""
`engross plate` and `engross freeze`: pictures and digests enter the form of a document.

Before the first release, `freeze` also takes over slips of the editors' own transcription; what was
received from somebody else it never touches.
"""

import io
import os
import re
from difflib import unified_diff
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from engross.catalog import finding, stop
from engross.commands.book import find_book
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome
from engross.commands.request import PlateRequest
from engross.disk import fs
from engross.disk.refused import written
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.model.text import leaves
from engross.parse.load import Parsed, load
from engross.parse.markdown import parse_markdown
from engross.parse.transcript import prove_transcript
from engross.read import Limits, Sources, decode, open_book, open_folder
from engross.read.bounded import within
from engross.read.images import KINDS, kind_of
from engross.revision.ledger_file import PATH as LEDGER
from engross.revision.ledger_file import edited, quoted
from engross.schema.document import DocumentRecord, Received

FORM = "documents/*/document.yaml"


def plate(request: PlateRequest) -> Outcome:
    """Copy pictures into a document's folder and enter them among its plates, with digests."""
    return ended(find_book(request.book), partial(_plate, request))


def freeze(book: Path | None) -> Outcome:
    """Enter digests that are missing, and take over slips of own transcriptions."""
    return ended(find_book(book), _freeze)


def _plate(request: PlateRequest, run: Run) -> Outcome:
    sources = open_book(run.found.folder)
    forms = [one for one in sources.find(FORM) if request.document in {"", one.split("/")[1]}]
    if len(forms) != 1:
        known = ", ".join(one.split("/")[1] for one in sources.find(FORM))
        fix = f"say which with --document: {known}"
        raise stop([finding("C022", Place(), "it is not clear whose plates they are", fix)])
    rows, files = [], {}
    for path in request.files:
        name, content = _picture(path)
        files[f"{PurePosixPath(forms[0]).parent}/{name}"] = content
        words = path.stem.replace("-", " ").replace("_", " ")
        alt = request.alt or request.caption or words
        row = {"file": name, "sha256": SourceFile.of(name, content).sha256, "alt": alt}
        row |= {"caption": request.caption or words} | (
            {"leaf": request.leaf} if request.leaf else {}
        )
        rows.append(row)

    def enter(tree: Any) -> None:
        held = tree.setdefault("plates", [])
        for row in rows:
            known = next((one for one in held if one["file"] == row["file"]), None)
            if known is None:
                held.append({key: quoted(value) for key, value in row.items()})
            else:
                known["sha256"] = row["sha256"]

    text = edited(sources.need(forms[0]).content.decode(), enter)
    write_files(run.found.folder, {**files, forms[0]: text.encode()})
    lines = [f"{row['file']}: sha256 {row['sha256']}" for row in rows]
    return run.outcome(extra={"lines": lines, "changed": [*files, forms[0]]})


def _picture(path: Path) -> tuple[str, bytes]:
    """Name and bytes as a book holds them; a TIFF of one page becomes a PNG of the same dots."""
    file = open_folder(path.parent).need(path.name)
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "plate"
    if kind_of(file.content) == "TIFF":
        limits = Limits.from_environment(os.environ)
        work = partial(_png, path.name, file.content)
        return f"leaves/{stem}.png", within(path.name, limits, work, len(file.content))
    suffix = path.suffix.lower()
    if KINDS.get(suffix) != kind_of(file.content):
        message = f"'{path.name}' is not a type of picture that an edition can show"
        fix = "save it as PNG, JPEG, GIF, WebP, SVG or a TIFF of one page"
        raise stop([finding("F026", Place(path.name), message, fix)])
    return f"leaves/{stem}{suffix}", file.content


def _png(name: str, content: bytes) -> bytes:
    from PIL import Image

    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=("TIFF",)) as picture:
            pages = getattr(picture, "n_frames", 1)
            if pages == 1:
                plain = picture.convert("RGB") if picture.mode in {"CMYK", "LAB"} else picture
                plain.save(target, "PNG")
    except (OSError, ValueError, SyntaxError) as fault:
        message = f"'{name}' is cut short or damaged: {fault}"
        raise stop([finding("F021", Place(name), message)]) from fault
    if pages != 1:
        fix = "save each page as a file of its own"
        message = f"'{name}' is a TIFF of {pages} pages, not a picture"
        raise stop([finding("F026", Place(name), message, fix)])
    return target.getvalue()


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
