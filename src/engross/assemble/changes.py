"""The section Corrections: every change that readers of an earlier printing do not have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engross.assemble.document import Woven
from engross.assemble.edition import CorrectionEntry, CorrectionsContent, Gone
from engross.assemble.registers import standing_block
from engross.language import Words
from engross.ledger.edits import Edit, corrected
from engross.ledger.entries import records_only
from engross.ledger.fields import shown_in
from engross.release.causes import Told, as_received, changes_of, standing
from engross.release.errata import DIVISION, Erratum, Units, errata, units_of
from engross.release.frozen import Release
from engross.schema.ledger import Correction
from engross.schema.registers import REGISTERS


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list is made from."""

    woven: Mapping[str, Woven]
    """Each text by its address."""
    titles: Mapping[str, str]
    """Titles of documents and sections, by address."""
    frozen: Mapping[str, Mapping[str, str]]
    """The received text of each block, by the address of its text."""
    corrections: Sequence[Correction]
    """The ledger."""
    public: Sequence[Correction]
    """Entries that are rejected or held, and told of all the same."""
    earlier: Sequence[Release]
    words: Words
    now: Units
    """The texts as they are printed, with the fields and the rows of registers."""
    fields: Sequence[Edit] = ()
    """Corrections of fields of the manifest and of documents' records."""


def corrections(listing: Listing) -> CorrectionsContent:
    """
    Every applied correction, and every other change since a printing, in the order of the sections.

    What an earlier printing lacks is computed from its own words. Where these are not what an entry
    quotes, since it took another one's place or was taken back, there is a row of their own.
    """
    notes = {
        f"{text.address}/note/{note.id}": note.label or str(note.number)
        for text in listing.woven.values()
        for note in text.notes
    }
    rows = {_key(told): _row(told, listing, notes) for told in _entered(listing)}
    for release in listing.earlier:
        then, held = units_of(release.printed), release.ledger.corrections
        numbers = {**release.numbers.notes, **notes}
        for told in changes_of(then, listing.now, held, listing.corrections):
            printing = release.version, _page(told.erratum, release)
            if told.entry and records_only(told.entry) and (told.erratum.old or told.erratum.new):
                rows.pop(_key(Told(as_received(told.entry), told.entry)), None)  # words are known
            row = rows.get(_key(told)) or _row(told, listing, numbers)
            rows[_key(told)] = replace(row, pages=(*row.pages, printing))
    order = [address for unit, texts in listing.now.items() for address in (unit, *texts)]
    place = {address: at for at, address in enumerate(order)}
    place |= dict.fromkeys(("title-page", "imprint"), -1)
    made = sorted(rows.values(), key=lambda row: place.get(row.address, len(place)))
    printings = tuple((release.version, release.record.date) for release in listing.earlier)
    reports = [
        replace(
            _row(Told(as_received(one), one), listing, notes),
            reason=listing.words.say(f"report-{one.status}", reason=one.reason),
        )
        for one in listing.public
    ]
    named = [tuple(_named(rows, {*order})) for rows in (made, reports)]
    return CorrectionsContent(named[0], printings, named[1], tuple(_gone(listing)))


def _gone(listing: Listing) -> Iterator[Gone]:
    """What earlier printings have and this one no more, each once, and what stands in its place."""
    seen = {address for unit, texts in listing.now.items() for address in (unit, *texts)}
    for release in reversed(listing.earlier):
        for unit, texts in units_of(release.texts).items():
            section = unit.partition("/")[0]
            place = section if section in listing.titles else ""
            if unit != section and "/note/" not in unit:
                continue  # a field has no place of its own
            blocks = texts if unit == section and place else (unit,)
            for address in blocks:
                if address in listing.now.get(unit, {}):
                    place = address
                elif address not in seen and (place or address == section):
                    yield Gone(address, place, release.version)
                seen.add(address)


def _key(told: Told) -> tuple[str, str, str, str]:
    """What tells two changes apart: place and words; of changes without words, their entries."""
    row = told.erratum
    name = told.entry.id if told.entry and not (row.old or row.new) else ""
    return row.address, row.old, row.new, name


