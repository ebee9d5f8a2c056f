"""Every reader of a stranger's bytes, as one function each: it gives a value or findings."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from engross.check.epub.opened import open_epub
from engross.model.finding import EngrossError
from engross.model.source import SourceFile
from engross.parse.load import load
from engross.parse.markdown import parse_markdown
from engross.parse.tei import read_tei
from engross.read import decode, svg
from engross.read.css import judge_sheet
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Ledger
from engross.schema.manifest import Manifest
from engross.schema.notes import Notes
from engross.verify.epub import prove_epub
from engross.verify.folder import _evidence
from engross.verify.ground import Ground
from engross.verify.report import Log

BOOK = Path(__file__).parent.parent / "faults" / "_book"
KEPT = next((Path(__file__).parent.parent / "kept/two-letters").glob("dist/*/builds/*/evidence"))
FOUND = Path(__file__).parent / "found"
"""Inputs that once broke a reader, by reader; each is a test for ever."""

TEI = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A</title>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
</teiHeader><text><body><div type="document" xml:id="d1"><head>1. Letter<note n="1">N</note></head>
<p>A <hi rend="italic">b</hi> <persName ref="#x">C</persName><pb n="2"/></p><list><item>I</item>
</list><table><row><cell cols="2">T</cell></row></table></div></body></text></TEI>"""


def archive() -> bytes:
    """A small EPUB, not a good one."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
        made.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/a.opf"/></rootfiles></container>',
        )
        made.writestr("OPS/a.opf", '<package xmlns="http://www.idpf.org/2007/opf"/>')
        made.writestr("OPS/a.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"/>')
    return target.getvalue()


def read_archive(content: bytes) -> None:
    open_epub("a.epub", content)
    prove_epub(content, [], ground(), Log("a.epub"), {}, {})


@cache
def ground() -> Ground:
    """What the evidence of a published edition says."""
    found = _evidence(KEPT, Log("evidence"))
    assert found is not None
    return found.ground


def read_transcript(content: bytes) -> None:
    text, _ = decode(SourceFile.of("transcript.md", content))
    if text is not None:
        parse_markdown(text, "transcript.md", dialect="transcript")


def read_prose(content: bytes) -> None:
    text, _ = decode(SourceFile.of("introduction.md", content))
    if text is not None:
        parse_markdown(text, "introduction.md")


def read_sheet(content: bytes) -> None:
    text, _ = decode(SourceFile.of("styles/book.css", content))
    judge_sheet("styles/book.css", text or "")


READERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "manifest": (
        lambda body: load(Manifest, SourceFile.of("manifest.yaml", body)),
        (BOOK / "manifest.yaml").read_bytes(),
    ),
    "ledger": (
        lambda body: load(Ledger, SourceFile.of("corrections.yaml", body)),
        (BOOK / "corrections.yaml").read_bytes(),
    ),
    "notes": (
        lambda body: load(Notes, SourceFile.of("notes.yaml", body)),
        (BOOK / "documents/letter/notes.yaml").read_bytes(),
    ),
    "document": (
        lambda body: load(DocumentRecord, SourceFile.of("document.yaml", body)),
        (BOOK / "documents/letter/document.yaml").read_bytes(),
    ),
    "transcript": (read_transcript, (BOOK / "documents/letter/transcript.md").read_bytes()),
    "prose": (read_prose, (BOOK / "introduction.md").read_bytes()),
    "tei": (lambda body: read_tei(SourceFile.of("volume.xml", body)), TEI),
    "archive": (read_archive, archive()),
    "svg": (
        lambda body: list(svg.faults("a.svg", body)),
        b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#b"/></g></svg>',
    ),
    "css": (read_sheet, b"@media print { p { color: red; background: url(a.png) } }"),
}
"""Each reader, and something like what it reads."""


def read(name: str, content: bytes) -> None:
    """
    Let a reader have bytes; an expected failure has one of the table's statuses.

    Raises:
        Whatever else the reader does: that is the bug that is looked for.
    """
    try:
        READERS[name][0](content)
    except EngrossError as error:
        if not error.findings or not 1 <= error.exit_status <= 9:
            raise
