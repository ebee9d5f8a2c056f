"""A note call that opens its text belongs to the word behind it."""

from dataclasses import replace

from engross.verify.furniture import Section
from engross.verify.pages import PageText, Stand
from engross.verify.places import misplaced
from engross.verify.script import Part, SectionScript
from engross.verify.streams import Stream, Streams, write_streams
from engross.verify.ways import Step


def box(left: float, base: float) -> tuple[float, float, float]:
    return (left, left + 5, base)


def streams() -> Streams:
    body = Stream("body", "Ab*Cd", places=[(0, "d#p-001"), (2, "d#p-002")])
    return Streams(body, Stream("notes"), [], [], [], [], [(2, "d/note/n")], opening={2: 3})


def told(call: tuple[float, float, float], *, apart: bool = False) -> list[tuple[str, str]]:
    first = Stand(10, 20, 700, (box(10, 700), box(15, 700)))
    word = (box(10, 600), box(15, 600))
    if apart:
        lines = ("Ab", "*", "Cd")
        stands = (first, Stand(call[0], call[1], call[2], (call,)), Stand(10, 20, 600, word))
        ats = (0, 2, 3)
    else:
        lines = ("Ab", "*Cd")
        stands = (first, Stand(call[0], 20, 600, (call, *word)))
        ats = (0, 2)
    steps = [
        Step("line", at, words, 0, None, stream="body", line=number)
        for number, (at, words) in enumerate(zip(ats, lines, strict=True))
    ]
    return list(misplaced(steps, streams(), [PageText(lines, stands, ())], ["7"]))


ASTRAY = [("P005", "page 7: the call of d/note/n does not stand at its word")]


def test_it_is_in_place_directly_before_its_word() -> None:
    assert told(box(5, 604)) == []
    assert told(box(5, 604), apart=True) == []


def test_it_is_astray_away_from_its_word() -> None:
    assert told(box(-60, 604)) == ASTRAY
    assert told(box(5, 560), apart=True)[-1:] == ASTRAY


def test_a_call_behind_its_word_is_judged_by_the_word_before() -> None:
    known = replace(streams(), opening={})
    line = Stand(10, 25, 700, (box(10, 700), box(15, 700), box(20, 704)))
    steps = [Step("line", 0, "Ab*", 0, None, stream="body", line=0)]
    assert list(misplaced(steps, known, [PageText(("Ab*",), (line,), ())], ["7"])) == []
    away = replace(line, boxes=(*line.boxes[:2], box(60, 704)))
    assert list(misplaced(steps, known, [PageText(("Ab*",), (away,), ())], ["7"])) == ASTRAY


def test_a_call_behind_the_name_of_a_page_opens_its_text_too() -> None:
    parts = [
        Part("begin", "d#p-001", "d#p-001"),
        Part("sign", "[Page 5]", "d#p-001"),
        Part("call", "*", "d#p-001", note="d/note/n"),
        Part("text", "Memorandum", "d#p-001"),
        Part("call", "1", "d#p-001", note="d/note/m"),
    ]
    section = Section("d", "document", "D", "D", False, (), (), ())
    made = write_streams([SectionScript(section, parts)])
    assert made.body.text == "[Page5]*Memorandum1"
    assert made.opening == {7: 8}
