"""The tag tree says what the text is, whatever the pages do to it."""

from collections.abc import Callable, Iterator

from tests.unit.typeset.small_house import note, paragraph, prose, slot, unit

from engross.make.typeset.crossing import Node
from engross.make.typeset.values import Typesetting

Press = Callable[..., Typesetting]


def shape(node: Node) -> str:
    """The tree in one line: types, with `.` for words and `@` for a link's place."""
    kids = []
    for kid in node["K"]:
        if isinstance(kid, dict):
            kids.append(shape(kid))
        else:
            mark = "." if isinstance(kid, list) else "@"
            if not kids or kids[-1] != mark:
                kids.append(mark)
    return f"{node['S']}({' '.join(kids)})"


def tree(made: Typesetting) -> Node:
    return made.parts[0].tree


def nodes(node: Node, kind: str) -> Iterator[Node]:
    if node["S"] == kind:
        yield node
    for kid in node["K"]:
        if isinstance(kid, dict):
            yield from nodes(kid, kind)


def test_a_note_stands_at_its_call_with_its_number_and_an_id(press: Press) -> None:
    body = paragraph("text", 1, "Words" + note("text", "a", "A <em>note</em>.") + " and more.")
    made = press(unit("text", body))
    assert shape(tree(made)) == "Part(Sect(H1(.) P(. Reference(.) Note(Lbl(.) .) .)))"
    assert [node["id"] for node in nodes(tree(made), "Note")] == ["text/note-a"]


def test_a_paragraph_over_three_pages_is_one_element(press: Press) -> None:
    made = press(unit("text", paragraph("text", 1, prose(900))))
    assert len(made.parts[0].pages) >= 3
    assert shape(tree(made)) == "Part(Sect(H1(.) P(.)))"
    (only,) = nodes(tree(made), "P")
    assert {kid[0] for kid in only["K"]} == set(range(len(made.parts[0].pages)))


def test_a_paragraph_with_notes_over_pages_is_one_element(press: Press) -> None:
    words = "".join(prose(80, n) + note("text", f"n{n}", prose(50)) for n in range(12))
    made = press(unit("text", paragraph("text", 1, words)))
    assert len(made.parts[0].pages) >= 3
    assert len(list(nodes(tree(made), "P"))) == 1
    assert len(list(nodes(tree(made), "Note"))) == 12
    (only,) = nodes(tree(made), "P")
    kinds = [kid["S"] for kid in only["K"] if isinstance(kid, dict)]
    assert kinds == ["Reference", "Note"] * 12


def test_a_note_called_in_a_heading_stands_behind_it(press: Press) -> None:
    body = f"<h2>Of trade{note('text', 'a', 'A note.')}</h2><p>Words.</p>"
    made = press(unit("text", body))
    assert shape(tree(made)) == "Part(Sect(H1(.) H2(. Reference(.)) Note(Lbl(.) .) P(.)))"


def test_a_table_keeps_scopes_and_spans_and_reads_its_head_once(press: Press) -> None:
    rows = "".join(f"<tr><th>{n}</th><td>{prose(30)}</td><td>b</td></tr>" for n in range(40))
    body = (
        '<table><caption>Talks</caption><thead><tr><th>Year</th><th colspan="2">What</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )
    made = press(unit("text", body))
    assert len(made.parts[0].pages) >= 2
    (table,) = nodes(tree(made), "Table")
    assert [kid["S"] for kid in table["K"]] == ["Caption", "THead", "TBody"]
    heads = list(nodes(table, "TH"))
    assert [head["scope"] for head in heads[:2]] == ["Column", "Column"]
    assert {head["scope"] for head in heads[2:]} == {"Row"}
    assert heads[1]["spans"] == [1, 2]
    assert len(next(nodes(table, "THead"))["K"]) == 1
    assert {kid[0] for head in heads[:2] for kid in head["K"]} == {0}


def test_an_empty_cell_keeps_its_column(press: Press) -> None:
    from engross.make.typeset.writing.tree import has_content

    made = press(unit("text", "<table><tr><td>a</td><td></td><td>c</td></tr></table><p></p>"))
    cells = list(nodes(tree(made), "TD"))
    assert [shape(cell) for cell in cells] == ["TD(.)", "TD()", "TD(.)"]
    assert all(map(has_content, cells))
    assert not any(map(has_content, nodes(tree(made), "P")))


def test_lists_have_labels_and_bodies(press: Press) -> None:
    body = "<ol><li>One<ul><li>Inner</li></ul></li><li>Two</li></ol><dl><dt>A</dt><dd>B</dd></dl>"
    assert shape(tree(press(unit("text", body)))) == (
        "Part(Sect(H1(.) L(LI(Lbl(.) LBody(. L(LI(Lbl(.) LBody(.))))) LI(Lbl(.) LBody(.)))"
        " L(LI(Lbl(.) LBody(.)))))"
    )


def test_foreign_words_keep_their_language(press: Press) -> None:
    made = press(unit("text", '<p>The <i lang="ru-Latn">opis</i> and <b>more</b>.</p>'))
    assert shape(tree(made)) == "Part(Sect(H1(.) P(. Span(.) .)))"
    assert [node["lang"] for node in nodes(tree(made), "Span")] == ["ru-Latn"]


def test_a_link_holds_its_words_and_its_place(press: Press) -> None:
    made = press(unit("text", f"<p>See p. {slot('text')}.</p>"))
    assert shape(tree(made)) == "Part(Sect(H1(.) P(. Link(@ .) .)))"


def test_each_page_knows_where_it_begins(press: Press) -> None:
    words = prose(330)
    body = paragraph("text", 1, words) + paragraph(
        "text", 2, "End" + note("text", "a", "A note.") + "."
    )
    made = press(unit("text", body, title=""))
    first, second = made.parts[0].pages
    assert (first.starts, first.holds) == (("text#p-001", 0), ["1", "1"])
    (found,) = nodes(tree(made), "Note")
    assert {kid[0] for kid in found["K"] if isinstance(kid, list)} == {1}
    assert second.starts is not None
    assert second.starts.address == "text#p-001"
    assert 0 < second.starts.offset < len(words.replace(" ", ""))
    assert first.first is not None
    assert first.last is not None
    assert first.first > first.last > first.bottom


def test_margin_marks_stand_on_the_first_line_of_their_block(press: Press) -> None:
    body = (
        '<p data-address="text#p-001" data-paragraph="1">One.</p>'
        '<p data-address="text#p-002" data-paragraph="2">Two <span data-leaf="125"></span>here.</p>'
    )
    made = press(unit("text", body))
    (one, two, leaf) = made.parts[0].marks
    assert (one[:3], two[:3]) == (("paragraph", "1", 0), ("paragraph", "2", 0))
    assert leaf == ("leaf", "125", 0, two.y)
    assert round(one.y - two.y, 3) == 14.0
