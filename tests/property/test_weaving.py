"""The promise of the product: weaving never changes the document."""

from hypothesis import given
from hypothesis import strategies as st

from engross.assemble.weave import apply_edits, insert_point, split
from engross.ledger.anchor import Span
from engross.ledger.edits import Edit, corrected
from engross.model.text import Inline, Leaf, Mark, Point, Run, leaves, plain
from engross.schema.ledger import Correction

MARKS = st.lists(st.sampled_from([Mark("emphasis"), Mark("strong")]), max_size=2).map(tuple)
RUNS = st.builds(Run, st.text(min_size=1, max_size=12), MARKS)
POINTS = st.just(Point("line"))
CONTENT = st.lists(st.one_of(RUNS, POINTS), min_size=1, max_size=8).map(tuple)


@given(CONTENT, st.data())
def test_splitting_at_any_place_loses_nothing(content: tuple[Inline, ...], data: st.DataObject):
    offset = data.draw(st.integers(0, len(plain(content))))
    head, tail = split(content, offset)
    assert plain(head) + plain(tail) == plain(content)
    assert len(plain(head)) == offset
    count = sum(isinstance(item, Point) for item in content)
    assert sum(isinstance(item, Point) for item in (*head, *tail)) == count


@given(CONTENT, st.data())
def test_setting_notes_never_changes_the_text(content: tuple[Inline, ...], data: st.DataObject):
    text = plain(content)
    offsets = data.draw(st.lists(st.integers(0, len(text)), max_size=6))
    woven = content
    for number, offset in enumerate(offsets):
        woven = insert_point(woven, offset, Point("note", (("id", f"n{number}"),)))
        at = next(
            i
            for i, item in enumerate(woven)
            if item.__class__ is Point and item.get("id") == f"n{number}"
        )
        assert plain(woven[:at]) == text[:offset]
    assert plain(woven) == text


def correction(number: int, span: Span, read: str | None) -> Correction:
    return Correction.model_validate(
        {
            "id": f"C-{number:04d}",
            "status": "verified",
            "kind": "transcription",
            "class": "accidental",
            "at": {"address": "a", "exact": "x"},
            "read": read,
            "join": "next" if read is None else None,
            "reason": "r",
        }
    )


@st.composite
def corrected_texts(draw: st.DrawFn) -> tuple[list[tuple[Inline, ...]], list[Edit]]:
    contents = draw(st.lists(CONTENT, min_size=1, max_size=4))
    edits: list[Edit] = []
    for index, content in enumerate(contents):
        text = plain(content)
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            span = Span(f"p-{index + 1:03d}", start, end)
            new = draw(st.text(max_size=6))
            edits.append(Edit(correction(len(edits) + 1, span, new), span, text[start:end], new))
        if index + 1 < len(contents) and draw(st.booleans()):
            span = Span(f"p-{index + 1:03d}", len(text), len(text))
            edits.append(Edit(correction(len(edits) + 1, span, None), span, "", ""))
    return contents, draw(st.permutations(edits))


@given(corrected_texts())
def test_the_tree_and_the_plain_text_are_corrected_alike_in_any_order(case) -> None:
    contents, edits = case
    blocks = tuple(
        Leaf(f"p-{index + 1:03d}", "paragraph", content) for index, content in enumerate(contents)
    )
    texts = {leaf.id: leaf.text for leaf in leaves(blocks)}
    tree = {leaf.id: leaf.text for leaf in leaves(apply_edits(blocks, edits))}
    assert tree == corrected(texts, edits)
