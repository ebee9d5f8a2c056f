"""Read what a page paints: colours, sizes of type, lines and pictures, with the graphics state."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Name, Stream

from engross.check.preflight.colour import GREY, Space, gradient, resource, space

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEEP = 12
"""Forms within forms that are followed; more is a fault of its own."""
HAIR = 3.0
"""Points under which the thinner side of a filled rectangle is looked at as a rule."""
ZERO = re.compile(rb"0\s*0\s*0\s*[0>]|\\0|\0\0")
"""What a drawing holds, at the least, that shows glyph 0 of a font with codes of two bytes."""
Colour = tuple[Space, tuple[float, ...]]
BLACK: Colour = (GREY, (0.0,))


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it lies on the page."""

    width: int
    """In pixels."""
    height: int
    resolution: float
    """Pixels per inch, the lower of the two directions."""
    space: Space
    mask: bool
    """One bit a pixel, painted in the current colour."""
    key: tuple[int, int]
    """Its object in the file; (0, 0) for one inside the page's drawing."""


@dataclass(slots=True)
class Painted:
    """What one page paints."""

    colours: dict[tuple[str, Colour], int] = field(default_factory=dict)
    """By what is painted (`text`, `line`, `area`, `image`) and colour: how often."""
    type_sizes: dict[float, int] = field(default_factory=dict)
    """Effective sizes in points, and how many strings."""
    rules: set[float] = field(default_factory=set)
    """Widths of lines in points."""
    pictures: list[Picture] = field(default_factory=list)
    transparent: set[str] = field(default_factory=set)
    """Reasons, in words."""
    fonts: dict[str, Any] = field(default_factory=dict)
    """Font objects in use, by a key that is the same on all pages."""
    missing_glyphs: int = 0
    """Times that a font's glyph 0, the empty box, is shown."""
    hidden_text: int = 0
    strings: int = 0
    too_deep: bool = False
    balanced: bool = True
    """Whether the state of the drawing is put back as often as it is put aside."""

    @property
    def blank(self) -> bool:
        """Whether nothing at all is painted."""
        return not self.colours and not self.pictures


class _State(NamedTuple):
    ctm: Matrix = IDENTITY
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line: float = 1.0
    font: Any = None
    font_key: str = ""
    size: float = 0.0
    mode: int = 0
    wide: bool = False
    """The font's codes are two bytes: glyph numbers."""


def painted(page: Any) -> Painted:
    """Everything that a page of a file paints."""
    found = Painted()
    unit = float(page.get("/UserUnit", 1))
    group = page.get("/Group")
    if group is not None and group.get("/S") == Name.Transparency:
        found.transparent.add("the page is a transparency group")
    state = _State(ctm=(unit, 0.0, 0.0, unit, 0.0, 0.0))
    reader = _Reader(found)
    reader.zeros = _may_show_zero(page.get("/Contents"))
    reader.read(page, inherited(page, "/Resources"), state, 0)
    return found


def _may_show_zero(contents: Any) -> bool:
    """Whether glyph 0 may be shown, judged by bytes alone: most drawings cannot, and go faster."""
    if contents is None:
        return False
    streams = contents if isinstance(contents, Array) else [contents]
    return any(ZERO.search(stream.read_bytes()) for stream in streams)


def font_key(name: str, font: Any) -> str:
    """What a font is known by on all pages of a file; `name` is the page's own for it."""
    return f"{font.objgen}" if font.is_indirect else f"direct {name} {font.get('/BaseFont')}"


