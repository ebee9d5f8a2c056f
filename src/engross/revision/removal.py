"""What a book is without some of its words: file by file, those that releases kept among them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from engross.ledger.anchor import Span, choose, locate
from engross.ledger.fields import put
from engross.ledger.sealed import LENGTH, REST, WORD, Sealed
from engross.model.source import SourceFile
from engross.parse.book import Book, DocumentSource
from engross.read import decode
from engross.revision.blanked import Taken, blanked, blanked_tei
from engross.revision.fields import fields_of, file_of_field, has_record, names_field, path_of_field
from engross.revision.ledger_file import quoted
from engross.revision.renewed import States, quotations, rehang, renumber
from engross.revision.texts import file_of
from engross.schema.base import Anchor
from engross.schema.document import Received

ABOUT = ("abstract", "headnote", "source_note", "participants", "signatures", "hands", "leaves")
"""Parts of a record that say what its document says; with the document they go."""
SAID = ("title/original", "title/archive", "abstract/text")
"""Fields of a record with words of the document itself, or all about it."""
NAMES = frozenset({"id", "address", "document", "file", "person"})
"""Keys whose values are no words."""


def digest(content: bytes) -> str:
    """SHA-256."""
    return SourceFile.of("", content).sha256


@dataclass
class Removal:
    """Words and pictures that go, and what stands there instead."""

    book: Book
    taken: dict[str, Taken]
    """By address; of a plate its words, of an original `yamada/original`."""
    own: DocumentSource | None
    """The document that they are of."""
    whole: bool
    """Whether all of it goes."""
    everywhere: bool = False
    """Whether the editors' texts lose the words too, wherever they stand."""
    plates: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By path of a picture the digest of what it was, and what is shown instead."""
    sign: str = REST

    @cached_property
    def sealed(self) -> Sealed:
        """All that nobody may read any more: among it readings that the ledger has for it."""
        pieces = [
            " ".join(one.texts[block][start:end] for block, (start, end) in one.stretches.items())
            for name, one in self.taken.items()
            if not self.whole or "/note/" not in name  # the editors' notes only go with it
        ]
        if self.whole and self.own:
            fields = fields_of(self.book)
            pieces += [fields.get(f"{self.own.id}/document/{name}", "") for name in SAID]
        ledger = self.book.ledger.value.corrections if self.book.ledger else ()
        pieces += [row.read or "" for row in ledger if self.meets(row.at.address, row.at)]
        few = LENGTH if self.whole else 1  # "Japan" may stand elsewhere when a document goes
        words = tuple(one for one in pieces if len(WORD.findall(one)) >= few)
        made = Sealed(words, tuple(sorted(was for was, _ in self.plates.values())))
        texts = {one.id: one.texts for one in self.book.documents}
        texts |= {name: one.now() for name, one in self.taken.items() if name in texts}
        blocks = (text for one in texts.values() for text in one.values())
        return replace(made, stay=tuple(sorted(set().union(*map(made.rows, blocks)))), _rows={})

    def meets(self, address: str, anchor: Anchor) -> Span | None:
        """Where a quotation stands that is of words that go, or beside them."""
        taken = self.taken.get(address)
        there = locate(anchor, taken.texts) if taken else None
        if taken is None or not isinstance(there, Span):
            return None
        start, end = taken.stretches.get(there.block, (0, 0))
        return there if start < end and there.start <= end and start <= there.end else None

    def paths(self) -> set[str]:
        """Files of words that are not as they were, or may not be."""
        some = {self._path(address) for address in self.taken}
        prose = {one.file.path for one in self.book.prose} if self.everywhere else set()
        return {path for path in some | prose if not path.endswith(".yaml")}

    def _path(self, address: str) -> str:
        if address.endswith("/original") and self.own and self.own.original:
            return self.own.original.file.path
        return file_of(self.book, address)

    def without(self, path: str, text: str) -> str:
        """Such a file without them."""
        tei = path in {volume.file.path for volume in self.book.volumes}
        for address, taken in reversed(self.taken.items()):  # notes before what they stand in
            if self._path(address) == path and "/plates#" not in address:
                name = address.rpartition("/")[2]
                text = blanked_tei(text, name, taken) if tei else blanked(text, taken)
        return self.sealed.without(text) if self.everywhere and not tei else text

    def received(self) -> Iterator[tuple[str, str]]:
        """Each received file of a document in a folder, as the public may have it."""
        if self.own and has_record(self.own):
            record, original = self.own.record.value, self.own.original
            rows = [(self.own.id, self.own.received, record.received)]
            if record.original and original:
                facing = record.original.received
                rows += [(f"{self.own.id}/original", original.received, facing)]
            for address, file, named in rows:
                if address in self.taken:
                    text = decode(file)[0] or ""
                    yield file.path, self._received(text, named, self.taken[address])

    def _received(self, text: str, named: Received, taken: Taken) -> str:
        """Its paragraphs as the transcript has them; other lines without words that go."""
        rows = text.split("\n")
        used = [n for one in named.lines if one.use == "transcript" for n in one.numbers]
        first, last = (min(used) - 1, max(used)) if used else (0, len(rows))
        around = [self.sealed.without("\n".join(part)) for part in (rows[:first], rows[last:])]
        made = [around[0], blanked("\n".join(rows[first:last]), taken), around[1]]
        return "\n".join(made[not first : 3 if last < len(rows) else 2])

    def form(
        self, tree: Any, path: str, states: tuple[States, States], files: Mapping[str, Any]
    ) -> None:
        """
        A YAML file, or the record of a release, without the words.

        Args:
            tree: what it holds.
            path: of it in the book, wherever it is kept.
            states: what quotations refer to, before and now.
            files: received files before and after.
        """
        name = self.own.id if self.own else ""
        own = bool(name) and path.startswith(f"documents/{name}/")
        for address in self.taken:
            if names_field(address, self.book) and path == file_of_field(address):
                [now] = self.taken[address].now().values()
                put(tree, path_of_field(address), quoted(now))
        if own:
            self._folder(tree, name, files)
        ledger = tree["ledger"] if isinstance(tree.get("ledger"), dict) else tree
        for row in (tree, *(ledger.get("corrections") or ())):
            if "status" in row and (span := self._met(row["at"], "")):
                row["at"] = {"address": row["at"]["address"], "block": span.block}
                if not row.get("join"):  # which has no words of its own
                    row["status"] = "withdrawn"
                for key in ("read", "evidence"):
                    row.pop(key, None)
        for one in self.book.documents if "base" in tree else ():
            if one.received.path in files and one.id in tree["base"]:
                tree["base"][one.id] = quoted(digest(files[one.received.path][1].encode()))
        for node, address in quotations(tree, name if own else ""):
            if (span := self._met(node, address)) and "status" not in node:
                self._hang(node, span, address, states[1][address])
        rehang(tree, path, states, [], name if own else "")
        if own or self.everywhere or "ledger" in tree or "status" in tree:
            _strings(tree, self.sealed.without)

    def _folder(self, tree: Any, name: str, files: Mapping[str, Any]) -> None:
        """Notes and record of the document."""
        for row in tree.get("notes") or ():
            if taken := self.taken.get(f"{name}/note/{row['id']}"):
                text = taken.sign if taken.whole else blanked(row["text"], taken)
                row["text"] = quoted(text)
        if "readings" in tree:
            tree["readings"] = [row for row in tree["readings"] if not self._met(row["at"], name)]
        for named in (tree, tree.get("original") or {}):
            received = named.get("received") or {}
            if renewed := files.get(f"documents/{name}/{received.get('file', 'received.txt')}"):
                received["sha256"] = quoted(digest(renewed[1].encode()))
                renumber(received, *renewed)
                received.pop("read_from", None)
        for row in tree.get("plates") or ():
            if there := self.plates.get(f"documents/{name}/{row['file']}"):
                row["sha256"] = quoted(digest(there[1]))
                row["alt"] = row["caption"] = quoted(self.sign)
        for key in ABOUT if self.whole else ():
            tree.pop(key, None)
        if self.whole and "title" in tree:  # a running head has room for no more
            said = {key: REST for key, title in tree["title"].items() if title} | {"short": REST}
            tree["title"].update(said | {"supplied": quoted(self.sign.partition(")")[0] + ")]")})

    def _met(self, node: Any, address: str) -> Span | None:
        keys = {key: str(node[key]) for key in Anchor.model_fields if node.get(key)}
        return self.meets(node.get("address", address), Anchor(**keys))

    def _hang(self, node: Any, span: Span, address: str, now: Mapping[str, str]) -> None:
        """A quotation of words that go is one of the sign that stands there."""
        sign = self.sign if self.sign in now[span.block] else REST
        at = now[span.block].index(sign)
        there = choose(address, Span(span.block, at, at + len(sign)), now)
        for key in Anchor.model_fields:
            node.pop(key, None)
            if value := getattr(there, key):
                node[key] = quoted(value)


def _strings(node: Any, change: Callable[[str], str]) -> None:
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        if isinstance(value, dict | list):
            _strings(value, change)
        elif isinstance(value, str) and key not in NAMES and (made := change(value)) != value:
            node[key] = quoted(made)
