"""The typography of the made book, measured on its PDF."""

from tests.conformance.printed import press, screen

from engross.check.setting import measure


def test_a_tagged_file_is_measured_whole_and_one_without_tags_not_at_all() -> None:
    found = {one.name: one for one in measure(screen())}
    assert list(found) == [
        "grid",
        "facing pages",
        "widows, orphans",
        "headings",
        "hyphens",
        "word spaces",
        "last lines",
        "filled pages",
        "last pages",
        "notes",
        "margin marks",
        "small capitals",
        "figures",
    ]
    assert found["notes"].text.startswith("1 notes: 1 on the page of their call")
    assert all(one.passed for one in found.values())


def test_the_file_for_the_press_measures_like_the_one_for_reading() -> None:
    assert measure(press()) == measure(screen())


def test_measures_are_kept_by_the_digest_of_the_file() -> None:
    class Shelf(dict[str, bytes]):
        def put(self, key: str, body: bytes) -> None:
            self[key] = body

    shelf = Shelf()
    made = measure(screen(), shelf)
    assert measure(screen(), shelf) == made
    assert len(shelf) == 1
    shelf[next(iter(shelf))] = b"[{}]"
    assert measure(screen(), shelf) == made
