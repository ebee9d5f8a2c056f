"""Preflight of a published folder: what it says of itself is enough to judge its PDF files."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pikepdf

from engross.cache.keeper import Keeper
from engross.check.preflight import Report, Wanted, interior, preflight, reading
from engross.check.preflight.cover import preflight_cover, wanted_file
from engross.check.preflight.peak import with_peak
from engross.check.preflight.record import claimed
from engross.check.setting import measure
from engross.inspect.candidates import by_others, judgement, typography
from engross.make.press.profiles import as_ordered, shipped
from engross.make.press.wrap import measure as measured
from engross.model.check import Checked, Status
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.schema.manifest import Manifest
from engross.schema.profile import Profile
from engross.workshop.covering import what

MANIFEST = "evidence/manifest.yaml"
NAME = re.compile(r".*-(print|cover)-(?P<profile>[a-z][a-z0-9-]*)\.pdf|.*-(screen)\.pdf")


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
    counts = {name: pages(body) for name, body in files.items() if NAME.fullmatch(name)}
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


def pages(content: bytes) -> int:
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
    want = what(wrap, profile, number.replace("-", "").replace(" ", ""))
    file = as_claimed(wanted_file(profile, want), body)
    return with_peak(preflight_cover(body, file, want, store), body, file)
