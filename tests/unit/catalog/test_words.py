"""The edition's own words: every language says everything, with the same blanks."""

import re
import string
import tomllib
from importlib.resources import files

import pytest

from engross.catalog.words import shipped, titles
from engross.render.words import Words
from engross.schema.manifest import GENERATED

FOLDER = files("engross").joinpath("templates", "words")
LANGUAGES = sorted(path.name[:-5] for path in FOLDER.iterdir() if path.name.endswith(".toml"))


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_three_languages_at_least() -> None:
    assert {"de", "en", "ru"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_key_with_the_same_blanks(language: str) -> None:
    english = tomllib.loads(FOLDER.joinpath("en.toml").read_text("utf-8"))
    own = tomllib.loads(FOLDER.joinpath(f"{language}.toml").read_text("utf-8"))
    assert own.keys() == english.keys()
    assert {key: blanks(text) for key, text in own.items()} == {
        key: blanks(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_twelve_months_and_a_title_for_each_generated_section(
    language: str,
) -> None:
    assert len(shipped(language)["months"].split()) == 12
    assert len(shipped(language)["months-alone"].split()) == 12
    assert set(GENERATED) - {"documents"} <= titles(language).keys()


def test_every_key_that_a_template_or_a_module_asks_for_is_there() -> None:
    wanted: set[str] = set()
    for folder in (files("engross").joinpath("templates"), files("engross").joinpath("render")):
        for path in folder.rglob("*"):  # type: ignore[attr-defined]  # a path on disk
            if path.suffix in {".html", ".py"}:
                wanted |= set(
                    re.findall(r"\bsay\([\"']([a-z-]*[a-z])[\"']", path.read_text("utf-8"))
                )
    assert len(wanted) > 40
    assert sorted(wanted - shipped("en").keys()) == []


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "3 September 1961", "September 1961"),
        ("de", "3. September 1961", "September 1961"),
        ("ru", "3 сентября 1961 г.", "сентябрь 1961 г."),
        ("de-AT", "3. September 1961", "September 1961"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(language: str, day: str, month: str) -> None:
    words = Words(language, {})
    assert (words.day("1961-09-03"), words.day("1961-09"), words.day("1961")) == (
        day,
        month,
        "1961",
    )


def test_a_language_without_a_catalogue_gets_english_words() -> None:
    assert shipped("mi") == shipped("en")
