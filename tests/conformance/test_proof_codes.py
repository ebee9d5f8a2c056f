"""Each way in which an edition may part from its evidence has its own code, and says where."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.property.mutants import mutate

from engross.cache.store import Store
from engross.commands.build import build
from engross.commands.request import BuildRequest
from engross.inspect.checking import check_outputs
from engross.make.epub.container import zipped
from engross.model.check import Output
from engross.verify import verify_folder

GOOD = Path(__file__).parent.parent / "faults/_book"
EPUB = "letter-1961.epub"


def made(folder: Path, kind: str) -> Path:
    outcome = build(BuildRequest(book=folder / "book", kinds=(kind,)))
    assert outcome.ok, [str(found) for found in outcome.findings]
    return folder / str(outcome.published)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small good book as an EPUB; not to be written to."""
    folder = tmp_path_factory.mktemp("codes")
    shutil.copytree(GOOD, folder / "book")
    return made(folder, "epub")


def said(folder: Path, content: bytes | None = None) -> list[str]:
    report = verify_folder(folder, sums=False, only={EPUB: content} if content else None)
    return [f"{found.code} {found.message}" for found in report.findings]


def test_a_block_whose_address_is_gone_is_named(published: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(published / EPUB) as before, zipfile.ZipFile(target, "w") as after:
        for entry in before.infolist():
            body = before.read(entry).replace(b' data-address="introduction#p-002"', b"")
            after.writestr(entry, body)
    assert "P003 introduction#p-002 is not in EPUB/introduction.xhtml" in said(
        published, target.getvalue()
    )


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (
            "lost call",
            [
                "Q015 a link or an id is broken: '#call-n-1' leads to an id that is not there",
                "Q014 the note 'note-n-1' is called nowhere",
                "P024 introduction#p-002 in EPUB/introduction.xhtml: 'letteraboutaharbour.' leads "
                "to introduction#note-n-1 by the evidence",
                "P007 EPUB/introduction.xhtml, at introduction#p-002: after "
                "'roductionAletteraboutaharbour.' stands 'Notes1.Itsdaysarethoseofthecal' instead "
                "of '1Notes1.Itsdaysarethoseoftheca'",
            ],
        ),
        (
            "navigation",
            [
                "P006 EPUB/toc.ncx does not name what the navigation names, as it does",
                "P006 the navigation calls introduction.xhtml 'Intrbduction' instead of "
                "'Introduction'",
            ],
        ),
        (
            "backlink",
            [
                "Q014 the note 'note-monday' leads back to nothing, its calls are ['call-monday']",
                "P007 EPUB/letter.xhtml, at letter/note/monday: after "
                "'eptember1961ACalendar(1961),9.' stands nothing instead of '↩︎'",
            ],
        ),
        (
            "hidden",
            [
                "P009 EPUB/introduction.xhtml, introduction#p-002: 'A letter about a harbour.1' is "
                "not seen as it reads, by 'display: none'"
            ],
        ),
    ],
)
def test_an_epub_that_parts_from_its_evidence_says_how(
    published: Path, kind: str, wanted: list[str]
) -> None:
    content = (published / EPUB).read_bytes()
    assert said(published, content) == []
    assert said(published, mutate(content, f"epub {kind}", 3).content) == wanted


def test_what_stands_as_supplied_has_to_be_in_the_record(published: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(published, folder)
    path = folder / "evidence/furniture.json"
    furniture = json.loads(path.read_text("utf-8"))

    def supplied(value: Any) -> list[dict[str, Any]]:
        inner = list(value.values()) if isinstance(value, dict) else value
        found = [value] if isinstance(value, dict) and "supplied" in value else []
        if isinstance(inner, list):
            found += [one for part in inner for one in supplied(part)]
        return found

    first = supplied(furniture)[0]
    was, first["supplied"] = first["supplied"], "[Nowhere]"
    path.write_text(json.dumps(furniture), "utf-8")
    found = said(folder)
    assert was != "[Nowhere]"
    assert (
        "P004 '[Nowhere]' in 'letter' is marked as supplied, but document.yaml does not say it"
    ) in found


def test_a_letter_that_no_pdf_gives_back_is_no_proof(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "book")
    prose = tmp_path / "book/introduction.md"
    text = prose.read_text("utf-8")
    assert text.count("harbour") == 1
    prose.write_text(text.replace("harbour", "harbour o\ufb03ce"), "utf-8")
    folder = made(tmp_path, "print")
    assert said(folder) == ["P011 cannot prove introduction#p-002: it holds U+FB03 (ligature)"]


def test_a_pdf_with_fewer_pages_than_were_made_is_told(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "book")
    content = next(made(tmp_path, "print").glob("*.pdf")).read_bytes()
    output = Output("screen", "letter.pdf", content, pages=900)
    _, findings = check_outputs([output], Store(None))
    first = findings[0]
    assert first.code == "W001"
    assert first.message.endswith("pages where 900 were made")
    assert first.message.startswith("letter.pdf has ")


def test_an_entry_of_the_contents_that_leads_elsewhere_is_told(published: Path) -> None:
    with zipfile.ZipFile(published / EPUB) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "EPUB/contents.xhtml"
    files[name] = files[name].replace(b'href="letter.xhtml"', b'href="introduction.xhtml"')
    assert said(published, zipped(files)) == [
        "P008 EPUB/contents.xhtml has no link to letter where its entry stands"
    ]
