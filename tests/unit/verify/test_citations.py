"""A source is cited by its fields, in whatever style, and by nothing else."""

import pytest
from tests.unit.parse.test_chicago import ARTICLE, BOOK, CHAPTER, CROWD, EDITED, source

from engross.language import Words
from engross.model.text import plain
from engross.parse.chicago import cited, entry
from engross.schema.registers import SourceItem
from engross.verify.citations import miscited, values_of, words_of
from engross.verify.judge import Vocabulary
from engross.verify.plain import bare

WORDS = Words("en")
KNOWN = Vocabulary(WORDS)
NAMED = source("book", "Records", title_short="RGANI, d. 5", note="In *Russian*.")
DATED = source("article-journal", "On", container_title="Ice", publisher="Sample Press", year=-44)
ALL = [ARTICLE, BOOK, CHAPTER, CROWD, EDITED, NAMED, DATED, source("treaty", "A Treaty of Mud")]


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("item", ALL)
@pytest.mark.parametrize("locator", ["", "pp. 6-8", "art. 2"])
def test_a_citation_of_the_house_says_its_source(
    item: SourceItem, locator: str, full: bool
) -> None:
    said = plain(cited(item, locator, WORDS, full=full))
    assert not miscited(item, locator, said, KNOWN, full=full)


@pytest.mark.parametrize("item", ALL)
def test_an_entry_of_the_house_says_its_source(item: SourceItem) -> None:
    said = bare(plain(entry(item, WORDS)))
    assert [one for one in values_of(item, WORDS) if bare(one) not in said] == []
    assert KNOWN.strange(said, words_of(item)) == ""


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Muster, K. 1931. The Muster Estuary: A History. Sample Press, p. 5", True),
        ("The Muster Estuary: A History, Karl Muster (Muster, 1931), 5", True),
        ("Karl Muster, The Muster Estuary: A History (1931), 6", False),
        ("Karl Master, The Muster Estuary: A History (1931), 5", False),
        ("Karl Muster, The Estuary: A History (1931), 5", False),
        ("Karl Muster, The Muster Estuary: A Secret History (1931), 5", False),
    ],
)
def test_another_style_is_as_good_and_another_word_is_not(said: str, right: bool) -> None:
    assert miscited(BOOK, "p. 5", said, KNOWN, full=True) != right
