"""The outline: one entry a unit, its headings below it, units under those of a higher level."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, String

if TYPE_CHECKING:
    from engross.make.typeset.joining.book import Joined

Entry = tuple[int, str, tuple[int, float, float]]


def entries(book: "Joined") -> list[Entry]:
    """Level, words and place of each entry, in page order."""
    found: list[Entry] = []
    for number, unit in enumerate(book.work.units):
        side = book.work.parts[number].side
        places = [(*side["dests"][one.address], one) for one in unit.sections]
        headings = [row for row in side["headings"] if row[0] > 1]
        for index, (page, x, y, one) in enumerate(places):
            end = places[index + 1] if index + 1 < len(places) else None
            inside = []
            while headings and (end is None or _before(headings[0], end)):
                inside.append(headings.pop(0))
            if one.level < 1:
                continue
            found.append((one.level, one.title, book.point(number, int(page), x, y)))
            for level, words, at, left, top in inside:
                found.append((one.level + level - 1, words, book.point(number, at, left, top)))
    return found


def _before(heading: Sequence[Any], place: Sequence[Any]) -> bool:
    """Whether a heading stands before the beginning of a section; y grows upwards."""
    _, _, page, _, y = heading
    return bool((page, -y) < (place[0], -place[2]))


def write(book: "Joined") -> None:
    """Write the outline; without entries the file has none."""
    rows = entries(book)
    if not rows:
        return
    root = book.pdf.make_indirect(Dictionary(Type=Name.Outlines))
    path: list[tuple[int, Object]] = [(0, root)]
    last: dict[tuple[int, int], Object] = {}
    for level, words, (page, x, y) in rows:
        while path[-1][0] >= level:
            path.pop()
        parent = path[-1][1]
        item = book.pdf.make_indirect(
            Dictionary(
                Title=String(words),
                Parent=parent,
                Dest=Array([book.pages[page], Name.XYZ, x, y, 0]),
            )
        )
        before = last.get(parent.objgen)
        if before is None:
            parent.First = item
        else:
            before.Next = item
            item.Prev = before
        parent.Last = item
        parent.Count = int(parent.get("/Count", 0)) + (1 if parent.objgen == root.objgen else -1)
        last[parent.objgen] = item
        path.append((level, item))
    book.pdf.Root.Outlines = root
    book.pdf.Root.PageMode = Name.UseOutlines
