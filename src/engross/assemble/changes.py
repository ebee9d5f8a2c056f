"""The section Corrections: every change that readers of an earlier printing do not have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engross.assemble.document import Woven
from engross.assemble.edition import CorrectionEntry, CorrectionsContent
from engross.assemble.registers import standing_block
from engross.language import Words
from engross.ledger.edits import Edit
from engross.ledger.entries import records_only
from engross.release.causes import cause, explains, standing
from engross.release.errata import DIVISION, Erratum, Units, errata, stretches, units_of
from engross.revision.context import EarlierRelease
from engross.revision.since import REGISTERS
from engross.schema.ledger import Correction

ON_TITLE_PAGE = frozenset({"title", "subtitle", "short-title", "people", "series", "volume"})
"""Fields of the manifest that are looked for on the title page; all others in the imprint."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list is made from."""

    woven: Sequence[Woven]
    titles: Mapping[str, str]
    """Of documents and sections, by address."""
    frozen: Mapping[str, Mapping[str, str]]
    """The received text of each block, by the address of its text."""
    corrections: Sequence[Correction]
    """The ledger."""
    earlier: Sequence[EarlierRelease]
    words: Words
    now: Units
    """The texts as they are printed, with the fields and the rows of registers."""
    fields: Sequence[Edit] = ()
    """Corrections of fields of the manifest and of documents' records."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the list on its way: the entry behind it, and each printing that lacks it."""

    entry: CorrectionEntry
    correction: Correction | None
    unit: str
    printings: tuple[tuple[str, str], ...] = ()


def corrections(listing: Listing) -> CorrectionsContent:
    """
    Every applied correction, and every other change since a printing, in the order of the sections.

    What an earlier printing lacks is computed from its own words. Where these are not what an entry
    quotes, since it took another one's place or was taken back, there is a row of their own.
    """
    now = listing.now
    rows = [
        *(_of_field(edit, listing) for edit in listing.fields),
        *(row for text in listing.woven for row in _of_text(text, listing)),
        *_recorded(listing),
    ]
    others: dict[tuple[str, ...], _Row] = {}
    for release in listing.earlier:
        then = units_of(release.texts)
        held = release.ledger.corrections if release.ledger else ()
        for erratum in errata(then, _kept(now, then)) if then else ():
            printing = release.version, _page(erratum, release)
            index = _own(erratum, rows, held, then)
            if index is not None:
                rows[index] = _lacks(_quoting(rows[index], erratum), printing)
                continue
            row = _other(erratum, release, listing, held)
            key = (erratum.unit, row.entry.address, row.entry.old, row.entry.new)
            others[key] = _lacks(others.get(key, row), printing)
        rows = [_layout(row, release, held) for row in rows]
    order = {address: at for at, address in enumerate(a for unit in now.values() for a in unit)}
    first = {unit: order[next(iter(texts))] for unit, texts in now.items()}
    made = [*rows, *others.values()]
    made.sort(key=lambda row: order.get(row.entry.address, first.get(row.unit, len(order))))
    return CorrectionsContent(
        tuple(_named(made, listing)),
        tuple((release.version, release.date) for release in listing.earlier),
    )


def _kept(now: Units, then: Units) -> Units:
    """A release by an older engross keeps no fields: nothing is said of them."""
    if "manifest/title" in then:
        return now
    return {
        unit: texts
        for unit, texts in now.items()
        if not unit.startswith("manifest/") and "/document/" not in unit
    }


def _lacks(row: _Row, printing: tuple[str, str]) -> _Row:
    return replace(row, printings=tuple(dict.fromkeys((*row.printings, printing))))


