"""Lines are text: verse, hard breaks, and what a page says of them."""

from engross.ledger.anchor import Span, locate
from engross.model.text import Division, Leaf, Point, Run
from engross.parse.markdown import parse_markdown
from engross.render.inlines import Span as Node
from engross.render.inlines import lines, nest
from engross.schema.base import Anchor
from engross.verify.files import _run_together
from engross.verify.pieces import Said

POEM = """::: verse {lines=2}
    First *line
      second* line

    Third
        deep
:::
"""


def stanzas(text: str) -> list[Leaf]:
    (poem,) = parse_markdown(text, "poem.md", dialect="transcript").blocks
    assert isinstance(poem, Division)
    assert poem.role == "verse"
    return [leaf for leaf in poem.blocks if isinstance(leaf, Leaf)]


def begun(leaf: Leaf) -> list[tuple[str, str, str]]:
    points = [item for item in leaf.content if isinstance(item, Point)]
    return [(point.get("indent"), point.get("n"), point.get("number")) for point in points]


def test_verse_keeps_lines_stanzas_and_indents_and_counts_through_the_poem() -> None:
    first, second = stanzas(POEM)
    assert first.text == "First line second line"
    assert begun(first) == [("", "1", ""), ("1", "2", "2")]
    assert begun(second) == [("", "3", ""), ("2", "4", "4")]


def test_a_mark_that_runs_over_a_line_is_set_in_both() -> None:
    first, _ = stanzas(POEM)
    rows = lines(nest(first.content, verse=True))
    assert [type(node) for node in rows[0][1]][1] is Node
    assert [point.get("n") for point, _ in rows] == ["1", "2"]


def test_a_hard_break_is_a_space_to_a_quotation() -> None:
    (leaf,) = parse_markdown("the river\\\nand left", "t.md", dialect="transcript").blocks
    assert isinstance(leaf, Leaf)
    assert leaf.content == (Run("the river "), Point("line"), Run("and left"))
    found = locate(Anchor(exact="river and left"), {"p-001": leaf.text})
    assert found == Span("p-001", 4, 18)


def test_lines_that_run_together_are_told() -> None:
    said = Said("the river and left", breaks=(8,))
    assert _run_together(said, "the river \vand left") == ""
    assert _run_together(said, "the river and left") == "'andleft' should begin a line"
    assert _run_together(said, "the \vriver \vand left") == "'riverandleft' should not begin a line"


def test_code_and_deep_indents_are_text() -> None:
    body = parse_markdown("a `b` c\n\n    four spaces\n\n```\nx\n```", "t.md", dialect="transcript")
    found = [leaf.text for leaf in body.blocks if isinstance(leaf, Leaf)]
    assert found == ["a `b` c", "four spaces", "``` x ```"]