def _entered(listing: Listing) -> Iterator[Told]:
    """Each entry that holds, where its words stand now, in those of the received text."""
    for edit in listing.fields:
        told = replace(as_received(edit.correction), old=edit.old, new=edit.new)
        yield Told(told, edit.correction)
    for text in listing.woven.values():
        for edit in text.edits:
            yield Told(_received(edit, text, listing.frozen[text.address]), edit.correction)
        for _, edit in text.note_edits:
            block = f"{edit.correction.at.address}#{edit.span.block}"
            yield Told(replace(as_received(edit.correction), address=block), edit.correction)
    for entry in standing(listing.corrections).values():
        if records_only(entry):
            yield Told(as_received(entry), entry)


def _received(edit: Edit, text: Woven, frozen: Mapping[str, str]) -> Erratum:
    """The words of an edit; where they stand more than once or are none, with others around."""
    block, entry = edit.span.block, edit.correction
    row = replace(
        as_received(entry), address=f"{text.address}#{standing_block(block, text)}", old=edit.old
    )
    if row.old.strip() and row.new.strip() and frozen[block].count(row.old) == 1:
        return row
    names = list(frozen)
    near = {name: frozen[name] for name in names[names.index(block) :][:2]}
    then, now = (
        units_of({f"{text.address}#{name}": words for name, words in one.items()})
        for one in (near, corrected(near, [edit]))
    )
    wider = list(errata(then, now))
    return replace(wider[0], address=row.address) if len(wider) == 1 else row


def _row(told: Told, listing: Listing, numbers: Mapping[str, str]) -> CorrectionEntry:
    """A change as the reader sees it, who knows notes by their numbers."""
    erratum, entry = told.erratum, told.entry
    old, new = erratum.old, erratum.new
    if erratum.joined:
        old, new = erratum.old.split(DIVISION)
    reason = entry.reason if entry else ""
    if entry and entry.status == "withdrawn":
        reason = f"{listing.words.say('correction-withdrawn', id=entry.id)} {reason}"
    decided = (entry.decided or entry.reported) if entry else None
    section, _, block = erratum.address.partition("#")
    holds = entry is not None and entry.status == "verified"
    return CorrectionEntry(
        entry.id if entry else "",
        erratum.unit if "/note/" in erratum.unit else shown_in(erratum.address),
        _title(erratum.unit, listing, numbers),
        listing.woven[section].paragraphs.get(block, 0) if section in listing.woven else 0,
        listing.words.told(old),
        listing.words.told(new),
        erratum.joined,
        decided.on if decided else "",
        entry.kind if entry else "structure",
        entry.class_ if entry else "accidental",
        (entry.released_in or "") if entry and holds else "",
        reason,
    )


def _title(unit: str, listing: Listing, numbers: Mapping[str, str]) -> str:
    """What the reader knows the place by: the section, and the note or the row of a register."""
    section, _, own = unit.partition("/")
    shown = shown_in(unit).partition("/")[0]
    gone = (one.heads[section] for one in reversed(listing.earlier) if section in one.heads)
    title = listing.titles.get(shown) or listing.titles.get(section) or next(gone, section)
    if own.startswith("note/"):
        return f"{title}, note {numbers[unit]}" if unit in numbers else title
    if section in REGISTERS and own:
        row = listing.now.get(unit, {"": own})
        named = (row.get(f"{unit}#{key}") for key in ("title", "name", "heading", "term"))
        return f"{title}, {next(filter(None, (*named, *row.values())))}"
    return title


def _page(erratum: Erratum, release: Release) -> str:
    """Where the change is looked for in a printing; empty where its pages were not kept."""
    shown = shown_in(erratum.address)
    places = erratum.address, erratum.unit, shown, shown.partition("/")[0]
    pages = release.pages.pages
    return next((pages[one] for one in places if one in pages), "")


def _named(rows: Sequence[CorrectionEntry], there: set[str]) -> Iterator[CorrectionEntry]:
    """
    Each row with a name that no other one has.

    It leads to its place; where that is gone, to its section.
    """
    seen: dict[str, int] = {}
    for row in rows:
        name = row.id or "change"
        seen[name] = seen.get(name, 0) + 1
        key = name if row.id and seen[name] == 1 else f"{name}-{seen[name]}"
        places = row.address, row.address.partition("#")[0], row.address.partition("/")[0]
        address = next((one for one in places if one in there), row.address.partition("/")[0])
        yield replace(row, address=address, key=key, was=row.address)
