"""
A build that would make what is in dist already is recognised by its inputs.

What is kept is never needed: without it, or in doubt, the stages run and come to the same bytes.
"""

import contextlib
import hashlib
import json
import os
import secrets
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from engross import __version__
from engross.commands.book import FoundBook
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.disk import fs
from engross.model.check import Checked, Made, Status
from engross.model.finding import EngrossError, Finding, Place, Severity
from engross.publish.program import program_digests
from engross.read import Sources, open_book

FORM = 2
"""The form of the kept record; another one is not read."""
HARMLESS = frozenset({"book", "out", "jobs", "cache", "wait", "engines"})
"""What was asked and has no part in what is made; book and dist are told as they were found."""
LIBRARIES = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libfribidi", "libglib-2")
"""How their files begin."""


def recall(request: BuildRequest, found: FoundBook) -> Outcome | None:
    """The outcome of the same build before, if neither book, program nor dist has changed since."""
    try:
        kept = json.loads(record_path(request, found).read_bytes())
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
    path = record_path(request, found)
    passing = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        fs.make_all(path.parent)
        content = json.dumps(row, ensure_ascii=False).encode()
        fs.replace_file(path, content, passing, sync=False)


def record_path(request: BuildRequest, found: FoundBook) -> Path:
    """Where the outcome of a build is kept: told apart by all that can change what is made."""
    rows = {
        one.name: getattr(request, one.name) for one in fields(request) if one.name not in HARMLESS
    }
    rows |= {"kinds": sorted(request.kinds), "dist": str(found.dist), "cwd": str(Path.cwd())}
    rows["shown"] = found.shown
    name = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:32]
    return found.folder / ".engross" / "built" / f"{name}.json"


@cache
def _program() -> str:
    """
    A digest of what makes the bytes, as installed: the program's files, the packages beside it by
    version, and the system's libraries of letters.

    Taken once: what a process runs is what was there when it began.
    """
    own = sorted(program_digests().items())
    whole = hashlib.sha256(f"{__version__}\n{sys.version}\n{own}\n".encode())
    for entry in sys.path:
        if entry.endswith(("site-packages", "dist-packages")):
            names = sorted(path.name for path in Path(entry).glob("*.dist-info"))
            whole.update(f"{names}\n".encode())
    for row in _libraries():
        whole.update(f"{row}\n".encode())
    return whole.hexdigest()


def _libraries() -> Iterator[str]:
    """What the typesetter loads that no package of Python brings: another one can move lines."""
    several = sysconfig.get_config_var("MULTIARCH") or ""
    for folder in (f"/usr/lib/{several}", "/usr/lib64", "/usr/local/lib"):
        names: list[str] = []
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            # Not `glob`: it makes a path of each of thousands, and a few are wanted.
            names = sorted(one.name for one in entries if one.name.startswith(LIBRARIES))
        for name in names:
            path = Path(folder, name)
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
    whole = {name: row[name] for name in ("edition", "version", "released", "published", "book")}
    count = row["units"]["total"]
    return Outcome(
        **whole,
        unchanged=True,
        outputs=tuple(Made(**made) for made in row["outputs"]),
        findings=tuple(_finding(one, found) for one in row["findings"]),
        checks=tuple(
            Checked(**(one | {"verdict": Status(one["verdict"])})) for one in row["checks"]
        ),
        units={"total": count, "typeset": 0, "reused": count},
        exit_status=row["exit"],
    )


def _finding(row: dict[str, Any], found: FoundBook) -> Finding:
    path = row["path"].removeprefix(f"{found.shown}/")
    place = Place(path, row["line"] or 0, row["column"] or 0)
    return Finding(row["code"], Severity(row["severity"]), place, row["message"], row["fix"])
