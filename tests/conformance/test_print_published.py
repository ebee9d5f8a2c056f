"""Preflight of a published folder, and of one whose files were changed behind its back."""

import io
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from tests.conformance.printed import changed, draw

from engross.commands.build import build
from engross.commands.new import new
from engross.commands.request import BuildRequest, NewRequest
from engross.inspect.validating import preflight_published

ADDED = "print: {profiles: [saddle-stitch]}\nisbn: {print: 978-0-306-40615-7}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book, made for a booklet, with a cover."""
    book = tmp_path_factory.mktemp("made") / "book"
    assert new(NewRequest(folder=book, date="2026-11-23")).exit_status == 0
    manifest = book / "manifest.yaml"
    text = manifest.read_text("utf-8")
    assert text.count("outputs: [epub, print, screen]\n") == 1
    text = text.replace("outputs: [epub, print, screen]", "outputs: [print, cover, screen]")
    manifest.write_text(text + ADDED, "utf-8")
    outcome = build(BuildRequest(book=book, cache=False, jobs=1))
    assert outcome.exit_status == 0, [str(found) for found in outcome.findings]
    return book.parent / "dist" / outcome.edition / "current"


@cache
def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(files: dict[str, bytes], word: str) -> str:
    (name,) = [name for name in files if word in name]
    return name


def test_every_pdf_of_a_published_folder_is_judged_and_passes(folder: Path, zbar_tool: str) -> None:
    checks, found = preflight_published(read(folder))
    assert found == []
    judged = {check.subject for check in checks if check.name == "preflight"}
    assert judged == {name for name in read(folder) if name.endswith(".pdf")}
    assert len(judged) == 3
    ran = {(check.name, check.verdict) for check in checks}
    assert {
        ("preflight", "passed"),
        ("typography", "passed"),
        ("zbar barcode", "passed"),
    } <= ran
    assert "failed" not in {verdict for _, verdict in ran}
    assert any("barcode: EAN-13 reads as 9780306406157" in check.detail for check in checks)


def test_a_changed_file_is_found_by_what_the_folder_says_of_itself(folder: Path) -> None:
    files = dict(read(folder))
    print_, cover, screen = (names(files, w) for w in ("-print-", "-cover-", "-screen"))
    files[print_] = changed(
        files[print_], lambda pdf: draw(pdf, b"1 0 0 RG 100 300 m 200 300 l S", page=4)
    )
    with pikepdf.open(io.BytesIO(files[cover])) as pdf:
        pdf.pages[0].trimbox = [0, 9, 400, 657]
        target = io.BytesIO()
        pdf.save(target, force_version="1.4")
    files[cover] = target.getvalue()

    def untitled(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang

    files[screen] = changed(files[screen], untitled)
    _, found = preflight_published(files)
    codes = {(one.place.path, one.code) for one in found}
    assert {(print_, "W240"), (cover, "W212"), (cover, "W280"), (screen, "W271")} <= codes


def test_a_folder_without_its_manifest_says_nothing() -> None:
    assert preflight_published({"a-screen.pdf": b""}) == ([], [])


def test_a_booklet_is_made_beside_and_holds_every_page(folder: Path) -> None:
    book = folder.parents[2] / "book"
    outcome = build(BuildRequest(book=book, kinds=("print",), impose="booklet", jobs=1))
    assert outcome.exit_status == 0
    assert outcome.published is not None
    made = {one.kind: one for one in outcome.outputs}
    assert made["booklet"].path.endswith("/draft/" + folder.parent.name + "-booklet.pdf")
    inside, sides = made["print"].pages, made["booklet"].pages
    assert inside is not None
    assert sides == -(-inside // 4) * 2


def test_another_way_to_impose_is_refused(folder: Path) -> None:
    outcome = build(BuildRequest(book=folder.parents[2] / "book", impose="leaflet"))
    assert [str(found) for found in outcome.findings] == [
        "engross: C001 unknown imposition 'leaflet'\n    fix: write --impose booklet"
    ]
    assert outcome.exit_status == 2
