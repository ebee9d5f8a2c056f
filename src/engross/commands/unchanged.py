"""
A build that would make what is in dist already is recognised by its inputs.

What is kept is never needed: without it, or in doubt, the stages run and come to the same bytes.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engross import __version__
from engross.commands.book import FoundBook
from engross.commands.outcome import Checked, Made, Outcome
from engross.commands.request import BuildRequest
from engross.model.finding import EngrossError, Finding, Place, Severity
from engross.read import Sources, open_book

FORM = 1
"""Of the kept record; another form is not read."""


def recall(request: BuildRequest, found: FoundBook) -> Outcome | None:
    """The outcome of the same build before, if neither book, program nor dist has changed since."""
    try:
        kept = json.loads(_record(request, found).read_bytes())
        same = (
            kept["form"] == FORM
            and kept["program"] == _program()
            and _in_dist(found, kept["outcome"], kept["digest"])
            and _same_book(found, kept["asked"])
        )
        return _outcome(kept["outcome"], found) if same else None
    except (OSError, ValueError, KeyError, TypeError, EngrossError):
        return None


def remember(request: BuildRequest, found: FoundBook, outcome: Outcome, sources: Sources) -> None:
    """Keep what a build came to; a disk that is full or not to be written is no fault."""
    if outcome.published is None or not outcome.ok:
        return
    row = {
        "form": FORM,
        "program": _program(),
        "digest": _digest_in_dist(found, outcome.edition, outcome.published),
        "asked": sources.asked(),
        "outcome": {**outcome.as_json(), "book": found.shown, "exit": outcome.exit_status},
    }
    path = _record(request, found)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    except OSError:
        return


def _record(request: BuildRequest, found: FoundBook) -> Path:
    rows = [
        sorted(request.kinds),
        str(found.dist),
        found.shown,
        request.only,
        request.proof,
        request.since,
        request.blind,
        request.strict,
        str(Path.cwd()),
    ]
    name = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]
    return found.folder / ".engross" / "built" / f"{name}.json"


def _program() -> str:
    """A digest of the program as installed: its own files and the versions beside it."""
    package = Path(__file__).resolve().parents[1]
    rows = [__version__, sys.version, *_files(package)]
    house = package.parents[1] / "styles"
    if house.is_dir():
        rows += _files(house)
    site = Path(hashlib.__file__).parent / "site-packages"
    for entry in sys.path:
        if entry.endswith("site-packages"):
            site = Path(entry)
    rows += sorted(path.name for path in site.glob("*.dist-info"))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".toml", ".yaml"}:
            state = path.stat()
            yield f"{path} {state.st_size} {state.st_mtime_ns}"


def _same_book(found: FoundBook, asked: dict[str, Any]) -> bool:
    """Whether every question that the build asked of the folder has the same answer."""
    sources = open_book(found.folder)
    for path, digest in asked["files"].items():
        file = sources.file(path)
        if isinstance(file, Finding) or file.sha256 != digest:
            return False
    return all(sources.exists(path) == there for path, there in asked["existed"].items()) and all(
        list(sources.find(pattern)) == paths for pattern, paths in asked["found"].items()
    )


def _in_dist(found: FoundBook, outcome: dict[str, Any], digest: str) -> bool:
    """Whether the link still leads to the same build, and each of its files is what it was."""
    if _digest_in_dist(found, outcome["edition"], outcome["published"]) != digest:
        return False
    folder = found.dist / outcome["edition"] / Path(outcome["published"]).name
    sums = (folder / "SHA256SUMS").read_bytes()
    if hashlib.sha256(sums).hexdigest() != digest:
        return False
    for line in sums.decode().splitlines():
        wanted, _, name = line.partition("  ")
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted:
            return False
    return True


def _digest_in_dist(found: FoundBook, edition: str, published: str) -> str:
    return (found.dist / edition / Path(published).name).readlink().name


def _outcome(row: dict[str, Any], found: FoundBook) -> Outcome:
    units = row["units"]
    return Outcome(
        edition=row["edition"],
        version=row["version"],
        released=row["released"],
        published=row["published"],
        unchanged=True,
        outputs=tuple(
            Made(
                made["kind"],
                made["path"],
                made["sha256"],
                made["bytes"],
                made.get("profile", ""),
                made.get("pages"),
            )
            for made in row["outputs"]
        ),
        findings=tuple(_finding(found_row, found) for found_row in row["findings"]),
        checks=tuple(
            Checked(c["name"], c["subject"], c["verdict"], c.get("detail", ""))
            for c in row["checks"]
        ),
        units={"total": units["total"], "typeset": 0, "reused": units["total"]},
        seconds={},
        exit_status=row["exit"],
        book=row["book"],
    )


def _finding(row: dict[str, Any], found: FoundBook) -> Finding:
    path = row["path"].removeprefix(f"{found.shown}/")
    place = Place(path, row["line"] or 0, row["column"] or 0)
    return Finding(row["code"], Severity(row["severity"]), place, row["message"], row["fix"])
