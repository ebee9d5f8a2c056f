"""Editions in other languages than English: their words, their hyphens, their letters."""

import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from tests.bench.languages import book, copied

from engross.commands.build import build
from engross.commands.new import new
from engross.commands.request import BuildRequest, NewRequest

DAY = "1961-09-14"
GERMAN = """Die Botschaft berichtete über Verhandlungsschwierigkeiten, Wirtschaftsbeziehungen und
Fischereiangelegenheiten; die Staatsangehörigkeitsfragen blieben unberücksichtigt.
"""
RUSSIAN = """Посольство сообщило о дипломатических переговорах, взаимоотношениях и рыболовстве;
вопросы гражданства оставались нерассмотренными до следующей встречи представителей.
"""
JAPANESE = "日本国とソヴィエト社会主義共和国連邦との共同宣言。両国間の戦争状態は終了する。\n"
HEBREW = "המסמך נשמר בארכיון.\n"


def made(
    tmp_path: Path,
    language: str,
    title: str,
    text: str,
    styles: dict[str, str] | None = None,
    kinds: tuple[str, ...] = (),
) -> dict[str, Path]:
    source = tmp_path / "text.md"
    source.write_text("\n\n".join([text.replace("\n", " ").strip()] * 12) + "\n", "utf-8")
    folder = tmp_path / "book"
    edition = language if language in {"de", "ru"} else "en"
    assert new(NewRequest(folder, source, title, edition, "brief", DAY)).ok
    record = folder / "documents/brief/document.yaml"
    text_of = record.read_text("utf-8")
    assert text_of.count(f'language: "{edition}"') == 1
    text_of = text_of.replace(f'"{edition}"', f'"{language}"')
    record.write_text(text_of.replace('event: ""', 'event: "1921-03-05"'), "utf-8")
    for name, sheet in (styles or {}).items():
        (folder / "styles").mkdir(exist_ok=True)
        (folder / "styles" / name).write_text(sheet, "utf-8")
    outcome = build(BuildRequest(book=folder, kinds=kinds))
    assert outcome.ok, [str(found) for found in outcome.findings]
    return {row.kind: Path(row.path) for row in outcome.outputs}


def text_of(path: Path) -> str:
    document = pdfium.PdfDocument(path.read_bytes())
    words = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words


def navigation(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith("nav.xhtml"))
        return archive.read(name).decode("utf-8")


@pytest.mark.parametrize(
    ("language", "title", "text", "words", "broken"),
    [
        (
            "de",
            "Ein Brief",
            GERMAN,
            (
                "Inhalt",
                "Kolophon",
                "Entwurf, nicht veröffentlicht",
                "14. September 1961",
                "5. März 1921",
                "Gesetzt aus EB Garamond.",
            ),
            "ungs",
        ),
        (
            "ru",
            "Письмо",
            RUSSIAN,
            (
                "Содержание",
                "Об издании",
                "Черновик",
                "14 сентября 1961 г.",
                "5 марта 1921 г.",
                "Гарнитуры: EB Garamond.",
                " и WeasyPrint ",
            ),
            "ния",
        ),
    ],
    ids=["de", "ru"],
)
def test_an_edition_speaks_its_language(
    tmp_path: Path, language: str, title: str, text: str, words: tuple[str, ...], broken: str
) -> None:
    files = made(tmp_path, language, title, text)
    printed = text_of(files["print"])
    for one in words:
        assert one in printed
    for one in ("Contents", "September 14", "Version", "Set in", "correction", "Received"):
        assert one not in printed
    assert words[0] in navigation(files["epub"])
    ends = [
        line for line in printed.splitlines() if line.rstrip().endswith(("\u2010", "-", "\ufffe"))
    ]
    assert len(ends) >= 2, "long words are divided at the ends of lines"
    with zipfile.ZipFile(files["epub"]) as archive:
        pages = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xhtml")]
    assert sum(f'lang="{language}"' in page for page in pages) >= 5


def test_japanese_is_set_from_a_pinned_face(tmp_path: Path) -> None:
    files = made(tmp_path, "ja", "A Declaration", JAPANESE)
    assert JAPANESE.strip()[:10] in text_of(files["print"]).replace("\r\n", "")


def test_hebrew_goes_into_an_epub_and_says_that_it_is_hebrew(tmp_path: Path) -> None:
    styles = {"tokens.css": ':root { --text-face: "Open Sans", "EB Garamond", serif; }\n'}
    files = made(tmp_path, "he", "A Letter", HEBREW, styles, ("epub",))
    with zipfile.ZipFile(files["epub"]) as archive:
        names = archive.namelist()
        pages = [archive.read(name).decode() for name in names if name.endswith(".xhtml")]
    assert any(HEBREW.strip() in page and 'lang="he"' in page for page in pages)


def test_a_script_without_a_pinned_face_is_refused_and_not_printed_as_boxes(
    tmp_path: Path,
) -> None:
    source = tmp_path / "text.md"
    source.write_text(HEBREW, "utf-8")
    folder = tmp_path / "book"
    assert new(NewRequest(folder, source, "A Letter", "en", "letter", DAY)).ok
    outcome = build(BuildRequest(book=folder))
    assert outcome.published is None
    codes = {found.code for found in outcome.findings if found.is_error}
    assert codes == {"G001"}, [str(found) for found in outcome.findings]


@pytest.mark.parametrize("language", ["el", "hu"])
def test_two_books_of_the_sheet_of_languages_are_built_and_proved(
    tmp_path: Path, language: str
) -> None:
    outcome = build(BuildRequest(book=book(tmp_path / "book", language)))
    assert outcome.ok, [str(found) for found in outcome.findings]
    assert {row.verdict for row in outcome.checks if row.name == "conservation"} == {"passed"}
    assert copied(outcome, language) == "equal"
