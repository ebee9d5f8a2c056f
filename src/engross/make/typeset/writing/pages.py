"""Pages: the drawings of their units, moved; numbers in slots; head, folio, marks and stamps."""

import io
import zlib
from collections.abc import Iterator, Sequence

from engross.make.typeset.crossing import FONTS, Mark, PartPage, Sample, Slot, Template
from engross.make.typeset.furniture import PLACES, held
from engross.make.typeset.runs import member_of
from engross.make.typeset.writing import colour
from engross.make.typeset.writing.book import Book
from engross.make.typeset.writing.file import references

NEAR = 5.9
"""Points of height under which two marks in a margin would touch."""
APART = 12.0
"""Points between a running head and the paragraphs of its page."""
UNDER = 8.0
"""Points by which the later one of such two stands lower: a leaf's under its paragraph's."""


class Pages:
    """Writes all pages; what several have in common is written once."""

    def __init__(self, book: Book, above: int, fonts: int, over: Sequence[bytes]) -> None:
        self.book, self.file, self.above, self.fonts = book, book.file, above, fonts
        self.over = over
        self.plain = self.file.add(b"<</Font %d 0 R>>" % fonts)
        self.shared: dict[bytes, int] = {}
        """Moves and numbers, by what they draw: few are different."""
        samples = book.work.sampler.samples
        self.stamps = sorted(key for key in samples if key.startswith("stamp|"))

    def write(self, more: dict[int, bytes]) -> None:
        """Write all pages, with further entries by index."""
        for index, number in enumerate(self.book.pages):
            if self.book.page(index) is not None:
                continue
            # Readers of other people's files expect a stream, though none need be there.
            entries = b"/Contents %d 0 R/Resources<<>>" % self._shared(b"")
            if self.over:
                drawn = self.file.packed(self.over[index])
                entries = b"/Contents %d 0 R/Resources %d 0 R" % (drawn, self.plain)
            self._page(index, number, entries)
        for unit, first in enumerate(self.book.first):
            resources, blob = self._resources(unit)
            part = self.book.work.parts[unit]
            marks: dict[int, list[Mark]] = {}
            for mark in part.marks:
                marks.setdefault(mark.page, []).append(mark)
            for page, row in enumerate(part.pages):
                index = first + page
                contents = [self._move(index), *self._drawing(row, blob)]
                around = furniture(self.book, index, marks.get(page, []), self.stamps)
                around += self.over[index] if self.over else b""
                contents.append(self.file.packed(b"\nQ\n" + around))
                entries = b"/Contents[%s]/Resources %d 0 R" % (references(contents), resources)
                self._page(index, self.book.pages[index], entries + more.get(index, b""))

    def _page(self, index: int, number: int, entries: bytes) -> None:
        head = b"<</Type/Page/Parent %d 0 R" % self.above
        self.file.add(b"%s%s%s>>" % (head, self.book.boxes[index], entries), number)

    def _move(self, index: int) -> int:
        right, up = self.book.shifts[index]
        return self._shared(f"q 1 0 0 1 {right:g} {up:g} cm\n".encode())

    def _shared(self, drawing: bytes) -> int:
        if drawing not in self.shared:
            self.shared[drawing] = self.file.stream(drawing)
        return self.shared[drawing]

    def _resources(self, unit: int) -> tuple[int, io.BytesIO]:
        """The resources of a unit's pages, and the streams that are still to be read."""
        part = self.book.work.parts[unit]
        blob = io.BytesIO(part.drawing)
        base = self.file.take(len(part.objects))

        def filled(one: Template) -> bytes:
            numbers = tuple([self.fonts if ref == FONTS else base + ref for ref in one.numbers])
            return one.text.encode("latin-1") % numbers

        for number, one in enumerate(part.objects, start=base):
            entries = filled(one)
            if one.length < 0:
                self.file.add(colour.shaded(entries, self.book.plan), number)
                continue
            entries, content = colour.fit(entries, blob.read(one.length), self.book.plan)
            self.file.stream(content, entries, number)
        held = part.resources
        return (self.file.add(filled(held)) if held else self.plain), blob

    def _drawing(self, row: PartPage, blob: io.BytesIO) -> Iterator[int]:
        """The numbers of the streams of a page: as the unit has them, or the number of a page."""
        for piece in row.drawing:
            if isinstance(piece, Slot):
                yield self._shared(shown(self.book, piece))
                continue
            content = blob.read(piece)
            if row.colour:
                turned = colour.turned(zlib.decompress(content), self.book.plan.medium)
                yield self.file.packed(turned)
            else:
                yield self.file.stream(content, b"/Filter/FlateDecode")


def shown(book: Book, slot: Slot) -> bytes:
    """The number of a page in its place, as wide as what was laid out."""
    label = book.work.pages[book.targets[slot.target][0]].label
    if not label.isdigit():
        return slot.form.encode()
    pad = -(slot.size - len(label)) * slot.width
    digits = "".join(f"{slot.glyphs[int(digit)]:04x}" for digit in label)
    return f"[{pad or ''}<{digits}>] TJ".encode()


def furniture(book: Book, index: int, marks: Sequence[Mark], stamps: list[str]) -> bytes:
    """The drawing of a page's head, folio, marks and stamps, as artifacts."""
    row = book.work.pages[index]
    assert row.unit is not None
    unit = book.work.units[row.unit]
    samples, page = book.work.sampler.samples, book.page(index)
    assert page is not None
    wanted: list[tuple[str, str, float | None]] = []
    if not unit.display:
        side = "recto" if row.recto else "verso"
        head = unit.verso
        if row.recto:
            head = member_of(unit, book.work.parts[row.unit], row.page).recto
        if head and row.page:
            key, beside = f"running-head {side}|{head}", f"page-range|{held(unit, page)}"
            wanted.append((key, "Header", None))
            if beside in samples and apart(samples[key], samples[beside]):
                wanted.append((beside, "Header", None))
        wanted.append((f"folio|{row.label}", "Footer", None))
    taken: list[float] = []
    for kind, label, _page, y in marks:
        while touched := [other for other in taken if abs(other - y) < NEAR]:
            y = min(touched) - UNDER
        taken.append(y)
        wanted.append((f"{PLACES[kind]}|{label}", "", y))
    wanted += [(key, "Header", None) for key in stamps]
    return b"".join(
        drawn(book, index, page, samples[key], kind, y) for key, kind, y in wanted if key in samples
    )


def apart(head: Sample, other: Sample) -> bool:
    """Whether a running head and what stands beside it do not touch."""
    left, right = sorted((head, other))
    return left.x + left.width + APART <= right.x


def drawn(
    book: Book, index: int, page: PartPage, sample: Sample, kind: str, y: float | None
) -> bytes:
    """One sample in its place; on a left page the place is mirrored about the text block."""
    x, base, width, drawing = sample
    if index % 2:
        x = page.inner + (page.width - page.outer) - (x + width)
    dx, dy = book.shifts[index]
    place = f"q 0.75 0 0 -0.75 {x + dx:.3f} {(base if y is None else y) + dy:.3f} cm {drawing} Q"
    kinds = f"/Type /Pagination /Subtype /{kind}" if kind else "/Type /Layout"
    return f"/Artifact <<{kinds}>> BDC\n{place}\nEMC\n".encode()
