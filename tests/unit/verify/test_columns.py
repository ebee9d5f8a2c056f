"""The index stands in columns: its next line may be the head of the next one."""

from dataclasses import replace

from engross.verify.furniture import Section
from engross.verify.pages import PageText, Stand
from engross.verify.places import misplaced
from engross.verify.script import Part, SectionScript
from engross.verify.streams import write_streams
from engross.verify.ways import Step

LINES = ("Coal,3", "Timber.SeeTrade")
AWAY = [("P007", "page 7: 'Timber.SeeTrade' is not where it is read")]


def told(kind: str, second: Stand) -> list[tuple[str, str]]:
    parts = [Part("sign", words) for words in LINES]
    section = Section("x", kind, "X", "X", False, (), (), ())
    streams = write_streams([SectionScript(section, parts)])
    stands = (Stand(10, 40, 500), second)
    steps = [
        Step("line", at, words, 0, None, stream="body", line=number)
        for number, (at, words) in enumerate(zip((0, len(LINES[0])), LINES, strict=True))
    ]
    return list(misplaced(steps, streams, [PageText(LINES, stands, ())], ["7"]))


def test_the_next_column_begins_higher_and_to_the_right() -> None:
    head = Stand(200, 240, 600)
    assert told("index", head) == []
    assert told("prose", head) == AWAY
    assert told("index", replace(head, left=10, right=50)) == AWAY
