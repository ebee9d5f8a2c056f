"""What a book's own templates and sheets may do to pages, and what they may not."""

import pytest

from engross.language import Words
from engross.verify.cascade import Drawn
from engross.verify.furniture import Item, Section, Sign
from engross.verify.interleave import interleave
from engross.verify.judge import Fact, Judge, Vocabulary
from engross.verify.pages import PageText, Stand
from engross.verify.report import Log
from engross.verify.script import Part, SectionScript
from engross.verify.streams import write_streams
from engross.verify.ways import Read

SHEET = (
    'h1 { text-transform: uppercase } h1::after { content: "\\2766" } p::before { content: "?" }'
)


def told(words: list[str], facts: list[Fact]) -> list[str]:
    """What is wrong with an imprint of a book's own design that says these words."""
    items = tuple(Item(sign=Sign("text", one)) for one in words)
    section = Section("imprint", "imprint", "Imprint", "", True, items, (), ())
    log = Log("evidence")
    Judge(section, Vocabulary(Words("en"), ("fond<b>opis<b>",)), log, own=True).judge(facts)
    return [found.message for found in log.findings]


SAID = (("text", "Straße"), ("text", "Next"))
NUMBERS = [
    Fact("Version 8", loose="8"),
    Fact("ISBN 978-3-16-148410-0", loose="978-3-16-148410-0"),
]


@pytest.mark.parametrize("turn", [1, -1])
def test_a_short_number_is_not_looked_for_within_a_long_one(turn: int) -> None:
    assert told(["ISBN 978-3-16-148410-0", "8"][::turn], NUMBERS) == []


def test_a_number_that_stands_nowhere_is_missed() -> None:
    assert told(["ISBN 978-3-16-148410-0"], NUMBERS) == [
        "'imprint' does not say 'Version 8' behind 'ISBN 978-3-16-148410-0'"
    ]


def test_numbers_of_an_archive_keep_their_order_in_any_design() -> None:
    facts = [Fact("f. 52", loose="52"), Fact("op. 1", loose="1", follows=True)]
    assert told(["fond 52", "opis 1"], facts) == []
    assert "'imprint' does not say 'op. 1' behind 'f. 52'" in told(["fond 1", "opis 52"], facts)


def test_a_register_keeps_its_order_in_any_design() -> None:
    items = tuple(Item(sign=Sign("text", one)) for one in ("MID", "Ministry", "CC", "Committee"))
    section = Section("abbreviations", "abbreviations", "", "", False, items, (), ())
    log = Log("evidence")
    facts = [Fact(one) for one in ("MID", "Committee", "CC", "Ministry")]
    Judge(section, Vocabulary(Words("en")), log, own=True).judge(facts)
    assert log.findings


def test_a_person_has_no_other_part_in_any_design() -> None:
    fact = Fact("Edited by Ada", loose="Ada", never=("Translated by Ada",))
    assert told(["Ada"], [fact]) == []
    assert told(["Translated by Ada"], [fact]) == [
        "'imprint' does not say 'Edited by Ada' behind 'Translated by Ada'"
    ]


def test_ornaments_are_no_words_and_no_signs() -> None:
    assert Drawn.by([SHEET]) == Drawn("\u2766", cased=True)


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["straße", "next"], True),
        (["STRASSE\u2766", "NEXT"], True),
        (["\u2766", "Straße", "\u2766Next"], True),
        (["Strasse?", "Next"], False),
        (["Strase", "Next"], False),
    ],
)
def test_case_and_ornaments_of_own_sheets_are_read(lines: list[str], read: bool) -> None:
    section = Section("a", "prose", "A", "A", False, (), (), ())
    parts = [
        Part("begin", "a#p", "a#p"),
        Part("text", "Straße", "a#p"),
        Part("text", "Next", "a#p"),
    ]
    drawn = Drawn.by([SHEET])
    streams = write_streams([SectionScript(section, parts)], drawn=drawn)
    page = PageText(tuple(lines), tuple(Stand(0, 1, 0) for _ in lines), ()).folded()
    found = interleave([page], ["1"], [frozenset()], streams, drawn.signs)
    assert isinstance(found, Read) is read


def test_a_large_first_letter_may_be_drawn_before_the_page() -> None:
    section = Section("a", "prose", "A", "A", False, (), (), ())
    parts = [
        Part("begin", "a#p", "a#p"),
        Part("text", "There", "a#p"),
        Part("end", "a#p", "a#p"),
        Part("begin", "a#q", "a#q"),
        Part("text", "Then", "a#q"),
    ]
    lines = ("T", "There", "hen")
    page = PageText(lines, tuple(Stand(0, 1, 0) for _ in lines), ())
    drawn = Drawn.by(["p:first-letter { float: left }"])
    for sheets, read in ((drawn, True), (Drawn(), False)):
        streams = write_streams([SectionScript(section, parts)], drawn=sheets)
        found = interleave([page], ["1"], [frozenset()], streams)
        assert isinstance(found, Read) is read
