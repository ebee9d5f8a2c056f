"""What is written on a page at the join: the numbers in its slots, its head, folio and marks."""

import re
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Object

from engross.make.typeset.furniture import PLACES, held
from engross.make.typeset.runs import member_of

if TYPE_CHECKING:
    from engross.make.typeset.joining.book import Joined

Targets = dict[str, tuple[int, float, float]]
SHOW = re.compile(rb"\[[^\]]*\]\s*TJ")
NEAR = 6.0
"""Points of height under which two marks in a margin would touch."""
APART = 12.0
"""Points between a running head and the paragraphs of its page."""
UNDER = 8.0
"""Points by which the later one of such two stands lower: a leaf's under its paragraph's."""


def stamp(book: "Joined", targets: Targets) -> None:
    """Fill slots, move blocks and draw furniture on all pages."""
    moves: dict[tuple[float, float], Object] = {}
    slots = slots_by_page(book)
    marks = marks_by_page(book)
    stamps = sorted(key for key in book.work.sampler.side["samples"] if key.startswith("stamp|"))
    for index, page in enumerate(book.pages):
        row = book.work.pages[index] if index < len(book.work.pages) else None
        if row is None or row.unit is None:
            continue
        stream = page.Contents
        if rows := slots.get(index):
            stream = filled(book, stream, rows, targets)
        shift = book.shifts[index]
        if shift not in moves:
            moves[shift] = book.pdf.make_stream(
                f"q 1 0 0 1 {shift[0]:g} {shift[1]:g} cm\n".encode()
            )
        drawing = furniture(book, index, marks.get(index, []), stamps)
        end = book.pdf.make_stream(b"\nQ\n" + drawing)
        page.Contents = Array([moves[shift], stream, end])


def slots_by_page(book: "Joined") -> dict[int, list[list[Any]]]:
    """The slots of each page of the volume."""
    found: dict[int, list[list[Any]]] = {}
    for unit, part in enumerate(book.work.parts):
        for row in part.side["slots"]:
            found.setdefault(book.first[unit] + row[0], []).append(row)
    return found


def marks_by_page(book: "Joined") -> dict[int, list[tuple[str, str, float]]]:
    """The margin marks of each page: kind, label and base line."""
    found: dict[int, list[tuple[str, str, float]]] = {}
    for unit, part in enumerate(book.work.parts):
        for kind, label, page, y in part.side["marks"]:
            found.setdefault(book.first[unit] + page, []).append((kind, label, y))
    return found


def filled(book: "Joined", stream: Object, rows: list[list[Any]], targets: Targets) -> Object:
    """
    A page's drawing with its numbers in place of the zeros.

    Raises:
        ValueError: a slot is not where the side-car says; never in a part of this version.
    """
    content = stream.read_bytes()
    for _page, mcid, target, glyphs, width, form in rows:
        label = book.work.pages[targets[target][0]].label
        if not label.isdigit():
            continue
        head = re.search(rb"/Span\s*<<\s*/MCID %d\s*>>\s*BDC" % mcid, content)
        if head is None:
            raise ValueError(f"no slot {mcid} for {target}")
        show = SHOW.search(content, head.end())
        end = content.index(b"EMC", head.end())
        if show is None or show.end() > end:
            raise ValueError(f"slot {mcid} for {target} is empty")
        pad = -(len(form) - len(label)) * width
        digits = "".join(f"{glyphs[int(digit)]:04x}" for digit in label)
        new = f"[{pad if pad else ''}<{digits}>] TJ".encode()
        content = content[: show.start()] + new + content[show.end() :]
    return book.pdf.make_stream(content)


def furniture(
    book: "Joined", index: int, marks: list[tuple[str, str, float]], stamps: list[str]
) -> bytes:
    """The drawing of a page's head, folio, marks and stamps, as artifacts."""
    row = book.work.pages[index]
    assert row.unit is not None
    unit = book.work.units[row.unit]
    samples = book.work.sampler.side["samples"]
    wanted: list[tuple[str, str, float | None]] = []
    if not unit.display:
        side = "recto" if row.recto else "verso"
        head = unit.verso
        if row.recto:
            head = member_of(unit, book.work.parts[row.unit], row.page).recto
        if head and row.page:
            key = f"running-head {side}|{head}"
            wanted.append((key, "Header", None))
            range_key = f"page-range|{held(unit, source(book, index))}"
            if range_key in samples and apart(samples[key], samples[range_key]):
                wanted.append((range_key, "Header", None))
        wanted.append((f"folio|{row.label}", "Footer", None))
    taken: list[float] = []
    for kind, label, y in marks:
        if touched := [other for other in taken if abs(other - y) < NEAR]:
            y = min(touched) - UNDER
        taken.append(y)
        wanted.append((f"{PLACES[kind]}|{label}", "", y))
    wanted += [(key, "Header", None) for key in stamps]
    return b"".join(
        drawn(book, index, samples[key], kind, y) for key, kind, y in wanted if key in samples
    )


def apart(head: list[Any], other: list[Any]) -> bool:
    """Whether a running head and what stands beside it do not touch."""
    return bool(head[0] + head[2] + APART <= other[0] or other[0] + other[2] + APART <= head[0])


def drawn(book: "Joined", index: int, sample: list[Any], kind: str, y: float | None) -> bytes:
    """One sample in its place; on a left page the place is mirrored about the text block."""
    x, base, width, drawing = sample
    page = source(book, index)
    if index % 2:
        x = page["inner"] + (page["width"] - page["outer"]) - (x + width)
    dx, dy = book.shifts[index]
    place = f"q 0.75 0 0 -0.75 {x + dx:.3f} {(base if y is None else y) + dy:.3f} cm {drawing} Q"
    kinds = f"/Type /Pagination /Subtype /{kind}" if kind else "/Type /Layout"
    return f"/Artifact <<{kinds}>> BDC\n{place}\nEMC\n".encode()


def source(book: "Joined", index: int) -> dict[str, Any]:
    """The side-car of a page that has contents."""
    row = book.work.pages[index]
    assert row.unit is not None
    page: dict[str, Any] = book.work.parts[row.unit].side["pages"][row.page]
    return page
