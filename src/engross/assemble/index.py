"""The index: headings in their printed order, each place found by its quotation."""

from collections.abc import Iterator, Mapping, Sequence

from engross.assemble.document import Woven
from engross.assemble.edition import IndexContent, IndexHeading, IndexPlace
from engross.assemble.registers import standing_block
from engross.catalog import finding
from engross.language import Words
from engross.ledger.anchor import Ambiguous, Span, contexts, locate
from engross.model.finding import Finding, Place
from engross.model.text import leaves
from engross.parse.book import Book
from engross.parse.load import Parsed
from engross.schema.base import Anchor
from engross.schema.registers import Index, IndexAnchor, IndexEntry, PersonEntry


class Indexer:
    """Finds the places of one index; what is not found is a finding."""

    def __init__(
        self,
        book: Book,
        woven: Sequence[Woven],
        texts: Mapping[str, Mapping[str, str]],
        words: Words,
    ) -> None:
        self.register = book.index
        self.withdrawn = book.withdrawn
        self.people = {p.id: p for p in book.persons.value.persons} if book.persons else {}
        self.woven = {text.address: text for text in woven}
        self.texts = texts
        self.words = words
        self.findings: list[Finding] = []

    def content(self) -> IndexContent:
        """The whole index, letter by letter in the order of the language."""
        if self.register is None:
            return IndexContent(())
        register = self.register
        self._references(register.value.entries, register)
        return IndexContent(self.headings(register.value.entries, (), register))

    def headings(
        self, entries: Sequence[IndexEntry], path: tuple[str | int, ...], register: Parsed[Index]
    ) -> tuple[IndexHeading, ...]:
        """Headings of one level, in their order."""
        rows = self.words.sorted(enumerate(entries), lambda row: row[1].filed)
        return tuple(self.heading(one, (*path, "entries", n), register) for n, one in rows)

    def heading(
        self, entry: IndexEntry, path: tuple[str | int, ...], register: Parsed[Index]
    ) -> IndexHeading:
        """A heading with its places, in the order of the text, each once."""
        places = [
            place
            for index, at in enumerate(entry.at)
            if (place := self.place(at, register.place(*path, "at", index))) is not None
        ]
        person = self.people.get(entry.person or "")
        if person is not None:
            places += self.named(person)
        elif entry.person:
            message = f"the index names the person '{entry.person}', who is not in persons.yaml"
            fix = "add the person, or take the key out"
            self.findings.append(finding("R001", register.place(*path, "person"), message, fix))
        order = {address: n for n, address in enumerate(self.woven)}
        order |= {one.address: len(order) for one in self.withdrawn}
        unique = dict.fromkeys(places)
        ranked = sorted(unique, key=lambda p: (order[p.address.partition("#")[0]], _block(p)))
        return IndexHeading(
            entry.heading,
            tuple(ranked),
            entry.see,
            entry.see_also,
            self.headings(entry.entries, path, register),
        )

    def place(self, at: IndexAnchor, where: Place) -> IndexPlace | None:
        """The block of a quotation, or the range between two."""
        if at.address not in self.texts:
            if any(one.address == at.address for one in self.withdrawn):
                return IndexPlace(at.address)
            message = f"the index points to '{at.address}', which the edition does not have"
            fix = "use the id of a document or of a prose section"
            self.findings.append(finding("R001", where, message, fix))
            return None
        first = self._block(at, at.address, where)
        if first is None:
            return None
        if at.to is None:
            return self._at(at.address, first)
        last = self._block(at.to, at.address, where)
        if last is None or last == first:
            return self._at(at.address, first)
        begin, end = self._at(at.address, first), self._at(at.address, last)
        return IndexPlace(begin.address, begin.paragraph, end.address, end.paragraph)

    def named(self, person: PersonEntry) -> list[IndexPlace]:
        """Each paragraph that names a person in one of the forms of the register."""
        names = person.in_text
        return [
            IndexPlace(f"{text.address}#{leaf.id}", leaf.number)
            for text in self.woven.values()
            for leaf in leaves(text.blocks)
            if leaf.number and any(name in leaf.text for name in names)
        ]

    def _at(self, address: str, block: str) -> IndexPlace:
        text = self.woven[address]
        if not block:
            return IndexPlace(address)
        standing = standing_block(block, text)
        return IndexPlace(f"{address}#{standing}", text.paragraphs.get(standing, 0))

    def _block(self, at: Anchor, address: str, where: Place) -> str | None:
        """The block that an anchor means; "" is the whole text."""
        if not (at.exact or at.prefix or at.suffix):
            return at.block
        match locate(at, self.texts[address]):
            case Span() as span:
                return span.block
            case Ambiguous(spans):
                places = contexts(spans, self.texts[address])
                message = f"the index quotes '{at.exact}', which stands {len(spans)} times in "
                message += f"'{address}' ({places})"
                self.findings.append(finding("N002", where, message))
            case _:
                message = f"the index quotes '{at.exact}', which is not in '{address}'"
                fix = "copy the words from the text, spelling and quotation marks included"
                self.findings.append(finding("N001", where, message, fix))
        return None

    def _references(self, entries: Sequence[IndexEntry], register: Parsed[Index]) -> None:
        known = set(_headings(entries, ""))
        for index, entry in enumerate(entries):
            for name in (*entry.see, *entry.see_also):
                if name not in known:
                    message = f"'{entry.heading}' refers to '{name}', which is no heading"
                    fix = "write the heading as it stands; a sub-heading as 'Heading, sub-heading'"
                    where = register.place("entries", index)
                    self.findings.append(finding("R001", where, message, fix))


def _headings(entries: Sequence[IndexEntry], above: str) -> Iterator[str]:
    for entry in entries:
        name = f"{above}{entry.heading}"
        yield from [name, *_headings(entry.entries, f"{name}, ")]


def _block(place: IndexPlace) -> str:
    return place.address.partition("#")[2]
