"""The file that is written: its pages in order, their boxes, the places in them, the outline."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engross.make.typeset.crossing import PartPage, Spot
from engross.make.typeset.values import Plan, Typesetting
from engross.make.typeset.writing.file import File, number, raw, text

Point = tuple[int, float, float]
"""A page's index and a point of that page."""
Entry = tuple[int, str, Point]
"""Level, words and place of a line of the outline."""


@dataclass(slots=True)
class Book:
    """The file in work, and what its pieces need to know of each other."""

    file: File
    work: Typesetting
    plan: Plan
    first: list[int]
    """The index of the first page of each unit."""
    pages: list[int] = field(default_factory=list)
    """The numbers of the page objects, in order; some of them blank pages at the end."""
    shifts: list[tuple[float, float]] = field(default_factory=list)
    """How far the contents of each page are moved, right and up."""
    boxes: list[bytes] = field(default_factory=list)
    targets: dict[str, Point] = field(default_factory=dict)
    """Every address and id of the volume."""

    def point(self, unit: int, spot: Spot) -> Point:
        """A place of a part as one of the volume."""
        page, x, y = spot
        index = self.first[unit] + page
        dx, dy = self.shifts[index]
        return index, round(x + dx, 3), round(y + dy, 3)

    def page(self, index: int) -> PartPage | None:
        """The page of a part that a page of the volume is; None for a blank one."""
        return self.work.page(index) if index < len(self.work.pages) else None

    def destination(self, point: Point) -> bytes:
        """A view of a point."""
        index, x, y = point
        return b"[%d 0 R/XYZ %s %s 0]" % (self.pages[index], number(x), number(y))


def planned(file: File, work: Typesetting, plan: Plan) -> Book:
    """The pages in order, each with its number and its boxes, and what stands where."""
    first = [0] * len(work.units)
    for index in range(len(work.pages) - 1, -1, -1):
        if (unit := work.pages[index].unit) is not None:
            first[unit] = index
    book = Book(file, work, plan, first)
    count = -(-len(work.pages) // plan.multiple) * plan.multiple
    book.pages = list(range(file.take(count), file.next))
    last = work.parts[0].pages[0]
    for index in range(count):
        row = book.page(index)
        if row is not None and work.pages[index].page == 0:
            last = row
        _place(book, index, row or last, moved=row is not None)
    for unit, part in enumerate(work.parts):
        for key, spot in part.dests.items():
            if key not in book.targets:
                book.targets[key] = book.point(unit, spot)
    return book


def _place(book: Book, index: int, row: PartPage, *, moved: bool) -> None:
    """Media, bleed and trim of one page, and how far its block moves."""
    plan, recto = book.plan, index % 2 == 0
    left, right = plan.bleed_inner, plan.bleed_outer
    if not recto:
        left, right = right, left
    width, height, low = row.width, row.height, plan.bleed_bottom
    whole = (0, 0, left + width + right, low + height + plan.bleed_top)
    trim = (left, low, left + width, low + height)
    media, inner = (b"[%s]" % b" ".join(map(number, box)) for box in (whole, trim))
    book.boxes.append(b"/MediaBox%s/BleedBox%s/TrimBox%s" % (media, media, inner))
    dx = left + (plan.gutter_shift if recto else -plan.gutter_shift)
    if moved and not recto:
        dx += row.outer - row.inner
    book.shifts.append((round(dx, 4), low))


def names(book: Book) -> bytes:
    """The entry of the catalog for the named destinations: all addresses and ids."""
    places = {key: book.destination(point) for key, point in book.targets.items()}
    return b"/Dests%s" % name_tree(book.file, places)


def name_tree(file: File, rows: Mapping[str, bytes]) -> bytes:
    """A tree of names in one leaf, which is sorted."""
    keys = sorted(rows, key=raw)
    body = b"".join([text(key) + rows[key] for key in keys])
    limits = text(keys[0]) + text(keys[-1])
    return b"<</Kids[%d 0 R]>>" % file.add(b"<</Limits[%s]/Names[%s]>>" % (limits, body))


def outline_entries(book: Book) -> list[Entry]:
    """Level, words and place of each entry, in page order."""
    found: list[Entry] = []
    for at, unit in enumerate(book.work.units):
        part = book.work.parts[at]
        places = [part.dests[one.address] for one in unit.sections]
        headings = [row for row in part.headings if row.level > 1]
        for one, place, end in zip(unit.sections, places, [*places[1:], None], strict=True):
            inside = []
            while headings and (
                end is None or (headings[0].page, -headings[0].y) < (end.page, -end.y)
            ):  # the heading stands before the next section begins; y grows upwards
                inside.append(headings.pop(0))
            if one.level < 1:
                continue
            found.append((one.level, one.title, book.point(at, place)))
            for row in inside:
                spot = book.point(at, Spot(row.page, row.x, row.y))
                found.append((one.level + row.level - 1, row.words, spot))
    return found


def outline(book: Book) -> bytes:
    """Write the outline; what the catalog has of it, nothing where there are no outline_entries."""
    rows = outline_entries(book)
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
