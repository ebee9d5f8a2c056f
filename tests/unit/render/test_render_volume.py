"""What volumes have otherwise than an edition of one document."""

from dataclasses import replace

import pytest
from tests.golden.sample import edition

from engross.assemble.edition import (
    Edition,
    IndexContent,
    IndexHeading,
    PersonContent,
    Persons,
    Section,
)
from engross.model.text import (
    Body,
    Cell,
    Figure,
    Item,
    Leaf,
    ListBlock,
    Mark,
    Note,
    Point,
    Run,
    Table,
)
from engross.parse.tei.registers import direct
from engross.render import render
from engross.render.scene import POSTURES, beside, initial, missing, posture


def leaf(text: str, role: str = "paragraph", **attributes: str) -> Leaf:
    return Leaf("p-001", role, (Run(text),), tuple(attributes.items()))


def volume(count: int = 3, body: Body | None = None) -> Edition:
    """So many documents, those of two archives in turn."""
    made = edition()
    letter = made.section("letter")
    rest = tuple(section for section in made.sections if section.kind != "document")
    return replace(
        made, sections=(*(numbered(letter, number, body) for number in range(count)), *rest)
    )


def numbered(letter: Section, number: int, body: Body | None) -> Section:
    content = letter.content
    source = content.record.source.model_copy(update={"repository": "AB"[number % 2] + " Archive"})
    record = content.record.model_copy(update={"source": source})
    cited = f"{source.repository}, box {number % 4}"
    content = replace(content, record=record, citation=cited, number=str(number + 1))
    return replace(
        letter,
        address="letter" if not number else f"letter-{number}",
        content=content,
        number=str(number + 1),
        body=body or letter.body,
    )


def html(made: Edition, address: str, medium: str = "page") -> str:
    return next(one for one in render(made, medium) if one.address == address).html  # type: ignore[arg-type]


def test_the_imprint_names_each_collection_once_and_of_many_documents_the_archives() -> None:
    assert html(volume(8), "imprint").count("Archive, box") == 4
    long = html(volume(13), "imprint")
    assert (long.count("<p>A Archive</p>"), long.count("<p>B Archive</p>")) == (1, 1)
    assert "box" not in long


def test_a_person_stands_under_the_name_that_the_register_is_sorted_by() -> None:
    made = volume()
    person = made.section("persons").content.entries[0]
    filed = person.entry.model_copy(update={"file_as": "Person, A"})

    def register(*mentions: tuple[str, int]) -> str:
        content = Persons((PersonContent(filed, person.text, mentions),))
        sections = [
            replace(one, content=content) if one.kind == "persons" else one for one in made.sections
        ]
        return html(replace(made, sections=tuple(sections)), "persons")

    assert ">Person, A <span" in register(("letter", 0))
    assert "– Document <a" in register(("letter", 0))
    assert "– Documents <a" in register(("letter", 0), ("letter-1", 0))


@pytest.mark.parametrize(("label", "starred"), [("", True), ("*", True), ("†", False)])
def test_a_star_that_calls_a_note_has_a_class_of_its_own(label: str, starred: bool) -> None:
    content = (Run("Words"), Point("note", (("id", "source"),)))
    note = Note("source", "editor", (leaf("Source: Files."),), label=label)
    body = Body((Leaf("p-001", "paragraph", content),), (note,))
    page = html(volume(body=body), "letter")
    assert f'data-number="{label or "*"}"' in page
    assert ('class="note note-editor starred" id="note-source"' in page) == starred
    assert ('class="noteref starred"' in html(volume(body=body), "letter", "epub")) == starred


@pytest.mark.parametrize(
    ("alt", "caption", "words"),
    [
        ("A plan", "", "Image not reproduced: A plan"),
        ("", "", "Image not reproduced"),
        ("Reel 2", "Reel 2", "Image not reproduced"),
    ],
)
def test_a_missing_picture_says_nothing_twice(alt: str, caption: str, words: str) -> None:
    figure = Figure("", alt, leaf(caption, "caption") if caption else None)
    page = html(volume(body=Body((figure,))), "letter")
    assert f'<p class="absent" data-furniture="">{words}</p>' in page


