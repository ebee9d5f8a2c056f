"""
Words that lead to the entries of the glossary, and entries that lead back to the first of them.

An entry is a paragraph of the section of that role that begins with its term in bold. Words that an
editor marks, `[opis]{.term}`, always lead there; where the section says `link: first`, so does the
first occurrence in each section. No character changes, so the proof sees links and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engross.catalog import finding
from engross.catalog.nearest import did_you_mean
from engross.model.finding import Finding, Place
from engross.model.text import Body, Inline, Leaf, Mark, Run, leaves, map_leaves
from engross.parse.book import Book
from engross.schema.manifest import DocumentSection, OpeningSection, ProseSection

BUSY = frozenset({"link", "citation", "reference", "person", "page-number"})
"""Marks that are links already."""


@dataclass(slots=True)
class _Terms:
    """The entries, and what became of them."""

    entries: dict[str, str]
    """The address of each, by its term in lower case."""
    first: bool
    """Whether the first occurrence in each section is one."""
    used: dict[str, str] = field(default_factory=dict)
    """Where each term stands first, by its entry's address."""
    findings: list[Finding] = field(default_factory=list)
    pattern: re.Pattern[str] = field(init=False)
    """Any term as a word, the longest first."""

    def __post_init__(self) -> None:
        words = sorted(self.entries, key=len, reverse=True)
        either = "|".join(map(re.escape, words))
        self.pattern = re.compile(rf"(?<!\w)({either})(?!\w)", re.IGNORECASE)

    def linked(self, body: Body, section: str) -> Body:
        """A text whose terms lead to their entries."""
        seen: set[str] = set()

        def change(leaf: Leaf) -> Leaf:
            content: list[Inline] = []
            for item in leaf.content:
                at = f"{section}#{leaf.id}"
                content += self._run(item, leaf, at, seen) if isinstance(item, Run) else [item]
            return replace(leaf, content=tuple(content))

        return replace(body, blocks=map_leaves(body.blocks, change))

    def _run(self, run: Run, leaf: Leaf, at: str, seen: set[str]) -> Iterator[Run]:
        kinds = {mark.kind for mark in run.marks}
        if "term" in kinds:
            yield self._marked(run, leaf, at, seen)
        elif not self.first or kinds & BUSY or leaf.role == "heading":
            yield run
        else:
            yield from self._found(run, at, seen)

    def _marked(self, run: Run, leaf: Leaf, at: str, seen: set[str]) -> Run:
        entry = self.entries.get(run.text.lower(), "")
        seen.add(entry)
        if not entry and not any(one.get("address") for one in run.marks):
            hint = did_you_mean(run.text, self.entries)
            message = f"'{run.text}' is marked as a term, and the glossary has no such entry{hint}"
            place = Place(leaf.origin.path, leaf.origin.line)
            self.findings.append(finding("R026", place, message))
            return run
        return replace(run, marks=tuple(self._to(one, entry, at) for one in run.marks))

    def _to(self, mark: Mark, entry: str, at: str) -> Mark:
        if mark.kind != "term":
            return mark
        self.used.setdefault(entry, at)
        return mark if mark.get("address") else Mark("term", (("address", entry),))

    def _found(self, run: Run, at: str, seen: set[str]) -> Iterator[Run]:
        """A run in pieces, the first occurrences of terms apart."""
        done = 0
        for match in self.pattern.finditer(run.text):
            entry = self.entries[match[0].lower()]
            if entry not in seen:
                seen.add(entry)
                if match.start() > done:
                    yield Run(run.text[done : match.start()], run.marks)
                mark = self._to(Mark("term"), entry, at)
                yield Run(match[0], (*run.marks, mark))
                done = match.end()
        if done < len(run.text):
            yield Run(run.text[done:], run.marks)


def linked(book: Book) -> Book:
    """The book with its terms leading to the glossary and back, where it has one."""
    glossaries = [one for one in book.prose if one.section.role == "glossary"]
    entries = {
        term.text.lower(): f"{one.section.id}#{leaf.id}"
        for one in glossaries
        for leaf in leaves(one.body.blocks)
        if (term := _term(leaf))
    }
    if not entries:
        return book
    terms = _Terms(entries, any(one.section.link == "first" for one in glossaries))
    prose = {one.section.id: one for one in book.prose if one.section.role != "glossary"}
    documents = {one.id: one for one in book.documents}
    for name in _order(book):
        if name in prose:
            prose[name] = replace(prose[name], body=terms.linked(prose[name].body, name))
        elif name in documents and terms.first:
            held = documents[name]
            documents[name] = replace(held, body=terms.linked(held.body, name))
    prose |= {one.section.id: replace(one, body=_back(one.body, terms)) for one in glossaries}
    return replace(
        book,
        prose=tuple(prose[one.section.id] for one in book.prose),
        documents=tuple(documents.values()),
        findings=(*book.findings, *terms.findings),
    )


def _order(book: Book) -> list[str]:
    """Sections and documents as the book is read; those that no entry names come last."""
    names: list[str] = []
    for entry in book.manifest.value.sections:
        match entry:
            case ProseSection() | OpeningSection():
                names.append(entry.id)
            case DocumentSection():
                names += [entry.document] if entry.document else entry.documents
    rest = (*(one.section.id for one in book.prose), *(one.id for one in book.documents))
    return list(dict.fromkeys((*names, *rest)))


def _term(leaf: Leaf) -> Run | None:
    """What an entry begins with, in bold."""
    first = leaf.content[0] if leaf.content else None
    bold = isinstance(first, Run) and any(mark.kind == "strong" for mark in first.marks)
    return first if isinstance(first, Run) and bold else None


def _back(body: Body, terms: _Terms) -> Body:
    """A glossary whose entries lead back to where their terms stand first."""

    def change(leaf: Leaf) -> Leaf:
        term = _term(leaf)
        used = terms.used.get(terms.entries.get(term.text.lower(), "")) if term else None
        if term is None or used is None or any(mark.kind == "term" for mark in term.marks):
            return leaf
        led = replace(term, marks=(*term.marks, Mark("term", (("address", used),))))
        return replace(leaf, content=(led, *leaf.content[1:]))

    return replace(body, blocks=map_leaves(body.blocks, change))
