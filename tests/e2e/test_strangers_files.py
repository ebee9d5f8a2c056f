"""Files as strangers write them: what other libraries read in them is in the book."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import docx
import pytest
import yaml
from lxml import etree, html
from tests.e2e import strangers

from engross.commands.build import build
from engross.commands.check import check
from engross.commands.new import new
from engross.commands.request import BuildRequest, NewRequest
from engross.commands.verify import verify
from engross.model.text import leaves
from engross.parse.markdown import parse_markdown

KINDS = ("docx", "odt", "html", "rtf", "docx", "md")
ELSEWHERE = ("in a text box", "in the head or foot of the pages", "hidden text")
"""Words that are in the file and in no text, and are told."""
TOLD = (*ELSEWHERE, "a tracked deletion", "a tracked change")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside checkers have tests of their own."""
    monkeypatch.setattr("engross.inspect.validating.verdicts", lambda *_: iter(()))


def drawn(kind: str, seed: int) -> tuple[bytes, str]:
    """A file, and what another library than the program's reads in it."""
    draw = Random(seed)
    match kind:
        case "docx":
            content = strangers.docx(draw)
            parts = docx.Document(io.BytesIO(content)).part.package.iter_parts()
            roots = [etree.fromstring(one.blob) for one in parts if "+xml" in one.content_type]
            return content, "\n".join(_words(root) for root in roots)
        case "odt":
            content = strangers.odt(draw)
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                roots = [etree.fromstring(archive.read(f"{n}.xml")) for n in ("content", "styles")]
            return content, "\n".join(map(_open, roots))
        case "html":
            content = strangers.html(draw)
            body = html.document_fromstring(content.decode()).find("body")
            assert body is not None
            etree.strip_tags(body, "sub", "b", "code", "s", "a")
            return content, _spread(body)
        case "rtf":
            return strangers.rtf(draw)
    return strangers.markdown(draw)


def _words(root: etree._Element) -> str:
    """What the runs of a part of a Word file say."""
    said = {f"{W}t": None, f"{W}tab": " ", f"{W}br": " ", f"{W}p": "\n"}
    return "".join(said[one.tag] or one.text or " " for one in root.iter(*said))


def _open(root: etree._Element) -> str:
    """What the paragraphs of a part of an OpenDocument file say, those of notes and boxes apart."""
    for one in root.iter("{*}tab", "{*}line-break"):
        one.text = " "
    apart = [_spread(one) for one in root.iter("{*}note-body", "{*}text-box")]
    etree.strip_elements(root, "{*}note", "{*}text-box", with_tail=False)
    paragraphs = root.iter("{*}p", "{*}h")
    return "\n".join([*apart, *("".join(map(str, one.itertext())) for one in paragraphs)])


def _spread(root: etree._Element) -> str:
    return " ".join(map(str, root.itertext()))


def held(folder: Path) -> Iterator[str]:
    """What a document's files say: its text, its notes, and words that are told to be left out."""
    notes = yaml.safe_load((folder / "notes.yaml").read_text("utf-8"))["notes"]
    for markdown in ((folder / "transcript.md").read_text("utf-8"), *(n["text"] for n in notes)):
        body = parse_markdown(markdown, "", dialect="transcript")
        yield from (leaf.text for leaf in leaves(body.blocks))
    record = yaml.safe_load((folder / "document.yaml").read_text("utf-8"))
    for row in record["received"].get("read_from", {}).get("left", ()):
        assert row["kept"] or row["reason"].startswith(TOLD), row
        if row["reason"] in ELSEWHERE:
            yield row["text"]


def asked(book: Path, document: str) -> Iterator[str]:
    """What comments of a document ask."""
    if (book / "queries.yaml").exists():
        rows = yaml.safe_load((book / "queries.yaml").read_text("utf-8"))["queries"]
        yield from (row["question"] for row in rows if row["at"]["address"] == document)


def judge(folder: Path, count: int) -> None:
    """Make a book of so many files, and prove it: nothing that a file says is lost or added."""
    book = folder / "book"
    assert new(NewRequest(book, None, "Papers", document="form", date="2026-01-01")).ok
    form = book / "documents/form/document.yaml"
    form.write_text(form.read_text("utf-8").replace('"Papers"', '"The form"'), "utf-8")
    for seed in range(count):
        kind = KINDS[seed % len(KINDS)]
        content, wanted = drawn(kind, seed)
        source, name = folder / f"{seed}.{kind}", f"d{seed}"
        source.write_bytes(content)
        outcome = new(NewRequest(book, source, f"Letter {seed}", document=name, date="2026-01-01"))
        assert [str(one) for one in outcome.findings if one.is_error] == [], name
        found = " ".join([*held(book / "documents" / name), *asked(book, name)])
        assert Counter(found.split()) == Counter(wanted.split()), name
    assert [str(one) for one in check(book).findings if one.is_error] == []
    built = build(BuildRequest(book, (), folder / "dist"))
    assert [str(one) for one in built.findings if one.is_error] == []
    proved = verify([folder / "dist/papers/current"])
    assert [str(one) for one in proved.findings if one.is_error] == []


@pytest.mark.rest
def test_four_files_of_strangers_are_in_the_book_word_for_word(tmp_path: Path) -> None:
    judge(tmp_path, 4)


@pytest.mark.slow
def test_thirty_files_of_strangers_are_in_the_book_word_for_word(tmp_path: Path) -> None:
    judge(tmp_path, 30)
