"""Strict YAML: what it takes, what it refuses, and where it says so."""

import pytest

from engross.catalog import entry
from engross.model.source import SourceFile
from engross.parse.yaml import Spot, Yaml, parse_yaml


def read(text: str) -> Yaml:
    got = parse_yaml(SourceFile.of("manifest.yaml", text.encode()))
    assert isinstance(got, Yaml), "\n".join(str(found) for found in got)
    return got


def refusals(text: str) -> list[str]:
    got = parse_yaml(SourceFile.of("manifest.yaml", text.encode()))
    assert not isinstance(got, Yaml), f"read as {got.value}"
    return [f"{entry(found.code).exit_status} {found}" for found in got]


def test_every_scalar_is_text() -> None:
    text = "a: NO\nb: 1.10\nc: 12:30\nd: 010\ne: 1961-09-14\nf: true\ng: .inf\nh: 0x1F\n"
    assert read(text).value == {
        "a": "NO",
        "b": "1.10",
        "c": "12:30",
        "d": "010",
        "e": "1961-09-14",
        "f": "true",
        "g": ".inf",
        "h": "0x1F",
    }


def test_an_empty_value_is_none_and_a_quoted_one_is_text() -> None:
    assert read("a:\nb: null\nc: ~\nd: ''\ne: 'null'\nf: [x, ~]\n").value == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "null",
        "f": ["x", None],
    }


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\ufeff"])
def test_a_file_without_content_is_none(text: str) -> None:
    assert read(text).value is None


def test_places_of_keys_and_values_count_characters_from_one() -> None:
    got = read("title: A\nnotes:\n  - id: Хрущёв\n    at: {exact: 'Курилы', block: p-001}\n")
    assert got.spots[()] == Spot((1, 1), (1, 1))
    assert got.spots["title",] == Spot((1, 1), (1, 8))
    assert got.spots["notes",] == Spot((2, 1), (3, 3))
    assert got.spots["notes", 0] == Spot((3, 5), (3, 5))
    assert got.spots["notes", 0, "at", "exact"] == Spot((4, 10), (4, 17))
    assert got.spots["notes", 0, "at", "block"] == Spot((4, 27), (4, 34))


def test_block_texts_keep_their_lines_and_their_tabs() -> None:
    assert read("a: |\n  one\n  \ttwo\n  --- three\nb: >-\n  four\n  five\n").value == {
        "a": "one\n\ttwo\n--- three\n",
        "b": "four five",
    }


def test_all_faults_of_meaning_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "title: &t A\n"
        "short: *t\n"
        "title: B\n"
        "<<: {x: y}\n"
        "object: !!python/name:os.system x\n"
        "local: !mine y\n"
        "? [a, b]\n"
        ": c\n"
        "people: [{name: x, name: y}]\n"
    )
    quoted = "put the value in quotation marks if the"
    assert refusals(text) == [
        (
            "3 manifest.yaml:1:8: M005 '&t' is an anchor; anchors are not allowed\n"
            f"    fix: delete it, or {quoted} ampersand is text"
        ),
        (
            "3 manifest.yaml:2:8: M005 '*t' is an alias; aliases are not allowed\n"
            "    fix: write the value out again, or in quotation marks if the asterisk is text"
        ),
        (
            "3 manifest.yaml:3:1: M004 key 'title' stands twice, in line 1 and in line 3\n"
            "    fix: delete one of the two"
        ),
        (
            "3 manifest.yaml:4:1: M007 '<<' merges another mapping; merge keys are not allowed\n"
            "    fix: write the keys out"
        ),
        (
            "3 manifest.yaml:5:9: M006 '!!python/name:os.system' is a tag; tags are not allowed\n"
            f"    fix: delete it, or {quoted} exclamation mark is text"
        ),
        (
            "3 manifest.yaml:6:8: M006 '!mine' is a tag; tags are not allowed\n"
            f"    fix: delete it, or {quoted} exclamation mark is text"
        ),
        (
            "3 manifest.yaml:7:3: M010 a key is not plain text\n"
            "    fix: write the key as a word; put text that begins with [ or { in quotation marks"
        ),
        (
            "3 manifest.yaml:9:20: M004 key 'name' stands twice, in line 9 and in line 9\n"
            "    fix: delete one of the two"
        ),
    ]


