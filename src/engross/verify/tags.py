"""What a reading PDF says beside its pages: its record, outline, links and tags."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name

from engross.model.text import Block, Cell, Figure, Leaf, ListBlock, Quote, Table, figures, held
from engross.parse.book import DocumentSource
from engross.parse.markdown import parse_markdown
from engross.read.xml import parse_xml
from engross.verify.furniture import Section
from engross.verify.ground import Ground
from engross.verify.pdf import Interior, destinations
from engross.verify.plain import TABLES, bare, paper, spaced
from engross.verify.plates import set_in
from engross.verify.report import Log
from engross.verify.script import SectionScript
from engross.verify.standing import standing, tongue_of
from engross.verify.tagged import (
    Way,
    elements,
    foreign,
    kids_of,
    links,
    links_of,
    misnamed,
    spoken_for,
    tongues,
    tongues_in,
    ways,
)
from engross.verify.values import Values

DC = "http://purl.org/dc/elements/1.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP, PDF = "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/pdf/1.3/"
INFO: Mapping[str, str] = TABLES["info"]
"""What the two records of a file say, by names in `values`."""
TOLD = frozenset(TABLES["recorded"]["more"])
"""What a file may say of itself besides what the evidence gives."""
NAMED = frozenset({"aut", "edt", "trl"})
"""Roles of those whom the record of a file names."""
TRAVEL = re.compile(r"documents/[^/]+/(received\.txt|transcript\.md|original\..+)|sources/.+\.xml")
"""Sources that are attached to the reading PDF."""
ALWAYS = frozenset({"title in XMP", "identifier in XMP", "language in XMP"})
"""What every program that made such a file has said in XMP."""
LISTS = frozenset({"contents", "documents-list", "list-of-figures"})
"""Sections that have no links but those of their entries."""
Taken = tuple[int, int, str]
"""The columns and rows that a cell takes, and which of the two it is the head of."""
Shape = tuple[str, object]
"""`table` with its cells, `list` with its items, `figure` with its words, `heading` and such."""


def prove_tags(
    content: bytes,
    scripts: Sequence[SectionScript],
    ground: Ground,
    goals: Mapping[str, Sequence[str]],
    read: Interior,
    log: Log,
) -> None:
    """
    Compare a reading PDF with the evidence; a file for a press says nothing beside its pages.

    Args:
        content: the file.
        scripts: of its sections, in order.
        ground: what the evidence says.
        goals: where the entries of generated sections lead, by section.
        read: what its pages say, and where.
        log: takes checks and findings.
    """
    since, book = len(log.findings), ground.book
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _record(pdf, ground, log)
        if "/AF" not in pdf.Root or "/StructTreeRoot" not in pdf.Root:
            log.check("record", 1, "file", since)
            return  # a file for a press: the reading PDF has its sources with it
        _attached(pdf, ground.raw.documents, log)
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        labels = _labels(pdf, numbers, read, log)
        with pdf.open_outline() as outline:
            rows = list(_items(outline.root, numbers, 1))
        parts = {one.address for one in ground.sections if one.opening}
        for message in _outline(rows, [script.section for script in scripts], parts, read):
            log.fault("P008", f"the outline {message}")
        for message in spoken_for(pdf.Root.StructTreeRoot):
            log.fault("P024", f"the tags {message}")
        sects = list(_sections(pdf.Root.StructTreeRoot))
        if len(sects) != len(scripts):
            log.fault("P024", f"the tags have {len(sects)} sections, the evidence {len(scripts)}")
        bodies = {one.id: _blocks(one) for one in book.documents}
        bodies |= {one.section.id: one.body.blocks for one in book.prose}
        faced = {one.id for one in book.documents if one.original}
        pages = {page.obj.objgen: one for page, one in zip(pdf.pages, read.pages, strict=True)}
        titles = {script.section.address: script.section.title for script in scripts}
        for script, sect in zip(scripts, sects, strict=False):
            address, kind = script.section.address, script.section.kind
            if address in bodies:
                _consists(address, bodies[address], sect, log, faced=address in faced)
                _said_in(address, sect, ground, log, faced=address in faced)
            led = list(links(sect, pages))
            entries = goals.get(address, ()) if kind != "index" else ()
            found = list(ways(way for _, way in led))
            listed = map(Way, entries) if found and kind in LISTS else None
            own = links_of(address, ground.expected, titles)
            wanted = own if address in bodies else listed
            _lead(address, wanted, entries, found, log)
            for link, way in led:
                if name := misnamed(link, way.goal, ground, titles, labels):
                    log.fault("P008", f"a link of '{address}' to {way.goal} is called '{name}'")
    log.check("tags", len(sects), "sections", since)


def _labels(
    pdf: pikepdf.Pdf, numbers: Mapping[Any, int], read: Interior, log: Log
) -> dict[str, str]:
    """The printed number of the page to which each name leads; it is that of its address."""
    labels: dict[str, str] = {}
    for name, goal in destinations(pdf).items():
        page = numbers[goal[0].objgen]
        labels[name] = read.labels[page]
        if read.places.get(name, page) != page:
            log.fault("P008", f"the links to '{name}' lead to another page than its own")
    return labels


def _consists(address: str, blocks: Iterable[Block], sect: Any, log: Log, *, faced: bool) -> None:
    """A text consists of what the evidence has, in order; a figure may stand a page behind."""
    shapes, there = _shapes(blocks, sect)
    if faced:  # rows of an original stand between those of the text
        rest = iter(there)
        there = [one for one in shapes if one in rest]
    for drifts in (False, True):
        rows, seen = (
            [one for one in row if (one[0] == "figure") is drifts] for row in (shapes, there)
        )
        _alike(f"the tags of '{address}'", "P024", rows, seen, log)


def _said_in(address: str, sect: Any, ground: Ground, log: Log, *, faced: bool) -> None:
    """Each note is one, and what is in another language is marked so."""
    notes = sum(Name.Note == one.S for one in elements(sect))
    if notes != (count := len(ground.expected.notes[address])):
        log.fault("P024", f"the tags of '{address}' have {notes} notes, the evidence {count}")
    main = ground.book.manifest.value.language
    held = ground.texts[address].held.values()
    more = {tongue for row in held for _, _, tongue in standing(row, "")}
    for one in (one for one in ground.book.documents if one.id == address):
        more |= {one.record.value.language, one.record.value.source_language}
        more |= {tongue_of(note.attributes) for note in one.body.notes}
    found, wanted = tongues_in(sect, main), tongues(address, ground.expected, main)
    if not faced and (tongue := foreign(found, wanted, main, more)):
        log.fault("P024", f"the tags of '{address}' do not mark '{tongue}' as the evidence does")


def _lead(
    address: str,
    wanted: Iterable[Way] | None,
    goals: Iterable[str],
    found: Sequence[Way],
    log: Log,
) -> None:
    """The links of a text are those of the evidence; a list has one for each of its entries."""
    rows = list(ways(wanted)) if wanted is not None else []
    led = [way.goal for way in found]
    if wanted is not None:
        _alike(f"the links of '{address}'", "P008", [way.goal for way in rows], led, log)
    for way, right in zip_longest(found, rows[: len(found)], fillvalue=Way("")):
        if not way.agrees(right):
            there = f"'{way.words[:40]}'" if way.words else "no words"
            behind = f", not on '{right.words[:40]}'" if right.words else ""
            log.fault("P008", f"the link of '{address}' to {way.goal} lies on {there}{behind}")
    for way in ways(map(Way, goals)) if found else ():  # earlier programs made none of contents
        if way.goal not in led:
            log.fault("P008", f"'{address}' has no link to {way.goal} where its entry stands")
        else:
            del led[: led.index(way.goal) + 1]


def _alike(
    what: str, code: str, wanted: Sequence[object], found: Sequence[object], log: Log
) -> None:
    for at, one in enumerate(wanted):
        if at >= len(found) or found[at] != one:
            there = f"'{found[at]}'" if at < len(found) else "nothing"
            log.fault(code, f"{what} have {there} where '{one}' should stand")
            return
    if len(found) > len(wanted):
        log.fault(code, f"{what} have '{found[len(wanted)]}' without evidence")


def _record(pdf: pikepdf.Pdf, ground: Ground, log: Log) -> None:
    """Title, people, identifier, language, subject and days, in both records of the file."""
    known, people = Values(ground), ground.book.manifest.value.people
    named = [person.name for person in people if person.role in NAMED]
    known |= {"people": [", ".join(named)], "keywords": [", ".join(known["manifest.subjects"])]}
    known["made"] = [f"{day}T00:00:00Z" for day in known["manifest.date"]]
    for name in ("made", "stamp"):
        known[f"D:{name}"] = [f"D:{re.sub('[^0-9]', '', known[name][0])}Z"]
    said = {name: [str(pdf.docinfo.get(f"/{name}", ""))] for name in INFO if " " not in name}
    said["language"] = [str(pdf.Root.get("/Lang", ""))]
    if "/Metadata" in pdf.Root:
        try:
            root = parse_xml(pdf.Root.Metadata.read_bytes())
        except etree.XMLSyntaxError:
            log.fault("P006", "what the file says of itself in XMP cannot be read")
            return
        for one in root.iter(f"{{{DC}}}*", f"{{{XMP}}}*", f"{{{PDF}}}*"):
            items = [spaced(item.text or "") for item in one.iter(f"{{{RDF}}}li")]
            words = ", ".join(items) or spaced(one.text or "")
            said.setdefault(f"{etree.QName(one).localname} in XMP", [words])
    for name in {*said, *(str(key)[1:] for key in pdf.docinfo)} - INFO.keys() - TOLD:
        log.fault("P006", f"the file gives a {name}, which the evidence does not have")
    for what, key in INFO.items():
        # where nobody made the edition, those who wrote the documents stand there
        found, wanted = "".join(said.get(what, [])), "".join(known[key])
        told = what in said or ("/Metadata" in pdf.Root and what in ALWAYS)
        if told and bare(found) != bare(wanted) and (key != "people" or named):
            log.fault("P006", f"the file gives the {what} '{found}', the evidence '{wanted}'")


def _attached(pdf: pikepdf.Pdf, documents: Iterable[DocumentSource], log: Log) -> None:
    """The sources go with the reading PDF, as they are in the evidence."""
    given = {name: one.get_file().read_bytes() for name, one in pdf.attachments.items()}
    files: dict[str, bytes] = {}  # documents of a volume share one file
    for one in documents:
        texts = (one.original.file, one.original.received) if one.original else ()
        files |= {file.path: file.content for file in (one.received, one.transcript, *texts)}
    for path, content in files.items():
        name = path.removeprefix("documents/").replace("/", "-")
        if TRAVEL.fullmatch(path) and given.get(name) != content:
            what = "another than the evidence has" if name in given else "missing"
            log.fault("P002", f"the attached file '{name}' is {what}")


def _outline(
    rows: Iterable[tuple[str, int, int]], waiting: list[Section], parts: set[str], read: Interior
) -> Iterator[str]:
    """What is wrong: each section in its turn and on its page, none in another but in a part."""
    said = ["".join(page.lines).casefold() for page in read.pages]
    above, opened = 0, False
    for title, page, depth in rows:
        here = waiting[0] if waiting and (depth == 1 or opened) else None
        if here and title == here.title and read.places.get(here.address) == page:
            above, opened = depth, opened or here.address in parts
            del waiting[0]
        elif depth <= above or page < 0 or paper(title).casefold() not in said[page]:
            yield f"has '{title[:60]}' where no such heading stands"
    for section in waiting[:1]:
        yield f"does not lead to '{section.title[:60]}'"


def _items(
    items: Iterable[pikepdf.OutlineItem], numbers: Mapping[Any, int], depth: int
) -> Iterator[tuple[str, int, int]]:
    for item in items:
        goal = item.destination
        yield item.title, numbers.get(goal[0].objgen, -1) if isinstance(goal, Array) else -1, depth
        yield from _items(item.children, numbers, depth + 1)


def _kids(node: Any) -> list[Any]:
    return [one for one in kids_of(node) if isinstance(one, Dictionary)]


def _sections(element: Any) -> Iterator[Any]:
    """The sections, those of a chapter that runs on too."""
    for kid in _kids(element):
        yield from [kid] if kid.get("/S") == Name.Sect else _sections(kid)


def _shapes(blocks: Iterable[Block], sect: Any) -> tuple[list[Shape], list[Shape]]:
    """What a text consists of, by the evidence and by the tags; levels of headings as they step."""
    wanted, found = list(_wanted(blocks)), list(_found(sect))
    levels = [[level for kind, level in row if kind == "heading"] for row in (wanted, found)]
    if len(levels[1]) > len(levels[0]) and found and found[0][0] == "heading":
        found.pop(0)  # the title that the program prints
        levels[1].pop(0)
    shift = int(str(levels[1][0])) - int(str(levels[0][0])) if all(levels) else 0
    moved = [(k, int(str(v)) + shift) if k == "heading" else (k, v) for k, v in wanted]
    return moved, found


def _blocks(document: DocumentSource) -> tuple[Block, ...]:
    """A document as it is printed: its headnote, its text, and the plates behind it."""
    record = document.record
    shown = {one.path for one in figures(document.body.blocks)}
    paths = {f"documents/{document.id}/{one.file}": one.alt for one in record.value.plates}
    plates = [Figure(path, alt) for path, alt in paths.items() if path not in shown]
    head = parse_markdown(record.value.headnote, record.path).blocks
    return (*head, *document.body.blocks, *plates)


def _wanted(blocks: Iterable[Block]) -> Iterator[Shape]:
    for block in blocks:
        match block:
            case Table(rows=rows):
                if any(cells := _cells(rows, block.head_rows)):
                    yield "table", cells
            case ListBlock(items=items, head=head, kind=kind):
                yield from _wanted([head] if head else ())
                signed = kind in ("bullet", "ordered")  # else an item of nothing leaves no trace
                if count := sum(signed or bool(one.blocks or one.label) for one in items):
                    yield "list", count
                block = replace(block, head=None)
            case Quote():
                yield "quotation", ""
            case Figure(path=path, alt=alt) if path and alt:
                yield "figure", alt
            case Leaf(role=role, level=level):
                if role == "heading" and level:
                    yield "heading", level
                yield from (("figure", alt) for _, alt in set_in(block.content))
        yield from _wanted(held(block))


def _cells(rows: Sequence[Sequence[Cell]], heads: int) -> tuple[tuple[Taken, ...], ...]:
    """What each cell takes and is the head of, and the cells that fill up short rows."""
    reach = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row:
            for below in range(at, min(at + cell.rows, len(rows))):
                reach[below] += cell.columns
    longest = max(reach, default=0)
    return tuple(
        (
            *((one.columns, one.rows, _head(one, above=at < heads)) for one in row),
            *[(1, 1, "")] * (longest - taken),
        )
        for at, (row, taken) in enumerate(zip(rows, reach, strict=True))
    )


def _head(cell: Cell, *, above: bool) -> str:
    return "Column" if above else "Row" if cell.header else ""


def _found(element: Any) -> Iterator[Shape]:
    for kid in _kids(element):
        match kind := str(kid.get("/S", ""))[1:]:
            case "Table":
                if any(cells := tuple(_rows(kid))):
                    yield "table", cells
            case "L":
                yield "list", sum(item.get("/S") == Name.LI for item in _kids(kid))
            case "BlockQuote":
                yield "quotation", ""
            case "Figure":
                yield "figure", str(kid.get("/Alt", ""))
            case _ if len(kind) == 2 and kind[0] == "H":
                yield "heading", int(kind[1])
        if kind != "Note":
            yield from _found(kid)


def _rows(table: Any) -> Iterator[tuple[Taken, ...]]:
    """The cells of each row."""
    for kid in _kids(table):
        if kid.get("/S") == Name.TR:
            held = [cell for cell in _kids(kid) if cell.get("/S") in (Name.TH, Name.TD)]
            facts = [(cell.S, cell.get("/A", Dictionary())) for cell in held]
            yield tuple(
                (
                    int(one.get("/ColSpan", 1)),
                    int(one.get("/RowSpan", 1)),
                    str(one.get("/Scope", ""))[1:] if kind == Name.TH else "",
                )
                for kind, one in facts
            )
        else:
            yield from _rows(kid)
