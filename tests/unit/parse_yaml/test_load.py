"""A file as its model: every fault of the schema at its line, in an editor's words."""

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.unit.parse_yaml.manifests import GOOD, file, refusals, with_line

from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.parse.words import dotted, listed
from engross.schema.base import Model
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Ledger
from engross.schema.manifest import DocumentSection, Manifest
from engross.schema.notes import Notes
from engross.schema.registers import Index
from engross.schema.registers import Sources as SourceRegister


def test_a_good_file_is_its_model_and_knows_where_everything_stands() -> None:
    got = load(Manifest, file(GOOD))
    assert isinstance(got, Parsed)
    assert got.value.subtitle == ""
    assert got.value.sections[1] == DocumentSection(document="yamada")
    assert got.findings == ()
    assert got.place("rights", "status") == Place("manifest.yaml", 7, 11)
    assert got.place("sections", 2, "id") == Place("manifest.yaml", 13, 9)
    assert got.place("isbn", "epub") == Place("manifest.yaml", 1, 1)
    assert got.place("rights", "terms") == Place("manifest.yaml", 7, 3)


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = """\
edition: Yamada 1961
titel: x
date: 1961-02-30
language: jp
identifier: urn:x
version: 1
isbn: {epub: 978-0-306-40615-8, print: 0-306-40615-2}
rights:
  status: clear
  statement: ""
  terms:
    - a
sections:
  - document: yamada
    id: x
  - prose: introduction.md
  - foo: bar
  - [a]
  - prose: a.md
    id: Büro 2
    role: intro
  -
outputs: epub
accessibility: {evaluated_on: 14 September 1961}
"""
    roles = (
        "'dedication', 'epigraph', 'foreword', 'preface', 'acknowledgements', 'introduction', "
        "'note-on-the-text', 'afterword', 'appendix', 'glossary', 'about' and 'section'"
    )
    assert refusals(Manifest, text) == [
        f"3 manifest.yaml:{place}: {message}\n    fix: {fix}"
        for place, message, fix in [
            ("1:1", "M012 'title' is missing", "add the line 'title:'"),
            (
                "1:10",
                "M016 'edition' is 'Yamada 1961', which is not an id",
                "write 'yamada-1961'",
            ),
            ("2:1", "M011 unknown key 'titel'", "did you mean 'title'?"),
            (
                "3:7",
                "M017 'date' is '1961-02-30', and February 1961 has 28 days",
                "write a day that stands in the calendar",
            ),
            ("4:11", "M018 'language' is 'jp', which is not a language tag", "write 'ja'"),
            (
                "6:10",
                "M021 'version' is '1', which is not a version",
                "write EDITION.CORRECTION, such as '1.0'",
            ),
            (
                "7:14",
                "M019 'isbn.epub' is '978-0-306-40615-8', whose check digit is wrong",
                "copy all 13 digits from the agency's letter",
            ),
            (
                "7:40",
                "M019 'isbn.print' is '0-306-40615-2', which is an ISBN of 10 digits",
                "write '978-0-306-40615-7'",
            ),
            (
                "9:11",
                "M015 'rights.status' is 'clear', which is not one of its choices",
                "did you mean 'cleared'? Possible are 'cleared', 'conditional' and 'pending'",
            ),
            ("10:14", "M014 'rights.statement' is empty", "write its value"),
            (
                "12:5",
                "M013 'rights.terms' must be a text, not a list",
                "write one value; put it in quotation marks if in doubt",
            ),
            ("15:5", "M011 unknown key 'id'", "known here are 'document', 'documents' and 'tei'"),
            ("16:5", "M012 'sections[2].id' is missing", "add the line 'id:'"),
            (
                "17:5",
                "M013 'sections[3]' is a mapping",
                "write a text or a mapping with 'document:' or a mapping with 'opening:' or a "
                "mapping with 'prose:'",
            ),
            (
                "18:5",
                "M013 'sections[4]' is a list",
                "write a text or a mapping with 'document:' or a mapping with 'opening:' or a "
                "mapping with 'prose:'",
            ),
            (
                "20:9",
                "M016 'sections[5].id' is 'Büro 2', which is not an id",
                "write 'buro-2'",
            ),
            (
                "21:11",
                "M015 'sections[5].role' is 'intro', which is not one of its choices",
                f"possible are {roles}",
            ),
            ("22:4", "M014 'sections[6]' is empty", "write its value, or delete the line"),
            (
                "23:10",
                "M013 'outputs' must be a list, not a text",
                "write each item on a line of its own, beginning with '- '",
            ),
            (
                "24:31",
                "M017 'accessibility.evaluated_on' is '14 September 1961', which is not a date",
                "write '1961-09-14'",
            ),
        ]
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "",
            (
                "1:1: M002 manifest.yaml is empty\n    fix: write its keys; needed are 'edition', "
                "'title', 'date', 'identifier', 'rights' and 'sections'"
            ),
        ),
        (
            "- a\n",
            (
                "1:1: M003 the top level of manifest.yaml must be a mapping, not a list\n"
                "    fix: begin with a key, such as 'edition:'"
            ),
        ),
        (
            "a:b\n",
            (
                "1:1: M003 the top level of manifest.yaml must be a mapping, not a text\n"
                "    fix: begin with a key, such as 'edition:'"
            ),
        ),
    ],
)
def test_a_file_without_keys_is_refused(text: str, wanted: str) -> None:
    assert refusals(Manifest, text) == [f"3 manifest.yaml:{wanted}"]


