"""Long notes use the margin of quiet blocks; nothing cuts them to a number of lines."""

from lxml import etree

from engross.make.markup import opened
from engross.make.web.beside import place_notes
from engross.render.sheets import styles

CALL = '<a class="noteref" id="call-{0}" href="#note-{0}"><sup>1</sup></a>'


def placed(words: str, *blocks: str) -> etree._Element:
    """A text of some blocks, of which those that end with a name call its note, of these words."""
    text, notes = "", ""
    for nth, block in enumerate(blocks):
        told, _, name = block.partition("^")
        text += f'<p id="b{nth}">{told}{CALL.format(name) if name else ""}</p>'
        notes += f'<aside id="note-{name}">{words}</aside>' if name else ""
    section = opened(
        f'<section><div class="text">{text}</div><section class="notes">{notes}</section></section>'
    )
    place_notes(section, "Close", "more")
    return section


def rows(section: etree._Element) -> list[list[str]]:
    """Of each row its blocks, and its notes; one that is cut has a star."""
    return [
        [
            *(block.get("id", "") for block in row[:-1]),
            *(f"{note.get('id')}{'*' if note.get('class') else ''}" for note in row[-1]),
        ]
        for row in section.iterfind(".//div[@class='beside']")
    ]


LINES = "letters and letters and letters of a text that goes on and on " * 20
LONG = "words of a long note " * 20


def test_a_long_note_goes_on_beside_a_block_that_calls_none() -> None:
    assert rows(placed(LONG, "One^x", LINES, f"{LINES}^y")) == [
        ["b0", "b1", "note-x"],
        ["b2", "note-y"],
    ]


def test_a_long_note_of_a_heading_goes_on_beside_a_block_that_has_notes_itself() -> None:
    assert rows(placed(LONG, "One^x", f"{LINES}^y", LINES)) == [["b0", "b1", "note-x", "note-y"]]


def test_a_short_note_stands_directly_behind_its_block() -> None:
    assert rows(placed("Short.", "One^x", "Two", "Three^y")) == [["b0", "note-x"], ["b2", "note-y"]]


def test_a_note_that_has_no_room_says_that_there_is_more() -> None:
    section = placed(LONG, "One^x", "Two^y")
    assert rows(section) == [["b0", "b1", "note-x*", "note-y*"]]
    links = [(one.get("href"), one.text) for one in section.iter("a") if one.get("class") == "more"]
    assert links == [("#note-x", "more"), ("#note-y", "more")]


def test_no_sheet_keeps_words_on_one_line_or_cuts_notes_to_lines() -> None:
    for medium in ("epub", "web"):
        rules = [rule for rule in styles("documentary", medium).split("}") if "{" in rule]
        bound = [rule for rule in rules if rule.split("{")[0].strip().endswith(".bound")]
        assert bound
        assert all("nowrap" not in rule for rule in bound)
        long = [rule for rule in rules if rule.split("{")[0].strip().endswith(".long")]
        assert all("max-height" not in rule for rule in long)
