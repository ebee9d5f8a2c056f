"""Records, packages, web pages and slips of a small book, each with one value of another."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engross.cli.app import app
from engross.verify import verify_folder

BOOK = Path(__file__).parents[1] / "sabotage/pages"
SLUG = "letter-1961"
LOOK = "look at manifest.yaml:"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as it is published: with lists, verse, tables, figures, and a release before."""
    book = tmp_path_factory.mktemp("values") / "book"
    shutil.copytree(BOOK, book)
    ended = CliRunner().invoke(app, ["build", str(book), "--plain"])
    assert ended.exit_code == 0, ended.output
    return book.parent / f"dist/{SLUG}/current"


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return Path(shutil.copytree(made.resolve(), tmp_path / "made"))


def told(folder: Path) -> list[str]:
    """Every error as code and message."""
    found = verify_folder(folder, sums=False).findings
    return [f"{one.code} {one.message}" for one in found if one.is_error]


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def in_epub(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """Change one file of the EPUB."""
    path, target = folder / f"{SLUG}.epub", io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == f"EPUB/{name}":
                before = body.decode()
                assert change(before) != before
                body = change(before).encode()
            made.writestr(entry, body)
    path.write_bytes(target.getvalue())


def test_the_book_as_it_is_made_is_proved(made: Path) -> None:
    assert told(made) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            f"{SLUG}.bib", "isbn = {9783161484100}", "isbn = {9780000000002}",
            f"{SLUG}.bib gives as first isbn in isbn '9780000000002', not '9783161484100'",
        ),
        (
            f"{SLUG}.ris", "A4  - Noll, Ben", "A4  - Mark, Ada",
            f"{SLUG}.ris gives as trl in A4 'Mark, Ada', not 'Noll, Ben'",
        ),
        (
            f"{SLUG}.ris", "PY  - 2026", "PY  - 1066",
            f"{SLUG}.ris gives as year in PY '1066', not '2026'",
        ),
        (
            f"{SLUG}.ris", "d. 11, ll. 3–4", "d. 12, ll. 3–4",
            f"{SLUG}.ris refers in AV to 'Second Archive (SA), York, f. 7, op. 2, d. 12, ll. 3–4', "
            "without 'd. 11' in its place",
        ),
        (
            "marc.xml", '<subfield code="4">trl', '<subfield code="4">ill',
            "marc.xml gives as people in 700 'Mark, Ada|edt; Noll, Ben|ill; Oak, Cora|ctb', "
            "not 'Mark, Ada|edt; Noll, Ben|trl; Oak, Cora|ctb'",
        ),
        (
            "marc.xml", '<subfield code="c">2026', '<subfield code="c">1900',
            "marc.xml gives as imprint in 264 'Hull|Harbour Press|1900', "
            "not 'Hull|Harbour Press|2026'",
        ),
        (
            "onix.xml", "<ExtentValue>", "<ExtentValue>9",
            "onix.xml gives as extent in Product/DescriptiveDetail/Extent '10|9143|02; "
            "10|9143|02; 10|9143|02', not '10|143|02; 10|143|02; 10|143|02'",
        ),
        (
            "onix.xml", "<ContributorRole>B06", "<ContributorRole>A01",
            "onix.xml gives as people in Product/DescriptiveDetail/Contributor '1|B01|Ada Mark|"
            "Mark, Ada; 2|A01|Ben Noll|Noll, Ben; 3|Z99|Cora Oak|Oak, Cora|Fou', not "
            "'1|B01|Ada Mark|Mark, Ada; 2|B06|Ben Noll|Noll, Ben; 3|Z99|Cora Oak|Oak, Cora|Fou'",
        ),
        (
            "schema.jsonld", "A letter on the harbour", "A letter on the port",
            "schema.jsonld gives as title.supplied in hasPart/name 'A letter on the port; "
            "The answer of the port', not 'A letter on the harbour; The answer of the port'",
        ),
        (
            "opds.json", '"published": "2026-11-24"', '"published": "1900-01-01"',
            "opds.json gives as date in publications/metadata/published '1900-01-01', "
            "not '2026-11-24'",
        ),
        (
            "csl.json", '"version": "1.1"', '"version": "9.9"',
            "csl.json gives as version in version '9.9', not '1.1'",
        ),
        (
            "cite.txt", "Ben Noll", "Nobody", "cites",
        ),
        (
            "listing.txt", "    Hull\n", "    York\n",
            "listing.txt gives as publisher.place in Place of publication 'York', not 'Hull'",
        ),
        (
            "csl.json", '"archive-place": "York"', '"archive-place": "Hull"',
            "csl.json gives as source.place in part/archive-place 'Hull; Hull', not 'Hull; York'",
        ),
        (
            "marc.xml", 'code="b">From Moscow', 'code="c">From Moscow',
            "marc.xml gives as title marks in 245 marks '00ac', not '00ab'",
        ),
        (
            "opds.json", '"sortAs": "Noll, Ben"', '"sortAs": "Ben Noll", "born": "1900"',
            "opds.json has a field 'publications/metadata/translator/born' that no evidence asks",
        ),
        (
            "tei/letter.xml", '<title level="m">Letters on a Harbour', '<title level="m">Notes',
            "tei/letter.xml gives as title 'Notes', not 'Letters on a Harbour'",
        ),
        (
            "changes.atom", "for “opened again” read “reopened”",
            "for “reopened” read “opened again”",
            "changes.atom, version 1.0, does not say 'reopened' in its turn",
        ),
        (
            "changelog.json", '"date": "2026-11-24"', '"date": "1900-01-01"',
            "changelog.json gives as versions/date '1900-01-01; 2026-12-01', "
            "not '2026-11-24; 2026-12-01'",
        ),
    ],
)  # fmt: skip
def test_a_record_with_another_value_in_a_field_is_refused(
    copied: Path, name: str, old: str, new: str, message: str
) -> None:
    swap(copied / "metadata" / name, old, new)
    assert any(one.startswith("P025") and message in one for one in told(copied)), told(copied)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (">trl</meta>", ">ill</meta>",
         "P006 the package gives as helped roles 'ill; ctb', not 'trl; ctb'"),
        (">2026-11-24</dc:date>", ">1900-01-01</dc:date>",
         "P006 the package gives as date '1900-01-01', not '2026-11-24'"),
        ("d. 596, ll. 7–8</dc:source>", "d. 569, ll. 7–8</dc:source>", "P006 the package refers in "
         "dc:source to 'Example Archive (EA), Hull, f. 52, op. 1, d. 569, ll. 7–8', without "
         "'d. 596' in its place"),
        ('<itemref idref="letter"/>', '<itemref idref="letter" linear="no"/>',
         "P006 the package gives as nothing 'letter', not ''"),
    ],
)  # fmt: skip
def test_a_package_with_another_value_is_refused(
    copied: Path, old: str, new: str, message: str
) -> None:
    in_epub(copied, "content.opf", lambda text: text.replace(old, new))
    assert message in told(copied)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("answer.xhtml", ' start="5"', ' start="6"', "P024 answer#p-003 in EPUB/answer.xhtml "
         "stands in 'item decimal 6', by the evidence in 'item decimal 5'"),
        ("answer.xhtml", '<ol class="ordered list" start="5">', '<ol class="ordered list '
         'lower-roman" start="5">', "P024 answer#p-003 in EPUB/answer.xhtml stands in "
         "'item lower-roman 5', by the evidence in 'item decimal 5'"),
        ("answer.xhtml", "<td><p", '<td colspan="2"><p', "P024 answer#p-008 in EPUB/answer.xhtml "
         "stands in 'cell 2 1', by the evidence in 'cell 1 1'"),
        ("answer.xhtml", "blockquote", "div", "P024 answer#p-015 in EPUB/answer.xhtml stands in "
         "'nothing', by the evidence in 'quotation'"),
        ("answer.xhtml", "h3", "h4", "P024 answer#p-016 in EPUB/answer.xhtml stands in "
         "'heading 4', by the evidence in 'heading 3'"),
        ("answer.xhtml", '<div class="text" lang="en" xml:lang="en">', '<div class="text" '
         'lang="fr" xml:lang="fr">', "P024 answer#p-001 in EPUB/answer.xhtml is marked as of the "
         "language 'fr', by the evidence 'en'"),
        ("introduction.xhtml", 'lang="ja"', 'lang="zh"', "P024 introduction#p-002 in "
         "EPUB/introduction.xhtml: 'sakoku' is marked as language ja by the evidence"),
        ("contents.xhtml", '<a class="entry" href="letter.xhtml">', '<a class="entry">',
         "P008 EPUB/contents.xhtml has no link to letter where its entry stands"),
        ("persons.xhtml", 'href="answer.xhtml"', 'href="letter.xhtml"',
         "P008 EPUB/persons.xhtml has no link to answer where its entry stands"),
        ("index.xhtml", 'href="letter.xhtml#p-003"', 'href="introduction.xhtml"',
         "P008 EPUB/index.xhtml has no link to letter#p-003 where its entry stands"),
        ("answer.xhtml", "<sup>1</sup>", "1", "P024 EPUB/answer.xhtml: '1' in answer#p-002 "
         "calls a note by letters that are not raised"),
        ("answer.xhtml", 'epub:type="chapter"', 'epub:type="appendix"', "P024 EPUB/answer.xhtml: "
         "'Document 2 The answer of the port 15 Sep' in EPUB/answer.xhtml has the type 'appendix', "
         "by its kind 'chapter'"),
        ("answer.xhtml", 'aria-label="Note 1"', 'aria-label="Note 9"', "P024 EPUB/answer.xhtml: "
         "'1' in answer#p-002 is called 'Note 9', though nothing there says 9"),
        ("letter.xhtml", '<p class="signature"', '<p aria-hidden="true" class="signature"',
         "P024 EPUB/letter.xhtml: 'Rudd' in letter#p-005 is kept from those who hear the text"),
        ("letter.xhtml", '<p class="signature"', '<p class="paragraph"',
         "P024 letter#p-005 in EPUB/letter.xhtml is marked as paragraph, not signature"),
        ("persons.xhtml", "h1", "p", "P024 EPUB/persons.xhtml: 'Persons Pike, Ivan "
         "(1901–1970) Master of' in EPUB/persons.xhtml has no heading that says its title"),
        ("toc.ncx", "<text>Introduction</text>", "<text>Foreword</text>",
         "P006 EPUB/toc.ncx does not name what the navigation names, as it does"),
    ],
)  # fmt: skip
def test_an_epub_that_marks_or_leads_otherwise_is_refused(
    copied: Path, name: str, old: str, new: str, message: str
) -> None:
    in_epub(copied, name, lambda text: text.replace(old, new))
    assert message in told(copied)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("answer.html", '<details class="cite">', '<p>Retracted.</p><details class="cite">',
         "P007 answer.html says 'retracted', which neither evidence nor catalogue has"),
        ("index.html", '<p class="description">Two pages', '<p class="description">Three pages',
         "P007 index.html does not say 'Two pages on a harbour that was closed.'"),
        ("letter.html", 'name="DC.identifier" content="urn', 'name="DC.identifier" content="xrn',
         "P025 web: letter.html gives as DC.identifier 'xrn:uuid:00000000-0000-4000-8000-"
         "000000000000', not 'urn:uuid:00000000-0000-4000-8000-000000000000'"),
        ("letter.html", '<a rel="next" href="answer.html"', '<a rel="next" href="index.html"',
         "P025 web: letter.html leads for 'next' to 'index.html' by the words "
         "'Next: The answer →'"),
        ("letter.html", 'property="og:title" content="', 'property="og:title" content="A',
         "P025 web: letter.html gives as og:title 'A1. A letter on the harbour – Letters on a "
         "Harbour', not '1. A letter on the harbour – Letters on a Harbour'"),
        ("letter.html", "Version 1.1, ", "Version 1.2, ",
         "P007 letter.html does not say 'Version 1.1' with its day"),
        ("search-words.js", "closed on Monday", "closed on Sunday", "P007 web: search-words.js, "
         "letter.html#p-003: after 'Theharbourwasclosedon' stands 'SundayandwasreopenedonThursday' "
         "instead of 'MondayandwasreopenedonThursday'"),
        ("persons.html", "Ivan", "Igor", "P007 web: 'persons': after 'PersonsPike,I' stands "
         "'gor(1901–1970)Masteroftheharbo' instead of 'van(1901–1970)Masteroftheharbo'"),
    ],
)  # fmt: skip
def test_a_web_page_with_other_words_is_refused(
    copied: Path, name: str, old: str, new: str, message: str
) -> None:
    swap(copied / "web" / name, old, new)
    assert message in told(copied)


