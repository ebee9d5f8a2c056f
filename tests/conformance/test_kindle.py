"""The EPUB as a Kindle gets it: converted to AZW3 by calibre, read back, and compared."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

pytestmark = pytest.mark.tools

XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
OPF = "{http://www.idpf.org/2007/opf}"


@pytest.fixture(scope="module")
def kindle(epub_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The AZW3, unpacked again as an EPUB, since no other program reads one."""
    if shutil.which("ebook-convert") is None:
        pytest.skip("calibre is not installed: apt-get install calibre")
    folder = tmp_path_factory.mktemp("kindle")
    there, back = folder / "book.azw3", folder / "back.epub"
    convert(epub_file, there, folder, "--no-inline-toc")  # the book has its own
    assert there.read_bytes()[60:68] == b"BOOKMOBI"
    convert(there, back, folder)
    return back


def convert(old: Path, new: Path, folder: Path, *options: str) -> None:
    """calibre says nothing of a broken book by its status, so only what it wrote counts."""
    quiet = {"QT_QPA_PLATFORM": "offscreen", "CALIBRE_CONFIG_DIRECTORY": str(folder / "settings")}
    ended = subprocess.run(
        ["ebook-convert", str(old), str(new), *options],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | quiet,
        timeout=900,
    )
    assert new.is_file(), ended.stderr


def texts(book: Path) -> Iterator[tuple[str, etree._Element]]:
    """Each file of an EPUB in the order of reading, by its name below the package."""
    with zipfile.ZipFile(book) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        (package,) = (str(one.get("full-path")) for one in container.iter("{*}rootfile"))
        root = etree.fromstring(archive.read(package))
        names = {one.get("id"): unquote(str(one.get("href"))) for one in root.iter(f"{OPF}item")}
        folder = package.rpartition("/")[0]
        for one in root.iter(f"{OPF}itemref"):
            name = names[one.get("idref")]
            yield name, etree.fromstring(archive.read(f"{folder}/{name}" if folder else name))


def letters(book: Path) -> str:
    bodies = (body for _, root in texts(book) for body in root.iter(f"{XHTML}body"))
    return "".join("".join("".join(map(str, body.itertext())) for body in bodies).split())


def contents(book: Path) -> list[tuple[str, str, str]]:
    """Label, file and id of each line of the NCX, which a conversion writes anew."""
    with zipfile.ZipFile(book) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".ncx")]
        root = etree.fromstring(archive.read(name))
    rows = []
    for point in root.iter(f"{NCX}navPoint"):
        source = str(point.find(f"{NCX}content").get("src"))  # type: ignore[union-attr]
        file, _, identity = unquote(source).partition("#")
        rows.append((str(point.findtext(f"{NCX}navLabel/{NCX}text")), file, identity))
    return rows


def test_every_character_of_the_book_is_in_the_kindles_file(kindle: Path, epub_file: Path) -> None:
    wanted = letters(epub_file)
    assert len(wanted) > 30_000
    assert letters(kindle) == wanted


def test_the_contents_are_there_and_lead_to_the_beginning_of_their_section(
    kindle: Path, epub_file: Path
) -> None:
    sections = dict(texts(epub_file))
    wanted = contents(epub_file)
    pieces = dict(texts(kindle))
    found = contents(kindle)
    assert [label for label, _, _ in found] == [label for label, _, _ in wanted]
    for (_, file, _), (_, piece, identity) in zip(wanted, found, strict=True):
        first = _opening(sections[file], "")
        assert _opening(pieces[piece], identity)[:20] == first[:20]


def _opening(root: etree._Element, identity: str) -> str:
    """The words from an id on, or of the whole file."""
    start = next((one for one in root.iter() if identity and one.get("id") == identity), None)
    if start is None:
        (body,) = root.iter(f"{XHTML}body")
        return " ".join("".join(map(str, body.itertext())).split())
    words = start.xpath("descendant::text() | following::text()")
    return " ".join("".join(map(str, words)).split())


def test_every_note_can_be_reached_from_its_call(kindle: Path, epub_file: Path) -> None:
    calls = sum(
        one.get("role") == "doc-noteref" for _, root in texts(epub_file) for one in root.iter()
    )
    ids = {
        (name.rpartition("/")[2], one.get("id"))
        for name, root in texts(kindle)
        for one in root.iter()
        if one.get("id")
    }
    led = [
        unquote(str(one.get("href"))).rpartition("/")[2].partition("#")
        for _, root in texts(kindle)
        for one in root.iter(f"{XHTML}a")
        if "noteref" in (one.get("class") or "").split()
    ]
    assert len(led) == calls
    assert [(file, identity) for file, _, identity in led if (file, identity) not in ids] == []
