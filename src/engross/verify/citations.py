"""
What citations say: names, titles, numbers of paragraphs and notes.

How a source is written is a matter of style, and not proved: that it is this one, by its fields,
and that no word is added, is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from engross.language import Words
from engross.model.forms import Cite
from engross.parse.book import Book
from engross.parse.citer import Citer, Say
from engross.schema.registers import SourceItem, edtf_of
from engross.verify.judge import Vocabulary, lettered
from engross.verify.pieces import Piece, Said, Span, merged, piece
from engross.verify.plain import bare, sizes, unmarked
from engross.verify.plan import heading_of
from engross.verify.texts import SectionText

ARTICLE = re.compile(r"^\w{1,3}\s+(?=\S)")
"""What a short title may begin with and leave out."""
ALL = 10
"""Names, more of which a bibliography does not give all of; it gives seven."""


def values_of(item: SourceItem, words: Words) -> Iterator[str]:
    """What the entry of a source says in any style: who, what, where, when."""
    periodical = item.container_title and item.type.startswith("article")
    people = item.author or item.editor
    for name in people if len(people) <= ALL else people[:7]:
        yield name.literal or name.family
    yield unmarked(item.title)
    yield from (item.container_title, "" if periodical else item.publisher, item.volume)
    if item.issued:
        years = [words.day(edtf_of(parts[:1])) for parts in item.issued.date_parts if parts]
        yield from [item.issued.raw] if item.issued.raw else re.findall(r"\d+", " ".join(years))
    yield item.DOI.removeprefix("doi:") or item.URL.removeprefix("https://")
    if not periodical:
        yield from (item.archive, item.archive_location)
    yield unmarked(item.note)


def words_of(item: SourceItem, *more: str) -> dict[str, list[str]]:
    """All words of a source, and initials of its people, folded, by their first letters."""
    initials = [name.given[:1] for name in (*item.author, *item.editor)]
    fields = item.model_dump_json()
    said = " ".join([fields, "https://doi.org" if item.DOI else "", *initials, *more])
    return lettered({*re.findall(r"\w+", said.casefold())})


def miscited(item: SourceItem, locator: str, said: str, known: Vocabulary, *, full: bool) -> bool:
    """Whether a citation lacks a field of its source, or says words that are not the source's."""
    people = item.author or item.editor
    short = item.__pydantic_extra__.get("shortTitle") or item.title.partition(":")[0]
    wanted = [item.title, item.container_title] if full else [ARTICLE.sub("", short)]
    wanted += [people[0].literal or people[0].family] if people else []
    wanted = [item.title_short] if item.title_short else wanted
    wanted += re.findall(r"\d+", locator)
    text = bare(said)
    lost = any(bare(unmarked(one)) not in text for one in wanted)
    return lost or bool(known.strange(text, words_of(item, locator)))


