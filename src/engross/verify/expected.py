"""What every address must say, computed anew from the evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engross.language import Words
from engross.ledger.anchor import Span, locate
from engross.ledger.edits import Edit, place_corrections
from engross.model.finding import Finding, Place
from engross.model.text import (
    Block,
    Division,
    Inline,
    Leaf,
    ListBlock,
    Note,
    Point,
    Quote,
    Run,
    Table,
    leaves,
)
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.parse.markdown import parse_inline, parse_markdown
from engross.release.numbers import Numbers, kept
from engross.schema.ledger import Correction
from engross.verify.plain import bare

COUNTED = frozenset({"paragraph", "participants"})
Entries = Sequence[tuple[Correction, Place]]


@dataclass(slots=True)
class Piece:
    """The text of a block in work, and the points that stand in it."""

    text: str
    points: list[tuple[int, str, str]] = field(default_factory=list)
    """Offset, kind (`call`, `cite`) and name, in order."""

    def replace(self, start: int, end: int, words: str, *, behind: bool = True) -> None:
        """Put words in the place of others; points in or behind them move along."""
        self.text = self.text[:start] + words + self.text[end:]
        grown = start + len(words)
        self.points = [
            (at, kind, name)
            if at < start or (at == start and not behind)
            else (grown + max(0, at - end), kind, name)
            for at, kind, name in self.points
        ]


@dataclass(frozen=True, slots=True)
class Said:
    """What an address says."""

    text: str
    calls: tuple[tuple[int, str], ...] = ()
    """How many characters, white space aside, stand before each note call; and its note."""
    paragraph: int = 0
    """Printed number; 0: none."""


@dataclass(slots=True)
class Expected:
    """A whole edition's texts."""

    said: dict[str, Said] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(default_factory=dict)
    """By section: the addresses of its blocks, in reading order."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    """By section: the addresses of its notes, in the order of their calls."""
    numbers: dict[str, int | str] = field(default_factory=dict)
    """Printed number of each note; a text where it has a letter."""
    supplied: dict[str, list[str]] = field(default_factory=dict)
    """By document: every string that may stand in it as supplied by the editors."""
    tables: set[str] = field(default_factory=set)
    """Addresses in the cells of tables, which are not read straight down."""
    faults: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Text:
    """A section's text before citations are words."""

    address: str
    pieces: dict[str, Piece]
    notes: dict[str, list[Piece]]
    counted: dict[str, int]
    order: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    """What a TEI file prints for its notes; "" for one that is not counted among them."""

    def printed(self) -> dict[str, int]:
        """The number of each note that has one: the file's, else its place in the text."""
        found: dict[str, int] = {}
        count = 0
        for note in self.order:
            if note in self.labels and not self.labels[note].isdigit():
                continue
            count += 1
            found[note] = int(self.labels.get(note) or count)
        return found


def expect(book: Book, titles: Mapping[str, str], frozen: Numbers | None = None) -> Expected:
    """
    Compute every text of an edition from its sources.

    Args:
        book: the evidence, parsed and proved against what was received.
        titles: of the generated sections, by address, which citations may name.
        frozen: printed numbers of the release before, which later versions keep.
    """
    entries: Entries = ()
    if book.ledger is not None:
        ledger = book.ledger
        entries = [
            (correction, ledger.place("corrections", index))
            for index, correction in enumerate(ledger.value.corrections)
        ]
    result = Expected()
    own = Words(book.manifest.value.language)
    texts = [_document(document, entries, own, result.faults) for document in book.documents]
    texts += [_prose(prose, entries, result.faults) for prose in book.prose]
    for text in texts:
        result.numbers |= {
            f"{text.address}/note/{note}": number for note, number in text.printed().items()
        }
        if frozen:
            _keep(text, frozen, result.numbers)
    words = _Words(book, texts, result.numbers, titles)
    for text in texts:
        _say(text, words, result)
    for document in book.documents:
        _around(document, result)
        result.tables |= {f"{document.id}#{name}" for name in _in_tables(document.body.blocks)}
    for prose in book.prose:
        address = prose.section.id
        result.tables |= {f"{address}#{name}" for name in _in_tables(prose.body.blocks)}
    return result


