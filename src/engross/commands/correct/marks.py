"""A reader's marks in a PDF, as Acrobat, Preview and Okular write them (ISO 32000, 12.5.6)."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

AROUND = 60.0
"""How far to the left and right of a mark, in points, words are read that tell places apart."""
EDGE = 0.7
"""By which a mark may reach, in points, into the signs beside its words."""
STRUCK = frozenset({"/StrikeOut"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, in words."""

    page: str
    """As it is printed, else its count from 1; empty in a file of words."""
    what: str
    """`strike`, `insert` or `comment`; `text`: what the reader was given, of a file of words."""
    words: str
    """That are marked; of an insertion none."""
    before: str
    """What stands before it in its line."""
    after: str
    said: str
    """The reader's own words: what to read instead, to insert, or a remark."""
    by: str = ""
    address: str = ""
    """The address of the paragraph, where the file says it: `yamada#p-007`."""

    @property
    def where(self) -> str:
        """The place, as the reader knows it."""
        return self.address or (f"p. {self.page}" if self.page else "a paragraph without address")


def read_marks(content: bytes) -> tuple[Mark, ...]:
    """Every mark of a PDF, in the order of pages; a caret is one with the strike that it is of."""
    import pikepdf
    import pypdfium2

    found: list[Mark] = []
    pages = pypdfium2.PdfDocument(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            notes = [note for note in page.get("/Annots", []) if "/Subtype" in note]
            found += _of_page(page.label or str(number + 1), notes, pages[number].get_textpage())
    return tuple(found)


def _of_page(label: str, notes: list[Any], text: Any) -> Iterator[Mark]:
    strikes = {note.objgen for note in notes if str(note["/Subtype"]) in STRUCK}
    instead: dict[tuple[int, int], str] = {}
    joined = set()
    for note in (one for one in notes if "/IRT" in one):
        for caret, strike in ((note, note["/IRT"]), (note["/IRT"], note)):
            if str(caret["/Subtype"]) == "/Caret" and strike.objgen in strikes:
                instead[strike.objgen] = _said(caret)
                joined.add(caret.objgen)
    for note in notes:
        kind = str(note["/Subtype"])
        if note.objgen in joined or kind in {"/Popup", "/Link", "/Widget"}:
            continue
        head = note
        while kind == "/Text" and "/IRT" in head:  # an answer stands where what it answers does
            head = head["/IRT"]
        boxes = _boxes(head)
        said = instead.get(note.objgen, _said(note))
        own = str(head["/Subtype"]) in {"/Caret", "/Text", "/FreeText"}
        marked = "" if own else _words(boxes, text)
        what = "strike" if kind in STRUCK else "insert" if kind == "/Caret" else "comment"
        (left, low, _, top), (_, bottom, right, high) = boxes[0], boxes[-1]
        if what == "insert":  # its foot may stand in the next line
            left = right = (left + right) / 2
            low = bottom = top - 2
        before = _bounded((left - AROUND, low, left - 1, top), text)
        after = _bounded((right + 1, bottom, right + AROUND, high), text)
        by = str(note.get("/T", ""))
        yield Mark(label, what, marked, before, after, said, by)


def _said(note: Mapping[str, Any]) -> str:
    return " ".join(str(note.get("/Contents", "")).split())


def _boxes(note: Mapping[str, Any]) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of each line of a mark, in points."""
    points = [float(value) for value in note.get("/QuadPoints", ())]
    quads = [points[at : at + 8] for at in range(0, len(points) - 7, 8)]
    boxes = [(min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2])) for q in quads]
    left, bottom, right, top = (float(value) for value in note["/Rect"])
    return boxes or [(left, bottom, right, top)]


def _words(boxes: list[tuple[float, float, float, float]], text: Any) -> str:
    """The words of all lines; a hyphen that divides one at the end of a line is none of them."""
    words = ""
    for left, bottom, right, top in boxes:
        line = _bounded((left + EDGE, bottom, right - EDGE, top), text)
        words = words[:-1] + line if words.endswith("\u2010") else f"{words} {line}".strip()
    return words


def _bounded(box: tuple[float, float, float, float], text: Any) -> str:
    left, bottom, right, top = box
    said = text.get_text_bounded(left=left, bottom=bottom, right=right, top=top)
    return " ".join(said.replace("\ufffe", "-").split())
