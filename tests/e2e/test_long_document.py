"""A document that is too long for one file of an EPUB: cut, led to, and proved as one text."""

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from lxml import etree

from engross.check.epub import check_epub
from engross.check.tools.epubcheck import epubcheck
from engross.check.tools.verdict import Status
from engross.commands.build import build
from engross.commands.request import BuildRequest
from engross.make.epub import make_epub
from engross.make.epub.container import zipped
from engross.model.check import Output
from engross.verify import verify_folder

MOST = 9_000
"""Bytes of a file here, so that a short text is a long one."""
MANIFEST = """edition: long-volume
title: A Long Document
version: "1.0"
date: "2026-11-23"
language: en
identifier: urn:uuid:59f3211e-785b-5509-a9b5-6f66ea836b3e
rights: {status: conditional, statement: Made for a test., terms: Not for reading.}
sections: [title-page, contents, {tei: sources/volume.xml}, persons, index]
outputs: [epub, print]
"""
INDEX = """entries:
  - heading: Coal
    at: [{address: d1, exact: paragraph 58 of coal}]
"""
XHTML = "{http://www.w3.org/1999/xhtml}"
Files = dict[str, bytes]


def volume() -> str:
    """Sixty paragraphs in two parts, a note in every seventh, a leaf in every twentieth."""

    def paragraph(n: int) -> str:
        note = f'<note n="{n // 7}" xml:id="fn{n}">Note of {n}.</note>' if n % 7 == 0 else ""
        leaf = f'<pb type="leaf" n="{n}" xml:id="leaf_{n}"/>' if n % 20 == 0 else ""
        name = '<persName corresp="#p_K">Khrushchev</persName>' if n in {2, 59} else "He"
        back = ' See <ref target="#d1">above</ref>.' if n == 57 else ""
        words = "spoke of ships and timber, of the harvest and of peace, " * 4
        return f"<p>{leaf}{name} {words}in paragraph {n} of coal.{note}{back}</p>"

    parts = "".join(
        f'<div type="part" xml:id="d1part{part}"><head>Part {part}</head>'
        + "".join(paragraph(n) for n in range(30 * part - 29, 30 * part + 1))
        + "</div>"
        for part in (1, 2)
    )
    return f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="long"><teiHeader><fileDesc>
