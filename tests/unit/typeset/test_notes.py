"""Notes: at the foot, in order, whole however long they are."""

import io
import re
from collections.abc import Callable

import pypdfium2
from tests.unit.typeset.small_house import note, paragraph, prose, section, unit

from engross.make.typeset.values import Plan, Typesetting
from engross.make.typeset.writing.write import write

Press = Callable[..., Typesetting]


def block(words: str) -> str:
    return f'<span class="block">{words}</span>'


def long_text() -> str:
    """2,500 words: three paragraphs, a list and a table."""
    rows = "".join(
        f'<span class="row"><span class="cell">r{n}</span>'
        f'<span class="cell">{prose(8, n)}</span></span>'
        for n in range(20)
    )
    items = "".join(f'<span class="item">{block(prose(90, n))}</span>' for n in range(3))
    return (
        block(prose(900))
        + block(f"{prose(500, 3)} <em>{prose(60)}</em> {prose(140, 9)}")
        + f'<span class="list">{items}</span><span class="table">{rows}</span>'
        + block(prose(500, 2))
    )


def solid(text: str) -> str:
    return re.sub(r"[\s\u2010\u00ad\ufffe-]+", "", text)


def words_of(pages: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pages)) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_note_of_2500_words_loses_no_character_and_keeps_the_order(press: Press) -> None:
    body = "".join(
        paragraph("text", n, prose(60, n) + note("text", f"n{n}", words) + " on.")
        for n, words in enumerate(["Note 1.", long_text(), "Note 3.", "Note 4.", "Note 5."], 1)
    )
    made = press(unit("text", body))
    file = write(made, Plan("print", "Text"))
    expected = solid(re.sub(r"<[^>]*>", "", section("text", body, "Text")))
    set_text = solid(words_of(file))
    marks = ["1.Note1.", "2.The0", "3.Note3.", "4.Note4.", "5.Note5."]
    places = [set_text.find(mark) for mark in marks]
    assert -1 not in places
    assert places == sorted(places)
    numbers = 5 * len("1" + "1.")  # at the call and at the note
    margin = 5 * len("1")  # each paragraph's number
    folios = sum(len(page.label) for page in made.pages)
    assert len(set_text) == len(expected) + numbers + margin + folios


def test_a_long_note_is_one_element_of_the_tags(press: Press) -> None:
    body = paragraph("text", 1, prose(60) + note("text", "a", long_text()) + " on.")
    made = press(unit("text", body))
    found: list[dict[str, object]] = []

    def look(node: dict[str, object]) -> None:
        if node["S"] in ("Note", "Reference"):
            found.append(node)
        for kid in node["K"]:  # type: ignore[attr-defined]
            if isinstance(kid, dict):
                look(kid)

    look(made.parts[0].tree)
    assert [node["S"] for node in found] == ["Reference", "Note"]
    kinds = [kid["S"] for kid in found[1]["K"] if isinstance(kid, dict)]  # type: ignore[attr-defined]
    assert kinds == ["Lbl", "P", "P", "L", "Table", "P"]


def test_a_long_note_needs_no_more_pages_than_its_text(press: Press) -> None:
    body = paragraph("text", 1, prose(60) + note("text", "a", long_text()) + " on.")
    small = "font-size: 8.5pt; line-height: 11pt"
    plain = paragraph("text", 1, prose(60)) + f'<p style="{small}">{prose(2_500)}</p>'
    pages = [len(press(unit("text", html)).parts[0].pages) for html in (body, plain)]
    assert pages[0] <= pages[1] + 3