def swapped(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ice went down the river", "the pilot and the harbour"),  # lines of verse
        ("Aurora", "12"),  # neighbouring cells
        ("Ships from the north wait outside.", "Ships from the south come in."),  # items
        ("Nobody passes.", "Second part"),  # blocks
        ("Of twelve days. See", "Nobody knows how many."),  # notes
        ("The harbour as surveyed.", "The quay as built."),  # captions
    ],
)
def test_words_that_change_places_in_an_epub_or_on_the_web_are_refused(
    copied: Path, one: str, other: str
) -> None:
    in_epub(copied, "answer.xhtml", lambda text: swapped(text, one, other))
    page = copied / "web/answer.html"
    page.write_text(swapped(page.read_text("utf-8"), one, other), "utf-8")
    found = told(copied)
    assert any("in EPUB/answer.xhtml" in row for row in found if row.startswith("P007"))
    assert any("in answer.html" in row for row in found if row.startswith("P007"))


def test_each_fault_says_where_in_the_book_to_look(copied: Path) -> None:
    in_epub(copied, "answer.xhtml", lambda text: text.replace("Nobody passes", "All pass"))
    swap(copied / "metadata/marc.xml", "Harbour Press", "Other Press")
    fixes = {one.code: one.fix for one in verify_folder(copied, sums=False).findings}
    rest = (
        ", and at the templates and style sheets that the book has of its own; if they are right, "
        "publish nothing and report it as a bug with this place"
    )
    assert fixes["P007"] == (
        f"look at documents/answer/transcript.md:33, the paragraph 'Nobody passes.'{rest}"
    )
    assert fixes["P025"] == f"look at manifest.yaml:16:12, the field 'publisher'{rest}"
