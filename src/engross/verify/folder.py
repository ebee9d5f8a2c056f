"""A published folder is proved from itself: digests, then every file against the evidence."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from engross.catalog import finding
from engross.disk.passing import passing
from engross.model.check import Checked, Status
from engross.model.finding import EngrossError, Finding, Place
from engross.parse.book import Book
from engross.parse.parse import parse
from engross.read import Limits, Sources, door, open_book, open_folder
from engross.read.bounded import within
from engross.read.limits import size
from engross.revision.fields import correct_book, fields_of
from engross.revision.releases import numbers_kept, read_release, released_versions, withdrawn
from engross.verify.atlas import Atlas
from engross.verify.change import prove_change
from engross.verify.cover import OWN, prove_cover
from engross.verify.epub import prove_epub
from engross.verify.expected import expect
from engross.verify.fields import prove_fields
from engross.verify.furniture import Furniture, read_furniture
from engross.verify.generated import goals_of, prove_generated
from engross.verify.ground import Ground
from engross.verify.pdf import Interior, prove_pdf
from engross.verify.plates import Plate, loose_plates, plates_of, prove_in_pdf
from engross.verify.records import prove_records
from engross.verify.report import Log, Report
from engross.verify.said import Expected
from engross.verify.script import write_script
from engross.verify.streams import Pages
from engross.verify.styled import prove_forms, with_forms
from engross.verify.tags import prove_tags
from engross.verify.typed import prove_marks
from engross.verify.versions import NAMED, prove_slip
from engross.verify.web import prove_web

SUMS = "SHA256SUMS"
EVIDENCE, WEB, RECORDS = "evidence", "web/", "metadata/"
DIGEST = 64
UNREADABLE = (
    *(OSError, ValueError, TypeError, LookupError, RecursionError),
    *(door.RefusedError, door.TooLargeError),
)
WHOLE = "take the whole folder from a copy that is whole, or build the edition again"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lies in `evidence/`, read and proved against itself."""

    book: Book
    furniture: Furniture
    expected: Expected
    ground: Ground
    plates: tuple[Plate, ...] = ()
    goals: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Where the entries of generated sections lead, by section."""
    pages: Pages = field(default_factory=list)
    """What the index prints for pages."""
    atlas: Atlas | None = None


def verify_folder(
    folder: Path,
    *,
    sums: bool = True,
    only: Mapping[str, bytes | Finding] | None = None,
    limits: Limits | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> Report:
    """
    Prove a published folder, or files against one.

    Whatever is damaged is a finding, never an exception.

    Args:
        folder: with `evidence/` in it; its outputs are the files that lie in it.
        sums: whether `SHA256SUMS` must be right; False for what is not yet published.
        only: files that stand elsewhere, by name, to be proved instead of the folder's own; with
            `sums` each PDF of them is taken for an interior, whatever its name. A finding says why
            a file could not be read.
        limits: each file comes from a stranger, and is read in a copy of this process within
            these; None for files that this process has made.
        beside: web edition and records, where they are not read from the folder.
    """
    logs = [_sums(folder)] if sums and only is None else []
    log = Log(EVIDENCE)
    logs.append(log)
    evidence = _evidence(folder / EVIDENCE, log)
    if evidence is None:
        return Report.of(logs)
    files = only if only is not None else _outputs(folder, log)
    interiors: dict[str, Interior] = {}
    lone = only is not None and sums
    for name, content in sorted(files.items()):  # interiors before the EPUB, by their names
        if isinstance(content, Finding):
            logs.append(Log(name, [Checked("opens", name, Status.FAILED)], [content]))
            continue
        held = next((one.held for one in interiors.values()), {})
        prove = partial(_prove, name, content, evidence, folder, lone, held)
        log, interior = prove() if limits is None else _within(limits, name, len(content), prove)
        if interior is not None:
            interiors[name] = interior
        logs.append(log)
    logs += _same_pages(interiors, evidence.atlas)
    if beside is None and only is None:
        beside = _beside(folder)
    for part, prove_part in ((WEB, _prove_web), (RECORDS, _prove_records)):
        inside = {n.removeprefix(part): b for n, b in (beside or {}).items() if n.startswith(part)}
        if inside:
            held = next((one.held for one in interiors.values()), {})
            prove = partial(prove_part, inside, evidence, held)
            length = sum(map(len, inside.values()))
            name = part.rstrip("/")
            log, _ = prove() if limits is None else _within(limits, name, length, prove)
            logs.append(log)
    return Report.of(logs)


def _beside(folder: Path) -> dict[str, bytes]:
    """The web edition and the records of a folder; what cannot be read, its digest tells."""
    found, sources = {}, open_folder(folder)
    for part in (WEB, RECORDS):
        for path in sorted((folder / part).rglob("*")):
            name = path.relative_to(folder).as_posix()
            read = sources.file(name)
            if not isinstance(read, Finding):
                found[name] = read.content
    return found


def _prove_web(
    pages: Mapping[str, bytes], evidence: Evidence, held: Mapping[str, Collection[str]]
) -> tuple[Log, Interior | None]:
    log, flowing = Log(WEB.rstrip("/"), atlas=evidence.atlas), evidence.furniture.epub
    prove_web(pages, evidence.ground, flowing, evidence.goals, evidence.plates, log, held)
    return log, None


def _prove_records(
    records: Mapping[str, bytes], evidence: Evidence, _held: Mapping[str, Collection[str]]
) -> tuple[Log, Interior | None]:
    log = Log(RECORDS.rstrip("/"), atlas=evidence.atlas)
    prove_records(records, evidence.ground, log)
    return log, None


def _within(
    limits: Limits, name: str, size: int, prove: Callable[[], tuple[Log, Interior | None]]
) -> tuple[Log, Interior | None]:
    """What comes of one file, proved in a copy of this process that the file may end."""

    def proved() -> tuple[Log, Interior | None]:
        log, interior = prove()
        log.atlas = None  # the whole book would come back with each file
        return log, interior

    try:
        return within(name, limits, proved, size, "P001")
    except EngrossError as error:
        log = Log(name, findings=list(error.findings))
        log.check("opens", 0, "files", 0)
        return log, None


def _prove(
    name: str,
    content: bytes,
    evidence: Evidence,
    folder: Path,
    lone: bool,
    held: Mapping[str, Collection[str]],
) -> tuple[Log, Interior | None]:
    """One file against the evidence, as its name says what it is, and against pages before it."""
    log = Log(name, atlas=evidence.atlas)
    interior: Interior | None = None
    manifest = evidence.book.manifest.value
    if name.endswith(".epub"):
        scripts = write_script(evidence.expected, evidence.furniture, "epub", log)
        ground = evidence.ground
        words, goals = evidence.furniture.words, evidence.goals
        prove_epub(content, scripts, ground, log, words, goals, evidence.plates, held)
    elif interior_name(name, manifest.edition) or lone:
        scripts = write_script(evidence.expected, evidence.furniture, "page", log)
        verso, expected, located = evidence.furniture.verso, evidence.expected, evidence.pages
        drawn = evidence.ground.drawn
        interior = prove_pdf(content, scripts, verso, log, expected, located, drawn)
        if interior is not None and evidence.plates:
            prove_in_pdf(content, evidence.plates, log)
        if interior is not None and interior.places:
            prove_tags(content, scripts, evidence.ground, evidence.goals, interior, log)
    elif name.startswith(f"{manifest.edition}-cover-"):
        own = any((folder / EVIDENCE / path).is_file() for path in OWN)
        prove_cover(content, evidence.book, log, own=own, drawn=evidence.ground.drawn)
    elif name.startswith(f"{manifest.edition}{NAMED}"):
        prove_slip(name, content, evidence.ground, log)
    else:
        log.checks.append(Checked("conservation", name, Status.NOT_CHECKED))
    return log, interior


def interior_name(name: str, slug: str) -> bool:
    """
    Whether a PDF is the inside of the book, which evidence accounts for.

    >>> interior_name("a-print-generic.pdf", "a"), interior_name("a-cover-generic.pdf", "a")
    (True, False)
    """
    return name == f"{slug}-screen.pdf" or name.startswith(f"{slug}-print-")


def _outputs(folder: Path, log: Log) -> dict[str, bytes | Finding]:
    files: dict[str, bytes | Finding] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in {".epub", ".pdf"}:
            read = open_folder(folder).file(path.name)
            files[path.name] = read if isinstance(read, Finding) else read.content
    if not files:
        message = "not proved: the folder has no EPUB and no PDF"
        fix = "name a folder that engross build has published"
        log.findings.append(finding("P012", Place(), message, fix))
    return files


def _sums(folder: Path) -> Log:
    log, sources = Log(SUMS), open_folder(folder)
    read = sources.file(SUMS)
    if isinstance(read, Finding):
        log.fault("P010", f"{SUMS} cannot be read: {read.message}", WHOLE)
        log.check("digests", 0, "files", 0)
        return log
    content = read.content
    name = folder.resolve().name
    if folder.resolve().parent.name == "builds" and hashlib.sha256(content).hexdigest() != name:
        log.fault("P010", f"the folder is not named by the digest of its {SUMS}", WHOLE)
    promised: dict[str, str] = {}
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        digest, _, path = line.partition("  ")
        if len(digest) != DIGEST or not path or path in promised:
            log.fault("P010", f"line {number} is not a digest and a name", WHOLE)
            continue
        promised[path] = digest
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() or path.is_symlink()
    } - {SUMS}
    both = promised.keys() & present
    for path in sorted(promised.keys() | present, key=lambda p: (p in both, p in present, p)):
        if why := _damage(sources, path, promised.get(path, ""), there=path in present):
            log.fault("P010", f"{path} {why}", WHOLE)
    log.check("digests", len(promised), "files", 0)
    return log


def _damage(sources: Sources, path: str, digest: str, *, there: bool) -> str:
    """Why a file is not what its digest says, in words; "" where it is."""
    if not there or not digest:
        return "is missing" if digest else "does not belong there"
    if (sources.root / path).is_symlink():
        return "is no regular file"
    try:
        same = digest == door.digest_regular(sources.root, path, sources.limits.total)
    except door.RefusedError as refused:
        return refused.message.removeprefix(f"{path} ")
    except door.TooLargeError as large:
        return f"is too large: {size(large.size)}"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if same else "has other bytes than its digest says"


def _evidence(folder: Path, log: Log) -> Evidence | None:
    furniture = None
    try:
        root = folder.resolve()
        read, _ = door.read_regular(root, "furniture.json", Limits().total)
        furniture = read_furniture(read)
        sources = open_book(folder)
        book = with_forms(parse(sources), sources)
        log.atlas = Atlas.of(book)
    except EngrossError as error:
        _contradicted(error.findings, log)
        log.check("evidence", 0, "documents", 0)
        return None
    except UNREADABLE as error:
        reason = getattr(error, "strerror", None) or error
        name = "citations.json" if furniture else "furniture.json"
        log.fault("P001", f"{name} cannot be read: {reason}")
        log.check("evidence", 0, "documents", 0)
        return None
    prove_marks(book, log)
    sections = furniture.page or furniture.epub
    titles = {section.address: section.title for section in sections}
    try:
        earlier = [read_release(sources, one) for one in released_versions(sources)]
    except EngrossError as error:
        earlier = []
        _contradicted(error.findings, log)
    book = replace(book, withdrawn=tuple(withdrawn(book, earlier)))
    release = earlier[-1] if earlier else None
    expected = expect(book, titles, numbers_kept(book, earlier))
    _contradicted(expected.faults, log)
    for message in expected.strange:
        log.fault("P023", message)
    prove_forms(correct_book(book).book, expected, log)
    log.check("evidence", len(book.documents), "documents", 0)
    if release:
        expected_then = partial(expect, titles=titles)
        prove_change(book, sources, release, lambda b, n: expected_then(b, frozen=n), log)
    prove_fields(correct_book(book).book, fields_of(book), expected, log)
    try:
        pages, ground = prove_generated(book, sources, expected, furniture, log)
    except (EngrossError, LookupError, ValueError) as error:
        log.fault("P002", f"the evidence contradicts itself: {type(error).__name__}: {error}")
        return None
    plates = (
        *plates_of(book, sources, [one.address for one in furniture.of("page")]),
        *loose_plates(book, expected.texts, sources),
    )
    goals = goals_of(ground, furniture)
    atlas = log.atlas
    return Evidence(
        correct_book(book).book, furniture, expected, ground, plates, goals, pages, atlas
    )


def _contradicted(findings: Iterable[Finding], log: Log) -> None:
    for found in findings:
        log.fault("P002", f"{found.place}: {found.code} {found.message}", found.fix)


def _same_pages(interiors: Mapping[str, Interior], atlas: Atlas | None) -> Iterator[Log]:
    """All interiors of an edition have the same pages with the same words."""
    names = sorted(interiors)
    for first, name in ((names[0], name) for name in names[1:]):
        log = Log(name, atlas=atlas)
        held = interiors[first].held
        pages, others_ = _written(interiors[first]), _written(interiors[name])
        if len(pages) != len(others_):
            log.fault("P013", f"it has {len(others_)} pages, {first} has {len(pages)}")
        for number, (one, other) in enumerate(zip(pages, others_, strict=False), 1):
            if one != other:
                here = min(held.get(interiors[first].labels[number - 1], {"the end"}))
                log.fault("P013", f"page {number}, at {here}, says other words than {first}")
        log.check("same pages", len(others_), "pages", 0)
        yield log


def _written(interior: Interior) -> list[tuple[str, ...]]:
    """The lines of each page, without blank pages at the end, which a printer may want."""
    pages = [page.lines for page in interior.pages]
    while pages and not pages[-1]:
        pages.pop()
    return pages


def verify_outputs(files: Mapping[str, bytes]) -> Report:
    """
    Prove outputs that are still in memory, by name below the edition's folder.

    The evidence is read through the same door as that of a published folder, so it is written to
    a temporary one first.
    """
    with passing("verify") as folder:
        for path, content in files.items():
            if path.startswith(f"{EVIDENCE}/"):
                folder.write(path, content)
        outputs = {
            path: content
            for path, content in files.items()
            if "/" not in path and path.endswith((".epub", ".pdf"))
        }
        beside = {n: body for n, body in files.items() if n.startswith((WEB, RECORDS))}
        return verify_folder(folder.path, sums=False, only=outputs, beside=beside)
