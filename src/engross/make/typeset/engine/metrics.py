"""Widths of text as the engine shapes it, each measured once. Runs in a worker."""

from array import array
from dataclasses import dataclass

from engross.make.typeset.engine.weasy import (
    FROM_UNITS,
    AnonymousStyle,
    Context,
    Glyphs,
    Style,
    create_layout,
    ffi,
    line_size,
    pango,
)
from engross.model.unseen import JOINED

STYLE = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "line_height", "overflow_wrap", "tab_size", "text_decoration_line", "white_space",
    "word_break", "word_spacing",
)  # fmt: skip
"""Every property that the engine looks at when it divides a text; a test reads its source."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text of one style on one endless line, in pixels."""

    x: tuple[float, ...]
    """Before each byte; one more for the end."""
    glyphs: tuple[int, ...]
    """Before each byte; one more for the end."""
    turned: bool = False
    """Whether some of it runs from right to left; then the rest is void."""
    height: float = 0.0
    baseline: float = 0.0
    mixed: bool = False
    """Whether it has several faces: then a part of it may be less high."""


class Metrics:
    """What was measured for one unit."""

    def __init__(self) -> None:
        self.shaped: dict[tuple[str, str], Shaped] = {}
        self.looks: dict[int, tuple[Style, str]] = {}

    def look(self, style: Style) -> str:
        """What the division and the shapes of a text depend on, of its style."""
        known = self.looks.get(id(style))
        if known is None or known[0] is not style:
            if isinstance(style, AnonymousStyle):  # all but the decoration is its parent's
                found = f"{self.look(style.parent_style)} {style['text_decoration_line']}"
            else:
                found = str([style[name] for name in STYLE])
            known = self.looks[id(style)] = (style, found)
        return known[1]

    def shape(self, text: str, style: Style, context: Context) -> Shaped:
        """The places of a text."""
        key = (text, self.look(style))
        if key not in self.shaped:
            self.shaped[key] = _shape(text, style, context)
        return self.shaped[key]


def runs(line: Glyphs) -> list[Glyphs]:
    """The runs of one face in a line of the shaper; none in one without a character."""
    found = []
    run = line.runs[0] if line.runs else ffi.NULL  # a space that collapses before a break
    while run != ffi.NULL:
        found.append(run.data)
        run = run.next
    return found


def _shape(text: str, style: Style, context: Context) -> Shaped:
    layout = create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    size = len(text.encode())
    x: list[float] = [-1.0] * (size + 1)
    marks = [0] * (size + 1)
    at = 0.0
    whole = JOINED.search(text)  # its glyphs stand fast beside each other
    for item in runs(line):
        count = item.glyphs.num_glyphs
        if item.item.analysis.level % 2:
            return Shaped((0.0,), (0,), True)
        infos, clusters = array("i"), array("i")
        infos.frombytes(ffi.buffer(item.glyphs.glyphs, count * 20))
        clusters.frombytes(ffi.buffer(item.glyphs.log_clusters, count * 4))
        for width, cluster in zip(infos[1::5], clusters, strict=True):
            place = item.item.offset + cluster
            if x[place] < 0:
                x[place] = at
            marks[place] += not whole
            at += width * FROM_UNITS
    x[size] = at
    # Within a cluster (a ligature, a letter of several bytes) the place is shared out evenly.
    known = 0
    for n in range(1, size + 1):
        if x[n] < 0:
            continue
        for between in range(known + 1, n):
            x[between] = x[known] + (x[n] - x[known]) * (between - known) / (n - known)
        known = n
    x[0] = max(x[0], 0.0)
    total, sums = 0, [0]
    for n in range(size):
        total += marks[n]
        sums.append(total)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    height = line_size(line, style)[1]
    return Shaped(tuple(x), tuple(sums), False, height, baseline, len(runs(line)) > 1)
