"""Corrections that do not overlap give one text, in any order, each exactly once."""

from hypothesis import given
from hypothesis import strategies as st

from engross.ledger.anchor import Span, locate
from engross.ledger.edits import corrected, place_corrections
from engross.ledger.entries import Entries
from engross.model.finding import Place
from engross.schema.ledger import Correction

LETTERS = st.text("abcdef éя", min_size=1, max_size=40).filter(
    lambda text: " ".join(text.split()) == text
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, str], list[Correction], dict[str, str]]:
    """Texts, corrections that do not overlap, and the text that they give, built by hand."""
    texts: dict[str, str] = {}
    wanted: dict[str, str] = {}
    entries: list[Correction] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        block, text = f"p-{number:03d}", draw(LETTERS)
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
        position, result = 0, ""
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            new = draw(st.text("xyz ", max_size=4))
            if new == text[start:end]:
                continue
            result += text[position:start] + new
            position = end
            at = {
                "address": "a",
                "block": block,
                "prefix": text[:start],
                "exact": text[start:end],
                "suffix": text[end:],
            }
            entries.append(entry(len(entries) + 1, at, new))
        texts[block], wanted[block] = text, result + text[position:]
    return texts, entries, wanted


def entry(number: int, at: dict[str, str], read: str) -> Correction:
    return Correction.model_validate(
        {
            "id": f"C-{number:04d}",
            "status": "verified",
            "kind": "transcription",
            "class": "accidental",
            "at": at,
            "read": read,
            "reason": "r",
        }
    )


@given(cases(), st.data())
def test_any_order_of_corrections_gives_the_text_that_each_applied_once_gives(
    case: tuple[dict[str, str], list[Correction], dict[str, str]], data: st.DataObject
) -> None:
    texts, entries, wanted = case
    for order in (entries, data.draw(st.permutations(entries))):
        placed = place_corrections("a", texts, Entries((one, Place()) for one in order))
        assert placed.findings == ()
        assert [edit.correction.id for edit in placed.edits] == [one.id for one in entries]
        assert corrected(texts, placed.edits) == wanted


@given(cases())
def test_every_quotation_finds_exactly_the_words_that_it_quotes(
    case: tuple[dict[str, str], list[Correction], dict[str, str]],
) -> None:
    texts, entries, _ = case
    for one in entries:
        span = locate(one.at, texts)
        assert isinstance(span, Span)
        assert span.start == len(one.at.prefix)
        assert texts[span.block][span.start : span.end] == one.at.exact
