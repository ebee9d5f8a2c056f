"""
Set justified paragraphs and notes line by line as they are planned. Runs in a worker.

The engine looks for the end of one line after another. Here it is handed each line as it is to be:
it searches for nothing, and the text is shaped again only when it is drawn. What has no plan, or
stands beside floats, is left to the engine.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engross.make.typeset.engine.fit import Line, letters
from engross.make.typeset.engine.plans import Composer
from engross.make.typeset.engine.weasy import (
    FROM_UNITS,
    Layout,
    block,
    boxes,
    create_layout,
    drawing,
    ffi,
    inline,
    pango,
    strut,
)


@dataclass(slots=True)
class Current:
    """The line that the engine is handed."""

    line: Line
    starts: dict[int, tuple[int, str]]
    play: float
    last: bool
    asked: int = 0


@contextmanager
def composed() -> Iterator[Composer]:
    """Set paragraphs whole."""
    composer = Composer()
    old_lines, old_split = inline.iter_line_boxes, inline.split_text_box
    old_align, old_avoid = inline.text_align, inline.avoid_collisions

    def iter_line_boxes(
        context: Any,
        box: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        first_letter_style: Any,
        first_line_style: Any,
    ) -> Iterator[tuple[Any, Any]]:
        rest = (containing_block, absolute_boxes, fixed_boxes)
        plan = None
        if (
            box.style["text_align_all"] == "justify"
            and containing_block.style["direction"] == "ltr"
            and not context.excluded_shapes
            and not first_letter_style
            and not first_line_style
        ):
            inline.resolve_percentages(box, containing_block)
            inline.resolve_one_percentage(box, "text_indent", containing_block.width)
            plan, segments, spans = composer.plan(
                box, context, containing_block.width, box.text_indent
            )
        at = 0
        if plan is not None and skip_stack is not None:
            box.text_indent = 0
            begin = offset(box, inline.skip_first_whitespace(box, skip_stack))
            found = [n for n, line in enumerate(plan.lines) if line.start == begin]
            plan, at = (plan, found[0]) if found else (None, 0)
        if plan is None:
            yield from by_engine(
                context,
                box,
                position_y,
                bottom_space,
                skip_stack,
                *rest,
                first_letter_style,
                first_line_style,
            )
            return
        starts = {id(one.box): (one.start, one.look) for one in segments}
        if 0 not in spans and not box.is_leader:
            for number in range(at, len(plan.lines)):
                last = number + 1 == len(plan.lines)
                current = Current(plan.lines[number], starts, plan.play, last)
                saved, composer.line = composer.line, current
                try:
                    line = whole_line(
                        composer,
                        context,
                        box,
                        position_y,
                        containing_block,
                        spans,
                        plan.lines[number - 1].next if number else 0,
                    )
                finally:
                    composer.line = saved
                line.planned = True
                position_y = line.position_y + line.height
                if last:
                    yield line, None
                    return
                box.text_indent = 0
                yield line, path(box, spans, plan.lines[number].next)
            return
        for number in range(at, len(plan.lines)):
            saved = composer.line
            composer.line = Current(
                plan.lines[number], starts, plan.play, number + 1 == len(plan.lines)
            )
            try:
                line, resume_at = inline.get_next_linebox(
                    context, box, position_y, bottom_space, skip_stack, *rest, None, None
                )
            finally:
                composer.line = saved
            if line is None:
                return
            line.planned = True
            inline.handle_leader(context, line, containing_block)
            position_y = line.position_y + line.height
            yield line, resume_at
            if resume_at is None:
                return
            skip_stack = resume_at
            box.text_indent = 0
        # The engine sees more than was planned: empty boxes at the end.
        yield from by_engine(context, box, position_y, bottom_space, skip_stack, *rest, None, None)

    def by_engine(*args: Any) -> Iterator[tuple[Any, Any]]:
        found = old_lines(*args)
        while True:
            saved, composer.line = composer.line, None
            try:
                got = next(found, None)
            finally:
                composer.line = saved
            if got is None:
                return
            yield got

    def split_text_box(
        context: Any, box: Any, available: float | None, skip: int, is_line_start: bool = True
    ) -> Any:
        current = composer.line
        if current is None or id(box) not in current.starts:
            return old_split(context, box, available, skip, is_line_start)
        base, look = current.starts[id(box)]
        raw = box.text.encode()
        size = len(raw)
        line = current.line
        if skip >= size or line.end <= base + skip:
            return None, None, False
        end = line.end - base
        text = raw[skip : min(end, size)].decode()
        here = end <= size
        if here and line.hyphen:
            text += box.style["hyphenate_character"]
        resume = None if current.last or not here else min(line.next - base, size)
        return set_text(composer, context, box, text, look), resume, False

    def text_align(context: Any, line: Any, available: float, last: bool) -> Any:
        current = composer.line
        if current is None:
            return old_align(context, line, available, last)
        plan = current.line
        align = line.style["text_align_last"]
        if last and (current.last and align in ("auto", "justify") and not plan.hyphen):
            closing = align == "justify"
        else:
            closing = not last or align in ("auto", "justify")
        spare = available + plan.left - line.width
        if closing:
            spare += plan.right
        elif spare > 0:
            return -plan.left
        spaces = inline.count_expandable_spaces(line)
        texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
        glyphs = sum(getattr(box, "glyph_count", 0) for box in texts)
        tracking = 0.0
        if current.play and glyphs > 1:
            wide = sum(
                composer.width(" ", composer.look(box.style), box.style, context)
                * inline.count_expandable_spaces(box)
                for box in texts
            )
            tracking = letters(spare, (glyphs - 1) * current.play, wide) / (glyphs - 1)
            spare -= tracking * (glyphs - 1)
        if spaces or tracking:
            spread(line, spare / spaces if spaces else 0.0, tracking, 0.0)
        return -plan.left

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
        x, y, width = old_avoid(context, box, containing_block, outer=outer)
        current = composer.line
        if current is not None:
            current.asked += 1
            if current.asked == 1:
                return x, y, width + 10_000.0
        return x, y, width

    struts: dict[int, tuple[Any, tuple[float, float]]] = {}

    def known_strut(style: Any) -> Any:
        known = struts.get(id(style))
        if known is None or known[0] is not style:
            known = struts[id(style)] = (style, strut(style))
        return known[1]

    inline.strut = known_strut
    block.iter_line_boxes = inline.iter_line_boxes = iter_line_boxes
    inline.split_text_box, inline.text_align = split_text_box, text_align
    inline.avoid_collisions = avoid_collisions
    try:
        yield composer
    finally:
        block.iter_line_boxes = inline.iter_line_boxes = old_lines
        inline.split_text_box, inline.text_align = old_split, old_align
        inline.avoid_collisions = old_avoid
        inline.strut = strut


def set_text(composer: Composer, context: Any, box: Any, text: str, look: str) -> Any:
    """A text box of a line; it is shaped when it is drawn."""
    style = box.style
    width, height, baseline, glyphs = composer.piece(text, look, style, context)
    new = box.copy_with_text(text)
    new.width, new.height = width, height
    if style["text_decoration_line"] != "none":
        layout = create_layout(text, style, context, None, 0)
        layout.deactivate()
    else:
        layout = Layout.__new__(Layout)
        layout.justification_spacing = 0
        layout.max_width = None
        layout.text = text
        layout.first_line_direction = 0
        layout.bare = True
    new.pango_layout = layout
    new.glyph_count = 0 if style["letter_spacing"] != "normal" else glyphs
    leading = (inline.strut(style)[0] - height) / 2
    new.margin_top = new.margin_bottom = leading
    new.baseline = baseline + leading
    return new


def whole_line(
    composer: Composer,
    context: Any,
    box: Any,
    position_y: float,
    containing_block: Any,
    spans: dict[int, tuple[int, int]],
    begin: int,
) -> Any:
    """What the engine's `get_next_linebox` makes of a line, where it holds nothing but text."""
    current = composer.line
    assert current is not None
    plan = current.line

    def fill(parent: Any, x: float) -> tuple[list[Any], float]:
        children = []
        for child in parent.children:
            first, stop = spans[id(child)]
            if first == stop:
                if not (begin <= first < plan.next or (current.last and first >= begin)):
                    continue
            elif first >= plan.next or stop <= begin:
                continue
            if isinstance(child, boxes.TextBox):
                a, b = max(first, plan.start), min(stop, plan.end)
                if a >= b:
                    continue
                text = child.text
                if (a, b) != (first, stop):
                    text = text.encode()[a - first : b - first].decode()
                if plan.hyphen and b == plan.end:
                    text += child.style["hyphenate_character"]
                if not hasattr(child, "margin_left"):
                    inline.resolve_percentages(child, containing_block)
                new = set_text(composer, context, child, text, current.starts[id(child)][1])
                new.position_x = x
                x += new.width
            else:
                if not hasattr(child, "margin_left"):
                    inline.resolve_percentages(child, containing_block)
                    for name in ("margin_left", "margin_right"):
                        if getattr(child, name) == "auto":
                            setattr(child, name, 0)
                new = child.copy_with_children([])
                opens, closes = first >= begin, stop <= plan.next or current.last
                new.remove_decoration(start=not opens, end=not closes)
                new.position_x = x
                inner, end = fill(child, new.content_box_x())
                new.children = tuple(inner)
                new.width = end - new.content_box_x()
                inline._adjust_line_height(new)
                x += new.margin_width()
            children.append(new)
        return children, x

    x = containing_block.content_box_x()
    box.position_x, box.position_y = x, position_y
    line = box.copy_with_children([])
    children, end = fill(box, x + box.text_indent)
    line.children = tuple(children)
    line.width = end - line.content_box_x()
    inline._adjust_line_height(line)
    moved = inline.text_align(context, line, containing_block.width, current.last)
    bottom, top = inline.line_box_verticality(line)
    line.baseline = -top
    line.position_y = top
    line.height = bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(moved, position_y - top)
    line.position_y = position_y
    box.width, box.height = line.width, line.height
    return line


