"""Records: names, archives and references as they stand, their parts as a proposal."""

from pathlib import Path

import pytest

from engross.commands.new import new
from engross.commands.request import NewRequest
from engross.new.draft import filed, persons
from engross.parse.parse import parse
from engross.read import open_book

RECORD = """\
March 2, 1931

Record 1 of the Sample Board

Citation:

“Record 1 of the Sample Board,” March 2, 1931, {citation}
https://archive.example/document/17

Contents:

Translation - English

No vessel passed the lock on that day.
"""


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("A. Sample", ["A. Sample"]),
        ("James G. Hershberg", ["James G. Hershberg"]),
        ("Ann Sample and Bob Muster", ["Ann Sample", "Bob Muster"]),
        ("Ann Sample, Bob Muster, and C. D. Third", ["Ann Sample", "Bob Muster", "C. D. Third"]),
        ("John Smith, Jr. & Ann Sample", ["John Smith, Jr.", "Ann Sample"]),
        ("Ministry of Trade and Industry", ["Ministry of Trade and Industry"]),
    ],
)
def test_names_in_a_row_are_told_apart(words: str, names: list[str]) -> None:
    assert [row["name"] for row in persons(words, "trl")] == names


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A. Sample", "Sample, A."),
        ("John B. Smith, Jr.", "Smith, John B., Jr."),
        ("Ludwig van Beethoven", "Beethoven, Ludwig van"),
        ("Voltaire", "Voltaire"),
    ],
)
def test_a_name_is_filed_as_catalogues_file_it(name: str, said: str) -> None:
    assert filed(name) == said


@pytest.mark.parametrize(
    ("citation", "people", "source"),
    [
        (
            "Sample Digital Archive, Sample Archive, f. 1, op. 2, d. 3, ll. 4–5ob. Contributed by "
            "A. Sample and translated by Ann Sample and Bob Muster.",
            [("Ann Sample", "trl"), ("Bob Muster", "trl"), ("A. Sample", "dnr")],
            ("Sample Archive", "1", "2", "3", "4", "5ob", "Sample Digital Archive"),
        ),
        (
            "RGANI, f. 52, op. 1, d. 596, l. 124. Translated by James G. Hershberg.",
            [("James G. Hershberg", "trl")],
            (
                "Russian State Archive of Contemporary History",
                *("52", "1", "596", "124", "124", "archive.example"),
            ),
        ),
    ],
)
def test_a_record_names_its_own_archive_and_people(
    tmp_path: Path, citation: str, people: list[tuple[str, str]], source: tuple[str, ...]
) -> None:
    file = tmp_path / "record.txt"
    file.write_text(RECORD.format(citation=citation), "utf-8")
    assert new(NewRequest(tmp_path / "book", file, date="2026-01-01")).ok
    book = parse(open_book(tmp_path / "book"))
    assert [(one.name, one.role) for one in book.manifest.value.people] == people
    said = book.documents[0].record.value.source
    assert said.leaves
    assert said.digital
    got = (said.repository, said.fond, said.opis, said.delo, said.leaves.from_, said.leaves.to)
    assert (*got, said.digital.archive) == source
    assert said.raw.endswith(citation)
