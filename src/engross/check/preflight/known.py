"""
What two parsers saw of a drawing is kept, so that only what is new in a volume is looked at again.

A page of a book is drawn in layers: the drawing of its unit, moved as a whole, and over it head,
folio and marks, each in its place. A layer is known by its bytes as they lie in the file and by the
fonts that it may use, with their programs; neither by its page nor by its place, so that a page
more makes no new ones; nor does a page number in the text, whose figures are equally wide. Layers
are kept in runs, and looked at in a file of their own. Pages of any
other form, or with pictures, forms or patterns, are looked at whole and each time.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from importlib.metadata import version
from operator import add
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from engross.cache.store import Keeper
from engross.check.preflight.colour import Space
from engross.check.preflight.glance import Glance, Seen, around
from engross.check.preflight.paint import Painted, font_key, inherited, painted
from engross.check.preflight.wanted import Box

MAY_GIVE = re.compile(rb"beginbfrange|usecmap|fffd", re.IGNORECASE)


FORM = "3"
"""Edition of what is kept; another number makes it void."""
OWN = ("/UserUnit", "/Group", "/Rotate")
ELSEWHERE = ("/XObject", "/Pattern", "/Shading", "/ColorSpace")
"""Resources whose use ties what was seen to objects of this very file, or that few pages have."""
MOVE = re.compile(rb"q 1 0 0 1 ([-\d.]+) ([-\d.]+) cm\s*")
MARK = re.compile(
    rb"/Artifact <<[^>]*>> BDC\n(q [-\d. ]+) ([-\d.]+) ([-\d.]+) cm ([^\n]*) Q\nEMC\n"
)
NUMBER = re.compile(rb"\[(-?\d*)<((?:[\da-f]{4}){1,5})>\] TJ")
"""A piece of a drawing that shows a few glyphs."""
FIGURE = re.compile(rb"<([\da-f]{4})> <003\d>")
"""A glyph that a font's map to characters calls a figure."""
RUN = 4
"""Layers that are kept together, on average; a run ends where a digest says so."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a page's drawing, in its place."""

    x: float
    y: float
    key: str
    page: Any
    """One that it is drawn on: its fonts are meant, and, without a drawing, its inner streams."""
    held: "Held"
    drawing: bytes = b""


@dataclass(frozen=True, slots=True)
class Held:
    """Resources with nothing but fonts."""

    digest: str
    figures: set[bytes]
    """The glyphs that are figures in one of the fonts."""
    fonts: dict[str, tuple[str, Any]]
    """The key of each font and itself, by the name that drawings have for it."""


