"""All that the facts of generated places are computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engross.language import Words
from engross.parse.book import Book, DocumentSource
from engross.parse.markdown import parse_inline
from engross.release.causes import Told, changes_of
from engross.release.errata import units_of
from engross.release.frozen import Release
from engross.revision.entries import entries_of
from engross.revision.texts import printed_rows, registers_of
from engross.schema.ledger import Correction
from engross.verify.cascade import UNDRAWN, Drawn
from engross.verify.change import AROUND, whole
from engross.verify.citations import Citations
from engross.verify.judge import Vocabulary
from engross.verify.pieces import Said, piece
from engross.verify.plain import bare
from engross.verify.plan import Planned
from engross.verify.said import Expected
from engross.verify.texts import SectionText


@dataclass(frozen=True)
class Ground:
    """All that facts are computed from."""

    raw: Book
    """As the files have it."""
    book: Book
    """With the fields as corrected, in the version that was made."""
    sections: list[Planned]
    expected: Expected
    words: Words
    citations: Citations
    released: bool
    day: str
    """ISO day of the version."""
    earlier: tuple[Release, ...]
    """The releases below, oldest first."""
    digest: str
    """The digest of the inputs."""
    every: Mapping[str, Sequence[str]]
    """All words of the evidence, folded, by their first letters."""
    paged: bool
    templates: tuple[str, ...] = ()
    """The book's own templates, whose literal words are its own."""
    drawn: Drawn = UNDRAWN
    """What the book's own sheets do to words on pages."""
    own: frozenset[str] = frozenset()
    """Kinds of sections for which the book brings a template."""

    @cached_property
    def known(self) -> Vocabulary:
        """The words that may stand between facts, those of the book's own templates too."""
        return Vocabulary(self.words, self.templates)

    @cached_property
    def shorts(self) -> dict[str, str]:
        """What a section is called in references, by address."""
        return {one.address: one.short or one.head for one in self.sections}

    @cached_property
    def texts(self) -> dict[str, SectionText]:
        """The texts, by address."""
        return {text.address: text for text in self.expected.texts}

    @cached_property
    def frozen(self) -> dict[str, dict[str, str]]:
        """The texts as received, block by block."""
        found = {one.id: one.texts for one in self.book.documents}
        return found | {one.section.id: one.texts for one in self.book.prose}

    def prose(self, text: str) -> str:
        """A line of Markdown with its citations in words."""
        return self.citations.said(piece(parse_inline(text)), self.expected.texts[0], 0).text

    @cached_property
    def paragraphs(self) -> dict[tuple[str, int], str]:
        """The address of each numbered paragraph, by its section and number."""
        found: dict[tuple[str, int], str] = {}
        for address, said in self.expected.said.items():
            if said.paragraph:
                found.setdefault((address.partition("#")[0], said.paragraph), address)
        return found

    @cached_property
    def entries(self) -> list[Correction]:
        """The entries of the ledger."""
        return [entry for entry, _ in entries_of(self.book.ledger)]

    @cached_property
    def present(self) -> dict[str, str]:
        """Every text in the order of the sections, field and row of a register as it is now."""
        order = {one.address: at for at, one in enumerate(self.sections)}

        def place(row: tuple[str, Said]) -> int:
            return order.get(row[0].partition("#")[0].partition("/")[0], len(order))

        said = sorted(self.expected.said.items(), key=place)
        now = {a: one.text for a, one in said if not any(part in a for part in AROUND)}
        return now | self.expected.fields | printed_rows(registers_of(self.book))

    @cached_property
    def lacking(self) -> dict[str, Sequence[Told]]:
        """What each printing lacks of the present state, by its version."""
        now = self.present
        found: dict[str, Sequence[Told]] = {}
        for one in self.earlier:
            then = whole(one.printed)
            same = {a: then[a] if bare(then.get(a, "")) == bare(now[a]) else now[a] for a in now}
            held = one.ledger.corrections
            found[one.version] = changes_of(units_of(then), units_of(same), held, self.entries)
        return found

    @cached_property
    def documents(self) -> list[DocumentSource]:
        """The documents in the order of the sections."""
        known = {one.id: one for one in self.book.documents}
        return [known[one.address] for one in self.sections if one.kind == "document"]

    @cached_property
    def modified(self) -> str:
        """The day of the newest correction or release, else of the manifest."""
        ledger = self.book.ledger.value.corrections if self.book.ledger else ()
        decided = [one.decided.on for one in ledger if one.status == "verified" and one.decided]
        released = [one.record.date for one in self.earlier]
        return max([self.day, self.book.manifest.value.date, *released, *decided])

    @cached_property
    def length(self) -> int:
        """How many words documents and editors' prose have, notes left out."""
        texts = self.expected.blocks.items()
        own = (one for name, row in texts for one in row if one.startswith(f"{name}#"))
        return sum(len(self.expected.said[address].text.split()) for address in own)
