"""The outline: one entry a unit, its headings below it, units under those of a higher level."""

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, String

if TYPE_CHECKING:
    from engross.make.typeset.join import Joined

Entry = tuple[int, str, tuple[int, float, float]]


def entries(book: "Joined") -> list[Entry]:
    """Level, words and place of each entry, in page order."""
    found: list[Entry] = []
    for number, unit in enumerate(book.work.units):
        if unit.level < 1:
            continue
        page = book.work.parts[number].side["pages"][0]
        found.append((unit.level, unit.title, book.point(number, 0, 0.0, page["height"])))
        for level, words, index, x, y in book.work.parts[number].side["headings"]:
            if level > 1:
                found.append((unit.level + level - 1, words, book.point(number, index, x, y)))
    return found


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