def path(box: Any, spans: dict[int, tuple[int, int]], at: int) -> Any:
    """Where the engine would go on: child by child to the byte."""
    for index, child in enumerate(box.children):
        first, stop = spans[id(child)]
        if first <= at < stop:
            if at == first:
                return {index: None} if index else None
            if isinstance(child, boxes.TextBox):
                return {index: {at - first: None}}
            return {index: path(child, spans, at)}
    raise AssertionError("a line begins nowhere")


def spread(box: Any, spacing: float, tracking: float, moved: float) -> float:
    """Widen the spaces and letters of a line; how far what follows is moved."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        spaces = inline.count_expandable_spaces(box)
        own = tracking if getattr(box, "glyph_count", 0) else 0.0
        more = spacing * spaces + own * getattr(box, "glyph_count", 0)
        box.justification_spacing = spacing
        if not getattr(box.pango_layout, "bare", False):
            box.pango_layout.justification_spacing = spacing
        box.tracking = own
        box.width += more
        return float(moved + more)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += moved
        before = moved
        for child in box.children:
            if child.is_in_normal_flow():
                moved = spread(child, spacing, tracking, moved)
        box.width += moved - before
        return moved
    box.translate(moved, 0)
    return moved


def offset(box: Any, skip: Any) -> int:
    """The byte of a paragraph at which the engine would go on."""
    if skip is None or skip == "continue":
        return 0
    ((index, rest),) = skip.items()
    if isinstance(box, boxes.TextBox):
        return int(index)
    before = sum(length(child) for child in box.children[:index])
    return before + (offset(box.children[index], rest) if index < len(box.children) else 0)


def length(box: Any) -> int:
    """Bytes of text in a box."""
    if isinstance(box, boxes.TextBox):
        return len(box.text.encode())
    if not box.is_in_normal_flow():
        return 0
    return sum(length(child) for child in getattr(box, "children", ()))


BLANK = b" \xc2"
"""How a space and a no-break space begin."""


def install() -> None:
    """Draw letters set apart by the page's own operator, and read the glyphs of a line at once."""
    draw = drawing.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        tracking = getattr(textbox, "tracking", 0.0)
        if tracking:
            stream.stream.append(f"{tracking:.4f} Tc".encode())
        if quick(stream, textbox, *rest):
            found: Any = []
        else:
            layout = textbox.pango_layout
            if layout.justification_spacing != textbox.justification_spacing:
                layout.justification_spacing = textbox.justification_spacing
                layout.reactivate(textbox.style)
            found = draw(stream, textbox, *rest)
        if tracking:
            stream.stream.append(b"0 Tc")
        return found

    drawing.draw_first_line = draw_first_line


