"""An edition never says in silence in English what it should say in its own language."""

import shutil
import zipfile
from pathlib import Path

import pytest
from tests.property.readers import BOOK

from engross.commands.build import build
from engross.commands.check import check
from engross.commands.new import new
from engross.commands.request import BuildRequest, NewRequest
from engross.language import begun


def judged(folder: Path, language: str, outputs: str) -> list[str]:
    book = folder / "book"
    shutil.copytree(BOOK, book)
    manifest = book / "manifest.yaml"
    lines = [
        line
        for line in manifest.read_text("utf-8").splitlines()
        if not line.startswith(("language:", "outputs:"))
    ]
    manifest.write_text(
        "\n".join([f"language: {language}", f"outputs: {outputs}", *lines]), "utf-8"
    )
    found = check(book).findings
    ours = ("there are no words in", "no native editor", "pages of an edition")
    return [
        f"{one.place}: {one.code} {one.message}" for one in found if one.message.startswith(ours)
    ]


@pytest.mark.parametrize(
    ("language", "outputs", "said"),
    [
        (
            "sv",
            "[epub]",
            [
                "manifest.yaml:1:11: M023 there are no words in Swedish (sv): contents, imprint "
                "and dates would be in English"
            ],
        ),
        ("de", "[epub]", []),
        (
            "fr",
            "[epub]",
            [
                "manifest.yaml:1:11: M025 no native editor has read the words in French (fr) that "
                "contents, imprint and dates are made of"
            ],
        ),
        (
            "ar",
            "[epub, print]",
            [
                "manifest.yaml:1:11: M023 there are no words in Arabic (ar): contents, imprint and "
                "dates would be in English",
                "manifest.yaml:1:11: M024 pages of an edition in Arabic (ar), which is written "
                "from right to left, are not made yet",
            ],
        ),
    ],
)
def test_a_language_without_words_or_without_pages_is_told(
    tmp_path: Path, language: str, outputs: str, said: list[str]
) -> None:
    assert judged(tmp_path, language, outputs) == said


def test_a_book_that_brings_the_words_of_its_language_says_and_proves_them(tmp_path: Path) -> None:
    judged(tmp_path, "sv", "[epub]")
    book = tmp_path / "book"
    content = begun("sv")["words/sv.po"].decode()
    (book / "words").mkdir()
    for english, said in (("Contents", "Innehåll"), ("d MMMM y", "'den' d MMMM y")):
        content = content.replace(f'"{english}"\nmsgstr ""', f'"{english}"\nmsgstr "{said}"')
    (book / "words/sv.po").write_text(content, "utf-8")
    outcome = build(BuildRequest(book, out=tmp_path / "dist"))
    assert not [str(found) for found in outcome.findings if found.is_error]
    told = [found.message for found in outcome.findings if found.code == "M023"]
    assert told[0].startswith("words/sv.po does not say ")
    (epub,) = (tmp_path / "dist").glob("*/current/*.epub")
    pages = zipfile.ZipFile(epub)
    text = "".join(pages.read(name).decode() for name in pages.namelist() if "xhtml" in name)
    assert "Innehåll" in text
    assert "Contents" not in text


@pytest.mark.parametrize(("typed", "written"), [("english", "en"), ("fr_fr", "fr-FR")])
def test_a_language_that_is_typed_by_its_name_is_put_right(
    tmp_path: Path, typed: str, written: str
) -> None:
    assert new(NewRequest(tmp_path / "book", title="A", language=typed, date="1961-01-01")).ok
    assert f"language: {written}" in (tmp_path / "book/manifest.yaml").read_text("utf-8")


def test_a_language_that_is_none_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    outcome = new(NewRequest(tmp_path / "book", title="A", language="klingonisch"))
    assert [str(found) for found in outcome.findings] == [
        "engross: C003 --language 'klingonisch' is not a language tag\n"
        "    fix: write a BCP 47 tag: en, de, fr-CA"
    ]
    assert not (tmp_path / "book").exists()


def test_a_language_without_patterns_is_told_until_it_is_set_ragged(tmp_path: Path) -> None:
    assert new(NewRequest(tmp_path / "book", title="A", language="eo", date="1961-01-01")).ok
    path = next((tmp_path / "book/documents").glob("*/document.yaml"))
    record = path.read_text("utf-8")
    path.write_text(record.replace('language: "eo"', 'language: "la"'), "utf-8")
    told = [one for one in check(tmp_path / "book").findings if one.code == "M027"]
    assert [(one.place.path, one.message) for one in told] == [
        (
            str(path.relative_to(tmp_path / "book")),
            "there are no patterns to divide words in Latin: its lines are justified by their "
            "spaces alone",
        )
    ]
    (tmp_path / "book/styles").mkdir(exist_ok=True)
    (tmp_path / "book/styles/book.css").write_text(":lang(la) { text-align: left }\n", "utf-8")
    assert "M027" not in {one.code for one in check(tmp_path / "book").findings}


def test_an_entry_that_no_order_lists_is_told_until_it_says_how_it_is_filed(
    tmp_path: Path,
) -> None:
    assert new(NewRequest(tmp_path / "book", title="A", language="ja", date="1961-01-01")).ok
    manifest = tmp_path / "book/manifest.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("  - corr", "  - persons\n  - corr", 1), "utf-8")
    rows = "  - {id: yamada, name: 山田久就}\n"
    path = tmp_path / "book/persons.yaml"
    path.write_text(f"persons:\n{rows}", "utf-8")
    told = [str(one) for one in check(tmp_path / "book").findings if one.code == "M028"]
    assert told == [
        "persons.yaml: M028 no order lists '山田久就': where they stand is chance\n"
        "    fix: say how each is filed, by its reading, in kana: sort: …"
    ]
    path.write_text(path.read_text("utf-8").replace("name:", "sort: やまだ, name:"), "utf-8")
    assert "M028" not in {one.code for one in check(tmp_path / "book").findings}


def test_vertical_lines_are_refused_on_pages_and_kept_in_an_epub(tmp_path: Path) -> None:
    assert new(NewRequest(tmp_path / "book", title="A", language="ja", date="1961-01-01")).ok
    (tmp_path / "book/styles").mkdir(exist_ok=True)
    (tmp_path / "book/styles/book.css").write_text("html { writing-mode: vertical-rl }\n", "utf-8")
    told = [str(one) for one in check(tmp_path / "book").findings if one.code == "S021"]
    assert told == [
        "styles/book.css: S021 lines from above to below (writing-mode) are not set on pages: they "
        "would run level\n    fix: take the rule out, or write outputs: [epub, web] in the manifest"
    ]
    manifest = tmp_path / "book/manifest.yaml"
    lines = manifest.read_text("utf-8").splitlines()
    kept = [one for one in lines if not one.startswith("outputs:")]
    manifest.write_text("\n".join([*kept, "outputs: [epub, web]"]), "utf-8")
    assert "S021" not in {one.code for one in check(tmp_path / "book").findings}


def test_a_book_that_brings_its_words_is_set_and_proved(tmp_path: Path) -> None:
    """Its words are among what kept sections are known by."""
    assert new(NewRequest(tmp_path / "book", title="A", language="el", date="1961-01-01")).ok
    assert (tmp_path / "book/words/el.po").is_file()
    outcome = build(BuildRequest(tmp_path / "book", kinds=("screen",)))
    assert outcome.ok, [str(found) for found in outcome.findings]
