"""Sections that run on: one unit, in which each keeps its addresses, its head and its place."""

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from tests.unit.typeset.small_house import note, paragraph, prose, slot, unit
from tests.unit.typeset.structure import faults

from engross.make.typeset import slots
from engross.make.typeset.runs import member_of, run_together
from engross.make.typeset.values import Plan, Typesetting, Unit, page_map
from engross.make.typeset.writing.write import write

Press = Callable[..., Typesetting]


def chapter() -> list[Unit]:
    first = (
        paragraph("d1", 1, "Short." + note("d1", "a", "A note."))
        + "<h2>Within</h2>"
        + paragraph("d1", 2, '<a href="#p-001">up</a>')
    )
    second = paragraph("d2", 1, prose(900)) + '<p id="end">On another page.</p>'
    third = paragraph("d3", 1, f'See <a href="https://section.invalid/#d2#end">it</a> {slot("d3")}')
    return [
        unit("ch1", "<p>Of a chapter.</p>", verso="The Book", recto="Chapter"),
        unit("d1", first, verso="The Book", recto="One", level=2),
        unit("d2", second, verso="The Book", recto="Two", level=2),
        unit("d3", third, verso="The Book", recto="Three", level=2),
    ]


@pytest.fixture(scope="module")
def made(press: Press) -> Typesetting:
    lines = f"<p>{slot('d1')} {slot('d2#end')} {slot('d3')}</p>"
    return press(unit("contents", lines, level=0), run_together(chapter()))


def test_a_unit_of_one_is_itself() -> None:
    alone = unit("d1", paragraph("d1", 1, "Text."))
    assert run_together([alone]) is alone


def test_short_sections_stand_on_one_page_and_keep_their_addresses(made: Typesetting) -> None:
    pages = page_map(made)
    assert {pages[name] for name in ("ch1", "d1", "d2", "d1#p-001", "d1/note/a", "d2#p-001")} == {
        "2"
    }
    last = made.pages[-1].label
    assert int(last) > 2
    assert pages["d2#end"] == pages["d3"] == pages["d3#p-001"] == last


def test_a_page_has_the_head_of_the_section_in_which_it_begins(made: Typesetting) -> None:
    run, part = made.units[1], made.parts[1]
    heads = [member_of(run, part, page).recto for page in range(len(part.pages))]
    assert heads == ["Chapter", *["Two"] * (len(part.pages) - 1)]


def test_a_page_of_notes_alone_has_the_head_of_the_section_before(made: Typesetting) -> None:
    run, part = made.units[1], made.parts[1]
    silent = replace(part, pages=[page._replace(starts=None) for page in part.pages])
    assert member_of(run, silent, 0).recto == "Chapter"
    assert member_of(run, silent, 1).recto == "Two"


def test_the_joined_file_is_sound_and_its_outline_names_every_section(made: Typesetting) -> None:
    file = write(made, Plan("screen", "The Book"))
    assert faults(file) == []
    with pikepdf.open(io.BytesIO(file)) as pdf, pdf.open_outline() as outline:
        found = [
            (
                item.title,
                [(kid.title, [one.title for one in kid.children]) for kid in item.children],
            )
            for item in outline.root
        ]
        contents = [
            str(link.Contents)
            for page in pdf.pages
            for link in page.obj.get("/Annots", [])  # type: ignore[call-overload]  # as any PDF
        ]
    assert found == [("Ch1", [("D1", ["Within"]), ("D2", []), ("D3", [])])]
    last = made.pages[-1].label
    places = ["Page 2", f"Page {last}", f"Page {last}"]
    assert contents == [*places, "Paragraph 1", f"D2, Page {last}", f"Page {last}"]


def test_a_number_of_a_section_not_yet_typeset_is_guessed_from_its_place_in_the_run() -> None:
    run = run_together(chapter())
    assert slots.position(run, "ch1") == 0.0
    first, second = slots.position(run, "d2"), slots.position(run, "d2#end")
    assert first is not None
    assert second is not None
    assert 0.0 < first < second < 1.0
    assert slots.position(run, "d9") is None
