"""What a newcomer is told: of an open quotation mark, of many matches, of a printer; to search."""

import json
from pathlib import Path

import pytest
from tests.small import judged, small
from typer.testing import CliRunner

from engross.catalog import codes
from engross.cli.app import app
from engross.ledger.anchor import Ambiguous, contexts, locate
from engross.model.source import SourceFile
from engross.parse.yaml import Yaml, parse_yaml
from engross.schema.base import Anchor
from engross.schema.manifest import GENERATED


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a: 1\nb: "open\nc: 2\nd: "closed"\n', "m.yaml:2:4"),
        ("a:\n  - 'open\n  - b: c\n    d: 'e'\n", "m.yaml:2:5"),
        ('a: {b: "open}\nc: "d"\n', "m.yaml:1:8"),
    ],
)
def test_an_open_quotation_mark_is_told_where_it_opens(text: str, place: str) -> None:
    found = parse_yaml(SourceFile.of("m.yaml", text.encode()))
    assert not isinstance(found, Yaml)
    assert [(one.code, str(one.place), one.message) for one in found] == [
        ("M010", place, "a quotation mark opens here and is not closed")
    ]


def test_a_text_of_several_lines_in_quotation_marks_is_none() -> None:
    text = 'a: "one\n  two: three\n  four"\nb: c\n'
    assert isinstance(parse_yaml(SourceFile.of("m.yaml", text.encode())), Yaml)


def test_five_matches_are_named_and_the_rest_counted() -> None:
    texts = {"p-001": "ab " * 9}
    match = locate(Anchor(exact="ab"), texts)
    assert isinstance(match, Ambiguous)
    said = contexts(match.spans, texts).split("; ")
    assert len(said) == 6
    assert said[-1] == "and 4 more"


def test_an_unknown_printer_is_told_before_anything_is_made(tmp_path: Path) -> None:
    small(tmp_path, "document: paper", {}, "print: {profiles: [lulo]}\n")
    (told,) = (one for one in judged(tmp_path)[1] if one.is_error)
    assert (told.code, str(told.place)) == ("W120", "manifest.yaml:6:20")
    assert told.fix.startswith("did you mean 'lulu'? use one of generic,")


def test_explain_finds_codes_by_their_words() -> None:
    done = CliRunner().invoke(app, ["explain", "missing", "face", "--json"])
    found = [entry["code"] for entry in json.loads(done.stdout)["codes"]]
    assert "G002" in found
    assert len(found) < len(codes()) / 10
    done = CliRunner().invoke(app, ["explain", "xyzzy"])
    assert "no finding speaks of 'xyzzy'" in str(done.exception)


def test_explain_lists_the_sections_of_a_book() -> None:
    done = CliRunner().invoke(app, ["explain", "sections", "--json"])
    assert set(json.loads(done.stdout)["sections"]) == set(GENERATED)
