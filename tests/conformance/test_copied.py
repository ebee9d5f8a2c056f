"""Two readers copy the same characters from pages whose glyphs are reordered or piled up."""

import io
from pathlib import Path

import pikepdf
import pytest
from tests.e2e.test_scripts import made

from engross.verify.copied import copied, disagreeing
from engross.verify.pages import read_pages
from engross.verify.pdf import prove_pdf
from engross.verify.report import Log
from engross.verify.said import Expected
from engross.verify.streams import Pages


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The reading PDF of a book with Hebrew, Japanese and, in the introduction, Devanagari."""
    outcome = made(tmp_path_factory.mktemp("copied"))
    assert outcome.ok, [str(found) for found in outcome.findings]
    return next(Path(row.path).read_bytes() for row in outcome.outputs if row.kind == "print")


def test_both_readers_copy_what_the_source_says(pages: bytes) -> None:
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        assert list(disagreeing(pdf, read_pages(pages))) == []
        text = "".join(copied(page) for page in pdf.pages)
    source = Path(__file__).parents[1] / "data/scripts/book/documents/hebrew/received.txt"
    words = source.read_text("utf-8").split()
    assert sorted(set("".join(words)) - set(text)) == []


def test_a_table_that_gives_another_letter_is_seen(pages: bytes) -> None:
    """One reader trusts the codes of the font, where the other goes by what is said beside them."""
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        read = read_pages(pages)
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and b"ActualText" in (raw := thing.read_bytes()):
                thing.write(raw.replace(b"/ActualText", b"/ActualTexx"))
        assert list(disagreeing(pdf, read)) != []


def test_what_two_readers_copy_otherwise_is_told_with_its_page(
    pages: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engross.verify.pdf.disagreeing", lambda *_: iter([(0, "ש")]))
    log = Log("book.pdf")
    prove_pdf(pages, [], "", log, Expected(), Pages())
    assert "page 1: two readers do not copy 'ש' alike" in [one.message for one in log.findings]
