"""Whether an original begins on the page of the text that it faces."""

from engross.verify.pdf import PageMap, facing_faults
from engross.verify.streams import Stream, Streams

TEXT = Stream("body", "a" * 30, [(0, "log#p-001"), (10, "log#p-002"), (20, "log#p-003")])
ORIGINAL = Stream(
    "facing",
    "b" * 30,
    [(0, "log/original#p-001"), (10, "log/original#p-002"), (20, "log/original#p-003")],
)
FACES = {f"log/original#p-00{n}": (f"log#p-00{n}", False) for n in (1, 2, 3)}


def faults(text_ends: tuple[int, ...], original_ends: tuple[int, ...]) -> list[tuple[str, str]]:
    streams = Streams(TEXT, Stream("notes"), [], [], [], [], [], facing=ORIGINAL)
    maps = PageMap(text_ends), PageMap(original_ends)
    return list(facing_faults(streams, *maps, ("4", "5"), FACES))


def test_rows_that_turn_the_page_together_are_right_though_one_text_is_longer() -> None:
    assert faults((17, 30), (12, 30)) == []


def test_an_original_on_another_page_is_told_with_both_pages() -> None:
    assert faults((8, 30), (12, 30)) == [
        (
            "P016",
            "log/original#p-002 begins on page 4, and log#p-002, which it faces, on page 5",
        )
    ]
