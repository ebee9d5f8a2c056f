"""Faults that we put into a sound file for the press one by one: preflight must name each."""

import dataclasses
import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.conformance.printed import (
    changed,
    draw,
    icc,
    press,
    screen,
    text_at,
    wanted,
    wanted_reading,
)
from tests.conformance.spoiling import (
    Change,
    attached,
    boxless,
    codes,
    drawing,
    emptied,
    grouped,
    hidden_in_form,
    in_catalog,
    in_intent,
    in_record,
    in_space,
    in_state,
    linked,
    masked,
    not_embedded,
    on_page,
    open_type,
    painting,
    picture,
    profiled,
    scripted,
    shorter,
    spot,
    told,
    two_intents,
    type_three,
    unreadable,
    unsearchable,
    whole_font,
)

from engross.check.preflight import preflight

PRESS: dict[str, tuple[str, Change]] = {
    "text in RGB": ("W240", painting(b"0 0 0 rg")),
    "a line in RGB": ("W240", drawing(b"1 0 0 RG 100 300 m 200 300 l S")),
    "RGB within a form": ("W240", hidden_in_form),
    "a picture in RGB": ("W240", picture((400, 400), Name.DeviceRGB, 3)),
    "red on a black page": ("W241", drawing(b"0 1 1 0 k 100 300 20 20 re f")),
    "a picture in four colours": ("W241", picture((400, 400), Name.DeviceCMYK, 4)),
    "grey with a profile": ("W246", in_space(profiled)),
    "calibrated red": (
        "W246",
        in_space(lambda pdf: Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])]), b"1 0 0"),
    ),
    "a spot colour": ("W247", in_space(spot)),
    "half opacity": ("W245", in_state(ca=0.5)),
    "a soft mask in the state": ("W245", in_state(SMask=Dictionary(S=Name.Alpha))),
    "multiplied": ("W245", in_state(BM=Name.Multiply)),
    "a transparency group": ("W245", grouped),
    "a page that is a group": ("W245", on_page(2, Group=Dictionary(S=Name.Transparency))),
    "a picture with a soft mask": ("W245", masked),
    "a coarse picture": ("W250", picture((100, 100), Name.DeviceGray, 1)),
    "a coarse picture in the drawing": (
        "W250",
        drawing(b"72 0 0 72 100 250 cm BI /W 2 /H 2 /CS /G /BPC 8 ID abcd EI"),
    ),
    "a font that is missing": ("W230", not_embedded),
    "a font with nothing in it": ("W230", emptied),
    "a whole font": ("W231", whole_font),
    "a font of Type 3": ("W232", type_three),
    "a font without characters": ("W233", unsearchable),
    "OpenType in PDF 1.4": ("W234", open_type),
    "an empty box": ("W235", boxless),
    "an unreadable character": ("W235", unreadable),
    "no TrimBox": ("W210", on_page(2, TrimBox=None)),
    "bleed outside the paper": ("W211", on_page(2, BleedBox=Array([0, 0, 380, 522]))),
    "a CropBox in the page": ("W211", on_page(2, CropBox=Array([0, 50, 300, 500]))),
    "another trim": ("W212", on_page(2, TrimBox=Array([0, 9, 350, 513]))),
    "an ArtBox beside the TrimBox": ("W214", on_page(2, ArtBox=Array([0, 9, 360, 513]))),
    "a turned page": ("W215", on_page(2, Rotate=90)),
    "a page in other units": ("W215", on_page(2, UserUnit=2)),
    "no bleed at the fore-edge": (
        "W213",
        on_page(2, MediaBox=Array([0, 0, 360, 522]), BleedBox=Array([0, 0, 360, 522])),
    ),
    "a page lost": ("W203", shorter),
    "text at the fore-edge": ("W220", lambda pdf: draw(pdf, text_at(pdf, b"0 g", x=340))),
    "text at the head": ("W220", lambda pdf: draw(pdf, text_at(pdf, b"0 g", y=495))),
    "a picture in the gutter": ("W220", drawing(b"0 g 10 300 20 20 re f")),
    "small type": ("W221", lambda pdf: draw(pdf, text_at(pdf, b"0 g", size=4))),
    "type made small": (
        "W221",
        lambda pdf: draw(pdf, b".3 0 0 .3 100 200 cm " + text_at(pdf, b"0 g", x=0, y=0)),
    ),
    "a hairline": ("W222", drawing(b"0.1 w 0 G 100 300 m 200 300 l S")),
    "a line without width": ("W222", drawing(b"0 w 0 G 100 300 m 200 300 l S")),
    "a thin bar": ("W222", drawing(b"0 g 100 300 90 0.1 re f")),
    "a page emptied": ("W223", lambda pdf: on_page(3, Contents=pdf.make_stream(b""))(pdf)),
    "ink on the blank page": (
        "W224",
        lambda pdf: on_page(1, Contents=pdf.make_stream(b"0 g 150 300 9 9 re f"))(pdf),
    ),
    "no mark": ("W260", in_record(GTS_PDFXVersion=None)),
    "another mark": ("W260", in_record(GTS_PDFXVersion="PDF/X-3:2003")),
    "no printing condition": ("W261", in_catalog(OutputIntents=None)),
    "two printing conditions": ("W261", two_intents),
    "a condition that is a sentence": (
        "W261",
        in_intent(OutputConditionIdentifier=String("Coated FOGRA39L VIGC 300")),
    ),
    "a condition without registry": ("W261", in_intent(RegistryName=None)),
    "a profile for screens": ("W261", in_intent(DestOutputProfile=icc(b"mntr", b"RGB "))),
    "no word on trapping": ("W262", in_record(Trapped=None)),
    "no title": ("W263", in_record(Title="")),
    "no date": ("W263", in_record(CreationDate=None)),
    "two dates": ("W263", in_record(ModDate="D:20260101000000Z")),
    "links": ("W266", linked),
    "a script": ("W266", scripted),
    "an attachment": ("W266", attached),
    "form fields": ("W266", in_catalog(AcroForm=Dictionary(Fields=[]))),
    "layers": ("W266", in_catalog(OCProperties=Dictionary(OCGs=[], D=Dictionary()))),
    "an action": (
        "W266",
        in_catalog(OpenAction=Dictionary(S=Name.Named, N=Name.Print)),
    ),
}  # fmt: skip
SAID = dict(
    line.split(": ", 1)
    for line in Path(__file__).with_name("faults_of_print.txt").read_text("utf-8").splitlines()
)


