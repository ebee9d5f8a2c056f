"""
What a page shows, in pieces that may stand elsewhere on another page.

A page of ours is a text block that is moved, and strings around it: head, folio, marks. Each piece
is looked at alone and where its own origin is, so that a block which moves to a left-hand page, or
under another number, is not looked at again. What is no such page is looked at whole.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from engross.check.preflight.glance import Box, Glance, Seen, around
from engross.check.preflight.paint import Painted, inherited, painted

NUMBER = rb"(-?\d+(?:\.\d+)?)"
MOVE = re.compile(rb"q 1 0 0 1 %s %s cm\s*" % (NUMBER, NUMBER))
STRING = re.compile(
    rb"/Artifact <<[^<>]*>> BDC\nq %s 0 0 %s %s %s cm (.*?) Q\nEMC\n" % ((NUMBER,) * 4), re.DOTALL
)
NAMES = re.compile(rb"/([^\s/\[\]<>(){}%]+)")
KINDS = ("/Font", "/ExtGState", "/Properties")
"""Resources that a piece may use; a piece with others belongs to its page."""
WIDE = 14_400
"""Points on each side of a piece's origin: the largest page that there is."""
OPEN = {"q": "q", "BT": "BT", "BDC": "BMC", "BMC": "BMC"}
CLOSE = {"Q": "q", "ET": "BT", "EMC": "BMC"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawing at its own origin, with the resources that it may name."""

    drawing: bytes
    at: tuple[float, float]
    """Where its origin lies on the page, in points."""
    resources: Mapping[str, Mapping[str, Any]]
    """By kind and name."""


def pieces(page: Any) -> tuple[Piece, ...]:
    """The pieces of a page in the order of its drawing; none if it is not made of such."""
    contents, resources = page.get("/Contents"), inherited(page, "/Resources")
    if not isinstance(contents, Array) or len(contents) != 3 or resources is None:
        return ()
    if any(key in page for key in ("/Group", "/UserUnit")) or page.get("/Rotate"):
        return ()
    first, block, last = (bytes(one.read_bytes()) for one in contents)
    move = MOVE.fullmatch(first)
    if move is None or not last.startswith(b"\nQ\n"):
        return ()
    found = [(block, (float(move[1]), float(move[2])))]
    at = 3
    while at < len(last):
        row = STRING.match(last, at)
        if row is None:
            return ()
        drawing = b"q %s 0 0 %s 0 0 cm %s Q" % (row[1], row[2], row[5])
        found.append((drawing, (float(row[3]), float(row[4]))))
        at = row.end()
    made = [Piece(drawing, where, _named(drawing, resources)) for drawing, where in found]
    return tuple(made) if all(_movable(one, resources) for one in made) else ()


def _movable(piece: Piece, resources: Any) -> bool:
    """Whether a piece uses nothing that ties it to its page, or changes what a colour means."""
    tied = any(held and kind not in KINDS for kind, held in piece.resources.items())
    return not tied and not any("Default" in name for name in resources.get("/ColorSpace", {}))


def _named(drawing: bytes, resources: Any) -> dict[str, dict[str, Any]]:
    """The resources whose names stand in a drawing; all where a name is written with an escape."""
    names = {f"/{name.decode('latin-1')}" for name in NAMES.findall(drawing)}
    every = any("#" in name for name in names)
    return {
        kind: {key: held[key] for key in sorted(held.keys()) if every or key in names}
        for kind in sorted(resources.keys())
        if isinstance(held := resources[kind], Dictionary)
    }


def looked_at(rows: Iterable[Piece]) -> Iterator[tuple[Painted, Seen, Any] | None]:
    """
    What both parsers see of each piece alone, and the resources by which its fonts are known.

    None for one that is not closed in itself, or that cannot be taken out of its file.
    """
    with pikepdf.new() as bench:
        places = [_set_out(bench, row) for row in rows]
        if not bench.pages:
            yield from (None for _ in places)
            return
        target = io.BytesIO()
        bench.save(target)
        glance = Glance(target.getvalue())
        try:
            for at in places:
                if at is None:
                    yield None
                    continue
                page = bench.pages[at].obj
                yield painted(page), glance.page(at + 1), page.Resources
        finally:
            glance.close()


def _set_out(bench: pikepdf.Pdf, piece: Piece) -> int | None:
    """A page of its own for a piece, by index."""
    resources = Dictionary()
    for kind, held in piece.resources.items():
        resources[kind] = Dictionary()
        for name, value in held.items():
            if value.is_indirect:
                resources[kind][name] = bench.copy_foreign(value)
            elif b" R" in (written := value.unparse()):
                return None
            else:
                resources[kind][name] = pikepdf.Object.parse(written)
    stream = bench.make_stream(piece.drawing)
    if not _closed(stream):
        return None
    page = bench.add_blank_page(page_size=(WIDE, WIDE)).obj
    page.MediaBox = Array([-WIDE / 2, -WIDE / 2, WIDE / 2, WIDE / 2])
    page.Resources, page.Contents = resources, stream
    return len(bench.pages) - 1


def _closed(stream: Any) -> bool:
    """Whether a drawing closes all that it opens, and nothing else."""
    depth = {"q": 0, "BT": 0, "BMC": 0}
    for _, operator in pikepdf.parse_content_stream(stream, "q Q BT ET BMC BDC EMC"):
        name = str(operator)
        if name in OPEN:
            depth[OPEN[name]] += 1
        elif name in CLOSE:
            depth[CLOSE[name]] -= 1
            if depth[CLOSE[name]] < 0:
                return False
    return not any(depth.values())


def together(
    rows: Iterable[tuple[Painted, Seen, tuple[float, float]]], size: tuple[float, float]
) -> tuple[Painted, Seen]:
    """A page from its pieces, each with the place of its origin."""
    ink, text, others = Painted(), None, list[Box]()
    strings, replaced = 0, False
    for part, seen, at in rows:
        for colour, count in part.colours.items():
            ink.colours[colour] = ink.colours.get(colour, 0) + count
        for points, count in part.type_sizes.items():
            ink.type_sizes[points] = ink.type_sizes.get(points, 0) + count
        ink.rules |= part.rules
        ink.transparent |= part.transparent
        ink.fonts |= part.fonts
        ink.missing_glyphs += part.missing_glyphs
        ink.hidden_text += part.hidden_text
        ink.strings += part.strings
        ink.too_deep |= part.too_deep
        if seen.text is not None:
            box = _moved(seen.text, at)
            text = box if text is None else around(text, box)
        others += [_moved(box, at) for box in seen.others]
        strings += seen.strings
        replaced |= seen.replaced
    return ink, Seen(*size, text, strings, tuple(others), replaced)


def _moved(box: Box, at: tuple[float, float]) -> Box:
    return box[0] + at[0], box[1] + at[1], box[2] + at[0], box[3] + at[1]