def _own(
    erratum: Erratum, rows: Sequence[_Row], held: Sequence[Correction], then: Units
) -> int | None:
    """The row of the very entry, in whose words a printing can be told of the change."""
    there = standing(held)
    text = then.get(erratum.unit, {}).get(erratum.address, "")
    whole = erratum.address == erratum.unit
    for index, row in enumerate(rows):
        one, shown = row.correction, row.entry
        if one is None or one.id in there or one.at.address != erratum.unit:
            continue
        if records_only(one):
            if whole and one.kind != "typography":
                return index
            continue
        here = shown.address in {erratum.address, *_around(erratum)}
        if here and explains(one, erratum) and (shown.join or shown.old in text):
            return index
    return None


def _around(erratum: Erratum) -> set[str]:
    """Where a row stands that is not that of a block: its note, or what shows its field."""
    return {erratum.unit, _section_of(erratum.unit)} if "/" in erratum.unit else set()


def _quoting(row: _Row, erratum: Erratum) -> _Row:
    """A note that came or went is printed with the entry that says so."""
    if row.correction is None or not records_only(row.correction):
        return row
    return replace(row, entry=replace(row.entry, old=erratum.old, new=erratum.new))


def _layout(row: _Row, release: EarlierRelease, held: Sequence[Correction]) -> _Row:
    """A change of layout has no words: a printing lacks it whose ledger did."""
    one = row.correction
    if one is None or one.kind != "typography" or one.id in standing(held):
        return row
    address = row.entry.address
    page = release.pages.get(address) or release.pages.get(row.unit, "")
    return _lacks(row, (release.version, page))


def _other(
    erratum: Erratum, release: EarlierRelease, listing: Listing, held: Sequence[Correction]
) -> _Row:
    """A row of its own: for the words of this printing read the present ones."""
    found = cause(erratum, listing.corrections, held)
    address, title = _section_of(erratum.address), _title(erratum, release, listing)
    say, reason = listing.words.say, found.reason if found else ""
    if found and found.status == "withdrawn":
        reason = f"{say('correction-withdrawn', id=found.id)} {reason}"
    old, new = erratum.old, erratum.new
    if erratum.joined:
        old, new = erratum.old.split(DIVISION)
    day = (found.decided or found.reported) if found else None
    entry = CorrectionEntry(
        found.id if found else "",
        address,
        title,
        _paragraph(erratum.address, listing),
        old,
        new,
        erratum.joined,
        day.on if day else "",
        found.kind if found else "structure",
        found.class_ if found else "accidental",
        found.released_in or "" if found and found.status == "verified" else "",
        reason,
    )
    return _Row(entry, None, erratum.unit)


def _title(erratum: Erratum, release: EarlierRelease, listing: Listing) -> str:
    """What the reader knows the place by: the section, and the note or the row of a register."""
    section, _, own = erratum.unit.partition("/")
    shown = _section_of(erratum.unit).partition("/")[0]
    title = listing.titles.get(shown) or listing.titles.get(section) or section
    if own.startswith("note/"):
        number = _numbers(listing).get(erratum.unit) or release.numbers.notes.get(erratum.unit)
        return f"{title}, note {number}" if number else title
    if section in REGISTERS and own:
        named = listing.now.get(erratum.unit) or {own: own}
        return f"{title}, {next(iter(named.values()))}"
    return title


def _paragraph(address: str, listing: Listing) -> int:
    section, _, block = address.partition("#")
    return next((t.paragraphs.get(block, 0) for t in listing.woven if t.address == section), 0)


def _numbers(listing: Listing) -> dict[str, str]:
    return {
        f"{text.address}/note/{note.id}": note.label or str(note.number)
        for text in listing.woven
        for note in text.notes
    }


def _page(erratum: Erratum, release: EarlierRelease) -> str:
    """Where the change is looked for in a printing; empty where its pages were not kept."""
    shown = _section_of(erratum.address)
    places = erratum.address, erratum.unit, shown, shown.partition("/")[0]
    return next((release.pages[one] for one in places if one in release.pages), "")


