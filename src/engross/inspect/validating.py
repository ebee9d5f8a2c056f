"""The outside checkers on a published folder, each where it is installed."""

import zipfile
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from engross.cache.keeper import Keeper
from engross.check.deposit import END, check_deposit
from engross.check.origin import origin
from engross.check.shops import shop_findings, shop_rows, table
from engross.check.tools.ace import ace
from engross.check.tools.axe import axe
from engross.check.tools.epubcheck import epubcheck
from engross.check.tools.findings import findings
from engross.check.tools.onix import onixcheck
from engross.check.tools.qpdf import qpdf
from engross.check.tools.verapdf import verapdf
from engross.check.tools.verdict import Verdict
from engross.inspect.preflighting import preflight_published
from engross.model.check import Checked
from engross.model.finding import EngrossError, Finding
from engross.read import Limits, door, open_folder
from engross.read.bounded import within

EVIDENCE = "evidence/"
WEB = "web/"
ONIX = "metadata/onix.xml"
SHOP = "metadata/onix-google.xml"


def validate(
    folder: Path, store: Keeper | None, limits: Limits, without: AbstractSet[str] = frozenset()
) -> tuple[list[Checked], list[Finding]]:
    """
    Show a published folder to preflight, EPUBCheck, Ace, axe-core, qpdf, veraPDF, onixcheck.

    A fault names the words of the book that it stands at, and the file they came from, where that
    is known. A checker that is not there gives "not checked". What reads a file in this process
    does so in a copy of it, within the limits; the files of `without` are shown to nobody.
    """
    files = dict(_files(folder, without))
    checks: list[Checked] = []
    found: list[Finding] = []
    for name, verdict in verdicts(files, store):
        checks.append(verdict.checked(name))
        found += [traced(one, files) for one in findings(verdict, name)]
    pages = [name for name in files if name.endswith(".pdf")]
    books = [name for name in files if name.endswith((".epub", END))]
    works = [(pages, partial(preflight_published, files, store))]
    works += [([name], partial(_book, name, files)) for name in books]
    for names, work in works:
        try:
            size = sum(len(files[name]) for name in names)
            judged, said = within(", ".join(names), limits, work, size)
        except EngrossError as error:
            judged, said = [], list(error.findings)
        checks += judged
        found += said
    return checks, found


def _files(folder: Path, without: AbstractSet[str]) -> Iterator[tuple[str, bytes]]:
    """What lies in the folder and can be read; what cannot is told by the proof of its digests."""
    sources = open_folder(folder)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name in without:
            continue
        with suppress(OSError, door.RefusedError, door.TooLargeError):
            yield name, door.read_regular(sources.root, name, sources.limits.output)[0]


def _book(name: str, files: Mapping[str, bytes]) -> tuple[list[Checked], list[Finding]]:
    """An EPUB held against the rules of shops; a bag read back."""
    if name.endswith(END):
        faults = check_deposit(name, files[name], files)
        return [Checked.judged("bag read back", name, not faults)], list(faults)
    rows = shop_rows(name, files[name])
    faults = shop_findings(name, rows)
    words = f"{sum(row.holds for row in rows)} of {len(rows)} rules, seen {table()[0]}"
    return [Checked.judged("shop rules", name, not faults, words)], list(faults)


def verdicts(
    files: Mapping[str, bytes], store: Keeper | None = None
) -> Iterator[tuple[str, Verdict]]:
    """Every verdict on the files of a published folder, with the name of what was judged."""
    books = {name: body for name, body in files.items() if name.endswith(".epub")}
    yield from zip(books, epubcheck(list(books.values()), store), strict=True)
    for name, body in books.items():
        yield name, ace(body, store)
    for name, body in files.items():
        if name.endswith(".pdf") and "/" not in name:
            yield name, qpdf(body, store)
        if name.endswith("-screen.pdf"):
            yield name, verapdf(body, "ua1", store)
            yield name, verapdf(body, "3a", store)
    pages = {n.removeprefix(WEB): body for n, body in files.items() if n.startswith(WEB)}
    if pages:
        yield WEB.rstrip("/"), axe(pages, store)
    if ONIX in files:
        yield ONIX, onixcheck(files[ONIX], store)
    if SHOP in files:
        yield SHOP, onixcheck(files[SHOP], store, shop=True)


def traced(found: Finding, files: Mapping[str, bytes]) -> Finding:
    """A finding whose fix names the file of the book that the place was made from."""
    path = found.place.path
    book, inner = path.partition(".epub/")[::2]
    if inner:
        try:
            with zipfile.ZipFile(BytesIO(files[f"{book}.epub"])) as archive:
                text = archive.read(inner).decode("utf-8", "replace")
        except (KeyError, zipfile.BadZipFile):
            return found
    else:
        text = files.get(path, b"").decode("utf-8", "replace")
    if not path.endswith((".xhtml", ".html")):
        return found
    evidence = {
        name.removeprefix(EVIDENCE): body
        for name, body in files.items()
        if name.startswith(EVIDENCE)
    }
    source = origin(path, found.place.line, text, evidence)
    return replace(found, fix=f"{found.fix}; it stands at {source}") if source else found
