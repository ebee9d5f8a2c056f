"""Lines are planned for whole paragraphs: few hyphens, no ladder, no loose line."""

import inspect
import io
import re
from itertools import groupby
from types import SimpleNamespace

import pikepdf
import pytest
from tests.unit.typeset.small_house import paragraph, section

from engross.check.setting import lines, measures
from engross.make.typeset.values import Plan, Unit
from engross.make.typeset.writing.write import write

LONG = (
    "representations international understanding considerations administration responsibility "
    "notwithstanding interpretations negotiations fundamentally communications establishment "
)
NARROW = "@page { size: 2.6in 7in } html { hyphenate-limit-chars: 5 2 2 }"


def test_no_more_than_two_lines_in_a_row_end_with_a_hyphen(press) -> None:  # type: ignore[no-untyped-def]
    body = paragraph("t", 1, LONG * 6)
    made = press(Unit("t", section("t", body), "en", "T"), sheet=NARROW)
    with pikepdf.open(io.BytesIO(write(made, Plan("screen", "T")))) as pdf:
        assert measures.hyphens(lines.read(pdf).lines).text in {
            f"at most {n} hyphens in a row" for n in (1, 2)
        }


def test_no_more_than_two_lines_of_an_address_end_with_its_own_hyphens(press) -> None:  # type: ignore[no-untyped-def]
    pieces = ["digitalarchive.", "example.org/", "document/", "record-", "conversation-", "ns-"]
    pieces += ["khrushchev-", "prominent-", "political-", "figure-", "japan-", "m-", "suzuki-"]
    address = f'<span class="web-address">{"<wbr/>".join([*pieces, "1960."])}</span>'
    body = f'<p data-address="t#p-001">Digital Archive. {address}</p>'
    sheet = "@page { size: 3.4in 7in } p { text-align: left } .web-address { hyphens: none }"
    made = press(Unit("t", section("t", body), "en", "T"), sheet=sheet)
    with pikepdf.open(io.BytesIO(write(made, Plan("screen", "T")))) as pdf:
        ends = [line.text.rstrip("\u200b").endswith("-") for line in lines.read(pdf).lines]
    assert max(len(list(run)) for hyphen, run in groupby(ends) if hyphen) == 2


@pytest.mark.parametrize(("words", "ends"), [("Khru-shchev", {"Khru‐"}), ("Khrushchev", set())])
def test_a_house_divides_a_name_where_it_says(press, words: str, ends: set[str]) -> None:  # type: ignore[no-untyped-def]
    body = paragraph("t", 1, "Khrushchev " * 40)
    sheet = f'@page {{ size: 2.6in 7in }} :root {{ --divided-words: "{words}" }}'
    made = press(Unit("t", section("t", body), "en", "T"), sheet=sheet)
    with pikepdf.open(io.BytesIO(write(made, Plan("screen", "T")))) as pdf:
        last = {line.text.split()[-1] for line in lines.read(pdf).lines if line.text.strip()}
    assert {word for word in last if word.endswith("‐")} == ends


def test_what_a_text_is_remembered_by_is_all_that_the_engine_looks_at() -> None:
    from weasyprint.text import fonts as theirs
    from weasyprint.text import line_break

    from engross.make.typeset.engine.metrics import STYLE

    source = inspect.getsource(line_break) + inspect.getsource(theirs.get_font_description)
    assert set(re.findall(r"style\['(\w+)'\]", source)) == set(STYLE)


def test_a_text_that_collapses_to_nothing_has_no_runs() -> None:
    from engross.make.typeset.engine.metrics import ffi, runs

    assert runs(SimpleNamespace(runs=ffi.NULL)) == []


@pytest.mark.parametrize(
    ("around", "tied"),
    [
        ("to N.S. K", True), ("of V. P", True), ("cf. doc. 3", True), ("see ¶ 9", True),
        ("№ 5", True), ("the end. A", False), ("in 1961. 1", False), ("war and p", False),
        ("nation. 5", False),
    ],
)  # fmt: skip
def test_a_line_parts_initials_from_their_name_and_numbers_from_their_word_at_a_price(
    around: str, tied: bool
) -> None:
    from engross.make.typeset.engine.places import TIED

    assert bool(TIED(around[-8:])) == tied


@pytest.mark.parametrize("align", ["center", "left"])
def test_the_lines_of_a_heading_are_as_even_as_its_words_let_them_be(press, align: str) -> None:  # type: ignore[no-untyped-def]
    head = '<h1 data-address="t#h">Khrushchev Receives the Ambassador of Japan in Moscow</h1>'
    found = {}
    for even in (0, 1):
        sheet = f"h1 {{ font-size: 15pt; text-align: {align}; --balanced: {even}; hyphens: none }}"
        made = press(Unit("t", section("t", head), "en", "T"), sheet=sheet)
        with pikepdf.open(io.BytesIO(write(made, Plan("screen", "T")))) as pdf:
            found[even] = [line for line in lines.read(pdf).lines if line.size > 14]
    assert [line.text.strip() for line in found[0]] == [
        "Khrushchev Receives the Ambassador", "of Japan in Moscow"
    ]  # fmt: skip
    assert [line.text.strip() for line in found[1]] == [
        "Khrushchev Receives the", "Ambassador of Japan in Moscow"
    ]  # fmt: skip
    first, second = found[1]
    assert (first.left > second.left) is (align == "center")