@pytest.mark.parametrize(("label", "beside"), [("1.", True), ("(iii)", True), ("Annex A", False)])
def test_a_short_label_stands_beside_its_item(label: str, beside: bool) -> None:
    listed = ListBlock("labelled", (Item((leaf("It is said."),), leaf(label, "label")),))
    page = html(volume(body=Body((listed,))), "letter")
    assert ('<dt class="near">' in page, '<dd class="near">' in page) == (beside, beside)
    assert '<dl class="labelled list">' in page


def test_a_label_with_the_name_of_a_page_stands_above_its_item() -> None:
    assert beside(leaf("c.", "label"))
    assert not beside(Leaf("p-001", "label", (Point("break", (("label", "52"),)), Run("c."))))


@pytest.mark.parametrize(("said", "posed"), [*POSTURES.items(), ("italic", ""), ("", "")])
def test_a_paragraph_stands_as_its_file_says(said: str, posed: str) -> None:
    assert posture(leaf("x", rend=said)).strip() == posed
    assert posture(leaf("x", "cell", rend=said)) == ""


@pytest.mark.parametrize(
    ("before", "after", "printed"),
    [("gov", "ernment", "gov[Page 5]ernment"), ("the ", "war", "the [Page 5] war")],
)
def test_a_page_that_begins_within_a_word_does_not_divide_it(
    before: str, after: str, printed: str
) -> None:
    turn = Point("break", (("unit", "page"), ("label", "5")))
    body = Body((Leaf("p-001", "paragraph", (Run(before), turn, Run(after))),))
    page = html(volume(body=body), "letter")
    assert printed in page.replace('<span class="page-break" data-furniture="">', "").replace(
        "</span>", ""
    )


def test_a_paragraph_that_is_strong_throughout_is_a_heading() -> None:
    strong, place = Mark("strong"), Mark("place")
    named = (Run("Kennedy", (place, strong)), Run(" Library", (strong,)))
    assert posture(Leaf("p-001", "paragraph", named)) == " run-head"
    assert posture(Leaf("p-001", "paragraph", (*named, Run(", Boston")))) == ""
    assert posture(Leaf("p-001", "paragraph", named, (("rend", "center"),))) == " centred"


def test_the_rend_of_a_paragraph_is_a_class() -> None:
    body = Body((leaf("i. The harbour", rend="center"),))
    assert '<p class="paragraph centred" id="p-001"' in html(volume(body=body), "letter")


def test_a_short_row_has_as_many_columns_as_the_longest() -> None:
    def cell(**more: int) -> Cell:
        return Cell((leaf("x", "cell"),), **more)  # type: ignore[arg-type]  # spans

    rows = (
        (cell(rows=2), cell(columns=2), cell()),
        (cell(),),
        (cell(), cell()),
    )
    assert missing(rows) == (0, 2, 2)
    assert missing(()) == ()
    page = html(volume(body=Body((Table(rows, head_rows=1),))), "letter")
    assert page.count("</p></td><td></td><td></td></tr>") == 2


def test_an_index_has_room_between_its_letters() -> None:
    assert [initial(one) for one in ("Änderung", "“Amur”, ship", "änderbar", "38th Parallel")] == [
        *"aaat"
    ]
    headings = ("Amur", "Änderung", "Bug", "Bug, upper")
    content = IndexContent(tuple(IndexHeading(one) for one in headings))
    made = volume()
    sections = [replace(s, content=content) if s.kind == "index" else s for s in made.sections]
    index = html(replace(made, sections=tuple(sections)), "index")
    assert index.count('<li class="letter">') == 1
    assert '<li class="letter"><span class="index-heading">Bug</span>' in index


def test_a_comma_before_a_closing_quotation_mark_divides_no_name() -> None:
    assert direct("House, Edward “Colonel”") == "Edward “Colonel” House"


@pytest.mark.parametrize("count", [1, 2])
def test_an_edition_of_several_documents_is_a_volume(count: int) -> None:
    assert volume(count).volume == (count > 1)
    assert replace(volume(count), coverage=(("a", "b"),)).volume
