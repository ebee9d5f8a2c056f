"""The outline: one entry a unit, its headings below it, units under those of a higher level."""

from engross.make.typeset.crossing import Heading, Spot
from engross.make.typeset.writing.book import Book, Point
from engross.make.typeset.writing.file import text

Entry = tuple[int, str, Point]


def entries(book: Book) -> list[Entry]:
    """Level, words and place of each entry, in page order."""
    found: list[Entry] = []
    for number, unit in enumerate(book.work.units):
        part = book.work.parts[number]
        places = [part.dests[one.address] for one in unit.sections]
        headings = [row for row in part.headings if row.level > 1]
        for one, place, end in zip(unit.sections, places, [*places[1:], None], strict=True):
            inside = []
            while headings and (end is None or _before(headings[0], end)):
                inside.append(headings.pop(0))
            if one.level < 1:
                continue
            found.append((one.level, one.title, book.point(number, place)))
            for row in inside:
                spot = book.point(number, Spot(row.page, row.x, row.y))
                found.append((one.level + row.level - 1, row.words, spot))
    return found


def _before(heading: Heading, place: Spot) -> bool:
    """Whether a heading stands before the beginning of a section; y grows upwards."""
    return (heading.page, -heading.y) < (place.page, -place.y)


def write(book: Book) -> bytes:
    """Write the outline; what the catalog has of it, nothing where there are no entries."""
    rows = entries(book)
    if not rows:
        return b""
    root = book.file.take(len(rows) + 1)
    kids: dict[int, list[int]] = {root: []}
    heads: list[bytes] = []
    path = [(0, root)]
    for item, (level, words, point) in enumerate(rows, start=root + 1):
        while path[-1][0] >= level:
            path.pop()
        parent = path[-1][1]
        before = kids[parent][-1] if kids[parent] else 0
        if before:
            heads[before - root - 1] += b"/Next %d 0 R" % item
        head = b"/Title%s/Parent %d 0 R/Dest%s" % (text(words), parent, book.destination(point))
        heads.append(head + (b"/Prev %d 0 R" % before if before else b""))
        kids[parent].append(item)
        kids[item] = []
        path.append((level, item))
    book.file.add(b"<</Type/Outlines%s>>" % _kids(kids[root], 1), root)
    for item, head in enumerate(heads, start=root + 1):
        book.file.add(b"<<%s%s>>" % (head, _kids(kids[item], -1)), item)
    return b"/Outlines %d 0 R/PageMode/UseOutlines" % root


def _kids(items: list[int], sign: int) -> bytes:
    """What an entry says of those below it; they are closed, but for the first level."""
    if not items:
        return b""
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (items[0], items[-1], sign * len(items))
