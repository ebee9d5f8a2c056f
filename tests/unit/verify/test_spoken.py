"""What a label calls a note by: its number or letter, and no letter of a word."""

import pytest

from engross.language.catalogue import FOLDER, catalogue
from engross.verify.spoken import ALONE, NUMBER

LANGUAGES = sorted(path.name[:-5] for path in FOLDER.iterdir() if path.name.endswith(".toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_catalogue_ends_in_the_letter_of_a_note(language: str) -> None:
    rows = catalogue(language).entries
    said = [one for key in rows if not key.endswith("-pattern") for one in rows[key]]
    assert [one for one in said if any(found.isalpha() for found in NUMBER.findall(one))] == []


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("Esta edición", []),
        ("edicio\u0301n", []),
        ("page 16 de l’édition imprimée", ["16"]),
        ("Note b", ["b"]),
        ("Note 12b", ["12", "b"]),
        ("注b", ["b"]),
    ],
)
def test_a_label_calls_by_a_number_or_by_a_letter_that_stands_alone(
    label: str, found: list[str]
) -> None:
    assert NUMBER.findall(label) == found


def test_a_number_in_a_word_is_no_number() -> None:
    assert ALONE.sub("", "Next: Box m01-md, note 12b, 5") == "Next: Box m01-md, note , "
