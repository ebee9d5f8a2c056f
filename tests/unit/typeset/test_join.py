"""The joined file: everything in its place, and found to be so by a checker that finds faults."""

import io
import re
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from tests.unit.typeset.small_house import note, paragraph, prose, slot, unit
from tests.unit.typeset.structure import faults, inks

from engross.make.typeset import slots
from engross.make.typeset.values import Plan, Typesetting, Unit
from engross.make.typeset.writing.write import write

Press = Callable[..., Typesetting]


def volume() -> list[Unit]:
    lines = "".join(
        f'<p><a href="https://section.invalid/#{name}">{name}</a> {slot(name)}</p>'
        for name in ("alpha", "beta", "beta#p-002", "beta/note/b")
    )
    beta = (
        paragraph("beta", 1, prose(500) + note("beta", "b", f"See p. {slot('alpha')}."))
        + "<h2>Second part</h2>"
        + paragraph("beta", 2, '<a href="https://example.org/">out</a>, <a href="#p-001">up</a>.')
    )
    return [
        unit("title", "<p>A title</p>", display=True, matter="front", level=0),
        unit("contents", lines, matter="front"),
        unit("alpha", paragraph("alpha", 1, prose(400)), verso="The Book", recto="Alpha"),
        unit("beta", beta, verso="The Book", recto="Beta", opening="recto"),
    ]


@pytest.fixture(scope="module")
def made(press: Press) -> Typesetting:
    return press(*volume())


@pytest.fixture(scope="module")
def file(made: Typesetting) -> bytes:
    return write(made, Plan("screen", "The Book", ("A. Author",), "en", created="1961-09-14"))


def lines_of(file: bytes, page: int) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(file)) as pdf:
        return [line.strip() for line in pdf[page].get_textpage().get_text_range().splitlines()]


def test_the_structure_is_sound(file: bytes) -> None:
    assert faults(file) == []


def test_every_printed_page_number_is_the_label_of_its_target(
    made: Typesetting, file: bytes
) -> None:
    pages = {row.unit: row.label for row in reversed(made.pages) if row.unit is not None}
    text = lines_of(file, 1)
    assert f"alpha {pages[2]}" in text
    assert f"beta {pages[3]}" in text
    links = 0
    with pikepdf.open(io.BytesIO(file)) as pdf:
        names = pdf.Root.Names.Dests.Kids[0].Names
        dests = {str(names[n]): names[n + 1] for n in range(0, len(names), 2)}
        index = {page.objgen: n for n, page in enumerate(pdf.pages)}
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                assert int(link.F) == 4
                if "/Dest" in link and str(link.Contents).startswith("Page "):
                    label = made.pages[index[dests[str(link.Dest)][0].objgen]].label
                    links += str(link.Contents) == f"Page {label}"
    assert links == 5


def test_links_say_in_words_where_they_lead(file: bytes) -> None:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        said = {str(link.Contents) for page in pdf.pages for link in page.get("/Annots", [])}
    pages = {"Page 3", "Page 5", "Page 7"}
    others = {"Alpha", "Beta", "Paragraph 1", "Paragraph 2", "Beta, Page 7"}
    assert said == pages | others | {"https://example.org/"}


def test_heads_and_folios_are_artifacts_and_a_display_page_has_none(file: bytes) -> None:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        kinds = [
            [
                str(operands[1].get("/Subtype", ""))
                for operands, operator in pikepdf.parse_content_stream(page, "BDC")
                if operands[0] == "/Artifact"
            ]
            for page in pdf.pages
        ]
    assert [row.count("/Footer") for row in kinds] == [0, 1, 1, 1, 1, 1, 1]
    # The running head, and beside it the paragraphs that stand on the page.
    assert [row.count("/Header") for row in kinds] == [0, 0, 0, 2, 0, 2, 2]


def test_above_a_page_stands_which_paragraphs_it_holds(file: bytes) -> None:
    said = [" ".join(lines_of(file, page)) for page in range(7)]
    found = [re.findall(r"¶ ?[\d–]+", words) for words in said]
    assert found == [[], [], [], ["¶ 1"], [], ["¶ 1"], ["¶ 1–2"]]