def _keep(text: _Text, frozen: Numbers, numbers: dict[str, int | str]) -> None:
    """Give paragraphs and notes the numbers that a release printed."""
    for block in text.counted:
        number = frozen.paragraphs.get(f"{text.address}#{block}", "")
        if number.isdigit():
            text.counted[block] = int(number)
    names = [f"{text.address}/note/{note}" for note in text.order]
    for name, number in kept(names, frozen.notes_of(text.address)).items():
        if name in numbers:
            numbers[name] = int(number) if number.isdigit() else number


def _say(text: _Text, words: "_Words", result: Expected) -> None:
    result.blocks[text.address] = []
    for identity, piece in text.pieces.items():
        address = f"{text.address}#{identity}"
        result.blocks[text.address].append(address)
        result.said[address] = words.said(piece, text, text.counted.get(identity, 0))
    result.notes[text.address] = []
    for note in text.order:
        address = f"{text.address}/note/{note}"
        result.notes[text.address].append(address)
        parts = [words.said(piece, text, 0).text for piece in text.notes[note]]
        result.said[address] = Said(" ".join(parts))


def _around(document: DocumentSource, result: Expected) -> None:
    """What the editors set before a document: headnote, heading, dateline."""
    record = document.record.value
    if record.headnote:
        body = parse_markdown(record.headnote, document.record.path)
        head = [(f"{document.id}/headnote#{leaf.id}", leaf.text) for leaf in leaves(body.blocks)]
        result.blocks[document.id] = [address for address, _ in head] + result.blocks[document.id]
        for address, text in head:
            result.said[address] = Said(text)
    heading = "".join(i.text for i in parse_inline(record.title.supplied) if isinstance(i, Run))
    date = _written(record.dates.event)
    place = record.place
    dateline = date
    if place is not None:
        name = f"[{place.name}]" if place.supplied else place.name
        dateline = f"{name}, {date}"
    result.supplied[document.id] = [bare(heading), bare(dateline)]


def _document(
    document: DocumentSource, entries: Entries, words: Words, faults: list[Finding]
) -> _Text:
    texts = document.texts
    # the notes of a TEI file stand in its text, those of a transcript beside it
    pieces = {leaf.id: piece(leaf.content) for leaf in leaves(document.body.blocks)}
    placed = place_corrections(document.id, texts, entries)
    faults += placed.findings
    notes = {
        note.id: _note(f"{document.id}/note/{note.id}", note.blocks, entries)
        for note in document.body.notes
    }
    calls: list[tuple[Span, str]] = []
    for note in document.notes.value.notes:
        match locate(note.at, texts):
            case Span() as span:
                body = parse_markdown(note.text, document.notes.path)
                notes[note.id] = _note(f"{document.id}/note/{note.id}", body.blocks, entries)
                calls.append((span, note.id))
            case _:
                continue  # a finding of the stage that assembles
    for edit in placed.edits:
        if said := _ledger_note(edit, words):
            notes[edit.correction.id.lower()] = [Piece(said)]
            calls.append((edit.span, edit.correction.id.lower()))
    for block in {span.block for span, _ in calls}:
        here = [(span.end, "call", name) for span, name in calls if span.block == block]
        here += pieces[block].points
        pieces[block].points = sorted(here, key=lambda point: point[0])
    made = _finish(document.id, document.body.blocks, pieces, notes, placed.edits, count=True)
    made.labels |= _labels(document.body.notes)
    return made


def _prose(prose: ProseSource, entries: Entries, faults: list[Finding]) -> _Text:
    address = prose.section.id
    pieces = {leaf.id: piece(leaf.content) for leaf in leaves(prose.body.blocks)}
    placed = place_corrections(address, prose.texts, entries)
    faults += placed.findings
    notes = {
        note.id: _note(f"{address}/note/{note.id}", note.blocks, entries)
        for note in prose.body.notes
    }
    made = _finish(address, prose.body.blocks, pieces, notes, placed.edits, count=False)
    made.labels |= _labels(prose.body.notes)
    return made


def _labels(notes: Sequence[Note]) -> dict[str, str]:
    return {
        note.id: note.label for note in notes if note.label or note.kind in {"source", "summary"}
    }


