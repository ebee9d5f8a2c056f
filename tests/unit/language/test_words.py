"""The edition's own words: every language says everything, with the same blanks."""

import re
import string
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from babel import Locale

from engross.commands.check import check
from engross.commands.new import new
from engross.commands.request import NewRequest
from engross.language import Words, begun, own_catalogue
from engross.language.catalogue import FOLDER, catalogue
from engross.schema.manifest import GENERATED

LANGUAGES = sorted(path.name[:-5] for path in FOLDER.iterdir() if path.name.endswith(".toml"))
KEYS = re.compile(r"\b(?:say|has_words)\(\s*f?[\"']([a-z-]*[a-z])[\"']")


def po(key: str, english: str, said: str) -> bytes:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return f'{head}msgctxt "{key}"\nmsgid "{english}"\nmsgstr "{said}"\n'.encode()


def read(tag: str, table: str = "words") -> dict[str, dict[str, str]]:
    """The forms of each key by category; one that never bends is `other`."""
    words = tomllib.loads(FOLDER.joinpath(f"{tag}.toml").read_text("utf-8"))[table]
    return {k: {"other": said} if isinstance(said, str) else said for k, said in words.items()}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_three_languages_at_least() -> None:
    assert {"de", "en", "ru"} <= set(LANGUAGES)
    assert catalogue("en").language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_key_in_every_form_with_the_same_blanks(language: str) -> None:
    english, own, common = read("en"), read(language), read("en", "common")
    rule = Locale.parse(language).plural_form
    met = {rule(number) for number in range(200)}
    bent = [one for one in ("zero", "one", "two", "few", "many", "other") if one in met]
    assert [key for key in own if key not in common] == list(english), "in the same order"
    english |= common
    for key, forms in own.items():
        assert list(forms) in (["other"], bent), key
        for form in forms.values():
            assert form, f"{key} has no words"
            assert blanks(form) == blanks(english[key]["other"]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_takes_the_form_of_its_category(language: str) -> None:
    forms, rule = read(language)["colophon-corrections"], Locale.parse(language).plural_form
    said = Words(language)
    for number in range(200):
        wanted = forms[rule(number)].format(count=number)
        assert said.say("colophon-corrections", count=number) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_title_for_each_generated_section(language: str) -> None:
    assert set(GENERATED) - {"documents"} <= Words(language).titles().keys()


def test_every_key_that_a_template_or_a_module_asks_for_is_there_and_no_other() -> None:
    texts = [
        path.read_text("utf-8")
        for path in files("engross").rglob("*")  # type: ignore[attr-defined]  # a path on disk
        if path.suffix in {".html", ".py"}
    ]
    wanted = {key for text in texts for key in KEYS.findall(text)}
    entries = catalogue("en").entries
    assert len(wanted) > 100
    assert sorted(wanted - entries.keys()) == []
    # Keys that are put together: `kind-` and what follows, or named in a tuple.
    whole = "\n".join(texts)
    unused = [
        key
        for key in entries.keys() - wanted
        if not re.search(rf"[\"']{key}[\"']", whole)
        and not any(f'"{key[: at + 1]}' in whole for at, c in enumerate(key) if c == "-")
    ]
    assert sorted(unused) == []


@pytest.mark.parametrize(
    ("language", "day", "month", "yearless"),
    [
        ("en", "3 September 1961", "September 1961", "3 September"),
        ("de", "3. September 1961", "September 1961", "3. September"),
        ("ru", "3 сентября 1961 г.", "сентябрь 1961 г.", "3 сентября"),
        ("fr", "3 septembre 1961", "septembre 1961", "3 septembre"),
        ("es", "3 de septiembre de 1961", "septiembre de 1961", "3 de septiembre"),
        ("it", "3 settembre 1961", "settembre 1961", "3 settembre"),
        ("pl", "3 września 1961", "wrzesień 1961", "3 września"),
        ("cs", "3. září 1961", "září 1961", "3. září"),
        ("nl", "3 september 1961", "september 1961", "3 september"),
        ("pt", "3 de setembro de 1961", "setembro de 1961", "3 de setembro"),
        ("uk", "3 вересня 1961 р.", "вересень 1961 р.", "3 вересня"),
        ("de-AT", "3. Jänner 1961", "Jänner 1961", "3. Jänner"),
        ("mi", "3 September 1961", "September 1961", "3 September"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(
    language: str, day: str, month: str, yearless: str
) -> None:
    words = Words(language)
    at = "1961-01" if language == "de-AT" else "1961-09"
    assert (words.day(f"{at}-03"), words.day(at), words.day("1961")) == (day, month, "1961")
    assert words.day(f"--{at[5:]}-03") == yearless
    assert words.day("--02-29").startswith("29")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 corrections", "1 correction", "2 corrections", "5 corrections"]),
        ("de", ["0 Berichtigungen", "1 Berichtigung", "2 Berichtigungen", "5 Berichtigungen"]),
        ("fr", ["0 correction", "1 correction", "2 corrections", "5 corrections"]),
        ("pl", ["0 poprawek", "1 poprawka", "2 poprawki", "5 poprawek"]),
        ("uk", ["0 виправлень", "1 виправлення", "2 виправлення", "5 виправлень"]),
        ("ru", ["0 исправлений", "1 исправление", "2 исправления", "5 исправлений"]),
    ],
)
def test_words_bend_with_their_number(language: str, said: list[str]) -> None:
    lines = [Words(language).say("colophon-corrections", count=count) for count in (0, 1, 2, 5)]
    assert [" ".join(line.split()[:2]) for line in lines] == said


def test_a_book_may_say_something_otherwise() -> None:
    own, faults = own_catalogue("de-AT", po("title-contents", "Contents", "Übersicht"))
    words = Words("de-AT", own)
    assert (words.say("title-contents"), words.say("notes")) == ("Übersicht", "Anmerkungen")
    assert not faults
    assert Words("fr", own).say("title-contents") != "Übersicht", "of another language"


def test_a_key_of_an_earlier_program_goes_on_being_read() -> None:
    own, faults = own_catalogue("de", po("contents", "Contents", "Übersicht"))
    assert Words("de", own).say("title-contents") == "Übersicht"
    assert own_catalogue("de", po("persons-intro", "Persons", "Leute"))[1] == faults == ()


def test_a_book_brings_a_language_and_is_told_what_it_lacks() -> None:
    begun_ = begun("sv-FI")["words/sv.po"].decode()
    content = begun_.replace('"about {date}"\nmsgstr ""', '"about {date}"\nmsgstr "omkring {date}"')
    own, faults = own_catalogue("sv-FI", content.encode())
    assert not faults
    assert len(own.missing) == len(own.entries) - 2, "with a day and without"
    assert Words("sv-FI", own).day("1961-09~") == "omkring september 1961"


def test_faults_of_the_words_of_a_book_are_told_with_their_lines() -> None:
    content = po("rights-licence", "Licence: {licence}", "Licens: {licens}")
    content += b'msgctxt "nothing"\nmsgid "a"\nmsgstr "b"\n'
    assert own_catalogue("sv", content)[1] == (
        (6, "'rights-licence' has no blank 'licens'"),
        (9, "'nothing' is no key of the edition's words"),
    )


def test_words_that_are_not_there_are_an_error() -> None:
    with pytest.raises(LookupError, match="there are no words under 'nothing'"):
        Words("en").say("nothing")


def test_a_language_without_a_catalogue_gets_english_words() -> None:
    assert catalogue("mi") is catalogue("en")


def test_check_tells_a_wrong_key_of_a_books_words(tmp_path: Path) -> None:
    assert new(NewRequest(tmp_path / "b", title="A", language="sv", date="2026-11-30")).ok
    words = tmp_path / "b/words/sv.po"
    words.write_text(words.read_text("utf-8") + 'msgctxt "no"\nmsgid "a"\nmsgstr "b"\n', "utf-8")
    told = [f"{one.code} {one.message}" for one in check(tmp_path / "b").findings]
    assert "M026 words/sv.po: 'no' is no key of the edition's words" in told


def test_the_first_of_a_month_is_written_as_the_language_has_it() -> None:
    assert [Words(one).day("1951-03-01") for one in ("fr", "de", "en")] == [
        "1er mars 1951",
        "1. März 1951",
        "1 March 1951",
    ]
    assert Words("fr").day("1951-03-11") == "11 mars 1951"
