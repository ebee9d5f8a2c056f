"""Ladders of hyphens: paragraphs are set again until there is none."""

import io

import pikepdf
from small_house import paragraph, section

from engross.check.setting import lines, measures
from engross.make.typeset.engine import ladders
from engross.make.typeset.joining.join import Plan, join
from engross.make.typeset.values import Unit

LONG = (
    "representations international understanding considerations administration responsibility "
    "notwithstanding interpretations negotiations fundamentally communications establishment "
)
NARROW = "@page { size: 2.6in 7in } html { hyphenate-limit-chars: 5 2 2 }"


def most(press, sheet: str) -> str:  # type: ignore[no-untyped-def]
    body = paragraph("t", 1, LONG * 6)
    made = press(Unit("t", section("t", body), "en", "T"), sheet=sheet)
    with pikepdf.open(io.BytesIO(join(made, Plan("screen", "T")))) as pdf:
        return measures.hyphens(lines.read(pdf).lines).text


def test_no_more_than_two_lines_in_a_row_end_with_a_hyphen(press) -> None:  # type: ignore[no-untyped-def]
    stubborn = "p { hyphens: auto !important; hyphenate-limit-chars: 5 2 2 !important }"
    assert most(press, NARROW + stubborn) == "at most 5 hyphens in a row"
    assert most(press, NARROW) in {f"at most {n} hyphens in a row" for n in range(3)}


def test_each_attempt_divides_fewer_words() -> None:
    from xml.etree import ElementTree

    for count, style in (
        (1, "hyphenate-limit-chars: 7 4 4"),
        (3, "hyphens: manual"),
        (9, "hyphens: manual"),
    ):
        root = ElementTree.fromstring(
            '<body><p data-address="t#p-001" style="color: red"/><p/></body>'
        )
        ladders.loosen(root, {"t#p-001": count})
        assert root[0].get("style") == f"color: red; {style}"
        assert root[1].get("style") is None