def piece(content: Iterable[Inline]) -> Piece:
    """A block as it is in its file: text, note calls and citations."""
    result = Piece("")
    for item in content:
        match item:
            case Run(text=text):
                result.text += text
            case Point(kind="note"):
                result.points.append((len(result.text), "call", item.get("id")))
            case Point(kind="citation"):
                name = f"{item.get('key')}\n{item.get('locator')}"
                result.points.append((len(result.text), "cite", name))
            case _:
                pass
    return result


def _note(address: str, blocks: tuple[Block, ...], entries: Entries) -> list[Piece]:
    pieces = {leaf.id: piece(leaf.content) for leaf in leaves(blocks)}
    frozen = {leaf.id: leaf.text for leaf in leaves(blocks)}
    _apply(pieces, place_corrections(address, frozen, entries).edits)
    return list(pieces.values())


def _finish(
    address: str,
    blocks: tuple[Block, ...],
    pieces: dict[str, Piece],
    notes: dict[str, list[Piece]],
    edits: Sequence[Edit],
    *,
    count: bool,
) -> _Text:
    _apply(pieces, edits)
    outer = set(_outer(blocks))
    roles = {leaf.id: leaf.role for leaf in leaves(blocks)}
    counted: dict[str, int] = {}
    for identity in pieces:
        if count and identity in outer and roles[identity] in COUNTED:
            counted[identity] = len(counted) + 1
    called = [name for one in pieces.values() for _, kind, name in one.points if kind == "call"]
    order = [name for name in dict.fromkeys(called) if name in notes]
    return _Text(address, pieces, notes, counted, order)


def _apply(pieces: dict[str, Piece], edits: Sequence[Edit]) -> None:
    """Change the blocks from the end of each, then join those whose division goes."""
    words = [edit for edit in edits if not edit.join]
    for edit in sorted(words, key=lambda e: (e.span.start, e.span.end), reverse=True):
        pieces[edit.span.block].replace(edit.span.start, edit.span.end, edit.new)
    order = list(pieces)
    joins = [edit.span.block for edit in edits if edit.join]
    for block in sorted(joins, key=order.index, reverse=True):
        following = order[order.index(block) + 1]
        tail = pieces.pop(following)
        order.remove(following)
        head = pieces[block]
        shift = len(head.text) + 1
        head.text += " " + tail.text
        head.points += [(at + shift, kind, name) for at, kind, name in tail.points]


def _ledger_note(edit: Edit, words: Words) -> str:
    """The reading that does not stand in the text, as its note says it."""
    if edit.join:
        return ""
    if edit.correction.show == "sic-corr":
        return words.say("received-reads", text=edit.old)
    if edit.correction.show == "note-only":
        return words.say("read-instead", text=edit.correction.read)
    return ""


def _outer(blocks: tuple[Block, ...]) -> list[str]:
    """Leaves that stand in the text itself, not in a list, table or quotation."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Leaf):
            found.append(block.id)
        elif isinstance(block, Division):
            found += _outer(block.blocks)
    return found


def _in_tables(blocks: tuple[Block, ...]) -> set[str]:
    """The leaves of all tables of a text."""
    found: set[str] = set()
    for block in blocks:
        match block:
            case Table():
                found |= {leaf.id for leaf in leaves((block,))}
            case Division() | Quote():
                found |= _in_tables(block.blocks)
            case ListBlock():
                for item in block.items:
                    found |= _in_tables(item.blocks)
            case _:
                pass
    return found


class _Words:
    """What citations say."""

    def __init__(
        self,
        book: Book,
        texts: Sequence[_Text],
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
            heading = first.text if first and first.role == "heading" else prose.section.id
            self.table[prose.section.id] = prose.section.title or heading
        for document in book.documents:
            title = document.record.value.title
            self.table[document.id] = title.short or title.supplied
        for text in texts:
            for block, number in text.counted.items():
                self.table[f"{text.address}#{block}"] = f"¶ {number}"
        for address, printed in numbers.items():
            self.table[address] = f"note {printed}"
        for item in book.sources.value.sources if book.sources else ():
            inlines = parse_inline(item.title_short or item.title)
            self.table[item.id] = "".join(i.text for i in inlines if isinstance(i, Run))

    def said(self, raw: Piece, text: _Text, paragraph: int) -> Said:
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
        return Said(cited.text, calls, paragraph)


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _written(iso: str) -> str:
    """A date in words, day before month."""
    year, *rest = iso.split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)
