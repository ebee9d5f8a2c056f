"""What reference managers export, taken over into sources.yaml."""

import json
import re
from pathlib import Path

import pytest
from tests.small import judged, page, small
from typer.testing import CliRunner

from engross.cli.app import app

LIBRARY = [
    {
        "id": "http://zotero.org/users/1/items/AB12",
        "citation-key": "Smith_2010",
        "type": "book",
        "title": "The Muster Estuary and Its Dredgers",
        "title-short": "Muster Estuary",
        "author": [{"family": "Gogh", "given": "Ann", "non-dropping-particle": "van"}],
        "editor": [{"family": "Smith", "given": "John B.", "suffix": "Jr."}],
        "issued": {"date-parts": [["2010", 5]], "season": "1"},
        "archive_location": "box 5",
        "DOI": "10.1000/xyz",
        "abstract": "Words.",
    }
]
BIB = "@book{gogh, author={Gogh, Ann}, title={The {M} Estuary}, date={1931}, publisher={P}}\n"
NOTED = "# On\n\nA.[^1] B.[^2]\n\n[^1]: [@{0}, p. 5].\n\n[^2]: [@{0}, p. 6].\n"


@pytest.mark.parametrize(
    ("name", "content", "key", "first", "short"),
    [
        (
            "library.json",
            json.dumps(LIBRARY, indent="\t"),
            "smith-2010",
            "Ann van Gogh, The Muster Estuary and Its Dredgers, ed. John B. Smith Jr. (May 2010), "
            "5, box 5, https://doi.org/10.1000/xyz.",
            "van Gogh, Muster Estuary, 6.",
        ),
        (
            "library.bib",
            BIB,
            "gogh",
            "Ann Gogh, The M Estuary (P, 1931), 5.",
            "Gogh, M Estuary, 6.",
        ),
    ],
)
def test_an_export_becomes_sources_that_notes_cite(
    tmp_path: Path, name: str, content: str, key: str, first: str, short: str
) -> None:
    sections = "{prose: a.md, id: one}\n{document: paper}\nsources"
    files = {"a.md": NOTED.format(key), name: content, "sources.yaml": "# Ours.\nsources: []\n"}
    book = small(tmp_path, sections, files)
    for added in (1, 0):
        result = CliRunner().invoke(app, ["sources", str(book / name), "--book", str(book)])
        assert result.exit_code == 0, result.stderr
        end = f"{added} added to {book}/sources.yaml, {1 - added} there already"
        assert result.stdout.splitlines()[-1] == end
    assert (book / "sources.yaml").read_text().startswith("# Ours.\n")
    edition, _ = judged(book)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page(edition, "one")))
    assert first in words
    assert short in words


def test_a_file_that_is_no_library_is_told(tmp_path: Path) -> None:
    book = small(tmp_path, "{document: paper}", {"library.json": "{}"})
    result = CliRunner().invoke(app, ["sources", str(book / "library.json"), "--book", str(book)])
    assert result.exit_code != 0
    assert "T015 cannot be read: it is no list of works" in result.stderr
    assert not (book / "sources.yaml").exists()
