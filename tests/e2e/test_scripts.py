"""A passage from right to left and an East Asian one: letters, order and direction of each."""

import io
import re
import shutil
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from pypdfium2 import raw

from engross.commands.build import build
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.verify import verify_folder
from engross.verify.bidi import leftward, reading

BOOK = Path(__file__).parent.parent / "data/scripts/book"
X = "{http://www.w3.org/1999/xhtml}"


def made(folder: Path, old: str = "", new: str = "") -> Outcome:
    shutil.copytree(BOOK, folder / "book")
    package = find_spec("rendercv_fonts")
    assert package
    assert package.origin
    (folder / "book/fonts").mkdir()
    face = Path(package.origin).parent / "Mukta/Mukta-Regular.ttf"
    shutil.copy(face, folder / "book/fonts/Mukta-Regular.ttf")
    if old:
        path = folder / "book/introduction.md"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return build(BuildRequest(book=folder / "book"))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outcome = made(tmp_path_factory.mktemp("scripts"))
    assert outcome.ok, [str(found) for found in outcome.findings]
    proved = {(row.name, row.verdict) for row in outcome.checks if row.name == "conservation"}
    assert proved == {("conservation", "passed")}
    return Path(str(outcome.published))


def paragraphs(name: str) -> list[str]:
    return (BOOK / f"documents/{name}/received.txt").read_text("utf-8").split("\n\n")


