"""The proof of a PDF: its pages say the script, each number is right, and everything is visible."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
import pypdfium2

from engross.model.address import outward, section_of
from engross.verify.cascade import UNDRAWN, Drawn
from engross.verify.copied import disagreeing
from engross.verify.interleave import MANY, interleave
from engross.verify.located import PageMap, index_faults
from engross.verify.pages import PageText, read_pages
from engross.verify.places import misplaced
from engross.verify.plain import unprovable
from engross.verify.report import Log
from engross.verify.said import Expected
from engross.verify.script import SectionScript
from engross.verify.streams import Pages, Stream, Streams, write_streams
from engross.verify.ways import Step, Stuck, Way

DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
FURNITURE = ("head", "folio", "range")
"""What stands above and below the text of a page."""


@dataclass(frozen=True, slots=True)
class Interior:
    """A PDF that was read."""

    pages: tuple[PageText, ...]
    labels: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict)
    """On which page each address begins, from 0; empty where the pages are not as they should."""
    held: dict[str, set[str]] = field(default_factory=dict)
    """The addresses that each page with words begins in or holds the beginning of, by its label."""


def prove_pdf(
    content: bytes,
    scripts: Sequence[SectionScript],
    verso: str,
    log: Log,
    expected: Expected,
    located: Pages,
    drawn: Drawn = UNDRAWN,
) -> Interior | None:
    """
    Compare the interior of a book with its script.

    Args:
        content: the file.
        scripts: of its sections, in order.
        verso: what the running heads of left pages say.
        log: takes checks and findings; damage is a finding, never an exception.
        expected: which addresses stand in tables, in captions, beside an original.
        located: what the index prints for the pages of its headings.
        drawn: what the book's own sheets do to words on pages.

    Returns:
        What the pages say, for a comparison with another file; None where they cannot be read.
    """
    since = len(log.findings)
    links = 0
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            labels = page_labels(pdf)
            links = _links(pdf, log)
            pages = read_pages(content)
            odd = list(disagreeing(pdf, pages))
    except (pikepdf.PdfError, pypdfium2.PdfiumError, *DAMAGED) as error:
        log.fault("P001", f"the PDF cannot be read: {type(error).__name__}: {error}")
        log.check("opens", 0, "pages", since)
        return None
    if len(pages) != len(labels):
        log.fault("P001", f"two parsers see {len(pages)} and {len(labels)} pages")
        return None
    log.check("links", links, "links", since)
    for index, sign in odd:
        log.fault("P007", f"page {labels[index]}: two readers do not copy '{sign}' alike")
    interior = Interior(pages, labels)
    since = len(log.findings)
    for index, page in enumerate(pages):
        for words in page.unseen[:3]:
            log.fault("P009", f"page {labels[index]}: '{words[:40]}' has no ink")
    log.check("visible", sum(len(line) for p in pages for line in p.lines), "characters", since)
    return _conserved(interior, scripts, verso, log, expected, located, drawn)


def _conserved(
    interior: Interior,
    scripts: Sequence[SectionScript],
    verso: str,
    log: Log,
    expected: Expected,
    located: Pages,
    drawn: Drawn,
) -> Interior:
    """Whether the pages say what the scripts do; with the places of what they say."""
    if drawn.cased:
        interior = replace(interior, pages=tuple(page.folded() for page in interior.pages))
    streams = write_streams(scripts, expected.tables, expected.rows, expected.captions, drawn)
    streams.located = located
    since = len(log.findings)
    pages, labels = interior.pages, interior.labels
    right, left = (
        frozenset(map(streams.body.form, said))
        for said in ([script.section.head for script in scripts], [verso])
    )
    heads = [left if index % 2 else right for index in range(len(pages))]
    result = interleave(pages, labels, heads, streams, drawn.signs)
    if isinstance(result, Stuck):
        address = f", {result.address}" if result.address else ""
        log.fault("P007", f"page {labels[result.page]}{address}: {result.message}")
        _undecided(result.dropped, labels, log)
        log.check("conservation", 0, "addresses", since)
        return interior
    _cannot(scripts, log)
    log.check("conservation", sum(len(script.said) for script in scripts), "addresses", since)
    interior = replace(interior, pages=result.pages)
    since = len(log.findings)
    way = _judge(result.ways, streams, interior, verso, log, expected.faces)
    if len(log.findings) > since:
        _undecided(result.dropped, labels, log)
    log.check("numbers", len(streams.body.slots) + len(streams.paragraphs), "numbers", since)
    places = _placed(_steps(way), streams)
    held = _held(interior, _steps(way), places, streams)
    for stream in (streams.body, streams.notes):
        for _, empty in {*stream.places} & {*stream.ends}:  # a cell of no words is on either page
            places.pop(empty, None)
    return replace(interior, places=places, held=held)


def _undecided(page: int | None, labels: Sequence[str], log: Log) -> None:
    """Say that a fault may lie in the proof: some ways to read the pages were not followed."""
    if page is not None:
        log.fault(
            "P015",
            f"cannot be decided: from page {labels[page]} on there are more than {MANY} ways to "
            "read the pages, and not all were followed",
            "look at the page that is named as well: this proof does not say that it is wrong",
        )


def _cannot(scripts: Sequence[SectionScript], log: Log) -> None:
    for script in scripts:
        for address, said in script.said.items():
            if words := unprovable(said.text):
                log.fault(
                    "P011",
                    f"cannot prove {address}: it holds {words}",
                    "look at the page, or write the character in a form that comes back",
                )


def _judge(
    ways: Sequence[Way],
    streams: Streams,
    interior: Interior,
    verso: str,
    log: Log,
    faces: Mapping[str, tuple[str, bool]],
) -> Way:
    """Everything that is known only when the pages are read: the way with the fewest faults."""
    best: tuple[Way, list[tuple[str, str]]] | None = None
    for way in ways:
        faults = list(_faults(way, streams, interior, verso, faces))
        if best is None or len(faults) < len(best[1]):
            best = way, faults
        if not faults:
            break
    assert best is not None
    for code, message in best[1]:
        log.fault(code, message)
    return best[0]


def _faults(
    way: Way,
    streams: Streams,
    interior: Interior,
    verso: str,
    faces: Mapping[str, tuple[str, bool]],
) -> Iterator[tuple[str, str]]:
    steps, labels = _steps(way), interior.labels
    body, notes, beside = _maps(steps)
    yield from _slots(steps, streams, _placed(steps, streams), labels)
    yield from _margins(steps, streams, body, labels)
    yield from _furniture(steps, streams, interior, verso)
    yield from misplaced(steps, streams, interior.pages, labels)
    yield from index_faults(streams, body, labels)
    yield from facing_faults(streams, body, beside, labels, faces)
    yield from _apart(streams, body, notes, labels)
    drawn = sum(step.kind == "label" for step in steps)
    if drawn not in (0, len(streams.labels)):
        yield "P007", f"{drawn} of {len(streams.labels)} signs of lists are drawn"


def _apart(
    streams: Streams, body: PageMap, notes: PageMap, labels: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """
    Notes that do not begin on the page of their call, though they could.

    They cannot where the note before runs over from that page, or fills it up to the line or row
    with the call of both, which the page begins with.
    """
    starts = {address: at for at, address in streams.notes.places}
    for at, note in streams.calls:
        if note not in starts:
            continue
        called, stands = body.page(at), notes.page(starts[note])
        before = notes.page(starts[note] - 1) if starts[note] else -1
        heads = called == 0 or _row(streams, body.ends[called - 1]) == _row(streams, at - 1)
        full = called <= before and (before > called or heads)
        if stands != called and not (called < stands and (before == stands or full)):
            yield "P005", f"{note} is called on page {labels[called]}, stands on {labels[stands]}"


def _row(streams: Streams, position: int) -> object:
    """The row of a table, or else the block, that a position of the body lies in."""
    return streams.row(position) or streams.body.where(position)


def facing_faults(
    streams: Streams,
    body: PageMap,
    beside: PageMap,
    labels: Sequence[str],
    faces: Mapping[str, tuple[str, bool]],
) -> Iterator[tuple[str, str]]:
    """Each block of an original begins on the page of the text that it faces, or to its left."""
    texts = dict(reversed([(address, at) for at, address in streams.body.places]))
    heads: set[str] = set()
    for at, address in streams.facing.places:
        facing, apart = faces.get(address, ("", False))
        if facing not in texts or facing in heads:
            continue
        heads.add(facing)
        mine, text = beside.page(at), body.page(texts[facing])
        if mine != text - apart or (apart and mine % 2 == 0):
            message = (
                f"{address} begins on page {labels[mine]}, and {facing}, which it faces, on page "
                f"{labels[text]}"
            )
            yield "P016", message


def _steps(way: Way) -> list[Step]:
    steps: list[Step] = []
    step = way.steps
    while step is not None:
        steps.append(step)
        step = step.before
    return steps[::-1]


def _maps(steps: Sequence[Step]) -> tuple[PageMap, PageMap, PageMap]:
    """The pages of the body, of the notes and of originals."""
    turns = [step for step in steps if step.kind == "page"]
    apart = [(s.at, s.at + len(s.words), s.page) for s in steps if s.across]
    ends = [(step.at, step.notes, step.facing) for step in turns]
    body, notes, facing = zip(*ends, strict=True) if ends else ((), (), ())
    return PageMap(body, tuple(apart)), PageMap(notes), PageMap(facing)


def _placed(steps: Sequence[Step], streams: Streams) -> dict[str, int]:
    places: dict[str, int] = {}
    for stream, pages in zip((streams.body, streams.notes), _maps(steps)[:2], strict=True):
        for at, address in stream.places:
            places.setdefault(address, pages.page(at))
    return places


def _held(
    interior: Interior, steps: Sequence[Step], places: Mapping[str, int], streams: Streams
) -> dict[str, set[str]]:
    ends = [step.at for step in steps if step.kind == "page"]
    # another page may have nothing but a rule, or notes
    notes = {address for _, address in streams.notes.places}
    worded = {step.page for step in steps if step.kind == "line" and step.stream == "body"}
    held = {}
    for index, at in enumerate([0, *ends][: len(interior.pages)]):
        here = {address for address, page in places.items() if page == index}
        if index in worded or here - notes:
            first = streams.body.where(at)
            held[interior.labels[index]] = here | {first, section_of(first)}
    return held


def _slots(
    steps: Sequence[Step], streams: Streams, places: Mapping[str, int], labels: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for step in steps:
        if step.kind != "slot":
            continue
        said: Stream = streams.body if step.stream == "body" else streams.notes
        target, here = said.slots[step.at], labels[step.page]
        if target not in places:
            yield "P006", f"page {here} gives a page of '{target}', which is nowhere"
        elif step.words != (right := labels[places[target]]):
            words = f"begins on page {step.words}; it begins on page {right}"
            yield "P006", f"page {here} says that '{target}' {words}"


def _margins(
    steps: Sequence[Step], streams: Streams, body: PageMap, labels: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for (kind, marks), name in zip(streams.margins, ("¶", "leaf mark"), strict=True):
        drawn = [step for step in steps if step.kind == kind]
        for step in drawn:
            right = body.page(marks[step.at].position)
            if step.page != right:
                stands = f"stands in the margin of page {labels[step.page]}"
                yield "P006", f"{name} {step.words} {stands}; its text begins on {labels[right]}"
        if len(drawn) != len(marks):
            yield "P006", f"{name} {marks[len(drawn)].words} stands in no margin"


def _furniture(
    steps: Sequence[Step], streams: Streams, interior: Interior, verso: str
) -> Iterator[tuple[str, str]]:
    said = {kind: {s.page: s.words for s in steps if s.kind == kind} for kind in FURNITURE}
    starts = [at for at, script in streams.sections if not script.section.runs_on]
    before = 0
    for index, turn in enumerate(step for step in steps if step.kind == "page"):
        label = interior.labels[index]
        script = streams.section_at(min(before + 1, turn.at))
        begins = any(before <= at < turn.at for at in starts)
        held = said["range"].get(index, "")
        if held and held != (right := streams.held(before, turn.at)):
            words = f"names {held}; it holds {right or 'none'}"
            yield "P006", f"the head of page {label} {words}"
        before = turn.at
        if not interior.pages[index].lines or script is None:
            continue
        display = script.section.display
        if display == (index in said["folio"]):
            yield "P006", f"page {label} has {'a' if display else 'no'} page number"
        named = "" if display or begins else verso if index % 2 else script.section.head
        wanted = streams.body.form(named)
        head = said["head"].get(index, "")
        if head != wanted:
            yield "P006", f"the running head of page {label} says '{head}' instead of '{wanted}'"


def page_labels(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """The printed number of each page; empty for one without."""
    if "/PageLabels" not in pdf.Root:
        return tuple(str(number) for number in range(1, len(pdf.pages) + 1))
    return tuple(page.label for page in pdf.pages)


def _links(pdf: pikepdf.Pdf, log: Log) -> int:
    """Every link of the file leads to a page that is there, or out of the edition."""
    names, pages = destinations(pdf), {page.obj.objgen for page in pdf.pages}
    count = 0
    for number, page in enumerate(pdf.pages, 1):
        for link in page.obj.get("/Annots", pikepdf.Array()):
            if link.get("/Subtype") != "/Link":
                continue
            count += 1
            action = link.get("/A", pikepdf.Dictionary())
            uri, goal = str(action.get("/URI", "")), link.get("/Dest", action.get("/D"))
            if goal is None:
                if uri and (".invalid/" in uri or not outward(uri)):
                    log.fault("P008", f"sheet {number}: a link leads to {uri}")
                continue
            place = goal if isinstance(goal, pikepdf.Array) else names.get(str(goal))
            if place is None or not len(place) or place[0].objgen not in pages:
                log.fault("P008", f"sheet {number}: a link leads to '{goal}', which is nowhere")
    return count


def destinations(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Array]:
    """The named places of a file."""
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    rows = pikepdf.NameTree(names.Dests).items() if "/Dests" in names else ()
    return {str(key): goal for key, goal in rows if isinstance(goal, pikepdf.Array)}
