"""What a reading PDF says beside its pages is proved too: record, outline, links and tags."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from engross.make.epub.container import zipped
from engross.verify import verify_folder

SCREEN = "khrushchev-yamada-1961-screen.pdf"


def elements(node: Any, kind: str) -> list[Any]:
    """All elements of a kind in the tag tree."""
    rows = list(node.K) if isinstance(node.get("/K"), Array) else [node.get("/K")]
    below = [one for one in rows if isinstance(one, Dictionary) and "/S" in one]
    here = [one for one in below if str(one.S) == kind]
    return [*here, *(found for one in below for found in elements(one, kind))]


def titled(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another Book"


def renamed(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Next.Next.Title = String("Table")


def turned(pdf: pikepdf.Pdf) -> None:
    entry = pdf.Root.Outlines.First.Next.Next.Next
    entry.Dest = Array([pdf.pages[0].obj, *list(entry.Dest)[1:]])


def nested(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[2].children.append(outline.root.pop(3))


def keyed(pdf: pikepdf.Pdf) -> None:
    said = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(said.replace(b"<pdf:Keywords>", b"<pdf:Keywords>cats, "))


def listed(pdf: pikepdf.Pdf) -> None:
    links = [one for page in pdf.pages for one in page.obj.get("/Annots", [])]
    next(one for one in links if one.get("/Dest") == "introduction").Dest = String("colophon")


def led(pdf: pikepdf.Pdf) -> None:
    links = [one for page in pdf.pages for one in page.obj.get("/Annots", [])]
    one = next(one for one in links if str(one.get("/Dest", "")).startswith("sources#"))
    one.Dest = String("sources#frus-berlin-ii")


def moved(pdf: pikepdf.Pdf) -> None:
    pikepdf.NameTree(pdf.Root.Names.Dests)["introduction"] = Array([pdf.pages[0].obj, Name.Fit])


def lowered(pdf: pikepdf.Pdf) -> None:
    elements(pdf.Root.StructTreeRoot, "/H2")[5].S = Name.H3


def parted(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["yamada-transcript.md"]


def other(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["yamada-received.txt"] = pikepdf.AttachedFileSpec(pdf, b"Another text.")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (titled, "P006 the file gives the Title 'Another Book', the evidence 'Khrushchev Receives"),
        (renamed, "P008 the outline has 'Table' where no such heading stands"),
        (turned, "P008 the outline has 'Introduction' where no such heading stands"),
        (nested, "P008 the outline has '"),
        (keyed, "P006 the file gives the Keywords in XMP 'cats, "),
        (listed, "P008 the links of 'contents' have 'colophon' where 'introduction' should stand"),
        (led, "P008 the links of 'introduction' have 'sources#frus-berlin-ii' where"),
        (moved, "P008 the links to 'introduction' lead to another page than its own"),
        (lowered, "P024 the tags of '"),
        (parted, "P002 the attached file 'yamada-transcript.md' is missing"),
        (other, "P002 the attached file 'yamada-received.txt' is another than the evidence has"),
    ],
)
def test_what_is_wrong_beside_the_pages_is_told(
    published: Path,
    damage: Callable[[pikepdf.Pdf], None],
    message: str,
) -> None:
    target = io.BytesIO()
    with pikepdf.open(published / SCREEN) as pdf:
        damage(pdf)
        pdf.save(target)
    report = verify_folder(published, sums=False, only={SCREEN: target.getvalue()})
    found = [f"{one.code} {one.message}" for one in report.findings]
    assert found
    assert found[0].startswith(message), found


def test_marks_of_pages_that_changed_places_are_told(published: Path) -> None:
    print_ = SCREEN.replace("screen", "print-generic")
    epub = SCREEN.replace("-screen.pdf", ".epub")
    with zipfile.ZipFile(published / epub) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in ("EPUB/yamada.xhtml", "EPUB/nav.xhtml", "EPUB/toc.ncx"):
        body = files.get(name, b"").replace(b"page-14", b"page-X").replace(b"page-19", b"page-14")
        body = body.replace(b"page-X", b"page-19").replace(b'"14"', b'"X"')
        files[name] = body.replace(b'"19"', b'"14"').replace(b'"X"', b'"19"')
    only = {print_: (published / print_).read_bytes(), epub: zipped(files)}
    found = [one.message for one in verify_folder(published, sums=False, only=only).findings]
    assert "the mark of page 19 stands in yamada#p-006, not on that page" in found
    assert "the mark of page 14 stands in yamada#p-014, not on that page" in found
