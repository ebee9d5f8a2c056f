"""What citations say: names, titles, numbers of paragraphs and notes."""

from collections.abc import Mapping, Sequence

from engross.model.text import Run, leaves
from engross.parse.book import Book
from engross.parse.markdown import parse_inline
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
        for item in book.sources.value.sources if book.sources else ():
            inlines = parse_inline(item.title_short or item.title)
            self.table[item.id] = "".join(i.text for i in inlines if isinstance(i, Run))

    def said(self, raw: Piece, text: SectionText, paragraph: int) -> Said:
        """A block with its citations in words and its calls counted."""
        cited = Piece(raw.text, list(raw.points))
        for index in range(len(cited.points) - 1, -1, -1):
            at, kind, name = cited.points[index]
            if kind == "cite":
                key, _, locator = name.partition("\n")
                words = self.table.get(key, key) + (f", {locator}" if locator else "")
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
