"""Long notes use the margin of quiet blocks; nothing cuts them to a number of lines."""

from lxml import etree

from engross.make.markup import opened
from engross.make.web.beside import place_notes
from engross.render.sheets import styles

CALL = '<a class="noteref" id="call-{0}" href="#note-{0}"><sup>1</sup></a>'


def placed(words: str) -> etree._Element:
    section = opened(
        f'<section><div class="text"><p id="a">One{CALL.format("x")}</p><p id="b">Two</p>'
        f'<p id="c">Three{CALL.format("y")}</p></div><section class="notes">'
        f'<aside id="note-x">{words}</aside><aside id="note-y">Short.</aside></section></section>'
    )
    place_notes(section, "Close")
    return section


def test_a_long_note_goes_on_beside_a_block_that_calls_none() -> None:
    first, second = placed("long " * 60).findall(".//div[@class='beside']")
    assert [one.get("id") or one.get("class") for one in first] == ["a", "b", "notes-beside"]
    assert [one.get("id") or one.get("class") for one in second] == ["c", "notes-beside"]


def test_a_short_note_stands_directly_behind_its_block() -> None:
    first = placed("Short.").find(".//div[@class='beside']")
    assert first is not None
    assert [one.get("id") or one.get("class") for one in first] == ["a", "notes-beside"]


def test_no_sheet_keeps_words_on_one_line_or_cuts_notes_to_lines() -> None:
    for medium in ("epub", "web"):
        rules = [rule for rule in styles("documentary", medium).split("}") if "{" in rule]
        bound = [rule for rule in rules if rule.split("{")[0].strip().endswith(".bound")]
        assert bound
        assert all("nowrap" not in rule for rule in bound)
        long = [rule for rule in rules if rule.split("{")[0].strip().endswith(".long")]
        assert all("max-height" not in rule for rule in long)
