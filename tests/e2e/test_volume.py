"""A volume from one TEI file: every output, proved; the same bytes each way; an offprint."""

import zipfile
from pathlib import Path

import pikepdf
import pytest

from engross.commands.build import build
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.commands.verify import verify
from engross.verify.pages import read_pages

MANIFEST = """edition: small-volume
title: A Small Volume
short_title: A Small Volume
version: "1.0"
date: "2026-11-23"
language: en
identifier: urn:uuid:59f3211e-785b-5509-a9b5-6f66ea836b3d
rights: {status: conditional, statement: Made for a test., terms: Not for reading.}
form: long
print: {binding: saddle}
sections:
  - title-page
  - imprint
  - contents
  - documents-list
  - tei: sources/volume.xml
  - persons
  - index
  - colophon
outputs: [epub, print]
"""
INDEX = """entries:
  - heading: Trade
    at:
      - {address: d1, exact: ships and timber}
      - {address: d1, exact: coal}
      - {address: d2, exact: Ships}
    see_also: [Visas]
  - heading: Visas
    at:
      - {address: d1, exact: ships and timber, to: {exact: coal}}
  - {heading: Coal, at: [{address: d1, exact: coal}]}
  - {heading: Harbours, at: [{address: d1, exact: coal}]}
  - {heading: Pilots, at: [{address: d1, exact: coal}]}
  - {heading: Timber, see: [Trade]}
  - {heading: Wood, see: [Trade]}
"""
DOCUMENT = """<div type="document" n="{n}" xml:id="d{n}">
<head>{n}. Record {n}<note n="0" type="source" xml:id="d{n}fn0">Source: Files, {n}.</note></head>
<dateline><date when="1961-09-{day}">September {day}, 1961</date></dateline>
<p>He spoke of ships and timber to <persName corresp="#p_K">Khrushchev</persName>.<note n="1"
xml:id="d{n}fn1">A note that sees <ref target="#d{other}">Document {other}</ref>.</note>
<pb n="{page}" xml:id="pg_{page}"/>More of it stands on the next page.</p>
<p>Then of coal.</p><list><item>One<note n="2" xml:id="d{n}fn2">In a list.</note></item></list>
</div>"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A volume of one chapter and two documents, with an index."""
    folder = tmp_path / "small"
    (folder / "sources").mkdir(parents=True)
    (folder / "manifest.yaml").write_text(MANIFEST, "utf-8")
    (folder / "index.yaml").write_text(INDEX, "utf-8")
    documents = DOCUMENT.format(n=1, day=14, other=2, page=5) + DOCUMENT.format(
        n=2, day=15, other=1, page=7
    ).replace("ships", "Ships")
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="small"><teiHeader><fileDesc>
<titleStmt><title>A Small Volume</title></titleStmt></fileDesc></teiHeader><text><front>
<div type="section" xml:id="persons"><head>Persons</head><list type="names"><item><persName
xml:id="p_K">Khrushchev</persName>, Chairman of the Council of Ministers of the Union,
and First Secretary of the Communist Party of the Union as well</item></list></div></front><body>
<div type="chapter" xml:id="ch1"><head>Moscow</head>{documents}</div></body></text></TEI>"""
    (folder / "sources" / "volume.xml").write_text(text, "utf-8")
    return folder


def made(book: Path, **asked: object) -> Outcome:
    outcome = build(BuildRequest(book=book, **asked))  # type: ignore[arg-type]  # as the test names them
    assert [str(found) for found in outcome.findings if found.is_error] == []
    return outcome


def digests(outcome: Outcome) -> dict[str, str]:
    return {row.path.rpartition("/")[2]: row.sha256 for row in outcome.outputs}


@pytest.mark.slow
def test_a_volume_is_made_proved_and_made_again_to_the_same_bytes(book: Path) -> None:
    # without the section, the file's own list of names is printed
    (book / "manifest.yaml").write_text(MANIFEST.replace("  - persons\n", ""), "utf-8")
    first = made(book, jobs=1, out=book / "one")
    again = made(book, jobs=2, out=book / "two")
    anew = made(book, jobs=2, cache=False, out=book / "three")
    assert digests(first) == digests(again) == digests(anew)
    assert {row.kind for row in first.outputs} >= {"epub", "print"}
    current = book / "one" / "small-volume" / "current"
    proof = verify((current,), None)
    assert proof.ok, proof
    with zipfile.ZipFile(current / "small-volume.epub") as archive:
        texts = {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
    assert texts["EPUB/d1.xhtml"].count("<aside") == 3
    assert 'href="d2.xhtml"' in texts["EPUB/d1.xhtml"]
    assert "[Page 5]" in texts["EPUB/d1.xhtml"]
    assert "doc. 1 ¶ 1</a>, " in texts["EPUB/index.xhtml"]
    assert "doc. 1 ¶ 1–2" in texts["EPUB/index.xhtml"]
    account = (current / "evidence" / "coverage" / "small.txt").read_text("utf-8")
    assert "2 documents, 6 notes" in account
    with pikepdf.open(current / "small-volume-print-generic.pdf") as pdf:
        labels = [str(entry) for entry in pdf.Root.PageLabels.Nums]  # type: ignore[attr-defined]  # as any PDF
    assert len(labels) >= 4  # roman, then arabic
    assert "EPUB/half-title.xhtml" in texts
    # the list of names: what runs over hangs, and no word is divided
    front = read_pages((current / "small-volume-print-generic.pdf").read_bytes())
    page = next(one for one in front if any("ChairmanoftheCouncil" in line for line in one.lines))
    rows = [(line, stand.left) for line, stand in zip(page.lines, page.stands, strict=True)]
    first = next(n for n, (line, _) in enumerate(rows) if line.startswith("Khrushchev,"))
    (line, left), (_, hanging) = rows[first : first + 2]
    assert not line.endswith(("-", "\u2010"))
    assert left + 6 < hanging < left + 30


@pytest.mark.slow
def test_documents_run_on_where_the_manifest_says_so(book: Path) -> None:
    apart = made(book, out=book / "apart")
    manifest = book / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "run_on: true\n", "utf-8")
    one = made(book, jobs=1, out=book / "one")
    two = made(book, jobs=2, cache=False, out=book / "two")
    assert digests(one) == digests(two)
    # the chapter and its two documents are laid out as one, and proved as three sections
    assert (apart.units["total"], one.units["total"]) == (11, 9)
    current = book / "one" / "small-volume" / "current"
    proof = verify((current,), None)
    assert proof.ok, proof
    with pikepdf.open(current / "small-volume-print-generic.pdf") as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)  # type: ignore[attr-defined]  # as any PDF
        pages = {name: names[name][0].objgen for name in ("ch1", "d1", "d2", "d2#p-002")}
        with pdf.open_outline() as outline:
            titles = {item.title: [kid.title for kid in item.children] for item in outline.root}
    assert len(set(pages.values())) == 1
    assert titles["Moscow"] == ["1. Record 1", "2. Record 2"]
    with zipfile.ZipFile(current / "small-volume.epub") as archive:
        assert {"EPUB/d1.xhtml", "EPUB/d2.xhtml"} <= set(archive.namelist())
    alone = made(book, offprint="d2", kinds=("print",), out=book / "alone")
    sheet = next(row for row in alone.outputs if row.kind == "print")
    with pikepdf.open(book / "alone" / "small-volume" / "draft" / Path(sheet.path).name) as pdf:
        labels = pdf.Root.PageLabels.Nums  # type: ignore[attr-defined]  # as any PDF
        assert int(labels[-1].St) == 1  # the page of the volume on which the document begins


def test_an_offprint_has_the_pages_of_its_volume(book: Path) -> None:
    made(book, out=book / "whole")
    alone = made(book, offprint="d2", out=book / "alone")
    names = sorted(name for name in digests(alone) if name.startswith("small-volume-d2"))
    assert names == ["small-volume-d2-print-generic.pdf", "small-volume-d2.epub"]
    assert {check.subject for check in alone.checks} <= set(names)
    folder = book / "alone" / "small-volume" / "draft"
    assert not (book / "alone" / "small-volume" / "current").exists()
    with zipfile.ZipFile(folder / names[1]) as archive:
        files = {name.rpartition("/")[2] for name in archive.namelist()}
        text = archive.read("EPUB/d2.xhtml").decode()
    assert {"title-page.xhtml", "imprint.xhtml", "d2.xhtml", "persons.xhtml"} <= files
    assert not {"d1.xhtml", "index.xhtml", "contents.xhtml"} & files
    assert 'href="d1.xhtml"' not in text
    assert "Document 1" in text


def test_an_offprint_of_nothing_is_refused(book: Path) -> None:
    outcome = build(BuildRequest(book=book, offprint="d3", kinds=("epub",)))
    assert [found.message for found in outcome.findings if found.is_error] == [
        "the edition has no section 'd3'"
    ]