def test_the_sound_files_have_no_fault() -> None:
    for content, want in ((press(), wanted()), (screen(), wanted_reading())):
        report = preflight(content, want)
        assert report.faults == ()
        assert {str(line.state) for line in report.lines} == {"passed"}
    assert preflight(changed(press(), lambda pdf: None), wanted()).faults == ()


@pytest.mark.parametrize("name", PRESS)
def test_a_fault_in_a_file_for_the_press_is_named(name: str) -> None:
    """Messages stand in faults_of_print.txt, a line a fault."""
    code, change = PRESS[name]
    faults = preflight(changed(press(), change), wanted()).faults
    assert "; ".join(f"{row.code} {row.text}" for row in faults if row.code == code) == SAID[name]


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("W242 text in CMYK 60 40 40 100 needs several plates in register", b"0.6 0.4 0.4 1 k"),
        (
            "W243 text in CMYK 100 100 100 100 has 400 % ink, over the 240 % of a printer not "
            "chosen yet",
            b"1 1 1 1 k",
        ),
    ],
)
def test_text_of_four_inks_is_named_where_colours_are_allowed(said: str, lines: bytes) -> None:
    colour = dataclasses.replace(wanted(), black_only=False)
    assert codes(press(), colour) == set()
    assert said in told(changed(press(), painting(lines)), colour)


def test_a_picture_with_too_much_ink_is_named_by_its_pixels() -> None:
    colour = dataclasses.replace(wanted(), black_only=False)
    fair = changed(press(), picture((400, 400), Name.DeviceCMYK, 4, level=128))
    rich = changed(press(), picture((400, 400), Name.DeviceCMYK, 4, level=230))
    assert codes(fair, colour) == set()
    assert codes(rich, colour) == {"W243"}


