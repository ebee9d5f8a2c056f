"""
What crosses between the build and its typesetting processes, and what the cache keeps.

Orders go to a worker as pickles, which come from the build alone. The answer, and what is kept, is
a part as bytes. Lengths are points, y grows upwards from the trim's lower edge, and pages are those
of the part, from 0.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple, NotRequired, TypedDict

PAGE = "https://page.invalid/#"
"""Before the address whose page number is printed."""
SECTION = "https://section.invalid/#"
"""Before the address that a link leads to."""


MAGIC = b"engross-part-3\n"
"""How the bytes of a part begin; another number for another form, and older ones are made anew."""


@dataclass(frozen=True, slots=True)
class Look:
    """A house as a worker needs it; it holds for the jobs after it, and its key calls it back."""

    key: str
    sheets: tuple[str, ...]
    assets: Mapping[str, bytes]
    faces: list[tuple[str, str, int, bool]]
    """Digest, family, weight, and whether it is italic."""
    memory: int
    """Address space of the worker, in bytes."""


@dataclass(frozen=True, slots=True)
class Job:
    """A unit to be laid out."""

    address: str
    html: str
    language: str
    classes: str
    """The classes of the page's body."""
    seconds: float
    pages: int
    """The most that it may have."""


class Fault(NamedTuple):
    """What was heard while a unit was in work."""

    code: str
    address: str
    message: str


class Spot(NamedTuple):
    """Where something begins."""

    page: int
    x: float
    y: float


class Name(NamedTuple):
    """What a link calls its goal."""

    kind: str
    """`note` or `paragraph`."""
    number: str
    """As printed."""


class Link(NamedTuple):
    """A link on one line; one that is broken over lines is several."""

    page: int
    box: tuple[float, float, float, float]
    target: str


class Mark(NamedTuple):
    """What is to stand in the margin beside a line."""

    kind: str
    """`paragraph` or `leaf`."""
    label: str
    page: int
    y: float
    """The base line."""


class Heading(NamedTuple):
    """A heading as the outline has it."""

    level: int
    words: str
    page: int
    x: float
    y: float


class Sample(NamedTuple):
    """
    A string of furniture, drawn.

    The drawing has its base line's start at the origin, one unit a CSS pixel, y downwards.
    """

    x: float
    """From the trim's left."""
    y: float
    """The base line."""
    width: float
    drawing: str


class Glyph(NamedTuple):
    """A glyph in use."""

    width: int
    """In thousandths of the size."""
    text: str
    """The characters that it was set for."""


class Font(NamedTuple):
    """What the writer needs of a font."""

    program: str
    """The digest of the whole program."""
    name: str
    family: str
    ascent: int
    descent: int
    flags: int
    glyphs: dict[int, Glyph]


class Slot(NamedTuple):
    """A place for the number of a page."""

    target: str
    """The address whose page is meant."""
    glyphs: list[int]
    """The ten digits in the style of the place."""
    width: int
    """The width of each, in thousandths of its size."""
    size: int
    """How many characters were laid out."""
    form: str = ""
    """How they were drawn; what is no number is drawn so."""


class Template(NamedTuple):
    """The entries of a PDF object: `%d` stands for the number of another."""

    text: str
    """Bytes as Latin-1."""
    numbers: list[int]
    """Those that are meant: from 0 in the unit, `FONTS` for the fonts of the volume."""
    length: int = -1
    """How long its stream in the drawing is; -1 for an object that is no stream."""


FONTS = -1


class Start(NamedTuple):
    """Where the text of a page begins."""

    address: str
    """The block's; generated words are counted together, under their section's."""
    offset: int
    """Its characters on earlier pages, white space aside."""


class PartPage(NamedTuple):
    """A page of a part."""

    width: float
    """The trim's."""
    height: float
    inner: float
    """The margins."""
    outer: float
    top: float
    bottom: float
    first: float | None
    """The first base line; None where no text stands in the flow."""
    last: float | None
    holds: list[str]
    """The number of its first and of its last paragraph."""
    sequences: int
    """How many marked sequences it has."""
    colour: bool
    starts: Start | None
    drawing: Sequence[int | Slot] = ()
    """Lengths of streams in the part's drawing, and slots between them."""


