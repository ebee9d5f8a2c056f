"""Typeset one unit: from its XHTML to pages and side-car. Runs in a worker."""

import hashlib
from collections.abc import Iterable
from xml.etree import ElementTree

from engross.make.typeset.crossing import Fault, Font, Glyph, Job, Part, Sample, Slot
from engross.make.typeset.engine import (
    compose,
    faces,
    logs,
    mirrored,
    slices,
    source,
    spreads,
    weasy,
)
from engross.make.typeset.engine.breaks import fill
from engross.make.typeset.engine.galley import galley
from engross.make.typeset.engine.harvest import Harvest
from engross.make.typeset.engine.logs import Heard
from engross.make.typeset.engine.source import bare
from engross.make.typeset.engine.template import Templates
from engross.make.typeset.engine.weasy import Box, Document, Face
from engross.model.parting import agreed

DIGITS = "0123456789"
EMPTY = 1.3
"""Lines that a page may lose before paragraphs are made longer or shorter for it."""
RUNNING = frozenset({"note", "paragraph"})
"""Classes of what stands on planned pages."""


def lay_out(shop: weasy.Shop, job: Job, known: faces.Known) -> tuple[Part | None, list[Fault]]:
    """One unit on its pages, and what was heard; no part where it is not well-formed."""
    shop.jail.refused.clear()
    heard = Heard()
    try:
        original = tree(job)
    except ElementTree.ParseError as error:
        return None, [Fault("S020", job.address, f"the section is not well-formed: {error}")]
    wanted = [
        (owner.address, source.own_text(element))
        for element, owner in source.owners(original).items()
        if owner.address is not None and not owner.furniture
    ]
    with logs.listening(heard):
        root, laid_out, hard, long = turned(shop, job)
        streams, kept = weasy.paint(laid_out)
        got = Harvest(job.address, root, laid_out, streams)
        slots = slots_of(got, streams, heard)
        samples = {key: sample(rows, streams[0], got) for key, rows in got.samples.items()}
        leftward = mirrored.LEFTWARD.search(job.html) is not None
        used = [font for font in laid_out.fonts.values() if font.widths]
        fonts = {font.hash: font_row(font, turned=leftward) for font in used}
        known.judge(got.styles, used, streams[0], heard, job.address, root)
    images = [f"the image {name} has no description" for name in got.tagger.wordless]
    heard.faults += [Fault("S022", job.address, what) for what in images]
    lines = [f"some lines are not planned by whole paragraphs: {why}" for why in hard]
    heard.faults += [Fault("W312", job.address, what) for what in lines]
    for address, tall, room in long:
        what = (
            f"{address} and what it faces need {tall / 96:.1f} in of a page with {room / 96:.1f} in"
        )
        heard.faults.append(Fault("T022", address, what))
    heard.faults += losses(wanted, got)
    made = Templates(*weasy.things(laid_out, kept))
    drawn = [made.page(stream.content, row) for stream, row in zip(streams, slots, strict=True)]
    part = Part(
        job.address,
        b"".join(made.streams),
        [page._replace(drawing=row) for page, row in zip(got.pages, drawn, strict=True)],
        got.dests(),
        got.names,
        got.links(),
        got.tagger.tree,
        got.marks,
        got.headings(),
        fonts,
        samples,
        made.objects,
        made.resources,
    )
    return part, heard.rows(job.address, root, shop.jail.refused)


def turned(
    shop: weasy.Shop, job: Job
) -> tuple[ElementTree.Element, Document, Iterable[str], Iterable[spreads.Long]]:
    """
    The unit laid out: lines planned by whole paragraphs, each note on the page of its call.

    A unit of running text, notes or figures is laid out on one endless page, its pages are planned
    and cut from it. Any other, or one with columns, is the engine's. Given with it is why some of
    its lines could not be planned, and what is too long to face what it translates.
    """
    root, classes = tree(job), job.classes
    with compose.composed() as planner:
        long = spreads.spread(shop, root, classes)
        if any(one.tag == "figure" or RUNNING & source.classes(one) for one in root.iter()):
            height = float(shop.blank(classes).height)
            for again in (False, True):
                laid_out = slices.endless(shop, root, classes)
                whole = galley(laid_out, height)
                leaves = fill(whole) if whole else []
                if not whole or not leaves or again or max(leaf.lost for leaf in leaves) <= EMPTY:
                    break
                for leaf in fill(whole, free=True):
                    planner.changed |= leaf.changed
            if whole and leaves:
                return (
                    root,
                    slices.pages(shop, laid_out, whole, leaves, classes),
                    planner.hard,
                    long,
                )
        return root, shop.render(root), planner.hard, long