<titleStmt><title>A Long Document</title></titleStmt></fileDesc></teiHeader><text><front>
<div type="section" xml:id="persons"><head>Persons</head><list><item><persName
xml:id="p_K">Khrushchev</persName>, Chairman</item></list></div></front><body>
<div type="chapter" xml:id="ch1"><head>Moscow</head><div type="document" n="1" xml:id="d1">
<head>1. Record</head><dateline><date when="1961-09-14">September 14, 1961</date></dateline>{parts}
</div></div></body></text></TEI>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder; not to be written to."""
    book = tmp_path_factory.mktemp("long")
    (book / "sources").mkdir()
    (book / "manifest.yaml").write_text(MANIFEST, "utf-8")
    (book / "index.yaml").write_text(INDEX, "utf-8")
    (book / "sources" / "volume.xml").write_text(volume(), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engross.workshop.epub.make_epub", partial(make_epub, most=MOST))
        made = build(BuildRequest(book=book, out=book / "out", jobs=1))
    assert [str(found) for found in made.findings if found.is_error] == []
    return book / "out" / "long-volume" / "current"


@pytest.fixture(scope="module")
def files(folder: Path) -> Files:
    with zipfile.ZipFile(folder / "long-volume.epub") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pieces(files: Files) -> list[str]:
    """The files of the document in the order of reading."""
    package = etree.fromstring(files["EPUB/content.opf"])
    order = [str(one.get("idref")) for one in package.iter("{*}itemref")]
    return [f"EPUB/{name}.xhtml" for name in order if name.partition(".")[0] == "d1"]


def said(folder: Path, files: Files) -> list[str]:
    """What the proof says of an EPUB with these files."""
    book = zipped(files)
    return [str(one.message) for one in verify_folder(folder, only={"a.epub": book}).findings]


def test_the_document_is_several_files_and_proved_as_one(folder: Path, files: Files) -> None:
    names = pieces(files)
    assert len(names) >= 3
    assert max(len(files[name]) for name in names) <= MOST
    report = verify_folder(folder)
    assert report.findings == ()
    assert {check.verdict for check in report.checks} == {"passed"}
    assert check_epub(Output("epub", "long.epub", zipped(files))) == ()


def test_pages_leaves_persons_and_index_lead_to_the_right_file(files: Files) -> None:
    homes = {
        str(element.get("id")): name.removeprefix("EPUB/")
        for name in pieces(files)
        for element in etree.fromstring(files[name]).iter()
        if element.get("id")
    }
    assert len(set(homes.values())) == len(pieces(files))
    for source in ("nav", "persons", "index"):
        targets = [
            str(link.get("href")).partition("#")
            for link in etree.fromstring(files[f"EPUB/{source}.xhtml"]).iter(f"{XHTML}a")
        ]
        inner = [(file, identity) for file, _, identity in targets if identity in homes]
        assert inner
        assert {identity: homes[identity] for _, identity in inner} == {
            identity: file for file, identity in inner
        }
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    leaves = [link.get("href") for link in nav.xpath("//*[@id='leaf-list']//*[@href]")]
    assert [str(href).partition("#")[2] for href in leaves] == ["leaf-20", "leaf-40", "leaf-60"]
    assert len({str(href).partition("#")[0] for href in leaves}) > 1


def lost(files: Files, last: str) -> None:
    package = files["EPUB/content.opf"].decode()
    name = last.removeprefix("EPUB/").removesuffix(".xhtml")
    files["EPUB/content.opf"] = package.replace(f'<itemref idref="{name}"/>', "").encode()


def swallowed(files: Files, last: str) -> None:
    files[last] = files[last].replace(b"in paragraph 60 of coal", b"in paragraph of coal")


def noted(files: Files) -> str:
    """The file with the last note."""
    return next(name for name in pieces(files) if b'id="note-fn56"' in files[name])


def moved(files: Files, _: str) -> None:
    """The last note goes to the end of the first file, as a note of the book used to."""
    last = noted(files)
    tree, first = etree.fromstring(files[last]), etree.fromstring(files["EPUB/d1.xhtml"])
    note = tree.xpath("//*[@id='note-fn56']")[0]
    note.getparent().remove(note)
    call = tree.xpath("//*[@href='#note-fn56']")[0]
    call.set("href", "d1.xhtml#note-fn56")
    note.xpath(".//*[@role='doc-backlink']")[0].set("href", f"{last[5:]}#{call.get('id')}")
    first.xpath("//*[@role='doc-endnotes']")[0].append(note)
    files[last], files["EPUB/d1.xhtml"] = etree.tostring(tree), etree.tostring(first)


def renamed(files: Files, last: str) -> None:
    old, new = last[5:-6], "d1.p-002"
    for name in ("EPUB/content.opf", *(one for one in files if one.endswith((".xhtml", ".ncx")))):
        files[name] = files[name].replace(old.encode(), new.encode())
    files[f"EPUB/{new}.xhtml"] = files.pop(last)


def added(files: Files, last: str) -> None:
    files[last] = files[last].replace(b"</section>\n</body>", b"<p>More.</p></section>\n</body>")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lost, "d1#{first} is not in EPUB/d1.xhtml"),
        (
            swallowed,
            "d1#p-064 in {last}: after 'st and of peace, in paragraph ' stands 'of coal.'",
        ),
        (moved, "leads to 'note-fn56', which is no note of this file"),
        (renamed, "EPUB/d1.p-002.xhtml begins with '{first}', so that its name means another text"),
        (added, "EPUB/d1.xhtml, at d1#p-064: after 'ndofpeace,inparagraph60ofcoal.' stands 'More."),
    ],
)
def test_what_goes_wrong_between_the_pieces_is_caught(
    folder: Path, files: Files, damage: Callable[[Files, str], None], message: str
) -> None:
    last = pieces(files)[-1]
    harmed = dict(files)
    damage(harmed, last)
    assert harmed != files
    told = said(folder, harmed)
    wanted = message.format(last=last, first=last[5:-6].partition(".")[2])
    assert any(wanted in one for one in told), told


@pytest.mark.tools
def test_epubcheck_has_nothing_to_say_of_the_pieces(files: Files, epubcheck_tool: str) -> None:
    (verdict,) = epubcheck([zipped(files)])
    assert (verdict.status, verdict.line) == (
        Status.PASSED,
        "EPUBCheck 5.3.0: passed, 0 fatals / 0 errors / 0 warnings / 0 infos",
    )
