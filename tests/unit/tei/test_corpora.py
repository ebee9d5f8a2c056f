"""Real volumes and letters, where they are at hand: all documents, notes, breaks, all text."""

from pathlib import Path

import pytest
from tests.tei_volume import make_tei_volume, points

from engross.model.source import SourceFile
from engross.parse.tei import prove, read_tei
from engross.parse.tei.proof import of_tree, segments

CHECKOUT = Path(__file__).parents[3]
PLACES = (CHECKOUT / "corpora", *sorted(CHECKOUT.parent.glob("*/corpora")))
"""A folder of this name in the checkout, or in a folder beside it."""
COUNTS = {
    "frus1917-72PubDip.xml": (44, 8, 181, 123),
    "frus1961-63v06.xml": (120, 3, 349, 342),
    "frus1948v01p2.xml": (266, 18, 949, 542),
    "schnitzler-briefe/L01832.xml": (1, 0, 1, 3),
    "schnitzler-briefe/L02298.xml": (1, 0, 2, 4),
    "schnitzler-briefe/L02750.xml": (1, 0, 7, 19),
    "schnitzler-briefe/L03489.xml": (1, 0, 7, 2),
}
"""Documents, editorial notes among them, notes, page breaks."""
KEPT = ("ref", "persName", "gloss", "term", "hi", "note", "pb", "date", "placeName", "cell", "item")


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_file_is_read_whole_and_written_again(name):
    path = next((place / name for place in PLACES if (place / name).is_file()), None)
    if path is None:
        pytest.skip("the real texts are not part of the project and not at hand")
    file = SourceFile.of(path.name, path.read_bytes())
    volume = read_tei(file)
    editorial = sum(document.kind == "editorial-note" for document in volume.documents)
    counts = (len(volume.documents), editorial, volume.notes, points(volume, "break"))
    assert counts == COUNTS[name]
    assert [str(f) for f in volume.findings if f.is_error] == []
    assert prove(volume, file) == ()
    written = SourceFile.of(path.name, make_tei_volume(volume, file))
    again = read_tei(written)
    assert prove(again, written) == ()
    assert (len(again.documents), again.notes, points(again, "break")) == (
        counts[0],
        counts[2],
        counts[3],
    )
    for element in KEPT:
        assert again.coverage.count(element).total == volume.coverage.count(element).total
    for first, second in zip(volume.walk(), again.walk(), strict=True):
        one, other = of_tree(first.body), of_tree(second.body)
        assert segments(other.text) == segments(one.text)
        assert [segments(n) for n in other.notes] == [segments(n) for n in one.notes]
    assert make_tei_volume(again, written) == written.content