class Node(TypedDict):
    """An element of the tag tree."""

    S: str
    """Its type."""
    K: "list[Node | list[int] | int]"
    """Its kids: an element, `[page, marked sequence]`, or the number of a link."""
    lang: NotRequired[str]
    alt: NotRequired[str]
    id: NotRequired[str]
    scope: NotRequired[str]
    spans: NotRequired[list[int]]
    """Rows and columns of a cell that has several."""


@dataclass(frozen=True, slots=True)
class Part:
    """A unit typeset."""

    address: str
    drawing: bytes = field(default=b"", repr=False)
    """The streams of its pages and objects, one behind the other."""
    pages: Sequence[PartPage] = ()
    dests: Mapping[str, Spot] = field(default_factory=dict)
    """By addresses and `unit#id`; the first page wins."""
    names: Mapping[str, Name] = field(default_factory=dict)
    """By the same keys."""
    links: Sequence[Link] = ()
    tree: Node = field(default_factory=lambda: Node(S="Part", K=[]))
    marks: Sequence[Mark] = ()
    headings: Sequence[Heading] = ()
    fonts: Mapping[str, Font] = field(default_factory=dict)
    """By their names in the drawing."""
    samples: Mapping[str, Sample] = field(default_factory=dict)
    """By class and string, `folio|12`."""
    objects: Sequence[Template] = ()
    """What the drawing uses besides fonts."""
    resources: Template | None = None
    """None where there is nothing but fonts."""


def encode(part: Part | None, heard: Sequence[Fault]) -> bytes:
    """Pack a part, if there is one, and what was heard; the same part gives the same bytes."""
    rows = part and [getattr(part, one.name) for one in fields(Part)[2:]]
    head = json.dumps([heard, rows], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return MAGIC + len(head).to_bytes(8, "big") + head + (part.drawing if part else b"")


def decode(address: str, payload: bytes) -> tuple[Part | None, list[Fault]]:
    """
    Unpack a part and what was heard; no part where the unit could not be typeset.

    Raises:
        ValueError: these are not the bytes of a part.
    """
    if not payload.startswith(MAGIC):
        raise ValueError("not a part")
    start = len(MAGIC) + 8
    end = start + int.from_bytes(payload[len(MAGIC) : start], "big")
    heard, rows = json.loads(payload[start:end])
    faults = [Fault(*row) for row in heard]
    if rows is None:
        return None, faults
    pages, dests, names, links, tree, marks, headings, fonts, samples, objects, resources = rows
    part = Part(
        address,
        payload[end:],
        [_page(row) for row in pages],
        {key: Spot(*row) for key, row in dests.items()},
        {key: Name(*row) for key, row in names.items()},
        [Link(*row) for row in links],
        tree,
        [Mark(*row) for row in marks],
        [Heading(*row) for row in headings],
        {key: _font(row) for key, row in fonts.items()},
        {key: Sample(*row) for key, row in samples.items()},
        [Template(*row) for row in objects],
        resources and Template(*resources),
    )
    return part, faults


def _page(row: list[Any]) -> PartPage:
    page = PartPage(*row)
    drawing = [piece if isinstance(piece, int) else Slot(*piece) for piece in page.drawing]
    return page._replace(starts=page.starts and Start(*page.starts), drawing=drawing)


def _font(row: list[Any]) -> Font:
    font = Font(*row)
    return font._replace(glyphs={int(one): Glyph(*row) for one, row in font.glyphs.items()})


def address(target: str) -> str | None:
    """The address that a link inside the edition leads to; None for a link out of it."""
    for prefix in (PAGE, SECTION):
        if target.startswith(prefix):
            return target[len(prefix) :]
    return None


def glyphs_of(parts: Iterable[Part]) -> dict[str, list[int]]:
    """The glyphs_of of each font program that the parts use, by digest."""
    found: dict[str, set[int]] = {}
    for font in fonts_of(parts).values():
        found.setdefault(font.program, {0}).update(font.glyphs)
    return {digest: sorted(used) for digest, used in sorted(found.items())}


def fonts_of(parts: Iterable[Part]) -> dict[str, Font]:
    """
    The fonts of all parts by their name in the drawings, glyphs_of united.

    Raises:
        ValueError: one name stands for two programs.
    """
    found: dict[str, Font] = {}
    for part in parts:
        for name, font in part.fonts.items():
            held = found.setdefault(name, font._replace(glyphs={}))
            if held.program != font.program:
                raise ValueError(f"font {name} stands for two programs")
            for glyph, row in font.glyphs.items():
                held.glyphs.setdefault(glyph, row)
    return found
