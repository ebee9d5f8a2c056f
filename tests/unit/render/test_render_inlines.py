"""Runs become a tree without losing or doubling a character."""

from hypothesis import given
from hypothesis import strategies as st

from engross.model.text import Mark, Point, Run
from engross.render.inlines import Bound, Node, Span, Spot, Text, bind, nest, title

EM, STRONG = Mark("emphasis"), Mark("strong")
LINK = Mark("link", (("href", "https://example.org/"),))
NOTE = Point("note", (("id", "a"),), (LINK,))


def text_of(nodes: tuple[Node, ...]) -> str:
    parts = []
    for node in nodes:
        match node:
            case Text(text) | Bound(text):
                parts.append(text)
            case Span(_, children):
                parts.append(text_of(children))
            case Spot():
                pass
    return "".join(parts)


def test_neighbours_with_a_common_head_of_marks_share_an_element() -> None:
    tree = nest((Run("a", (EM,)), Run("b", (EM, STRONG)), Run("c")))
    assert tree == (Span(EM, (Text("a"), Span(STRONG, (Text("b"),)))), Text("c"))


def test_a_point_under_the_same_marks_does_not_divide_their_element() -> None:
    line = Point("line", (), (EM,))
    assert nest((Run("a", (EM,)), line, Run("b", (EM,)))) == (
        Span(EM, (Text("a"), Spot(line), Text("b"))),
    )


def test_a_note_call_inside_a_link_divides_the_link() -> None:
    tree = nest((Run("a", (LINK,)), NOTE, Run("b", (LINK,))))
    assert tree == (Span(LINK, (Text("a"),)), Spot(NOTE), Span(LINK, (Text("b"),)))


def test_a_link_holds_no_other_link() -> None:
    tree = nest((Run("a", (LINK, Mark("person", (("key", "x"),)))),))
    assert tree == (Span(LINK, (Text("a"),)),)


def test_a_correction_in_two_pieces_closes_once_and_last() -> None:
    mark = Mark("correction", (("id", "C-0001"),))
    first, second = nest((Run("a", (mark,)), Run("b", (EM, mark))))
    assert isinstance(first, Span)
    assert isinstance(second, Span)
    assert isinstance(second.children[0], Span)
    assert (first.closes, second.children[0].closes) == (False, True)


def test_a_correction_with_an_end_of_its_own_does_not_close() -> None:
    mark = Mark("correction", (("id", "C-0001"),))
    span, _ = nest((Run("a", (mark,)), Point("correction-end", (("id", "C-0001"),))))
    assert isinstance(span, Span)
    assert not span.closes


def test_a_citation_keeps_its_abbreviations_with_their_numbers() -> None:
    mark = Mark("citation", (("source", "frus"),))
    assert nest((Run("FRUS, XXII, doc. 338", (mark,)),)) == (
        Span(mark, (Text("FRUS, XXII, "), Bound("doc. 338"))),
    )


def test_a_document_is_never_bound() -> None:
    assert nest((Run("see doc. 338"),)) == (Text("see doc. 338"),)


def test_words_of_the_program_are_bound_everywhere() -> None:
    runs = (Run("Source:", (EM,)), Run(" RGANI, f. 52, d. 596."))
    assert nest(runs, generated=True) == (
        Span(EM, (Text("Source:"),)),
        *(Text(" RGANI, "), Bound("f. 52,"), Text(" "), Bound("d. 596.")),
    )


MARKS = st.lists(st.sampled_from([EM, STRONG, LINK, Mark("citation")]), max_size=4).map(tuple)
INLINES = st.lists(
    st.builds(Run, st.text(max_size=8), MARKS)
    | st.builds(Point, st.just("note"), st.just(()), MARKS)
)


@given(INLINES)
def test_the_tree_has_exactly_the_characters_of_the_runs(items: list[Run | Point]) -> None:
    assert text_of(nest(items)) == "".join(item.text for item in items if isinstance(item, Run))


@given(st.text())
def test_binding_changes_no_character(words: str) -> None:
    assert text_of(bind(words)) == words
    assert text_of(title(words)) == words
