"""Of a font collection the book names one face, by full name or number; else all are told."""

import io
from importlib.resources import files

import pytest
from fontTools.ttLib import TTCollection, TTFont

from engross.model.finding import Finding, Place
from engross.model.font import FontFile
from engross.model.source import SourceFile
from engross.read.fonts import read_face
from engross.schema.manifest import OwnFace

AT = Place("manifest.yaml", 31, 11)


@pytest.fixture(scope="module")
def collection() -> SourceFile:
    """Two faces of one family in one file."""
    held, target = TTCollection(), io.BytesIO()
    for cut in ("Regular", "Italic"):
        face = files("rendercv_fonts").joinpath(f"XCharter/XCharter-{cut}.otf")
        held.fonts.append(TTFont(io.BytesIO(face.read_bytes())))
    held.save(target)
    return SourceFile.of("fonts/charter.ttc", target.getvalue())


def read(collection: SourceFile, face: str) -> FontFile | Finding:
    return read_face(collection, OwnFace(file=collection.path, licence="free", face=face), AT)


@pytest.mark.parametrize(
    ("face", "name"),
    [
        ("XCharter", "XCharter 400"),
        ("XCharter Italic", "XCharter 400 italic"),
        ("2", "XCharter 400 italic"),
    ],
)
def test_a_face_is_taken_by_its_name_or_number(
    collection: SourceFile, face: str, name: str
) -> None:
    taken = read(collection, face)
    assert isinstance(taken, FontFile), str(taken)
    assert taken.name == name
    assert TTFont(io.BytesIO(taken.content)).getBestCmap()
    assert taken == read(collection, face)


@pytest.mark.parametrize(
    ("face", "why"),
    [("", "and the book does not say which"), ("Frank", "none of which is 'Frank'")],
)
def test_a_collection_of_which_no_face_is_named_is_a_finding(
    collection: SourceFile, face: str, why: str
) -> None:
    assert str(read(collection, face)) == (
        f"manifest.yaml:31:11: G008 'fonts/charter.ttc' is a collection of 2 fonts, {why}: "
        "XCharter, XCharter Italic\n    fix: say which: face: XCharter"
    )