class Citations:
    """What citations say."""

    def __init__(
        self,
        book: Book,
        texts: Sequence[SectionText],
        numbers: Mapping[str, int | str],
        titles: Mapping[str, str],
    ) -> None:
        self.words = book.words
        self.table: dict[str, str] = {**titles}
        for prose in book.prose:
            self.table[prose.section.id] = heading_of(prose, self.words)
        self.leads = book.leads
        self.table |= {gone.address: gone.short for gone in book.withdrawn}
        for document in book.documents:
            title = document.record.value.title
            self.table[document.id] = title.short or title.supplied
        for text in texts:
            for block, number in text.counted.items():
                self.table[f"{text.address}#{block}"] = f"¶ {number}"
            for block, own in text.pieces.items():
                for _, kind, line in own.points:
                    if kind == "line" and line:
                        self.table[f"{text.address}#{block}/l-{line}"] = f"l. {line}"
        for address, printed in numbers.items():
            self.table[address] = f"note {printed}"
        self.people: dict[str, str] = {}
        """Where a person's entry is, by what names it; anything else of that id goes before."""
        for person in book.persons.value.persons if book.persons else ():
            for key in (person.id, f"persons/{person.id}"):
                if key not in self.table:
                    self.table[key], self.people[key] = person.name, f"persons#{person.id}"
        self.sources = {one.id: one for one in book.sources.value.sources} if book.sources else {}
        self.citer = Citer(self.sources, self.words, book.forms)
        self.seen: dict[Say, set[str]] = defaultdict(set)
        """The sources that the notes of a section have cited so far."""
        self.faults: list[str] = []
        """Sources that are cited by other words than theirs."""

    @cached_property
    def _known(self) -> Vocabulary:
        return Vocabulary(self.words)

    def _words(self, key: str, locator: str, say: Say | None) -> Piece:
        """A citation in words: a source in full where no note of the section cited it before."""
        if key not in self.sources:
            return Piece(self.table.get(self.leads(key), key) + (f", {locator}" if locator else ""))
        found = piece((say or self.citer.text)(Cite(key, locator)))
        full = say is not None and key not in self.seen[say]
        if say:
            self.seen[say].add(key)
        if self.citer.forms:  # each form of a style is proved for itself
            return found
        if miscited(self.sources[key], locator, found.text, self._known, full=full):
            self.faults.append(f"'{key}' is cited as '{found.text[:60]}'")
        return found

    def said(self, raw: Piece, text: SectionText, paragraph: int, say: Say | None = None) -> Said:
        """
        A block with its citations in words and its calls counted.

        Args:
            raw: the block.
            text: the section that has it.
            paragraph: its printed number; 0 for none.
            say: of a block of a note, what goes on from the notes before it.
        """
        cited = Piece(raw.text, list(raw.points), list(raw.spans))
        forms = [
            self._words(*name.partition("\n")[::2], say) if kind == "cite" else Piece("")
            for _, kind, name in raw.points
        ]
        for index in range(len(cited.points) - 1, -1, -1):
            at, kind, name = cited.points[index]
            if kind == "cite":
                words, key = forms[index].text, name.partition("\n")[0]
                later = [(p + len(words), k, n) for p, k, n in cited.points[index + 1 :]]
                cited.text = cited.text[:at] + words + cited.text[at:]
                cited.spans = self._cited(key, forms[index], at, cited.spans)
                cited.points = cited.points[:index] + later
        calls = tuple(
            (len(bare(cited.text[:at])), f"{text.address}/note/{name}")
            for at, kind, name in cited.points
            if kind == "call" and name in text.notes
        )
        marked = {
            wanted: tuple(
                (len(bare(cited.text[:at])), name)
                for at, kind, name in cited.points
                if kind == wanted
            )
            for wanted in ("leaf", "line", "number")
        }
        breaks = tuple(at for at, _ in marked["line"] if at)
        size = sizes(cited.text)
        spans = merged((size[a], size[b], kind, value) for a, b, kind, value in cited.spans)
        return Said(cited.text, calls, paragraph, marked["leaf"], breaks, spans, marked["number"])

    def _cited(self, key: str, form: Piece, at: int, spans: Sequence[Span]) -> list[Span]:
        """The marks of a text with the words of a citation put in: they are a link."""
        size = len(form.text)
        grown = at + size
        found = [
            (
                a if a < at or (a == b == at) else a + size,
                b if b < at or (b == at and a < b) else b + size,
                kind,
                value,
            )
            for a, b, kind, value in spans
        ]
        goal = self.people.get(key) or self.leads(key)
        goal = f"sources#{key}" if key in self.sources else goal
        found += [
            (at + a, at + b, kind, value) for a, b, kind, value in form.spans if kind != "link"
        ]
        leads = key not in self.sources or self.citer.leads(key)
        if leads and not any(kind == "link" and a <= at and grown <= b for a, b, kind, _ in found):
            found.append((at, grown, "link", goal))
        return found
