"""Plates and digests enter the form; slips of one's own transcription are taken over."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from engross.commands.check import check
from engross.commands.freeze import freeze
from engross.commands.new import new
from engross.commands.plates import plate
from engross.commands.request import NewRequest, PlateRequest
from engross.parse.parse import parse
from engross.read import open_book
from engross.read.svg import faults


@pytest.fixture
def book(tmp_path: Path) -> Path:
    source = tmp_path / "letter.md"
    source.write_text("To teh harbour master.\n\nNobody came.\n", "utf-8")
    assert new(NewRequest(tmp_path / "book", source, date="2026-01-01")).ok
    return tmp_path / "book"


def errors(book: Path) -> list[str]:
    return [str(one) for one in check(book).findings if one.is_error]


def form(book: Path) -> Path:
    return book / "documents/document/document.yaml"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_tiff_of_one_page_becomes_a_plate_with_its_digest(book: Path, tmp_path: Path) -> None:
    scan = tmp_path / "Leaf 124.tif"
    Image.new("L", (30, 20), 90).save(scan)
    outcome = plate(PlateRequest(book, (scan,), leaf="124", caption="The first leaf"))
    assert outcome.ok, outcome.findings
    [held] = parse(open_book(book)).documents[0].record.value.plates
    content = (book / "documents/document" / held.file).read_bytes()
    assert (held.file, held.leaf, held.alt) == ("leaves/leaf-124.png", "124", "The first leaf")
    assert held.sha256 == hashlib.sha256(content).hexdigest()
    assert errors(book) == []


def test_a_folder_of_scans_becomes_plates_in_the_order_of_their_numbers(
    book: Path, tmp_path: Path
) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    for name in ("f52_l_10.tif", "f52_l_9.jpg", "f52_l_9об.png", "f52_l_100.jp2"):
        Image.new("L", (30, 20), 90).save(scans / name)
    (scans / "notes.txt").write_text("no picture")
    outcome = plate(PlateRequest(book, (scans,), alt="Leaf {leaf}", caption="*l. {leaf}*"))
    assert outcome.ok, outcome.findings
    held = parse(open_book(book)).documents[0].record.value.plates
    assert [(one.file, one.leaf, one.alt, one.caption) for one in held] == [
        ("leaves/f52-l-9.jpg", "9", "Leaf 9", "*l. 9*"),
        ("leaves/f52-l-9ob.png", "9ob", "Leaf 9ob", "*l. 9ob*"),
        ("leaves/f52-l-10.png", "10", "Leaf 10", "*l. 10*"),
        ("leaves/f52-l-100.png", "100", "Leaf 100", "*l. 100*"),
    ]
    assert errors(book) == []


def test_leaves_are_counted_where_no_name_says_one_and_a_tiff_gives_its_pages(
    book: Path, tmp_path: Path
) -> None:
    leaf = Image.new("L", (3, 2))
    leaf.save(tmp_path / "IMG_0007.tif", save_all=True, append_images=[leaf])
    leaf.save(tmp_path / "IMG_0010.png")
    outcome = plate(PlateRequest(book, (tmp_path,)))
    assert outcome.ok, outcome.findings
    held = parse(open_book(book)).documents[0].record.value.plates
    assert [(one.file, one.leaf, one.alt) for one in held] == [
        ("leaves/img-0007-1.png", "1", "IMG 0007 1"),
        ("leaves/img-0007-2.png", "2", "IMG 0007 2"),
        ("leaves/img-0010.png", "3", "IMG 0010"),
    ]


def test_two_scans_of_one_name_and_a_folder_of_none_are_refused(book: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    outcome = plate(PlateRequest(book, (tmp_path / "none",)))
    assert [one.message for one in outcome.findings] == [f"there is no picture in {tmp_path}/none"]
    for name in ("a.png", "a.tif"):
        Image.new("L", (3, 2)).save(tmp_path / "none" / name)
    outcome = plate(PlateRequest(book, (tmp_path / "none",)))
    assert [str(one) for one in outcome.findings] == [
        "leaves/a.png: F026 two pictures would be leaves/a.png\n"
        "    fix: give each file a name of its own, and take out what is there in two formats"
    ]
    assert not (book / "documents/document/leaves").exists()


def test_a_plate_of_nobody_is_refused(book: Path, tmp_path: Path) -> None:
    outcome = plate(PlateRequest(book, (tmp_path / "a.png",), document="other"))
    assert [str(one) for one in outcome.findings] == [
        "engross: C022 it is not clear whose plates they are\n"
        "    fix: say which with --document: document"
    ]


def test_a_digest_that_is_missing_or_wrong_is_told_as_a_line_to_copy(
    book: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "a.png"
    Image.new("L", (3, 2)).save(scan)
    assert plate(PlateRequest(book, (scan,))).ok
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    change(form(book), digest, "0" * 64)
    [wrong] = errors(book)
    assert "type engross plate BOOK documents/document/leaves/a.png" in wrong
    assert f"or write sha256: {digest}" in wrong
    assert "T001" in wrong
    change(form(book), f'sha256: "{"0" * 64}"', 'sha256: ""')
    [missing] = errors(book)
    assert (
        "M012 'plates.0.sha256' is missing\n    fix: write its digest, or type engross freeze: "
        f"sha256: {digest}" in missing
    )
    assert freeze(book).ok
    assert errors(book) == []


def test_a_slip_of_our_own_is_taken_over_and_the_old_text_kept(book: Path) -> None:
    change(form(book), 'format: "markdown"', 'format: "markdown"\n  own: true')
    old = (book / "documents/document/received.md").read_bytes()
    change(book / "documents/document/transcript.md", "teh", "the")
    assert len(errors(book)) == 1
    outcome = freeze(book)
    assert outcome.ok, outcome.findings
    assert errors(book) == []
    folder = book / "documents/document/earlier"
    digest = hashlib.sha256(old).hexdigest()[:12]
    assert (folder / f"received-{digest}.md").read_bytes() == old
    difference = (folder / f"received-{digest}.diff.txt").read_text("utf-8")
    assert "-To teh harbour master.\n+To the harbour master.\n" in difference
    assert freeze(book).extra["lines"] == ["nothing to freeze"]


def test_what_an_archive_gave_is_never_taken_over(book: Path) -> None:
    old = (book / "documents/document/received.md").read_bytes()
    change(book / "documents/document/transcript.md", "teh", "the")
    assert freeze(book).extra["lines"] == ["nothing to freeze"]
    assert (book / "documents/document/received.md").read_bytes() == old


def test_after_the_first_release_a_slip_goes_into_the_ledger(book: Path) -> None:
    change(form(book), 'format: "markdown"', 'format: "markdown"\n  own: true')
    (book / "releases/1.0").mkdir(parents=True)
    (book / "releases/1.0/record.json").write_text("{}", "utf-8")
    change(book / "documents/document/transcript.md", "teh", "the")
    outcome = freeze(book)
    assert [str(one) for one in outcome.findings] == [
        "documents/document/transcript.md: T002 documents/document/transcript.md was changed "
        "after the first release\n    fix: enter the slip into the ledger: engross correct"
    ]


def test_a_drawing_with_words_is_refused_with_a_way_on(tmp_path: Path) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>The <tspan>harbour</tspan></text></svg>'
    )
    assert list(faults("plan.svg", drawing)) == [
        (
            "F029",
            "'plan.svg' draws the words “The harbour”, which the proof of a page would take for "
            "the text",
            "turn words into paths (Inkscape: Path, Object to Path), or save it as PNG",
        )
    ]