def test_a_bomb_of_aliases_and_a_cycle_end_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"a{n}: &a{n} [*a, *a]\n" for n in range(50))
    assert {line.split()[2] for line in refusals(bomb)} == {"M005"}
    assert {line.split()[2] for line in refusals("a: &a [*a]\n")} == {"M005"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: b\n\tc: d\n", ["2:1"]),
        ("a:\n\tb: c\n", ["2:1"]),
        ("a:\n  b: c\n \td: e\n", ["3:2"]),
        ("a: b\n\n\t# comment\nc: d\n", ["3:1"]),
    ],
)
def test_a_tab_in_the_indentation_is_refused(text: str, places: list[str]) -> None:
    lines = [place.split(":")[0] for place in places]
    assert refusals(text) == [
        f"3 manifest.yaml:{place}: M008 line {line}: tab\n    fix: indent with spaces"
        for place, line in zip(places, lines, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "a: b\n---\nc: d\n",
            (
                "2:1: M009 a second YAML document begins here\n"
                "    fix: delete the line '---', or put the rest into a file of its own"
            ),
        ),
        (
            "a: The Kuriles: a memorandum\n",
            (
                "1:15: M010 a colon stands where it cannot: the line reads as a key within a "
                "value\n"
                "    fix: put a text that contains ': ' in quotation marks, or fix the indentation"
            ),
        ),
        (
            "a: b\nc\nd: e\n",
            (
                "3:1: M010 a key has no colon\n"
                "    fix: write 'key: value', or indent the line if it continues a text"
            ),
        ),
        (
            "a: 'it's'\n",
            (
                "1:8: M010 the line fits neither the mapping nor the list that began in line 1\n"
                "    fix: align it with its neighbours; put a text with quotation marks in one "
                "pair of them"
            ),
        ),
        (
            "a: 'b\nc: d\n",
            (
                "3:1: M010 quotation marks or brackets that opened in line 1 are never closed\n"
                "    fix: close them"
            ),
        ),
        (
            "a: [b\nc: d\n",
            (
                "2:2: M010 brackets that opened in line 1 are not closed, or a comma is missing\n"
                "    fix: close them, or put a text that begins with [ or { in quotation marks"
            ),
        ),
        (
            "- a\nb: c\n",
            (
                "2:1: M010 the line does not belong to the list that began in line 1\n"
                "    fix: begin it with '- ', or align it with the list's owner"
            ),
        ),
        (
            "a: @b\n",
            (
                "1:4: M010 a value cannot begin with this character\n"
                "    fix: put the text in quotation marks"
            ),
        ),
        (
            "a: - b\n",
            (
                "1:4: M010 a list begins in the line of its key\n"
                "    fix: begin the list in the next line, or put a text that begins with '- ' in "
                "quotation marks"
            ),
        ),
        (
            "  a: b\n c: d\n",
            (
                "2:2: M010 the line stands outside the mapping that went before\n"
                "    fix: align it with the other keys of the file"
            ),
        ),
        (
            'a: "\\q"\n',
            (
                "1:5: M010 a backslash in double quotation marks begins an escape that YAML does "
                "not know\n    fix: use single quotation marks, or write the backslash twice"
            ),
        ),
        (
            "'': b\n",
            "1:1: M010 a key is empty\n    fix: write the key before the colon",
        ),
    ],
)
def test_a_fault_of_syntax_is_told_in_plain_words(text: str, wanted: str) -> None:
    assert refusals(text) == [f"3 manifest.yaml:{wanted}"]


@pytest.mark.parametrize("text", ["[" * 3000, "a: " + "{b: " * 3000, "- " * 3000])
def test_nesting_beyond_the_limit_is_refused_whatever_its_form(text: str) -> None:
    (only,) = refusals(text)
    assert only.startswith("8 manifest.yaml:1:")
    assert only.endswith(
        ": X011 mappings and lists stand more than 20 deep in each other\n"
        "    fix: write it flatter, or run with ENGROSS_LIMITS=nesting=40"
    )


def test_twenty_levels_are_allowed() -> None:
    assert read("[" * 20 + "]" * 20).spots[(0,) * 19] == Spot((1, 20), (1, 20))


@pytest.mark.parametrize(
    ("escape", "name"), [("\\0", "U+0000"), ("\\L", "U+2028"), ("\\r", "U+000D")]
)
def test_an_escape_brings_nothing_in_that_a_file_may_not_hold(escape: str, name: str) -> None:
    assert refusals(f'a: b\nc: "x{escape}"\n') == [
        (
            f"3 manifest.yaml:2:4: F011 an escape stands for {name}, which no edition can print\n"
            "    fix: delete it; write a new line as \\n"
        )
    ]


def test_bytes_that_are_not_text_are_refused_before_yaml_is_asked() -> None:
    got = parse_yaml(SourceFile.of("manifest.yaml", b"a: b\nc: \x07\n"))
    assert [str(found) for found in got] == [
        (
            "manifest.yaml:2:4: F011 U+0007 is a control character that no edition can print\n"
            "    fix: delete it; it is often a leftover of a word processor"
        )
    ]