def inherited(page: Any, key: str) -> Any:
    """A page's entry, its own or one of the nodes above it."""
    node = page
    for _ in range(64):
        if node is None:
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def times(a: Matrix, b: Matrix) -> Matrix:
    """First a, then b."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def stretch(m: Matrix) -> tuple[float, float]:
    """How much longer a unit becomes, across and along."""
    return (m[0] ** 2 + m[1] ** 2) ** 0.5, (m[2] ** 2 + m[3] ** 2) ** 0.5


class _Reader:
    def __init__(self, found: Painted) -> None:
        self.found = found
        self.path: list[tuple[float, float]] = []
        """Widths and heights of the rectangles of the path in work."""
        self.other = False
        """The path has more than rectangles."""
        self.tm = IDENTITY
        self.zeros = True
        """Whether strings are searched for glyph 0."""
        self.fonts: dict[str, tuple[Any, str, bool]] = {}
        """Fonts of the drawing in work, by its names for them; each was looked up once."""

    def read(self, source: Any, resources: Any, state: _State, depth: int) -> None:
        if depth > DEEP:
            self.found.too_deep = True
            return
        stack: list[_State] = []
        # A form or pattern is drawn by bytes of its own.
        zeros, self.zeros = self.zeros, self.zeros or depth > 0
        fonts, self.fonts = self.fonts, {}
        for one in pikepdf.parse_content_stream(source):
            name = str(one.operator)
            if name in _NOTHING:
                continue
            if name == "q":
                stack.append(state)
            elif name == "Q":
                self.found.balanced &= bool(stack)
                state = stack.pop() if stack else state
            elif name in _SHOW:
                self._text(one.operands if self.zeros else (), state)
            else:
                state = self._step(name, one.operands, resources, state, depth)
        self.found.balanced &= not stack
        self.zeros, self.fonts = zeros, fonts

    def _step(self, name: str, row: Any, resources: Any, state: _State, depth: int) -> _State:
        if name == "Tm":
            self.tm = matrix_of(row)
        elif name == "BT":
            self.tm = IDENTITY
        elif name == "cm":
            return state._replace(ctm=times(matrix_of(row), state.ctm))
        elif name in _PLAIN:
            colour: Colour = (_PLAIN[name], tuple([round(float(value), 4) for value in row]))
            return _in_colour(state, colour, stroke=name.isupper())
        elif name in ("cs", "CS"):
            kind = space(row[0], resources)
            start = (0.0,) * (kind.channels - 1) + (1.0,) if kind.kind in ("cmyk", "spot") else ()
            colour = (kind, start or (0.0,) * kind.channels)
            return _in_colour(state, colour, stroke=name == "CS")
        elif name in ("sc", "scn", "SC", "SCN"):
            return self._paint_with(name, row, resources, state, depth)
        elif name == "Tf":
            return self._font(row, resources, state)
        elif name == "w":
            return state._replace(line=float(row[0]))
        elif name == "Tr":
            return state._replace(mode=int(row[0]))
        elif name == "gs":
            return self._extended(row[0], resources, state)
        else:
            self._drawing(name, row, resources, state, depth)
        return state

    def _drawing(self, name: str, row: Any, resources: Any, state: _State, depth: int) -> None:
        if name == "re":
            self.path.append((abs(float(row[2])), abs(float(row[3]))))
        elif name in ("l", "c", "v", "y"):
            self.other = True
        elif name in _FINISH:
            self._finish(name, state)
        elif name == "Do":
            self._object(row[0], resources, state, depth)
        elif name == "sh":
            shading = resource(resources, "/Shading", row[0])
            if shading is not None:
                self._note("area", gradient(shading, resources))
        elif name == "INLINE IMAGE":
            self._inline(row[0], resources, state)

    def _note(self, what: str, colour: Colour) -> None:
        rows = self.found.colours
        rows[what, colour] = rows.get((what, colour), 0) + 1

    def _text(self, row: Any, state: _State) -> None:
        self.found.strings += 1
        if state.mode in (3, 7):
            self.found.hidden_text += 1
            return
        _, up = stretch(times(self.tm, state.ctm))
        size = round(abs(state.size) * up, 2)
        sizes = self.found.type_sizes
        sizes[size] = sizes.get(size, 0) + 1
        if state.font is not None:
            self.found.fonts[state.font_key] = state.font
        if state.mode in (0, 2, 4, 6):
            self._note("text", state.fill)
        if state.mode in (1, 2, 5, 6):
            self._note("text", state.stroke)
        if state.wide and row and self.zeros:
            self.found.missing_glyphs += sum(_zeros(text) for text in strings(row[-1]))

    def _font(self, row: Any, resources: Any, state: _State) -> _State:
        name, size = str(row[0]), float(row[1])
        if name not in self.fonts:
            self.fonts[name] = _font(name, resources)
        font, key, wide = self.fonts[name]
        if font is None:
            return state._replace(font=None, size=size, wide=False)
        if key == state.font_key and size == state.size and state.font is not None:
            return state
        return state._replace(font=font, font_key=key, size=size, wide=wide)

    def _paint_with(self, name: str, row: Any, resources: Any, state: _State, depth: int) -> _State:
        old = state.stroke if name.isupper() else state.fill
        if len(row) and isinstance(row[-1], Name):
            self._pattern(row[-1], resources, state, depth)
            colour: Colour = (Space("pattern", 0), ())
        else:
            colour = (old[0], tuple(round(float(value), 4) for value in row))
        return _in_colour(state, colour, stroke=name.isupper())

    def _pattern(self, name: Any, resources: Any, state: _State, depth: int) -> None:
        pattern = resource(resources, "/Pattern", name)
        if isinstance(pattern, Stream):
            inner = state._replace(ctm=matrix_of(pattern.get("/Matrix", Array(IDENTITY))))
            self.read(pattern, pattern.get("/Resources", resources), inner, depth + 1)
        elif pattern is not None and "/Shading" in pattern:
            self._note("area", gradient(pattern.Shading, resources))

    def _extended(self, name: Any, resources: Any, state: _State) -> _State:
        row = resource(resources, "/ExtGState", name)
        if row is None:
            return state
        for key in ("/ca", "/CA"):
            if key in row and float(row[key]) < 1:
                self.found.transparent.add(f"opacity {float(row[key]):g}")
        if "/SMask" in row and row.SMask != Name("/None"):
            self.found.transparent.add("a soft mask")
        if "/BM" in row:
            mode = row.BM[0] if isinstance(row.BM, Array) else row.BM
            if str(mode) not in ("/Normal", "/Compatible"):
                self.found.transparent.add(f"blending '{str(mode)[1:]}'")
        return state._replace(line=float(row.LW)) if "/LW" in row else state

    def _finish(self, name: str, state: _State) -> None:
        across, along = stretch(state.ctm)
        if name in _STROKES:
            self._note("line", state.stroke)
            self.found.rules.add(round(state.line * min(across, along), 3))
        if name in _FILLS:
            self._note("area", state.fill)
            thin = [min(w * across, h * along) for w, h in self.path]
            if not self.other:
                self.found.rules |= {round(width, 3) for width in thin if 0 < width < HAIR}
        self.path, self.other = [], False

    def _object(self, name: Any, resources: Any, state: _State, depth: int) -> None:
        one = resource(resources, "/XObject", name)
        if one is None:
            return
        if one.get("/Subtype") == Name.Image:
            self._image(one, resources, state, one.objgen)
        elif one.get("/Subtype") == Name.Form:
            group = one.get("/Group")
            if group is not None and group.get("/S") == Name.Transparency:
                self.found.transparent.add("a transparency group")
            matrix = matrix_of(one.get("/Matrix", Array(IDENTITY)))
            inner = state._replace(ctm=times(matrix, state.ctm))
            keep = self.path, self.other, self.tm
            self.read(one, one.get("/Resources", resources), inner, depth + 1)
            self.path, self.other, self.tm = keep

    def _image(self, image: Any, resources: Any, state: _State, key: tuple[int, int]) -> None:
        if "/SMask" in image:
            self.found.transparent.add("an image with a soft mask")
        mask = bool(image.get("/ImageMask", False))
        kind = state.fill[0] if mask else space(image.get("/ColorSpace"), resources)
        self._placed(int(image.Width), int(image.Height), kind, mask, state, key)

    def _inline(self, image: Any, resources: Any, state: _State) -> None:
        held = image.obj if hasattr(image, "obj") else image
        mask = bool(held.get("/ImageMask", held.get("/IM", False)))
        kind = space(held.get("/ColorSpace", held.get("/CS")), resources)
        width, height = (
            int(held.get(a, held.get(b, 0))) for a, b in (("/Width", "/W"), ("/Height", "/H"))
        )
        self._placed(width, height, state.fill[0] if mask else kind, mask, state, (0, 0))

    def _placed(
        self, width: int, height: int, kind: Space, mask: bool, state: _State, key: tuple[int, int]
    ) -> None:
        across, along = stretch(state.ctm)
        if not across or not along:
            return
        resolution = min(width * 72 / across, height * 72 / along)
        self.found.pictures.append(Picture(width, height, round(resolution, 1), kind, mask, key))
        if mask:
            self._note("image", state.fill)


_NOTHING = frozenset({"BDC", "BMC", "EMC", "ET"})
"""What says something of a drawing and paints nothing; more than a third of a page of text."""
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_PLAIN = {
    "g": GREY,
    "G": GREY,
    "rg": Space("rgb", 3),
    "RG": Space("rgb", 3),
    "k": Space("cmyk", 4),
    "K": Space("cmyk", 4),
}
_STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_FINISH = _STROKES | _FILLS | {"n"}


def _in_colour(state: _State, colour: Colour, *, stroke: bool) -> _State:
    """The state with a colour; the same one where nothing changes, as before most strings."""
    if stroke:
        return state if colour == state.stroke else state._replace(stroke=colour)
    return state if colour == state.fill else state._replace(fill=colour)


def _font(name: str, resources: Any) -> tuple[Any, str, bool]:
    """A font, what it is known by, and whether its codes are of two bytes."""
    font = resource(resources, "/Font", name)
    if font is None:
        return None, "", False
    wide = str(font.get("/Encoding")) in ("/Identity-H", "/Identity-V")
    return font, font_key(name, font), wide


def matrix_of(row: Any) -> Matrix:
    """The six numbers of a matrix in a PDF."""
    a, b, c, d, e, f = row
    return float(a), float(b), float(c), float(d), float(e), float(f)


def strings(row: Any) -> list[bytes]:
    """The strings that a drawing operator shows, one or an array of them and of moves."""
    rows = row if isinstance(row, Array) else [row]
    return [bytes(one) for one in rows if isinstance(one, pikepdf.String)]


def _zeros(text: bytes) -> int:
    if b"\0\0" not in text:
        return 0
    return sum(not text[at] and not text[at + 1] for at in range(0, len(text) - 1, 2))
