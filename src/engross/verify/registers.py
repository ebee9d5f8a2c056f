"""What the registers and lists of an edition must say, row by row, counted anew."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from engross.ledger.anchor import Span, locate
from engross.ledger.edits import Edit
from engross.ledger.entries import records_only, superseded
from engross.ledger.fields import shown_in
from engross.model.edtf import key
from engross.model.text import leaves
from engross.release.causes import Told, standing
from engross.release.errata import DIVISION
from engross.revision.fields import correct_book
from engross.schema.base import Anchor
from engross.schema.registers import IndexEntry, PersonEntry
from engross.verify.citations import values_of, words_of
from engross.verify.ground import Ground
from engross.verify.judge import PAGES, Fact, each
from engross.verify.pieces import piece
from engross.verify.plain import bare
from engross.verify.texts import SectionText

GROUPS = ("archival", "treaty", "published", "digital", "literature")


def persons(ground: Ground) -> Iterator[Fact]:
    """Each person with the names, and the documents or paragraphs that say one of its forms."""
    register = ground.book.persons
    many = len(ground.book.documents) > 1
    if register:
        rows = [
            (one, ground.prose(one.text), _naming(one, ground)) for one in register.value.persons
        ]
        rows = list(ground.words.sorted(rows, lambda row: row[0].filed))
    else:
        pointing = _pointing(ground)
        rows = [
            (person, person.text, pointing.get(person.id, []))
            for volume in ground.book.volumes
            for person in volume.volume.persons
        ]
    numbers = {one.address: one.number or one.head for one in ground.sections}
    for person, text, places in rows:
        yield Fact((person.file_as if many else "") or person.name)
        yield from each(*(name.text for name in person.names), person.life, text)
        if not person.identified:
            yield Fact(ground.words.say("not-identified"))
        for n, (document, paragraph) in enumerate(places):
            goal = ground.paragraphs.get((document, paragraph), document)
            if many:
                yield Fact(numbers[document], goal)
            elif not paragraph:
                yield Fact(ground.shorts[document], goal)
            else:
                said = ground.words.say("paragraph", number=paragraph)
                yield Fact(str(paragraph) if n else said, goal)


def _naming(person: PersonEntry, ground: Ground) -> list[tuple[str, int]]:
    """Document and paragraph of each place that says one of a person's forms."""
    documents = [one.id for one in ground.book.documents]
    found: dict[tuple[str, int], None] = {}
    said = ground.expected.said
    for document in documents:
        for address, piece_ in ground.texts[document].pieces.items():
            number = said[f"{document}#{address}"].paragraph
            if any(name in piece_.text for name in person.in_text):
                if len(documents) > 1:
                    found[document, 0] = None
                elif number:
                    found[document, number] = None
    return list(found)


def _pointing(ground: Ground) -> dict[str, list[tuple[str, int]]]:
    """The places in TEI files that point to each person."""
    places: dict[str, dict[tuple[str, int], None]] = {}
    documents = ground.book.documents
    for document in documents:
        notes = {note.id: note.blocks for note in document.body.notes}
        order = ground.texts[document.id].order
        inside = (*document.body.blocks, *(b for name in order for b in notes.get(name, ())))
        for leaf in leaves(inside):
            said = ground.expected.said.get(f"{document.id}#{leaf.id}")
            number = said.paragraph if said and len(documents) == 1 else 0
            for mark in (mark for item in leaf.content for mark in item.marks):
                if mark.kind == "person":
                    key = mark.get("who").partition(" ")[0]
                    places.setdefault(key, {})[document.id, number] = None
    return {
        key: [place for place in found if place[1]] or list(found) for key, found in places.items()
    }


def chronology(ground: Ground) -> Iterator[Fact]:
    """The events by day, each with its words and its document."""
    events = ground.book.chronology.value.events if ground.book.chronology else ()
    for event in sorted(events, key=lambda one: key(one.date)):
        yield Fact(event.display or ground.words.day(event.date))
        yield Fact(ground.prose(event.text))
        if event.document:
            yield Fact(ground.shorts[event.document], event.document)


def abbreviations(ground: Ground) -> Iterator[Fact]:
    """Each abbreviation and what it stands for."""
    register = ground.book.abbreviations
    for row in ground.words.sorted(
        register.value.abbreviations if register else (), lambda one: one.filed
    ):
        yield from each(row.abbr, row.expansion)


def sources(ground: Ground) -> Iterator[Fact]:
    """The works under their headings, each by its fields, or as the style of the book has it."""
    citer = ground.citations.citer
    said = {key: piece(form).text for key, form in citer.entries().items()}
    for group in GROUPS:
        items = [citer.items[key] for key in said if citer.items[key].category == group]
        rows = ground.words.sorted(items, lambda one: one.sort or said[one.id])
        if citer.forms:  # a style has its own order
            rows = tuple(items)
        if rows:
            yield Fact(ground.words.say(f"sources-{group}"))
        for rank, item in enumerate(rows):
            values = tuple(filter(None, values_of(item, ground.words)))
            if citer.forms:
                values = (said[item.id],)
            name, words = f"sources#{item.id}", words_of(item)
            yield Fact("", anchor=name, values=values, rank=rank, extra=words)