def test_a_blank_page_carries_nothing(press: Press) -> None:
    made = press(unit("a", "<p>a</p>"), unit("b", "<p>b</p>", opening="recto"))
    file = write(made, Plan("print", "Blank"))
    found = ["".join(lines_of(file, page)) for page in range(3)]
    assert found == ["Aa1", "", "Bb3"]


def test_a_section_may_have_the_name_of_the_furniture(press: Press) -> None:
    made = press(unit("furniture", "<p>Chairs.</p>", verso="The Book", recto="Furniture"))
    assert made.typeset == 1
    assert lines_of(write(made, Plan("print", "x")), 0) == ["Furniture", "Chairs.", "1"]


def test_left_pages_are_moved_and_the_gutter_pushes_outwards(made: Typesetting) -> None:
    inner, outer = 20 / 25.4 * 72, 14 / 25.4 * 72

    def left_edges(plan: Plan) -> list[float]:
        with pypdfium2.PdfDocument(io.BytesIO(write(made, plan))) as pdf:
            return [min(box[0] for box in rectangles(pdf[page])) for page in (2, 3)]

    def rectangles(page: pypdfium2.PdfPage) -> list[tuple[float, ...]]:
        text = page.get_textpage()
        return [text.get_rect(n) for n in range(text.count_rects())]

    plain = left_edges(Plan("print", "x"))
    shifted = left_edges(Plan("print", "x", gutter_shift=6, bleed_outer=9, bleed_top=9))
    assert abs((plain[0] - plain[1]) - (inner - outer)) < 20  # margin numbers stand further out
    assert round(shifted[0] - plain[0], 1) == 6.0
    assert round(shifted[1] - plain[1], 1) == 9.0 - 6.0


def test_boxes_follow_the_plan_and_the_trim_is_the_page(made: Typesetting) -> None:
    plan = Plan("print", "x", bleed_outer=9, bleed_top=8, bleed_bottom=7, bleed_inner=0)
    with pikepdf.open(io.BytesIO(write(made, plan))) as pdf:
        boxes = [
            [[float(v) for v in box] for box in (page.mediabox, page.trimbox)]
            for page in pdf.pages[:2]
        ]
    assert boxes == [
        [[0, 0, 369, 519], [0, 7, 360, 511]],
        [[0, 0, 369, 519], [9, 7, 369, 511]],
    ]


def test_pages_are_added_at_the_end_for_the_binder(made: Typesetting) -> None:
    with pikepdf.open(io.BytesIO(write(made, Plan("print", "x", multiple=8)))) as pdf:
        assert len(pdf.pages) == 8
    assert faults(write(made, Plan("print", "x", multiple=8))) == []


def test_each_font_program_is_there_once(made: Typesetting, file: bytes) -> None:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        files = {
            font.DescendantFonts[0].FontDescriptor.FontFile2.objgen
            for page in pdf.pages
            if "/Font" in page.get("/Resources", {})
            for font in page.Resources.Font.values()
        }
    assert len(files) == len(made.subsets) == 2  # regular, and bold for headings


def test_title_author_language_and_dates_come_from_the_plan(file: bytes) -> None:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        held = {str(key): str(value) for key, value in pdf.docinfo.items()}
        xmp = pdf.Root.Metadata.read_bytes().decode()
        language = str(pdf.Root.Lang)
    assert held == {
        "/Title": "The Book",
        "/Author": "A. Author",
        "/Producer": "engross",
        "/CreationDate": "D:19610914000000Z",
        "/ModDate": "D:19610914000000Z",
    }
    assert language == "en"
    assert re.findall(r"<xmp:\w+>([^<]*)<", xmp) == ["1961-09-14T00:00:00Z"] * 2


def test_the_outline_has_units_and_their_headings(file: bytes) -> None:
    with pikepdf.open(io.BytesIO(file)) as pdf, pdf.open_outline() as outline:
        found = [(item.title, [kid.title for kid in item.children]) for item in outline.root]
    assert found == [("Contents", []), ("Alpha", []), ("Beta", ["Second part"])]


