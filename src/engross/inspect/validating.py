"""A published folder, judged: by preflight, and by the outside checkers that are installed."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf

from engross.cache.store import Keeper
from engross.check.deposit import END, check_deposit
from engross.check.origin import origin
from engross.check.preflight import Report, Wanted, interior, preflight, reading
from engross.check.preflight.cover import preflight_cover, wanted_file
from engross.check.preflight.inks import with_peak
from engross.check.preflight.record import claimed
from engross.check.setting import measure
from engross.check.shops import shop_findings, shop_rows, table
from engross.check.tools.ace import ace
from engross.check.tools.axe import axe
from engross.check.tools.epubcheck import epubcheck
from engross.check.tools.findings import findings
from engross.check.tools.onix import onixcheck
from engross.check.tools.qpdf import qpdf
from engross.check.tools.verapdf import verapdf
from engross.check.tools.verdict import Verdict
from engross.inspect.candidates import by_others, judgement, typography
from engross.make.press.profiles import as_ordered, shipped
from engross.make.press.wrap import measure as measured
from engross.model.check import Checked, Status
from engross.model.finding import EngrossError, Finding, Place
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.read import Limits, door, open_folder
from engross.read.bounded import within
from engross.schema.manifest import Manifest
from engross.schema.profile import Profile
from engross.workshop.covering import what

MANIFEST = "evidence/manifest.yaml"
NAME = re.compile(r".*-(print|cover)-(?P<profile>[a-z][a-z0-9-]*)\.pdf|.*-(screen)\.pdf")


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
    words = (
        f"{sum(rule.holds(value) for rule, value in rows)} of {len(rows)} rules, seen {table()[0]}"
    )
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


def preflight_published(
    files: Mapping[str, bytes], store: Keeper | None = None
) -> tuple[list[Checked], list[Finding]]:
    """
    Judge every interior, cover and reading PDF of a published folder.

    What only the build knew is left out: which pages are meant to be blank. A printer whose
    profile is the book's own gives "not checked".
    """
    source = files.get(MANIFEST)
    read = load(Manifest, SourceFile.of(MANIFEST, source)) if source is not None else None
    if not isinstance(read, Parsed):
        return [], []
    checks: list[Checked] = []
    found: list[Finding] = []
    counts = {name: page_count(body) for name, body in files.items() if NAME.fullmatch(name)}
    for name, report in reports(files, read.value, counts, store):
        if report is None:
            reason = "the printer's profile is the book's own"
            checks.append(Checked("preflight", name, Status.NOT_CHECKED, reason))
            continue
        checks += [judgement(report, name), *by_others(report, name)]
        found += report.findings(name)
        if name.endswith("-screen.pdf"):
            row, told = typography(measure(files[name], store), name)
            checks.append(row)
            found += told
    return checks, found


def page_count(content: bytes) -> int:
    """How many pages a file has; 0 for one that cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return 0


def reports(
    files: Mapping[str, bytes], manifest: Manifest, counts: Mapping[str, int], store: Keeper | None
) -> Iterator[tuple[str, Report | None]]:
    """A report on each PDF file; None where its printer is not known here."""
    for name, count in sorted(counts.items()):
        row = NAME.fullmatch(name)
        assert row is not None
        body = files[name]
        if row[3]:
            yield name, preflight(body, reading(manifest.print.trim, count, None), store)
            continue
        known = shipped().get(row["profile"])
        if known is None:
            yield name, None
            continue
        profile = as_ordered(known, manifest.print.intent)
        if row[1] == "print":
            binding = bound(profile, manifest.print.binding)
            want = interior(profile, manifest.print.trim, binding, count, None)
            want = as_claimed(want, body)
            yield name, with_peak(preflight(body, want, store), body, want)
        else:
            inside = counts.get(name.replace("-cover-", "-print-"), 0)
            yield name, cover(body, profile, manifest, inside, store)


def as_claimed(want: Wanted, content: bytes) -> Wanted:
    """A file whose mark was taken off when it was made is judged as the plain file it is."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return want if claimed(pdf) else replace(want, standard="none")
    except pikepdf.PdfError:
        return want


def bound(profile: Profile, binding: str) -> str:
    """The binding that is asked for, or the only one of a printer of one."""
    extents = profile.extents.value
    return extents[0].binding if profile.extent(binding) is None else binding


def cover(
    body: bytes, profile: Profile, manifest: Manifest, inside: int, store: Keeper | None
) -> Report | None:
    """A report on a cover; None where the interior that it wraps is not in the folder."""
    binding = bound(profile, manifest.print.binding)
    place = Place("manifest.yaml")
    wanted = manifest.print
    wrap, _ = measured(profile, wanted.trim, binding, inside, wanted.paper, place)
    if not inside or wrap is None:
        return None
    number = manifest.isbn.print or ""
    more = manifest.cover.ean_5 if number else ""
    want = what(wrap, profile, number.replace("-", "").replace(" ", ""), more)
    file = as_claimed(wanted_file(profile, want), body)
    return with_peak(preflight_cover(body, file, want, store), body, file)
