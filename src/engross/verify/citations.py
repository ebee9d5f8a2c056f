"""What citations say: names, titles, numbers of paragraphs and notes."""

from collections.abc import Mapping, Sequence

from engross.language import Words
from engross.model.text import Run, leaves
from engross.parse import chicago
from engross.parse.book import Book
from engross.verify.pieces import Piece, Said
from engross.verify.plain import bare
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
        self.table: dict[str, str] = {}
        for person in book.persons.value.persons if book.persons else ():
            self.table[person.id] = person.name
            self.table[f"persons/{person.id}"] = person.name
        self.table |= titles
        for prose in book.prose:
            first = next(iter(leaves(prose.body.blocks)), None)
            name = prose.section.id
            heading = first.text if first and first.role == "heading" else titles.get(name, name)
            self.table[name] = prose.section.title or heading
        for document in book.documents:
            title = document.record.value.title
            self.table[document.id] = title.short or title.supplied
        for text in texts:
            for block, number in text.counted.items():
                self.table[f"{text.address}#{block}"] = f"¶ {number}"
            for block, piece in text.pieces.items():
                for _, kind, line in piece.points:
                    if kind == "line" and line:
                        self.table[f"{text.address}#{block}/l-{line}"] = f"l. {line}"
        for address, printed in numbers.items():
            self.table[address] = f"note {printed}"
        self.sources = {one.id: one for one in book.sources.value.sources} if book.sources else {}
        self.words = Words(book.manifest.value.language)

    def _words(self, key: str, locator: str, seen: set[str] | None) -> str:
        """A citation in words: a source in full where no note of the section cited it before."""
        if key not in self.sources:
            return self.table.get(key, key) + (f", {locator}" if locator else "")
        full = seen is not None and key not in seen
        if seen is not None:
            seen.add(key)
        inlines = chicago.cited(self.sources[key], locator, self.words, full=full)
        return "".join(item.text for item in inlines if isinstance(item, Run))

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
        cited = Piece(raw.text, list(raw.points))
        forms = [
            self._words(*name.partition("\n")[::2], seen) if kind == "cite" else ""
            for _, kind, name in raw.points
        ]
        for index in range(len(cited.points) - 1, -1, -1):
            at, kind, _ = cited.points[index]
            if kind == "cite":
                words = forms[index]
                later = [(p + len(words), k, n) for p, k, n in cited.points[index + 1 :]]
                cited.text = cited.text[:at] + words + cited.text[at:]
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
        return Said(cited.text, calls, paragraph, marked["leaf"], breaks, marked["number"])
