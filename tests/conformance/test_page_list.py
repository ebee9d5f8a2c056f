"""Pages of the EPUB are the pages of the printed form."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
FEW = 24
"""Letters that are compared: enough to know a page by."""


def letters(text: str) -> str:
    """What both files have alike: letters; page numbers and signs of notes are not."""
    return re.sub(r"[\W\d_]+", "", text)


@pytest.fixture(scope="module")
def marked(epub_file: Path) -> list[tuple[str, str]]:
    """Label of each page, and the words that follow its mark in the EPUB."""
    rows = []
    with zipfile.ZipFile(epub_file) as archive:
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
        (listed,) = [n for n in nav.iter(f"{XHTML}nav") if n.get(EPUB_TYPE) == "page-list"]
        for link in listed.iter(f"{XHTML}a"):
            file, _, identity = (link.get("href") or "").partition("#")
            root = etree.fromstring(archive.read(f"EPUB/{file}"))
            (mark,) = root.xpath(f"//*[@id='{identity}']")
            after = mark.xpath(
                "following::text()[not(ancestor::*[@data-furniture])"
                " and not(ancestor::*[local-name()='section' and @role='doc-endnotes'])]"
            )
            rows.append((link.text or "", letters("".join(after))))
    return rows


def printed(published: Path) -> list[str]:
    """The letters of each page, line by line from the top and each line from the left."""
    (file,) = published.glob("*-print-*.pdf")
    document = pypdfium2.PdfDocument(file)
    try:
        return [letters("".join(lines(document[n].get_textpage()))) for n in range(len(document))]
    finally:
        document.close()


def lines(page: pypdfium2.PdfTextPage) -> list[str]:
    boxes = [page.get_rect(n) for n in range(page.count_rects())]
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for left, bottom, right, top in sorted(boxes, key=lambda box: -box[1]):
        words = page.get_text_bounded(left, bottom, right, top)
        if not rows or rows[-1][0] - bottom > 5:
            rows.append((bottom, []))
        rows[-1][1].append((left, words))
    return ["".join(words for _, words in sorted(row)) for _, row in rows]


def test_every_page_of_the_printing_is_in_the_list(
    marked: list[tuple[str, str]], published: Path
) -> None:
    labels = [label for label, _ in marked]
    pages = printed(published)
    blank = [number for number, words in enumerate(pages, 1) if not words]
    assert labels == [str(n) for n in range(1, len(pages) + 1) if n not in blank]


def test_each_label_stands_before_the_first_words_of_its_page(
    marked: list[tuple[str, str]], published: Path
) -> None:
    pages = printed(published)
    strange = [
        (label, words[:FEW], pages[int(label) - 1][:80])
        for label, words in marked
        if words[:FEW] not in pages[int(label) - 1]
    ]
    assert strange == []
    early = [
        label
        for label, words in marked
        if pages[int(label) - 1].find(words[:FEW]) > 120  # a head, numbers in the margin
    ]
    assert early == []


def test_the_printing_is_named(epub_file: Path) -> None:
    with zipfile.ZipFile(epub_file) as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert '<meta property="pageBreakSource">' in package
    assert "pageBreakMarkers" in package
    assert "pageNavigation" in package


@pytest.mark.slow
def test_the_epub_has_the_same_bytes_whatever_else_is_made(
    published: Path, epub_file: Path, tmp_path: Path
) -> None:
    book = published.parents[2] / "book"
    command = [sys.executable, "-m", "engross", "build", str(book), "--to", "epub"]
    made = subprocess.run(
        [*command, "--out", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    (alone,) = tmp_path.glob("*/draft/*.epub")
    assert alone.read_bytes() == epub_file.read_bytes()
