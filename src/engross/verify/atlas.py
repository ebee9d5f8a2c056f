"""Where in the book the words of a finding come from: file, line, and what stands there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engross.model.finding import Place
from engross.model.text import Body, Leaf, leaves
from engross.parse.book import Book
from engross.schema.manifest import DocumentSection
from engross.verify.plain import TABLES

FIELDS: Mapping[str, str] = TABLES["fields"]
"""Fields of the manifest, and words of a finding that speak of each; the first one counts."""
TEXT = re.compile(r"[\w/#.-]+")


@dataclass(slots=True)
class Atlas:
    """A book by its addresses."""

    book: Book
    spots: dict[str, tuple[Place, str]] = field(default_factory=dict)
    """By address: where it stands, and what it is in the words of those who wrote it."""

    @classmethod
    def of(cls, book: Book) -> "Atlas":
        """Every section, block, note, row of a register and entry of the ledger."""
        atlas = cls(book)
        atlas._sections()
        for document in book.documents:
            path = document.transcript.path
            atlas._text(document.id, document.body, path)
            if document.original:
                original = document.original
                atlas._text(f"{document.id}/original", original.body, original.file.path)
            for number, row in enumerate(document.notes.value.notes):
                place = document.notes.place("notes", number)
                atlas.spots[f"{document.id}/note/{row.id}"] = place, f"the note '{row.id}'"
            record = document.record.place("title"), f"the record of '{document.id}'"
            atlas.spots[f"{document.id}/document"] = record
        for prose in book.prose:
            atlas._text(prose.section.id, prose.body, prose.file.path)
        atlas._registers()
        return atlas

    def _sections(self) -> None:
        for index, entry in enumerate(self.book.manifest.value.sections):
            names = [entry] if isinstance(entry, str) else [getattr(entry, "id", "")]
            if isinstance(entry, DocumentSection):
                names = [entry.document, *entry.documents]
            place = self.book.manifest.place("sections", index)
            self.spots |= {name: (place, f"the section '{name}'") for name in names if name}

    def _registers(self) -> None:
        for part in ("sources", "persons", "chronology", "abbreviations", "index"):
            register = getattr(self.book, part)
            if register is None:
                continue
            self.spots[part] = Place(register.path, 1), f"the register '{part}'"
            for key, rows in register.value:
                for number, row in enumerate(rows if isinstance(rows, tuple | list) else ()):
                    name = getattr(row, "id", "") or str(number + 1)
                    spot = register.place(key, number), f"the entry '{name}'"
                    self.spots[f"{part}#{name}"] = spot
        if ledger := self.book.ledger:
            for number, entry in enumerate(ledger.value.corrections):
                told = ledger.place("corrections", number), f"the entry {entry.id}"
                self.spots[f"corrections#{entry.id}"] = self.spots[entry.id] = told

    def _text(self, address: str, body: Body, path: str) -> None:
        for leaf in leaves(body.blocks):
            self.spots[f"{address}#{leaf.id}"] = _spot(leaf, path)
        for note in body.notes:
            for first in list(leaves(note.blocks))[:1]:
                place, _ = _spot(first, path)
                self.spots[f"{address}/note/{note.id}"] = place, f"the note '{note.id}'"

    def named(self, message: str) -> tuple[Place, str]:
        """What a finding speaks of: the longest address in it, else a field, else the manifest."""
        found = [word.strip(".:") for word in TEXT.findall(re.sub(" gives .*", "", message))]
        known = [word for word in found if word in self.spots]
        if known:
            return self.spots[max(known, key=len)]
        files = [word.rpartition("/")[2].partition(".")[0] for word in found]
        above = [word.partition("#")[0].partition("/")[0] for word in found]
        if known := [word for word in (*above, *files) if word in self.spots]:
            return self.spots[known[0]]
        manifest = self.book.manifest
        for key, words in FIELDS.items():
            if re.search(rf"\b(?:{words})\b", message.casefold()):
                return manifest.place(key), f"the field '{key}'"
        return manifest.place("edition"), f"the edition '{manifest.value.edition}'"


def _spot(leaf: Leaf, path: str) -> tuple[Place, str]:
    words = " ".join(leaf.text.split())
    short = words if len(words) <= 40 else f"{words[:40].rstrip()}…"
    return Place(leaf.origin.path or path, leaf.origin.line or 1), f"the {leaf.role} '{short}'"


def mend(message: str, fix: str, atlas: Atlas | None) -> str:
    """What to do about a finding, and where to look in the book; only then is it the program's."""
    if atlas is None:
        return fix or "take the whole folder from a copy that is whole, or build the edition again"
    place, what = atlas.named(message)
    if fix:
        return f"{fix}; see {place}, {what}"
    return (
        f"look at {place}, {what}, and at the templates and style sheets that the book has of its "
        "own; if they are right, publish nothing and report it as a bug with this place"
    )