def index(ground: Ground) -> Iterator[Fact]:
    """The headings in their order, each with its places and references."""
    entries = ground.book.index.value.entries if ground.book.index else ()
    for entry in ground.words.sorted(entries, lambda one: one.filed):
        yield from _heading(entry, ground)


def _heading(entry: IndexEntry, ground: Ground) -> Iterator[Fact]:
    yield Fact(entry.heading)
    order = {address: n for n, address in enumerate(ground.texts)}
    order |= {one.address: len(order) for one in ground.book.withdrawn}
    found = [place for at in entry.at for place in _place(at, at.address, at.to, ground)]
    if entry.person and ground.book.persons:
        people = {one.id: one for one in ground.book.persons.value.persons}
        found += _blocks_naming(people[entry.person], ground)
    places = sorted(
        dict.fromkeys(found), key=lambda row: (order[_section(row[0])], row[0].partition("#")[2])
    )
    if places and ground.paged:
        yield Fact(entry.heading, pattern=PAGES, places=tuple(places))
    elif places:
        yield from _locators(places, ground)
    yield from each(*entry.see, *entry.see_also)
    for below in ground.words.sorted(entry.entries, lambda one: one.filed):
        yield from _heading(below, ground)


def _place(
    at: Anchor, address: str, to: Anchor | None, ground: Ground
) -> Iterator[tuple[str, str]]:
    if address not in ground.frozen:
        yield ground.book.leads(address), ground.book.leads(address)
        return
    first = _block(at, address, ground)
    last = _block(to, address, ground) if to else first
    if first is None:
        return
    here = _at(address, first, ground)
    yield here, here if last is None or last == first else _at(address, last, ground)


def _block(at: Anchor, address: str, ground: Ground) -> str | None:
    if not (at.exact or at.prefix or at.suffix):
        return at.block
    found = locate(at, ground.frozen[address])
    return found.block if isinstance(found, Span) else None


def _at(address: str, block: str, ground: Ground) -> str:
    return f"{address}#{ground.texts[address].standing(block)}" if block else address


def _blocks_naming(person: PersonEntry, ground: Ground) -> list[tuple[str, str]]:
    return [
        (address, address)
        for text in ground.expected.texts
        for block, words in text.pieces.items()
        if ground.expected.said[address := f"{text.address}#{block}"].paragraph
        and any(name in words.text for name in person.in_text)
    ]


def _locators(places: Sequence[tuple[str, str]], ground: Ground) -> Iterator[Fact]:
    """Where there are no pages: documents by number, and paragraphs."""
    numbers = {one.address: one.number for one in ground.sections}
    titles = {one.address: one.title for one in ground.sections}
    before = None
    for first, last in places:
        number, words = numbers[_section(first)], []
        if number and number != before:
            words.append(ground.words.say("document-short", number=number))
        before = number
        said = ground.expected.said.get(first)
        if said and said.paragraph:
            paragraph = ground.words.say("paragraph", number=said.paragraph)
            end = ground.expected.said[last].paragraph if last != first else 0
            words.append(f"{paragraph}\u2013{end}" if end else paragraph)
        elif not number:
            words.append(titles[_section(first)])
        yield from each(*words[:-1])
        yield Fact("".join(words[-1:]), first)


def _section(address: str) -> str:
    return address.partition("#")[0].partition("/")[0]


def readings(ground: Ground) -> Iterator[Fact]:
    """The slips of the translation in the order of the text."""
    many = len(ground.book.documents) > 1
    for document in ground.book.documents:
        text, order = ground.texts[document.id], list(document.texts)
        rows = []
        for reading in document.notes.value.readings:
            span = locate(reading.at, document.texts)
            if isinstance(span, Span):
                rows.append((order.index(span.block), span.start, span, reading))
        for _, _, span, reading in sorted(rows, key=lambda row: row[:2]):
            number = text.counted.get(text.standing(span.block), 0)
            where = ground.words.say("paragraph", number=number) if number else ""
            yield from each(ground.shorts[document.id] if many else "")
            goal = f"{document.id}#{text.standing(span.block)}"
            yield Fact(where or ground.words.say("heading-place"), goal)
            yield Fact(document.texts[span.block][span.start : span.end])
            yield Fact(reading.probably)
            yield from each(ground.prose(reading.comment) if reading.comment else "")