def _named(rows: Sequence[_Row], listing: Listing) -> Iterator[CorrectionEntry]:
    """
    Each row with the printings that lack it, and a name that no other one has.

    It leads to its place; where that is gone, to its section.
    """
    seen: dict[str, int] = {}
    there = {*listing.titles, *listing.now, *(a for texts in listing.now.values() for a in texts)}
    for row in rows:
        name = row.entry.id or "change"
        seen[name] = seen.get(name, 0) + 1
        key = name if row.entry.id and seen[name] == 1 else f"{name}-{seen[name]}"
        address = row.entry.address
        places = address, address.partition("#")[0], address.partition("/")[0]
        address = next((one for one in places if one in there), address)
        yield replace(row.entry, address=address, pages=row.printings, key=key)


def _of_text(text: Woven, listing: Listing) -> Iterator[_Row]:
    title = listing.titles[text.address]
    for edit in text.edits:
        block = standing_block(edit.span.block, text)
        old, new = _readings(edit, listing.frozen[text.address][edit.span.block])
        if edit.join:
            old, new = _seam(edit.span.block, listing.frozen[text.address])
        entry = _entry(
            edit.correction,
            f"{text.address}#{block}",
            title,
            old,
            new,
            text.paragraphs.get(block, 0),
        )
        yield _Row(entry, edit.correction, text.address)
    numbers = _numbers(listing)
    for note, edit in text.note_edits:
        address = f"{text.address}/note/{note}"
        where = f"{title}, note {numbers[address]}" if address in numbers else title
        old, new = edit.old, edit.correction.read or ""
        yield _Row(_entry(edit.correction, address, where, old, new), edit.correction, address)


def _readings(edit: Edit, text: str) -> tuple[str, str]:
    """Both readings, in enough words to stand once in their block."""
    start, end = edit.span.start, edit.span.end
    new = text[:start] + (edit.correction.read or "") + text[end:]
    bare = edit.old.strip() and (edit.correction.read or "").strip()
    if bare and text.count(edit.old) == 1:
        return edit.old, edit.correction.read or ""
    rows = list(stretches("", "", text, new))
    return (rows[0].old, rows[0].new) if len(rows) == 1 else (edit.old, edit.correction.read or "")


def _of_field(edit: Edit, listing: Listing) -> _Row:
    """A field, where the reader sees it."""
    address = edit.correction.at.address
    section = _section_of(address)
    title = listing.titles.get(section, section)
    entry = _entry(edit.correction, section, title, edit.old, edit.new)
    return _Row(entry, edit.correction, address)


def _section_of(address: str) -> str:
    """
    The section that shows a field; another address is its own.

    >>> _section_of("manifest/subtitle"), _section_of("manifest/rights/terms")
    ('title-page', 'imprint')
    """
    section, _, field = address.partition("/")
    if section == "manifest":
        shown = field.partition("/")[0]
        return "title-page" if shown in ON_TITLE_PAGE else "imprint"
    if section in REGISTERS:
        return section
    return section if field.startswith("document/") else address


def _recorded(listing: Listing) -> Iterator[_Row]:
    for correction in standing(listing.corrections).values():
        if records_only(correction):
            address = _section_of(correction.at.address)
            section = address.split("/", maxsplit=1)[0]
            title = listing.titles.get(address) or listing.titles.get(section) or address
            number = _numbers(listing).get(address)
            title = f"{title}, note {number}" if number else title
            entry = _entry(correction, address, title, "", "")
            yield _Row(entry, correction, correction.at.address)


def _entry(
    correction: Correction, address: str, title: str, old: str, new: str, paragraph: int = 0
) -> CorrectionEntry:
    decided = correction.decided or correction.reported
    return CorrectionEntry(
        correction.id,
        address,
        title,
        paragraph,
        old,
        new,
        correction.join == "next",
        decided.on if decided else "",
        correction.kind,
        correction.class_,
        correction.released_in or "",
        correction.reason,
    )


def _seam(block: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """The last words before a removed division, and the first behind it."""
    order = list(texts)
    following = texts[order[order.index(block) + 1]]
    return " ".join(texts[block].split()[-4:]), " ".join(following.split()[:4])
