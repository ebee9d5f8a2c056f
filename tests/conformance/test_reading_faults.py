"""Faults that we put into a sound reading PDF one by one: preflight must name each of them."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.conformance.printed import changed, draw, image, screen, wanted_reading
from tests.conformance.spoiling import Change, in_catalog, not_embedded, on_page, packet
from tests.conformance.test_print_faults import PRESS

from engross.check.preflight import preflight


def first(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    """The first element of a kind in the tag tree."""
    todo = [pdf.Root.StructTreeRoot]
    while todo:
        element = todo.pop(0)
        if element.get("/S") == Name(kind):
            return element
        kids = element.get("/K")
        rows = list(kids) if isinstance(kids, Array) else [kids]
        todo += [kid for kid in rows if isinstance(kid, Dictionary) and "/S" in kid]
    raise LookupError(kind)


def put(element: pikepdf.Object, entries: dict[str, object]) -> None:
    """Set keys, or take out those whose value is None."""
    for key, value in entries.items():
        if value is None:
            del element[f"/{key}"]
        else:
            element[f"/{key}"] = value


def in_tag(kind: str, **entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        put(first(pdf, kind), entries)

    return change


def in_link(**entries: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        put(pdf.pages[2].obj.Annots[0], entries)

    return change


def unrelated(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names.EmbeddedFiles.Names[1].AFRelationship


def smoothed(pdf: pikepdf.Pdf) -> None:
    shown = image(pdf, (400, 400), Name.DeviceGray, 1)
    shown.Interpolate = True
    draw(pdf, b"72 0 0 72 100 250 cm /P Do", XObject={"P": shown})


READING: dict[str, tuple[str, Change]] = {
    "no mark of PDF/UA": ("W270", packet(b"<pdfuaid:part>1", b"<pdfuaid:part>9")),
    "no language": ("W271", in_catalog(Lang=None)),
    "the file's name for a title": ("W271", in_catalog(ViewerPreferences=None)),
    "no title in the packet": ("W271", packet(b"dc:title", b"dc:titel")),
    "no tags": ("W272", in_catalog(StructTreeRoot=None)),
    "tags that do not count": ("W272", in_catalog(MarkInfo=None)),
    "a figure without words": ("W273", in_tag("/Figure", Alt=None)),
    "a heading skipped": ("W274", in_tag("/H2", S=Name.H4)),
    "links out of order": ("W274", on_page(2, Tabs=None)),
    "a table's heading without scope": ("W275", in_tag("/TH", A=None)),
    "a list of something else": ("W267", in_tag("/LI", S=Name.Div)),
    "an item in no list": ("W267", in_tag("/L", S=Name.Div)),
    "a note without identifier": ("W276", in_tag("/Note", ID=None)),
    "a link without words": ("W276", in_link(Contents=None)),
    "a link outside the tags": ("W276", in_link(StructParent=None)),
    "no mark of PDF/A": ("W277", packet(b"<pdfaid:part>3", b"<pdfaid:part>9")),
    "colours without profile": ("W278", in_catalog(OutputIntents=None)),
    "a link that is not printed": ("W279", in_link(F=0)),
    "a link that runs something": (
        "W279",
        in_link(A=Dictionary(S=Name.Launch, F=String("a.exe"))),
    ),
    "a script on opening": (
        "W279",
        in_catalog(OpenAction=Dictionary(S=Name.JavaScript, JS=String("x()"))),
    ),
    "an attachment of unknown standing": ("W279", unrelated),
    "a picture to be smoothed": ("W291", smoothed),
    "a font that is missing": ("W230", not_embedded),
}
SAID = dict(
    line.split(": ", 1)
    for line in Path(__file__).with_name("faults_of_reading.txt").read_text("utf-8").splitlines()
)


@pytest.mark.parametrize("name", READING)
def test_a_fault_in_the_reading_pdf_is_named(name: str) -> None:
    """Messages stand in faults_of_reading.txt, a line a fault."""
    code, change = READING[name]
    faults = preflight(changed(screen(), change), wanted_reading()).faults
    assert "; ".join(f"{row.code} {row.text}" for row in faults if row.code == code) == SAID[name]


def test_at_least_thirty_kinds_of_fault_are_put_in() -> None:
    """The two tables alone; what they miss would fail above."""
    assert len(PRESS) + len(READING) >= 80
    assert len({code for code, _ in (*PRESS.values(), *READING.values())}) >= 35
