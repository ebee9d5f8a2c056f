"""Sources as the Chicago Manual of Style (17th edition, chapter 14) has them."""

import pytest

from engross.language import Words
from engross.model.text import Inline, Run
from engross.parse.chicago import cited, entry
from engross.schema.registers import SourceItem


def source(kind: str, title: str, **more: object) -> SourceItem:
    people = {
        role: [dict(zip(("family", "given"), name.split(", "), strict=False)) for name in names]
        for role in ("author", "editor")
        if (names := more.pop(role, None))
    }
    if year := more.pop("year", None):
        more["issued"] = {"date-parts": [[year]]}
    named = {key.replace("_", "-"): value for key, value in more.items()}
    return SourceItem.model_validate({"id": "a", "type": kind, "title": title, **people, **named})


def shown(inlines: tuple[Inline, ...]) -> str:
    """Italics between asterisks."""
    runs = [item for item in inlines if isinstance(item, Run)]
    italic = [any(mark.kind == "emphasis" for mark in run.marks) for run in runs]
    return "".join(f"*{r.text}*" if on else r.text for r, on in zip(runs, italic, strict=True))


BOOK = source(
    "book",
    "The Muster Estuary: A History",
    author=["Muster, Karl"],
    publisher="Sample Press",
    publisher_place="Muster",
    year=1931,
)
ARTICLE = source(
    "article-journal",
    "On Ice",
    author=["Sample, Ann", "Muster, Bob", "Third, Cy"],
    container_title="Journal of Ice",
    volume="3",
    issue="2",
    page="1-20",
    year=1999,
    DOI="10.1000/xyz",
)
EDITED = source(
    "book",
    "Papers",
    editor=["Chi, Madeline", "Smith, Louis J."],
    publisher="Sample Press",
    volume="136",
    year=1994,
)
CHAPTER = source(
    "chapter",
    "Who Dredged?",
    author=["Sample, Ann"],
    editor=["Chi, Ann"],
    container_title="Of Mud",
    publisher="Sample Press",
    page="7-9",
    year=2001,
)
CROWD = source("book", "All of Us", author=["A, Al", "B, Bo", "C, Cy", "D, Di"], year=2002)


@pytest.mark.parametrize(
    ("item", "locator", "full", "said"),
    [
        (
            BOOK,
            "p. 5",
            True,
            "Karl Muster, *The Muster Estuary: A History* (Muster: Sample Press, 1931), 5",
        ),
        (BOOK, "pp. 6-8", False, "Muster, *Muster Estuary*, 6–8"),
        (BOOK, "", False, "Muster, *Muster Estuary*"),
        (BOOK, "list of persons", False, "Muster, *Muster Estuary*, list of persons"),
        (
            ARTICLE,
            "",
            True,
            "Ann Sample, Bob Muster, and Cy Third, “On Ice,” *Journal of Ice* 3, no. 2 (1999): "
            "1–20, https://doi.org/10.1000/xyz",
        ),
        (ARTICLE, "p. 4", False, "Sample, Muster, and Third, “On Ice,” 4"),
        (
            EDITED,
            "p. 45",
            True,
            "Madeline Chi and Louis J. Smith, eds., *Papers* (Sample Press, 1994), 136:45",
        ),
        (
            CHAPTER,
            "p. 8",
            True,
            "Ann Sample, “Who Dredged?” in *Of Mud*, ed. Ann Chi (Sample Press, 2001), 8",
        ),
        (CROWD, "p. 1", True, "Al A et al., *All of Us* (2002), 1"),
        (source("treaty", "Treaty of Mud"), "art. 2", True, "Treaty of Mud, art. 2"),
        (
            source("book", "Records", title_short="RGANI, d. 5"),
            "l. 8ob",
            True,
            "RGANI, d. 5, l. 8ob",
        ),
    ],
)
def test_a_citation(item: SourceItem, locator: str, full: bool, said: str) -> None:
    assert shown(cited(item, locator, Words("en"), full=full)) == said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            BOOK,
            "Muster, Karl. *The Muster Estuary: A History*. Muster: Sample Press, 1931.",
        ),
        (
            ARTICLE,
            "Sample, Ann, Bob Muster, and Cy Third. “On Ice.” *Journal of Ice* 3, no. 2 (1999): "
            "1–20. https://doi.org/10.1000/xyz.",
        ),
        (
            EDITED,
            "Chi, Madeline, and Louis J. Smith, eds. *Papers*. Vol. 136. Sample Press, 1994.",
        ),
        (
            CHAPTER,
            "Sample, Ann. “Who Dredged?” In *Of Mud*, edited by Ann Chi, 7–9. Sample Press, 2001.",
        ),
        (CROWD, "A, Al, Bo B, Cy C, and Di D. *All of Us*. 2002."),
    ],
)
def test_an_entry_of_the_bibliography(item: SourceItem, said: str) -> None:
    assert shown(entry(item, Words("en"))) == said
