"""A book that brings faces of its own: they are in every output, whole or cut, and named."""

import hashlib
import io
import json
import shutil
import zipfile
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from engross.commands.build import build
from engross.commands.new import new
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest, NewRequest
from engross.commands.verify import verify

FACES = ("Regular", "Italic", "Bold", "BoldItalic")
TOKENS = ':root { --text-face: "XCharter", serif; --display-face: "XCharter", serif; }\n'


def begun(folder: Path, flowing: bool = True) -> Path:
    """A book of one letter, set in faces that no house names."""
    source = folder / "letter.md"
    source.write_text("The ambassador *called* on 14 September. " * 30 + "\n", "utf-8")
    book = folder / "book"
    assert new(NewRequest(book, source, "A Letter", "en", "letter", "1961-09-14")).ok
    (book / "fonts").mkdir()
    (book / "styles").mkdir()
    (book / "styles/tokens.css").write_text(TOKENS, "utf-8")
    rows = ["fonts:"]
    for face in FACES:
        name = f"XCharter-{face}.otf"
        shutil.copy(str(files("rendercv_fonts") / "XCharter" / name), book / "fonts" / name)
        rows += [f"  - file: fonts/{name}", "    licence: Bitstream Charter licence"]
        rows += [] if flowing else ["    flowing: false"]
    manifest = book / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "\n".join(rows) + "\n", "utf-8")
    return book


def made(book: Path) -> Outcome:
    outcome = build(BuildRequest(book=book, kinds=("epub", "print", "screen", "web")))
    assert outcome.ok, [str(found) for found in outcome.findings]
    return outcome


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    folder = tmp_path_factory.mktemp("fonts")
    return folder, made(begun(folder))


def path(outcome: Outcome, kind: str) -> Path:
    return next(Path(row.path) for row in outcome.outputs if row.kind == kind)


def descriptors(file: pikepdf.Pdf) -> dict[str, bytes]:
    """The font programs of a PDF by the names that it gives them, their tags aside."""
    return {
        str(thing.FontName).rpartition("+")[2]: thing.FontFile3.read_bytes()
        for thing in file.objects
        if isinstance(thing, pikepdf.Dictionary) and "/FontFile3" in thing
    }


def outlines(font: TTFont) -> list[object]:
    """What each glyph draws, in the order of their numbers; an empty list for none."""
    glyphs, drawn = font.getGlyphSet(), []
    for name in font.getGlyphOrder():
        pen = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(pen)
        drawn.append(pen.value)
    return drawn


@pytest.mark.parametrize("kind", ["print", "screen"])
def test_the_programs_in_a_pdf_are_cut_from_those_that_the_book_brings(
    edition: tuple[Path, Outcome], kind: str
) -> None:
    folder, outcome = edition
    with pikepdf.open(path(outcome, kind)) as file:
        programs = descriptors(file)
    assert {"XCharter", "XCharter-Italic"} <= programs.keys()
    assert not any("Garamond" in name for name in programs)
    for name, program in programs.items():
        face = "Italic" if name.endswith("Italic") else "Regular"
        whole = outlines(TTFont(folder / f"book/fonts/XCharter-{face}.otf"))
        cut = outlines(TTFont(io.BytesIO(program)))
        drawn = [number for number, lines in enumerate(cut) if lines]
        assert len(drawn) > 8
        # Glyph 0 stands for those that are missing, and a subset may empty it.
        assert [cut[n] for n in drawn if n] == [whole[n] for n in drawn if n]
        assert len(program) < 30_000


def test_an_epub_and_a_web_edition_bring_programs_cut_to_the_characters_in_use(
    edition: tuple[Path, Outcome],
) -> None:
    folder, outcome = edition
    with zipfile.ZipFile(path(outcome, "epub")) as archive:
        inside = [archive.read(name) for name in archive.namelist() if name.endswith(".otf")]
        package = next(archive.read(n).decode() for n in archive.namelist() if n.endswith(".opf"))
    whole = TTFont(folder / "book/fonts/XCharter-Regular.otf").getBestCmap().keys()
    for content in inside:
        held = TTFont(io.BytesIO(content)).getBestCmap().keys()
        assert set(map(ord, "abcXYZ019")) <= held
        assert len(held) < len(whole)
    assert package.count('media-type="font/otf"') == len(inside) >= 3
    web = path(outcome, "web").parent
    assert len(list((web / "fonts").glob("xcharter-*.woff2"))) == len(inside)


def test_the_receipt_names_each_face_with_its_licence_and_evidence_holds_none(
    edition: tuple[Path, Outcome],
) -> None:
    folder, outcome = edition
    place = path(outcome, "epub").parent
    receipt = json.loads((place / "receipt.json").read_text("utf-8"))
    rows = receipt["predicate"]["buildDefinition"]["resolvedDependencies"]
    found = {row["name"]: row for row in rows if "XCharter" in row["name"]}
    content = (folder / "book/fonts/XCharter-Italic.otf").read_bytes()
    assert found["font/XCharter 400 italic"] == {
        "name": "font/XCharter 400 italic",
        "digest": {"sha256": hashlib.sha256(content).hexdigest()},
        "annotations": {"licence": "Bitstream Charter licence"},
    }
    assert len(found) == 2 * len(FACES), "as a file of the book, and as a face"
    assert not (place / "evidence/fonts").exists()


@pytest.mark.slow
def test_such_an_edition_is_proved(edition: tuple[Path, Outcome]) -> None:
    _, outcome = edition
    proved = verify([path(outcome, "epub").parent])
    assert proved.ok, [str(found) for found in proved.findings]


def test_a_face_that_may_not_be_given_away_whole_stays_in_the_pdf(tmp_path: Path) -> None:
    outcome = made(begun(tmp_path, flowing=False))
    with zipfile.ZipFile(path(outcome, "epub")) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".otf")]
    with pikepdf.open(path(outcome, "print")) as file:
        assert "XCharter" in descriptors(file)