def section(edition: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(edition / "two-scripts.epub") as archive:
        return etree.fromstring(archive.read(f"EPUB/{name}.xhtml"))


@pytest.mark.parametrize(
    ("name", "language", "way"), [("hebrew", "he", "rtl"), ("japanese", "ja", None)]
)
def test_an_epub_says_language_and_direction_of_the_text_and_not_of_the_editors_words(
    edition: Path, name: str, language: str, way: str | None
) -> None:
    tree = section(edition, name)
    text = tree.find(f".//{X}div[@class='text']")
    assert text is not None
    assert (text.get("lang"), text.get("dir")) == (language, way)
    said = [
        "".join(part for part in p.itertext()).replace("\u00a0", "") for p in text.iter(f"{X}p")
    ]
    for wanted, found in zip(paragraphs(name), said, strict=True):
        assert re.sub(r"\d(?=\.$)|^\d", "", found.strip()) == wanted.strip()
    around = tree.find(f".//{X}p[@class='source-note']")
    while around is not None:
        assert around.get("lang") in {None, "en"}
        assert around.get("dir") in {None, "ltr"}
        around = around.getparent()


def test_words_of_another_direction_within_a_line_are_marked(edition: Path) -> None:
    spans = section(edition, "introduction").findall(f".//{X}span[@class='foreign']")
    assert [(one.text, one.get("lang"), one.get("dir")) for one in spans] == [
        ("סעיף", "he", "rtl"),
        ("条", "ja", None),
        ("अनुच्छेद में कि मिट्टी", "hi", None),
        ("הַשָּׁמַיִם", "he", "rtl"),
    ]


def test_ruby_is_ruby_in_an_epub_and_stands_over_its_letters_on_a_page(edition: Path) -> None:
    ruby = section(edition, "introduction").find(f".//{X}ruby")
    assert ruby is not None
    assert (ruby.text, [rt.text for rt in ruby]) == ("第", ["だい"])
    with pdfium.PdfDocument(edition / "two-scripts-screen.pdf") as document:
        text = document[2].get_textpage()
        at = text.get_text_range().index("第")
        boxes = {text.get_text_range(n, 1): text.get_charbox(n) for n in range(at, at + 6)}
    assert boxes["だ"][1] > boxes["第"][3] - 2, "over it"
    assert boxes["い"][2] - boxes["だ"][0] < 16, "small"


def test_an_epub_brings_each_letter_that_it_needs(edition: Path) -> None:
    held: set[int] = set()
    with zipfile.ZipFile(edition / "two-scripts.epub") as archive:
        for name in archive.namelist():
            if name.endswith(".ttf"):
                held |= TTFont(io.BytesIO(archive.read(name))).getBestCmap().keys()
                if "noto-sans-jp" in name:
                    assert archive.getinfo(name).file_size < 100_000, "cut to what is used"
    for name in ("hebrew", "japanese"):
        wanted = set("".join(paragraphs(name))) - {"\n"}
        assert sorted(letter for letter in wanted if ord(letter) not in held) == []


def standing(content: bytes, words: str) -> list[tuple[str, float]]:
    """The letters of the line that ends with some words in the order of reading, where they are."""
    document = pdfium.PdfDocument(content)
    try:
        for page in document:
            text = page.get_textpage()
            rows: dict[float, list[tuple[float, str]]] = {}
            for index in range(raw.FPDFText_CountChars(text)):
                box = text.get_charbox(index, loose=True)
                letter = chr(raw.FPDFText_GetUnicode(text, index))
                if letter.isprintable():
                    rows.setdefault(round(box[1], 0), []).append((box[0], letter))
            for row in rows.values():
                if words[::-1] in "".join(letter for _, letter in sorted(row)):
                    return [(letter, x) for x, letter in sorted(row)]
    finally:
        document.close()
    raise AssertionError(f"'{words}' does not stand on a page from right to left")


@pytest.mark.parametrize("kind", ["print-generic", "screen"])
def test_a_page_has_hebrew_from_right_to_left_and_the_faces_that_were_asked_for(
    edition: Path, kind: str
) -> None:
    content = (edition / f"two-scripts-{kind}.pdf").read_bytes()
    row = standing(content, "בני חורין ושווים")
    places = dict(row)
    assert places["ס"] > places["ן"], "the line begins at the right"
    with pikepdf.open(io.BytesIO(content)) as file:
        fonts = {
            str(thing.BaseFont).rpartition("+")[2]
            for thing in file.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        }
    assert {"EB-Garamond", "Open-Sans", "Noto-Sans-JP"} <= fonts


def test_text_that_is_copied_from_a_page_reads_as_it_was_received(
    edition: Path, poppler_tool: str
) -> None:
    import subprocess

    told = subprocess.run(
        ["pdftotext", str(edition / "two-scripts-screen.pdf"), "-"],
        capture_output=True,
        check=True,
    ).stdout.decode("utf-8")
    plain = re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", told)
    words = ("ההכרזה", "בתבונה ובמצפון", "לזכויות ולחרויות", "生れながらにして自由であり")
    for word in (*words, "अनुच्छेद में कि मिट्टी"):
        assert word in plain
    assert "(SHA-256)" in plain, "brackets of other lines are not turned round"


def test_what_a_page_says_beside_reordered_glyphs_is_the_word_as_it_is_spelt(edition: Path) -> None:
    told = set()
    for kind in ("print-generic", "screen"):
        with pikepdf.open(edition / f"two-scripts-{kind}.pdf") as file:
            for page in file.pages:
                rows = pikepdf.parse_content_stream(page)
                told |= {
                    str(row[1].ActualText)
                    for row, sign in rows
                    if str(sign) == "BDC"
                    and len(row) > 1
                    and isinstance(row[1], pikepdf.Dictionary)
                    and "/ActualText" in row[1]
                }
    assert {"अनुच्छेद", "में", "कि", "मिट्टी", "הַשָּׁמַיִם"} <= told


def test_a_reading_pdf_opens_in_spreads_with_its_first_page_apart(edition: Path) -> None:
    with pikepdf.open(edition / "two-scripts-screen.pdf") as file:
        assert file.Root.PageLayout == "/TwoPageRight"
    with pikepdf.open(edition / "two-scripts-print-generic.pdf") as file:
        assert "/PageLayout" not in file.Root


def test_a_changed_word_from_right_to_left_is_caught(edition: Path, tmp_path: Path) -> None:
    outcome = made(tmp_path, "סעיף", "עסיף")
    assert outcome.ok
    name = "two-scripts-print-generic.pdf"
    other = (Path(str(outcome.published)) / name).read_bytes()
    report = verify_folder(edition, sums=False, only={name: other})
    assert [f"{found.code} {found.message}" for found in report.findings] == [
        "P007 page 3, introduction#p-002: after 'panese.TheHebrewforanarticleis' stands "
        "'עסיף,theJapaneseis' instead of 'סעיף,theJapaneseis条;bothwordss'"
    ]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("םולש", "שלום"),
        ("1948 תנשב", "בשנת 1948"),
        ("the word םולש here", "the word שלום here"),
        (".[A/RES/217] רחא דמעמ", "מעמד אחר [A/RES/217]."),
        ("(10) ג ,ב", "ב, ג (10)"),
    ],
)
def test_a_line_is_read_from_where_its_letters_stand(line: str, read: str) -> None:
    assert reading(line, []) == read


def test_a_bracket_is_closed_in_a_later_line() -> None:
    waiting: list[str] = []
    assert [reading(line, waiting) for line in ("בא( גד", "הו (זח")] == ["דג (אב", "חז) וה"]
    assert waiting == []


def test_an_original_from_right_to_left_faces_its_translation_and_is_proved(
    tmp_path: Path,
) -> None:
    shutil.copytree(BOOK.parent / "facing", tmp_path / "book")
    outcome = build(BuildRequest(book=tmp_path / "book"))
    assert outcome.ok, [str(found) for found in outcome.findings]
    proved = {(row.name, row.verdict) for row in outcome.checks if row.name == "conservation"}
    assert proved == {("conservation", "passed")}
    folder = Path(str(outcome.published))
    with zipfile.ZipFile(folder / "facing-scripts.epub") as archive:
        tree = etree.fromstring(archive.read("EPUB/both.xhtml"))
    column = tree.find(f".//{X}div[@class='facing-original']")
    assert column is not None
    assert (column.get("lang"), column.get("dir")) == ("he", "rtl")
    row = standing((folder / "facing-scripts-print-generic.pdf").read_bytes(), "ברוח של")
    letters = [letter for letter, _ in row if leftward(letter)]
    assert (letters[-1], letters[0]) == ("ע", "ל"), "the first letter of the line is the rightmost"