def tree(job: Job) -> ElementTree.Element:
    """The whole document of a job's section."""
    return source.page_document(source.parse(job.html), job.language, job.classes)


def font_row(font: Face, *, turned: bool = False) -> Font:
    """
    What the writer needs of a font: its program by digest, and the glyphs in use.

    `turned` says that brackets may have been set as their mirror images.
    """
    characters = {glyph: font.to_unicode.get(glyph, "") for glyph in font.widths}
    if turned:
        characters = mirrored.upright(characters, font.file_content)
    return Font(
        hashlib.sha256(font.file_content).hexdigest(),
        font.name.decode().split("+", 1)[1],
        font.family,
        font.ascent,
        font.descent,
        font.flags,
        {glyph: Glyph(font.widths[glyph], characters[glyph]) for glyph in sorted(font.widths)},
    )


def slots_of(got: Harvest, streams: list[weasy.Ink], heard: Heard) -> list[list[tuple[int, Slot]]]:
    """The slots of each page."""
    found: list[list[tuple[int, Slot]]] = [[] for _ in streams]
    for index, sequence, target, box in got.slots:
        row = slot_row(target, box, streams[index], heard, got.unit)
        found[index].append((sequence, row))
    return found


def slot_row(target: str, box: Box, stream: weasy.Ink, heard: Heard, address: str) -> Slot:
    """A slot with the glyphs of the ten digits in its own style; they must be equally wide."""
    shaped = weasy.shape(DIGITS, box.style, stream)
    if len(shaped) != len(DIGITS) or len({round(width) for _, _, width in shaped}) != 1:
        what = f"the figures of the page number for {target} differ in width"
        heard.faults.append(Fault("G004", address, what))
    for digit, (font, glyph, width) in zip(DIGITS, shaped, strict=False):
        font.to_unicode.setdefault(glyph, digit)
        font.widths.setdefault(glyph, round(width))
    glyphs = [glyph for _, glyph, _ in shaped]
    return Slot(target, glyphs, round(shaped[0][2]), len(box.text))


def sample(rows: list[tuple[Box, int]], stream: weasy.Ink, got: Harvest) -> Sample:
    """A string of furniture as a drawing that starts at the origin."""
    boxes = [box for box, _ in rows]
    x, y = boxes[0].position_x, boxes[0].position_y + boxes[0].baseline
    width = boxes[-1].position_x + boxes[-1].width - x
    height = got.pages[0].height
    drawing = []
    for _box, mcid in rows:
        start, _ = stream.sequences[mcid]
        body = stream.stream[start + 3 :]
        end = body.index(b"EMC")
        drawing.append(
            b" ".join(
                item if isinstance(item, bytes) else str(item).encode() for item in body[:end]
            )
        )
    text = b" ".join(drawing).decode("ascii")
    moved = f"1 0 0 1 {-x:.4f} {-y:.4f} cm {text}"
    return Sample(x * weasy.PT, height - y * weasy.PT, width * weasy.PT, moved)


def losses(wanted: list[tuple[str, str]], got: Harvest) -> list[Fault]:
    """A fault for each address whose words are not all on the paper, or not in their order."""
    there: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for address, words in wanted:
        asked.setdefault(address, []).append(words)
    laid = {element: "".join(words) for element, words in got.words.items()}
    for element, owner in got.owner.items():
        if owner.address is not None and not owner.furniture:
            there.setdefault(owner.address, []).append(laid.get(element, ""))
    found = []
    for table, (what, needs, room) in got.wide.items():
        cells = [cell for one in table.iter() if (cell := one.get("data-address"))]
        many = max(map(len, table.iter("tr")), default=0)
        says = f"{cells[0]}: {what.format(many)} needs {needs / 96:.1f} in, and the page has"
        found.append(Fault("T018", cells[0], f"{says} {room / 96:.1f} in"))
        asked = {address: parts for address, parts in asked.items() if address not in cells}
    for address, parts in asked.items():
        want, have = fold(parts), fold(there.get(address, []))
        if sorted(want) != sorted(have):
            found.append(Fault("P020", address, message(address, want, have)))
    return found


def fold(words: list[str]) -> str:
    """Words as compared: without white space, and without regard to capitals set by a style."""
    return bare("".join(words)).casefold()


def message(address: str, want: str, have: str) -> str:
    """Name the loss by its number and its first words."""
    at, lost = agreed(want, have), len(want) - len(have)
    if lost > 0:
        words = want[at : at + lost][:24]
        said = f"{lost} of {len(want)} characters of {address} are on no page"
        return f"{said}, from {words!r} on"
    return f"the pages hold {len(have)} characters of {address}, which has {len(want)}"