def test_colours_become_grey_in_print_and_stay_on_screens(press: Press) -> None:
    sheet = (
        "h1 { color: #8b0000 } h1 + p { color: device-cmyk(0 0 0 .5);"
        " border-top: 1pt solid device-cmyk(1 0 0 0) }"
    )
    made = press(*volume()[2:3], sheet=sheet)
    assert inks(write(made, Plan("print", "x"))) == {"gray"}
    assert inks(write(made, Plan("screen", "x"))) == {"gray", "rgb"}


def test_page_labels_follow_a_roman_front(press: Press) -> None:
    made = press(*volume(), roman_front=True)
    with pikepdf.open(io.BytesIO(write(made, Plan("print", "x")))) as pdf:
        labels = [page.label for page in pdf.pages]
    assert labels == [row.label for row in made.pages]
    assert labels[:3] == ["i", "ii", "1"]


def test_a_slot_that_stayed_too_wide_is_padded_on_its_left(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(file: bytes) -> list[float]:
        with pypdfium2.PdfDocument(io.BytesIO(file)) as pdf:
            text = pdf[0].get_textpage()
            at = text.get_text_range().index("see 1.") + 4
            return [round(text.get_charbox(at)[0], 1), round(text.get_charbox(at + 1)[0], 1)]

    body = f"<p>see {slot('text')}.</p>"
    exact = ends(write(press(unit("text", body)), Plan("print", "x")))
    monkeypatch.setattr(slots, "form", lambda label: "0" * (len(label) + 1))
    wide = ends(write(press(unit("text", body)), Plan("print", "x")))
    digit = 0.48 * 10.5
    assert [round(wide[n] - exact[n], 0) for n in (0, 1)] == [round(digit, 0)] * 2


def test_a_stamp_stands_on_every_page_that_has_contents(press: Press) -> None:
    last = unit("last", "<p>Words.</p>", opening="recto")
    made = press(unit("first", "<p>Words.</p>"), last, stamp="Proof of no date")
    file = write(made, Plan("print", "x"))
    stamped = ["Proof of no date" in lines_of(file, page) for page in range(len(made.pages))]
    assert stamped == [True, False, True]
    assert faults(file) == []


def spoil_parent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K[1].P = pdf.Root.StructTreeRoot


def spoil_twice(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K.append(pdf.Root.StructTreeRoot.K[0].K[0])


def spoil_number(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][0] = None


def spoil_print_flag(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots[0].F = 0


def spoil_target(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots[0].Dest = pikepdf.String("nowhere")


def spoil_words(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].Annots[0].Contents


def spoil_names(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Kids[0].Names
    names[0], names[2] = names[2], names[0]


def spoil_outline(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.Count = 7


def spoil_id(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree


def spoil_content(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(
        b"\n".join(part.read_bytes() for part in page.Contents).replace(b"EMC", b"", 1)
    )


def spoil_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents.append(pdf.make_stream(b"BT /F 1 Tf <0001> Tj ET"))


def spoil_element(pdf: pikepdf.Pdf) -> None:
    orphan = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=Array([0])))
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][0] = orphan


def spoil_order(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[0] = 99


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (spoil_parent, "an element /Part names another parent than the one that lists it"),
        (spoil_twice, "an element /Part hangs in the tree twice"),
        (spoil_number, "page 1: sequence 0 belongs to no element"),
        (spoil_element, "page 1: sequence 0 is not listed by the element that it names"),
        (spoil_order, "the keys of the parent tree are not in order"),
        (spoil_print_flag, "page 2: a link lacks the print flag"),
        (spoil_target, "page 2: a link leads to nowhere, which is nowhere"),
        (spoil_words, "page 2: a link has no description"),
        (spoil_names, "the named destinations are not in order, or not each once"),
        (spoil_outline, "the outline's count is wrong"),
        (spoil_id, "the tree of ids does not hold the ids of the elements"),
        (spoil_content, "page 1: a sequence does not end"),
        (spoil_text, "page 1: text is neither tagged nor an artifact"),
    ],
)
def test_the_checker_finds_each_seeded_fault(
    file: bytes, spoil: Callable[[pikepdf.Pdf], None], fault: str
) -> None:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        spoil(pdf)
        target = io.BytesIO()
        pdf.save(target)
    assert fault in faults(target.getvalue())