class Pages:
    """The pages of one open file, each drawing looked at once, in this build or in one before."""

    def __init__(self, pdf: pikepdf.Pdf, glance: Glance, store: Keeper | None) -> None:
        self.pdf, self.glance, self.store = pdf, glance, store
        self.fonts: dict[tuple[int, int], bool] = {}
        self.held: dict[tuple[int, int], Held | None] = {}
        self.digests: dict[tuple[int, int], str] = {}
        self.base = [version("pikepdf"), version("pypdfium2"), FORM]

    def __iter__(self) -> Iterator[tuple[pikepdf.Page, Painted, Seen | None]]:
        """Each page, what it paints, and what PDFium sees; None where PDFium has no such page."""
        pages = list(self.pdf.pages)
        layers = [self._layers(page.obj) if self.store is not None else () for page in pages]
        rows = self._rows(layers) if any(layers) else {}
        for number, page in enumerate(pages, start=1):
            mine = [(one, rows[one.key]) for one in layers[number - 1]]
            if mine and number <= len(self.glance) and all(row["whole"] for _, row in mine):
                yield page, *_together(mine, *self.glance.size(number))
                continue
            seen = None
            if number <= len(self.glance):
                seen = self.glance.page(number, words=may_replace(page.obj, self.fonts))
            yield page, painted(page.obj), seen

    def _layers(self, page: Any) -> tuple[Layer, ...]:
        """What a page is drawn of; nothing where it is not of the form that is known here."""
        resources, contents = inherited(page, "/Resources"), page.get("/Contents")
        if resources is None or not isinstance(contents, Array) or len(contents) < 3:
            return ()
        held, streams = self._held(resources), list(contents)
        if held is None or any(key in page for key in OWN):
            return ()
        move = MOVE.fullmatch(streams[0].read_bytes())
        marks = self._marks(page, held, bytes(streams[-1].read_bytes()))
        if move is None or marks is None:
            return ()
        whole = hashlib.sha256(held.digest.encode())
        for one in streams[1:-1]:
            raw, how = one.read_raw_bytes(), f"{one.get('/Filter')} {one.get('/DecodeParms')}"
            number = NUMBER.fullmatch(raw)
            if number and held.figures.issuperset(
                number[2][n : n + 4] for n in range(0, len(number[2]), 4)
            ):
                raw = b"%s %d figures" % (number[1], len(number[2]) // 4)
            whole.update(b"%d %s " % (len(raw), how.encode()) + raw)
        return (Layer(float(move[1]), float(move[2]), whole.hexdigest(), page, held), *marks)

    def _held(self, resources: Any) -> "Held | None":
        """What drawings may use, looked at once where pages share it; None for more than fonts."""
        if resources.is_indirect and resources.objgen in self.held:
            return self.held[resources.objgen]
        found = None
        if not any(len(resources.get(key, ())) for key in ELSEWHERE):
            fonts = resources.get("/Font", Dictionary())
            maps = [font.get("/ToUnicode") for font in fonts.values()]
            digits = [FIGURE.findall(one.read_bytes()) for one in maps if isinstance(one, Stream)]
            named = {name: (font_key(name, font), font) for name, font in fonts.items()}
            found = Held(self._digest(resources), set().union(*digits), named)
        if resources.is_indirect:
            self.held[resources.objgen] = found
        return found

    def _marks(self, page: Any, held: "Held", drawing: bytes) -> tuple[Layer, ...] | None:
        """Head, folio and marks of a page, from the end of its drawing; None for anything else."""
        if not drawing.lstrip().startswith(b"Q\n") or MARK.sub(b"", drawing).strip() != b"Q":
            return None
        found = []
        for how, x, y, words in MARK.findall(drawing):
            alone = how + b" 0 0 cm " + words + b" Q"
            key = hashlib.sha256(held.digest.encode() + alone).hexdigest()
            found.append(Layer(float(x), float(y), key, page, held, alone))
        return tuple(found)

    def _rows(self, pages: list[tuple[Layer, ...]]) -> dict[str, Row]:
        """What is known of each layer: kept, or seen now and kept from now on."""
        assert self.store is not None
        bodies = {one.key: one for layers in pages for one in layers[:1]}
        marks = {one.key: one for layers in pages for one in layers[1:]}
        wanted = bodies | dict(sorted(marks.items()))
        known: dict[str, Row] = {}
        missing: dict[str, list[str]] = {}
        for run in _runs(wanted):
            where = hashlib.sha256(json.dumps(["layers", self.base, run]).encode()).hexdigest()
            try:
                rows = json.loads(self.store.get(where) or b"")
                known |= {key: _read(rows[key]) for key in run}
            except (ValueError, KeyError, TypeError):  # none, or an entry of another form
                missing[where] = run
        new = [wanted[key] for run in missing.values() for key in run]
        seen = self._seen(new) if new else {}
        for where, run in missing.items():
            rows = {key: seen.pop(key) for key in run}  # never all of them twice
            self.store.put(where, json.dumps(rows, ensure_ascii=False).encode())
            known |= {key: _read(row) for key, row in rows.items()}
        return known

    def _seen(self, layers: list[Layer]) -> dict[str, Row]:
        """Look at layers, each as a page of a file that is made for it."""
        found: dict[str, Row] = {}
        fonts: dict[tuple[int, int], bool] = {}
        with pikepdf.new() as pdf:
            for one in layers:
                resources = inherited(one.page, "/Resources")
                if not resources.is_indirect:
                    resources = self.pdf.make_indirect(resources)
                page = pdf.add_blank_page(page_size=(1000, 1000)).obj
                page.Resources = pdf.copy_foreign(resources)
                if one.drawing:
                    page.Contents = pdf.make_stream(one.drawing)
                else:
                    streams = list(one.page.Contents)[1:-1]
                    page.Contents = Array([pdf.copy_foreign(stream) for stream in streams])
            target = io.BytesIO()
            pdf.save(target, compress_streams=False)
            glance = Glance(target.getvalue())
            try:
                for number, (one, page) in enumerate(zip(layers, pdf.pages, strict=True), start=1):
                    ink, words = painted(page.obj), may_replace(page.obj, fonts)
                    found[one.key] = _row(ink, glance.page(number, words=words), page.obj.Resources)
            finally:
                glance.close()
        return found

    def _digest(self, value: Any) -> str:
        """A digest of an object and all below it, whatever numbers its objects have."""
        indirect = getattr(value, "is_indirect", False)
        if indirect and value.objgen in self.digests:
            return self.digests[value.objgen]
        if indirect:
            self.digests[value.objgen] = "itself"
        rows: list[Any] = [type(value).__name__]
        if isinstance(value, Stream | Dictionary):
            rows += [[key, self._digest(value[key])] for key in sorted(value.keys())]
        elif isinstance(value, Array) and b" R" in (plain := value.unparse(resolved=False)):
            rows += [self._digest(one) for one in value]
        elif isinstance(value, Array):
            rows.append(plain.decode("latin-1"))  # widths of glyphs: many, and nothing below them
        else:
            rows.append(repr(value))
        if isinstance(value, Stream):
            rows.append(hashlib.sha256(value.read_raw_bytes()).hexdigest())
        found = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
        if indirect:
            self.digests[value.objgen] = found
        return found


def _runs(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys in pieces that a change of one leaves as they are, but for its own."""
    run: list[str] = []
    for key in keys:
        run.append(key)
        if int(key[-2:], 16) % RUN == 0:
            yield run
            run = []
    if run:
        yield run


def _row(ink: Painted, seen: Seen, resources: Any) -> Row:
    """What both parsers say, as plain values; fonts by the names that the page has for them."""
    fonts = resources.get("/Font", Dictionary())
    return {
        "whole": ink.balanced and not ink.too_deep and not ink.pictures,
        "colours": [
            [what, asdict(kind), values, count]
            for (what, (kind, values)), count in ink.colours.items()
        ],
        "type_sizes": list(ink.type_sizes.items()),
        "sets": [sorted(ink.rules), sorted(ink.transparent)],
        "fonts": [n for n in sorted(fonts.keys()) if font_key(n, fonts[n]) in ink.fonts],
        "counts": [ink.missing_glyphs, ink.hidden_text, ink.strings, seen.strings, seen.replaced],
        "boxes": [seen.text, seen.others],
    }


def _read(row: Row) -> Row:
    """The same with colours by what they are, as pages are asked for them."""
    colours = {
        (what, (Space(**kind), tuple(values))): count
        for what, kind, values, count in row["colours"]
    }
    return row | {"colours": colours}


def _together(layers: list[tuple[Layer, Row]], width: float, height: float) -> tuple[Painted, Seen]:
    """What a page shows of which these are the layers."""
    ink = Painted()
    texts, others, counts = [], [], [0] * 5
    for one, row in layers:
        for key, count in row["colours"].items():
            ink.colours[key] = ink.colours.get(key, 0) + count
        for size, count in row["type_sizes"]:
            ink.type_sizes[size] = ink.type_sizes.get(size, 0) + count
        rules, transparent = row["sets"]
        ink.rules.update(rules)
        ink.transparent.update(transparent)
        ink.fonts.update([one.held.fonts[name] for name in row["fonts"]])
        counts = list(map(add, counts, row["counts"]))
        text, more = row["boxes"]
        texts += [_moved(text, one)] if text else []
        others += [_moved(box, one) for box in more]
    ink.missing_glyphs, ink.hidden_text, ink.strings, strings, replaced = counts
    text = reduce(around, texts) if texts else None
    return ink, Seen(width, height, text, strings, tuple(others), bool(replaced))


def _moved(box: Sequence[float], layer: Layer) -> Box:
    left, low, right, top = box
    return left + layer.x, low + layer.y, right + layer.x, top + layer.y


def may_replace(page: Any, known: dict[tuple[int, int], bool]) -> bool:
    """
    Whether the words of a page may hold the replacement character, judged by bytes alone.

    It can come from a font's map to characters, or from words that a tag puts in the place of a
    drawing; where neither can give it, the words need not be read, which takes PDFium as long as
    all else. A map that is absent, or that names ranges, may. `known` has the fonts looked at.
    """
    resources, contents = inherited(page, "/Resources"), page.get("/Contents")
    # Drawings within drawings may show words in fonts of their own.
    if resources is None or any(len(resources.get(name, ())) for name in ("/XObject", "/Pattern")):
        return True
    streams = list(contents) if isinstance(contents, Array) else [contents]
    if any(isinstance(one, Stream) and b"/ActualText" in one.read_bytes() for one in streams):
        return True
    for font in resources.get("/Font", Dictionary()).values():
        if font.objgen not in known or not font.is_indirect:
            held = font.get("/ToUnicode")
            plain = isinstance(held, Stream) and not MAY_GIVE.search(held.read_bytes())
            known[font.objgen] = not plain
        if known[font.objgen]:
            return True
    return False