def quick(stream: Any, textbox: Any, overflow: str, ellipsis: str, matrix: Any) -> bool:
    """Draw a line of plain glyphs as the engine does, number for number; False where it must."""
    if overflow == "ellipsis" or ellipsis != "none" or not textbox.text.strip():
        return False
    if textbox.style["font_size"] < 1e-6 or pango.pango_version() < 14802:
        return False
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    line, _ = textbox.pango_layout.get_first_line()
    runs = []
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        count = item.glyphs.num_glyphs
        infos = array("I")
        infos.frombytes(ffi.buffer(item.glyphs.glyphs, count * 20))
        if any(infos[3::5]) or any(glyph >= 0x0FFFFFFF for glyph in infos[0::5]):
            return False
        font, size = stream.add_font(item.item.analysis.font)
        if font.bitmap or font.svg or font.png or font.colr:
            return False
        runs.append((item, count, infos, font, size))
    stream.set_text_matrix(*matrix.values)
    before = None
    wider = 0.0
    if getattr(textbox.pango_layout, "bare", False):
        wider = textbox.justification_spacing
    encoded = textbox.pango_layout.text.encode()
    parts: list[str] = []
    for item, count, infos, font, size in runs:
        face = item.item.analysis.font
        if face != before:
            before = face
            if parts:
                stream.show_text("".join(parts))
            parts = []
            stream.set_font_size(font.hash, size)
        signed = array("i", infos.tobytes())
        names, widths = font.to_unicode, font.widths
        glyphs = infos[0::5]
        clusters = array("i")
        clusters.frombytes(ffi.buffer(item.glyphs.log_clusters, count * 4))
        begin = item.item.offset
        fresh = [n for n, glyph in enumerate(glyphs) if glyph not in names]
        if fresh:
            text = encoded
            turned, base = item.item.analysis.level % 2, item.item.offset
            for n in fresh:
                if glyphs[n] in names:
                    continue
                if turned:
                    stop = item.item.length if n == 0 else clusters[n - 1]
                else:
                    stop = item.item.length if n == count - 1 else clusters[n + 1]
                names[glyphs[n]] = text[base + clusters[n] : base + stop].decode()
        words = ["<"]
        rows = zip(glyphs, signed[1::5], signed[2::5], clusters, strict=True)
        for glyph, width, shift, cluster in rows:
            offset = shift / size
            if offset:
                words.append(f">{-offset}<")
            words.append(f"{glyph:04x}")
            logical = widths.get(glyph)
            if logical is None:
                pango.pango_font_get_glyph_extents(
                    face, glyph, stream.ink_rect, stream.logical_rect
                )
                logical = widths[glyph] = round(
                    stream.logical_rect.width * 1000 * FROM_UNITS / size
                )
            kerning = logical + offset - width * 1000 * FROM_UNITS / size
            if wider and encoded[begin + cluster] in BLANK:
                at = begin + cluster
                if encoded[at] == 32 or encoded[at + 1] == 160:
                    kerning = round(kerning - wider * 1000 / size)
            if kerning:
                words.append(f">{int(kerning)}<")
        if words[-1][-1] == "<":
            words[-1] = words[-1][:-1]
        else:
            words.append(">")
        parts.append("".join(words))
    stream.show_text("".join(parts))
    return True
