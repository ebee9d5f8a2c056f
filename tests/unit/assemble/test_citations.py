"""Citations in notes: in full at the first mention in a section's notes, short afterwards."""

import re
from pathlib import Path

from tests.small import judged, page, small

SOURCES = """\
sources:
  - {id: m, type: book, title: The Estuary, author: [{family: Muster, given: Karl}]}
"""
NOTED = "{0}: words [@m, p. 4].[^1] More.[^2]\n\n[^1]: [@m, p. 5].\n\n[^2]: [@m, p. 6].\n"


def test_the_first_note_of_each_section_cites_in_full(tmp_path: Path) -> None:
    sections = "{prose: a.md, id: one}\n{prose: b.md, id: two}\n{document: paper}\nsources"
    files = {"a.md": NOTED.format("A"), "b.md": NOTED.format("B"), "sources.yaml": SOURCES}
    edition, _ = judged(small(tmp_path, sections, files))
    for address, letter in (("one", "A"), ("two", "B")):
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page(edition, address)))
        assert f"{letter}: words Muster, Estuary, 4." in words
        assert "Karl Muster, The Estuary, 5." in words
        assert "Muster, Estuary, 6." in words
        assert words.count("Karl") == 1
