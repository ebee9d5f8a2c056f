"""What citations say: names, titles, numbers of paragraphs and notes."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from engross.parse import chicago
from engross.parse.book import Book
from engross.verify.pieces import Piece, Said, Span, merged, piece
from engross.verify.plain import bare
from engross.verify.plan import heading_of
from engross.verify.texts import SectionText


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
        self.table: dict[str, str] = {}
        for person in book.persons.value.persons if book.persons else ():
            self.table[person.id] = person.name
            self.table[f"persons/{person.id}"] = person.name
        self.table |= titles
        for prose in book.prose:
            self.table[prose.section.id] = heading_of(prose, self.words)
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
        self.sources = {one.id: one for one in book.sources.value.sources} if book.sources else {}

    def _words(self, key: str, locator: str, seen: set[str] | None) -> Piece:
        """A citation in words: a source in full where no note of the section cited it before."""
        if key not in self.sources:
            return Piece(self.table.get(key, key) + (f", {locator}" if locator else ""))
        full = seen is not None and key not in seen
        if seen is not None:
            seen.add(key)
        return piece(chicago.cited(self.sources[key], locator, self.words, full=full))

    def said(
        self, raw: Piece, text: SectionText, paragraph: int, seen: set[str] | None = None
    ) -> Said:
        """
        A block with its citations in words and its calls counted.

        Args:
            raw: the block.
            text: the section that has it.
            paragraph: its printed number; 0 for none.
            seen: of a block of a note, the sources that notes before it cite.
        """
        cited = Piece(raw.text, list(raw.points), list(raw.spans))
        forms = [
            self._words(*name.partition("\n")[::2], seen) if kind == "cite" else Piece("")
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
        size = [0, *accumulate(not character.isspace() for character in cited.text)]
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
        goal = f"sources#{key}" if key in self.sources else key
        found += [
            (at + a, at + b, kind, value) for a, b, kind, value in form.spans if kind != "link"
        ]
        if not any(kind == "link" and a <= at and grown <= b for a, b, kind, _ in found):
            found.append((at, grown, "link", goal))
        return found
