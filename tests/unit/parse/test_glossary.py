"""Terms lead to the glossary, and its entries back to where they stand first."""

from dataclasses import replace
from pathlib import Path

from tests.small import judged, page, small

from engross.parse.glossary import linked
from engross.parse.parse import parse
from engross.read import open_book

GLOSSARY = """\
# Glossary

**Opis**. An inventory of a fond.

**fond**. A body of records.

**first paragraph**: what a document begins with.

**unused**: nothing.
"""
WORDS = """\
# On the opis

The [opis]{.term} of a *Fond*, and the fond[^1] of the opis.

A [dello]{.term} is none; [@paper] and fonds are no terms.

[^1]: Of an opis.
"""
SECTIONS = """\
{prose: i.md, id: introduction}
{document: paper}
{prose: g.md, id: glossary, role: glossary, link: WHICH}"""


def made(folder: Path, which: str) -> tuple[dict[str, str], list[str]]:
    """Pages by address, and what was told."""
    files = {"i.md": WORDS, "g.md": GLOSSARY}
    edition, findings = judged(small(folder, SECTIONS.replace("WHICH", which), files))
    pages = {name: page(edition, name) for name in ("introduction", "paper", "glossary")}
    return pages, [str(one).partition("\n")[0] for one in findings if one.code == "R026"]


def term(address: str, words: str) -> str:
    return f'<a class="term" href="https://section.invalid/#{address}">{words}</a>'


def test_marked_words_lead_to_their_entry_and_the_entry_back(tmp_path: Path) -> None:
    pages, told = made(tmp_path, "marked")
    assert pages["introduction"].count('class="term"') == 1
    assert (
        '<a class="term" href="https://section.invalid/#glossary#p-002">opis</a>'
        in pages["introduction"]
    )
    assert pages["glossary"].count('class="term"') == 1
    assert (
        '<a class="term" href="https://section.invalid/#introduction#p-002">Opis</a>'
        in pages["glossary"]
    )
    assert "term" not in pages["paper"]
    assert told == ["i.md:5: R026 'dello' is marked as a term, and the glossary has no such entry"]


def test_the_first_occurrence_in_each_section_leads_there_at_a_wish(tmp_path: Path) -> None:
    pages, _ = made(tmp_path, "first")
    assert pages["introduction"].count('class="term"') == 2
    assert (
        '<em><a class="term" href="https://section.invalid/#glossary#p-003">Fond</a></em>'
        in pages["introduction"]
    )
    assert (
        '<a class="term" href="https://section.invalid/#glossary#p-004">first paragraph</a>'
        in pages["paper"]
    )
    assert pages["glossary"].count('class="term"') == 3
    assert (
        '<a class="term" href="https://section.invalid/#paper#p-001">first paragraph</a>'
        in pages["glossary"]
    )


def test_a_book_that_is_linked_already_stays_as_it_is(tmp_path: Path) -> None:
    folder = small(tmp_path, SECTIONS.replace("WHICH", "first"), {"i.md": WORDS, "g.md": GLOSSARY})
    book = parse(open_book(folder))
    assert replace(linked(book), findings=book.findings) == book
