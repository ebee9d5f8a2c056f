"""A book's printers, and how they fold it."""

from pathlib import Path

from engross.commands.diff.report import html, page_lines
from engross.read.sources import open_folder
from engross.release.compare import Side, compare
from engross.release.signatures import Folding
from engross.schema.manifest import Manifest
from engross.workshop.printers import foldings

MANIFEST = {
    "edition": "a",
    "title": "A",
    "date": "1961-09-14",
    "identifier": "urn:x:1",
    "rights": {"status": "cleared", "statement": "None are known."},
    "sections": ["title-page"],
}


def folded(folder: Path, **wanted: object) -> tuple[Folding, ...]:
    manifest = Manifest.model_validate({**MANIFEST, "print": wanted})
    return foldings(manifest, open_folder(folder))


def test_a_printer_of_single_leaves_folds_nothing(tmp_path: Path) -> None:
    assert folded(tmp_path, profiles=["generic", "lulu"]) == ()


def test_a_printer_that_folds_has_the_signature_of_its_profile_or_the_one_that_it_said(
    tmp_path: Path,
) -> None:
    assert folded(tmp_path, profiles=["offset"]) == (Folding("offset", "perfect", 16, 4),)
    assert folded(tmp_path, profiles=["offset"], signature="32") == (
        Folding("offset", "perfect", 32, 4),
    )


def test_a_stapled_booklet_is_counted_in_sheets(tmp_path: Path) -> None:
    assert folded(tmp_path, profiles=["saddle-stitch", "offset"], binding="saddle") == (
        Folding("saddle-stitch", "saddle", 4, 4),
        Folding("offset", "saddle", 4, 4),
    )


def test_a_difference_names_leaves_signatures_and_sheets_by_printed_numbers() -> None:
    labels = ("i", "ii", *(str(number) for number in range(1, 37)))
    ways = (Folding("offset", "case", 16, 4), Folding("saddle-stitch", "saddle", 4, 4))
    old = Side("1.0", labels=labels, digests=("a",) * 38)
    new = Side("1.1", labels=labels, digests=("a",) * 17 + ("b",) + ("a",) * 20, foldings=ways)
    said = [
        "1 of 38 pages differ: 16.",
        "Leaves to reprint: 15–16.",
        "Signatures to reprint for offset (case, 16 pages each): 1 of 3: no. 2 (pp. 15–30).",
        "Sheets to reprint for saddle-stitch (saddle, 4 pages each): 1 of 10: no. 9 "
        "(pp. 15–16, 21–22).",
    ]
    found = compare(old, new)
    assert page_lines(found) == said
    page = html(found, None, None)
    assert all(line in page for line in said)