def corrections(ground: Ground) -> Iterator[Fact]:
    """Every entry of the ledger that is applied: where, what, why, when, in which version."""
    edits = {
        edit.correction.id: (text, edit) for text in ground.expected.texts for edit in text.edits
    }
    fields = {edit.correction.id: edit for edit in correct_book(ground.raw).edits}
    entries = ground.entries
    gone = superseded(entries)
    say, table = ground.words.say, ground.shorts | ground.citations.table
    told: set[tuple[str, str, str]] = set()
    order = _order(ground)
    printings = list(_printings(ground, order))
    worded = {one.entry.id for _, _, one in printings if one.entry and records_only(one.entry)}
    for entry in entries:
        if entry.status != "verified" or entry.id in gone or entry.id in worded:
            continue
        text, edit = edits.get(entry.id, (None, None))
        address = shown_in(entry.at.address)
        old, new = entry.at.exact, entry.read or ""
        if edit is not None and text is not None:
            address, old, new = _of_text(text, edit, ground)
        elif entry.id in fields:
            old, new = fields[entry.id].old, fields[entry.id].new
        elif records_only(entry):
            address, old, new = f"{address}#{entry.at.block}".rstrip("#"), "", ""
        said = ground.expected.said.get(address)
        title = table.get(address) if address in ground.shorts else table.get(_section(address))
        values = [entry.id, title or address, str(ground.expected.numbers.get(address, ""))]
        if said and said.paragraph:
            values.append(say("paragraph", number=said.paragraph))
        decided = entry.decided or entry.reported
        values += [*map(ground.words.told, (old, new)), entry.reason]
        values += [ground.words.day(decided.on) if decided else ""]
        values += [say(f"kind-{entry.kind}"), say(f"class-{entry.class_}")]
        version = entry.released_in
        values.append(say("correction-version", version=version) if version else "")
        goal = _leads(address, ground) if _section(address) in ground.shorts else ""
        row = tuple(filter(None, values))
        # what a printing lacks is told in its own words, so others of the evidence may stand there
        name, rank = f"corrections#{entry.id}", order.get(address, len(order))
        yield Fact("", goal, anchor=name, values=row, rank=rank, extra=ground.every)
        told.add((address, bare(old), bare(new)))
    yield from _lacking(ground, printings, told, Counter(standing(entries).keys() - worded))
    for release in ground.earlier:
        day = ground.words.day(release.record.date)
        yield Fact(say("not-revised", version=release.version, date=day))
    for entry in ground.book.ledger.value.told() if ground.book.ledger else ():
        row = tuple(filter(None, (entry.id, entry.at.exact, entry.read, entry.reason)))
        name, rank = f"corrections#{entry.id}", len(order) + 1
        yield Fact("", anchor=name, values=row, rank=rank, extra=ground.every)


def _lacking(
    ground: Ground,
    printings: Sequence[tuple[int, str, Told]],
    told: set[tuple[str, str, str]],
    named: Counter[str],
) -> Iterator[Fact]:
    """The rows that no entry has in its own words; a name that comes again is counted."""
    for rank, shown, one in sorted(printings, key=lambda row: row[0]):
        key = shown, bare(one.erratum.old), bare(one.erratum.new)
        if key in told:
            continue
        told.add(key)
        name = one.entry.id if one.entry else "change"
        named[name] += 1
        again = "" if one.entry and named[name] == 1 else f"-{named[name]}"
        words = [*one.erratum.old.split(DIVISION), *one.erratum.new.split(DIVISION)]
        yield Fact(
            "",
            _leads(shown, ground) if _section(shown) in ground.shorts else "",
            wanted=one.entry is None,
            anchor=f"corrections#{name}{again}",
            values=(name,) if one.entry else tuple(map(ground.words.told, filter(None, words))),
            rank=rank,
            extra=ground.every,
        )


def _leads(address: str, ground: Ground) -> str:
    """Where a row leads: to its place, or where that is gone to the text that it was in."""
    text = address.partition("#")[0]
    said, others = ground.expected.said, ground.expected.fields.keys() | ground.texts.keys()
    there = (a for a in (address, text) if a in others or (a in said and said[a].text.strip()))
    return next(there, _section(address))


def _order(ground: Ground) -> dict[str, int]:
    """Where each address stands in the list: as in the book, what is on the first pages before."""
    order: dict[str, int] = {}
    for address in ground.present:
        for one in (address.partition("#")[0], address):  # a text as a whole stands before it
            order.setdefault(one, len(order))
    return order | {"title-page": -1, "imprint": -1}


def _printings(ground: Ground, order: Mapping[str, int]) -> Iterator[tuple[int, str, Told]]:
    """What each printing lacks in its own words, with its place in the order and its address."""
    for release in ground.earlier:
        for told in ground.lacking[release.version]:
            unit, address = told.erratum.unit, told.erratum.address
            shown = unit if "/note/" in unit else shown_in(address)
            if told.erratum.old or told.erratum.new:
                yield order.get(shown, len(order)), shown, told


def _of_text(text: SectionText, edit: Edit, ground: Ground) -> tuple[str, str, str]:
    address = f"{text.address}#{text.standing(edit.span.block)}"
    if not edit.join:
        return address, edit.old, edit.correction.read or ""
    source = ground.frozen[text.address]
    order = list(source)
    following = source[order[order.index(edit.span.block) + 1]]
    before = " ".join(source[edit.span.block].split()[-4:])
    return address, before, " ".join(following.split()[:4])