def test_numbers_of_pages_that_a_printer_does_not_bind_are_named() -> None:
    free = dataclasses.replace(wanted(), pages=0)
    printer = "a printer not chosen yet binds"
    assert told(press(), dataclasses.replace(free, least_pages=24)) == {
        f"W204 {printer} 24 to 2000 pages, and the file has 4"
    }
    assert told(press(), dataclasses.replace(free, multiple=3)) == {
        f"W205 {printer} multiples of 3 pages, and the file has 4"
    }


def test_a_pdf_x4_carries_the_profile_of_its_condition() -> None:
    want = dataclasses.replace(wanted(), standard="PDF/X-4")
    assert codes(press("PDF/X-4", icc()), want) == set()
    assert codes(press("PDF/X-4"), want) == {"W261"}
    assert codes(press("PDF/X-4", icc(b"mntr", b"RGB ")), want) == {"W261"}
    assert "W260" in codes(press("PDF/X-4", icc()), wanted())


def test_versions_that_do_not_fit_the_standard_are_named() -> None:
    later = changed(press(), lambda pdf: None, force_version="1.7")
    assert "W265" in codes(later, wanted())
    packed = changed(
        press(),
        lambda pdf: None,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        force_version="1.5",
    )
    said = {fault.text for fault in preflight(packed, wanted()).faults}
    assert "the file has object streams, which PDF 1.4 does not know" in said
    new = changed(screen(), lambda pdf: None, force_version="2.0")
    assert "W265" in codes(new, wanted_reading())


def test_a_file_without_identifier_is_named() -> None:
    content = press()
    assert content.count(b"/ID [") == 1
    spoilt = content.replace(b"/ID [", b"/IX [")
    assert "W264 the file has no identifier" in told(spoilt, wanted())


def test_a_locked_file_is_named() -> None:
    locked = changed(
        press(),
        lambda pdf: None,
        deterministic_id=False,
        force_version="1.6",
        encryption=pikepdf.Encryption(owner="a", user="", R=4),
    )
    shut = changed(
        press(),
        lambda pdf: None,
        deterministic_id=False,
        force_version="1.6",
        encryption=pikepdf.Encryption(owner="a", user="b", R=4),
    )
    assert "W201 the file is encrypted" in told(locked, wanted())
    assert codes(shut, wanted()) in ({"W200"}, {"W201"})


def test_damage_is_a_finding_and_no_crash() -> None:
    content = press()
    for damaged in (b"", b"%PDF-1.4 nothing", content[: len(content) // 2], content[:-400]):
        (said,) = told(damaged, wanted())
        assert said.startswith("W200 PDFium cannot open the file: ")


def test_programs_that_count_pages_differently_are_named() -> None:
    content = press()
    assert content.count(b"/Count 4") >= 1
    at = content.index(b"/Type /Pages") if b"/Type /Pages" in content else 0
    count = content.rindex(b"/Count 4", 0, at + 200) if at else content.index(b"/Count 4")
    wrong = content[:count] + b"/Count 3" + content[count + 8 :]
    assert "W202 one program finds 4 pages in the file, another 3" in told(wrong, wanted())


def test_no_verdict_is_kept() -> None:
    class Shelf(dict[str, bytes]):
        def put(self, key: str, body: bytes) -> None:
            self[key] = body

    shelf = Shelf()
    made = preflight(press(), wanted(), shelf)
    assert preflight(press(), wanted(), shelf) == made
    assert shelf
    assert not any(b"passed" in body or b"W2" in body for body in shelf.values())
    other = dataclasses.replace(wanted(), ink_limit=99.0)
    assert preflight(press(), other, shelf) != made
    for key in shelf:
        shelf[key] = b"{}"
    assert preflight(press(), wanted(), shelf) == made


def test_finishing_gives_the_same_bytes_again() -> None:
    from tests.conformance import printed

    for make in (printed.press.__wrapped__, printed.screen.__wrapped__):
        assert make() == make()


def test_both_parsers_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from engross.check.preflight import glance

    asked: list[int] = []
    real = glance.Glance.page

    def page(self: glance.Glance, number: int, *, words: bool = True) -> glance.Seen:
        asked.append(number)
        return real(self, number, words=words)

    monkeypatch.setattr(glance.Glance, "page", page)
    preflight(press(), wanted())
    with pikepdf.open(io.BytesIO(press())) as pdf:
        assert asked == list(range(1, len(pdf.pages) + 1))