def test_a_register_without_entries_may_be_empty() -> None:
    got = load(Notes, file("# none yet\n"))
    assert isinstance(got, Parsed)
    assert got.value == Notes()


def test_a_needed_key_without_value_is_told_at_its_line() -> None:
    assert refusals(Manifest, with_line("title:")) == [
        "3 manifest.yaml:13:7: M014 'title' is empty\n    fix: write its value"
    ]


@pytest.mark.parametrize(
    ("model", "text", "wanted"),
    [
        (
            Notes,
            "notes:\n  - id: a\n    at: {exact: x, block: 7}\n    text: y\n",
            (
                "3:27: M021 'notes[1].at.block' is '7', which is not a block's id\n"
                "    fix: write 'p-' and the ordinal of three digits: 'p-007'"
            ),
        ),
        (
            Notes,
            "notes:\n  - id: a\n    at: {exakt: x}\n    text: y\n",
            "3:10: M011 unknown key 'exakt'\n    fix: did you mean 'exact'?",
        ),
        (
            Notes,
            "notes: {a: b}\n",
            (
                "1:8: M013 'notes' must be a list, not a mapping\n"
                "    fix: write each item on a line of its own, beginning with '- '"
            ),
        ),
        (
            Notes,
            "notes:\n  - a\n",
            (
                "2:5: M013 'notes[1]' must be a mapping, not a text\n"
                "    fix: write indented 'key: value' lines under it"
            ),
        ),
        (
            SourceRegister,
            "sources:\n  - {id: a, type: book, title: b, issued: {date-parts: [[x, 9]]}}\n",
            (
                "2:58: M013 'sources[1].issued.date-parts[1][1]' is 'x', not a whole number\n"
                "    fix: write digits only"
            ),
        ),
        (
            Index,
            "entries:\n  - heading: a\n    entries:\n      - heading: b\n        sea: [c]\n",
            "5:9: M011 unknown key 'sea'\n    fix: did you mean 'see'?",
        ),
        (
            Ledger,
            'ledger: "1"\nedition: a\nbase: {yamada: 12ab}\n',
            (
                "3:16: M021 'base.yamada' is '12ab', which is not a SHA-256\n"
                "    fix: copy the 64 hexadecimal digits that sha256sum prints"
            ),
        ),
        (
            Ledger,
            "ledger: '2'\nedition: a\nbase: {}\n",
            "1:9: M015 'ledger' is '2', which is not one of its choices\n    fix: write '1'",
        ),
    ],
)
def test_faults_deep_in_a_file_are_told_at_their_place(
    model: type[Model], text: str, wanted: str
) -> None:
    assert refusals(model, text) == [f"3 manifest.yaml:{wanted}"]


def test_a_key_is_proposed_by_the_name_that_yaml_has() -> None:
    text = "id: a\nsource:\n  repository: R\n  leaves: {form: '124', to: '128'}\n"
    assert (
        "3 manifest.yaml:4:12: M011 unknown key 'form'\n    fix: did you mean 'from'?"
        in refusals(DocumentRecord, text)
    )


def test_an_error_of_a_sort_that_no_words_exist_for_still_names_the_place() -> None:
    class Odd(Model):
        number: Annotated[float, "not used by any schema"]

    assert refusals(Odd, "number: x\n") == [
        (
            "3 manifest.yaml:1:9: M021 'number' is not as it must be: float_parsing\n"
            "    fix: see docs/manifest.md for what may stand here"
        )
    ]


def test_paths_and_lists_read_as_words() -> None:
    assert dotted(("sections", 0, "prose")) == "sections[1].prose"
    assert listed(["a"], "and") == "'a'"
    assert listed(["a", "b", "c"], "or") == "'a', 'b' or 'c'"


@given(st.binary(max_size=200))
def test_any_bytes_as_a_manifest_end_in_findings(content: bytes) -> None:
    got = load(Manifest, SourceFile.of("manifest.yaml", content))
    assert not isinstance(got, Parsed)
    assert all(found.place.path == "manifest.yaml" for found in got)
    assert any(found.is_error for found in got)


@given(st.text(alphabet="abc:-[]{}#&*!|>'\"%@`,? \n\t~<=.1é", max_size=80))
def test_any_text_as_notes_is_read_or_ends_in_findings(text: str) -> None:
    got = load(Notes, file(text))
    assert isinstance(got, Parsed) or any(found.is_error for found in got)


def test_models_stay_frozen_and_strict() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Notes.model_validate({"x": "y"})
