"""The section Corrections: every change that readers of an earlier printing do not have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engross.assemble.document import Woven
from engross.assemble.edition import CorrectionEntry, CorrectionsContent
from engross.assemble.registers import standing_block
from engross.ledger.edits import Edit
from engross.ledger.entries import records_only, superseded
from engross.release.versions import ordered
from engross.revision.context import EarlierRelease
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
    fields: Sequence[Edit] = ()
    """Corrections of fields of the manifest and of documents' records."""


def corrections(listing: Listing) -> CorrectionsContent:
    """Every applied correction in the order of the sections, then those of layout and registers."""
    entries = [
        *(_of_field(edit, listing) for edit in listing.fields),
        *(entry for text in listing.woven for entry in _of_text(text, listing)),
        *_recorded(listing),
    ]
    return CorrectionsContent(
        tuple(entries), tuple((release.version, release.date) for release in listing.earlier)
    )


def _of_text(text: Woven, listing: Listing) -> Iterator[CorrectionEntry]:
    title = listing.titles[text.address]
    for edit in text.edits:
        block = standing_block(edit.span.block, text)
        old, new = edit.old, edit.correction.read or ""
        if edit.join:
            old, new = _seam(edit.span.block, listing.frozen[text.address])
        address = f"{text.address}#{block}"
        paragraph = text.paragraphs.get(block, 0)
        yield _entry(edit.correction, address, title, old, new, listing, paragraph)
    numbers = {note.id: note.label or str(note.number) for note in text.notes}
    for note, edit in text.note_edits:
        address = f"{text.address}/note/{note}"
        where = f"{title}, note {numbers[note]}" if note in numbers else title
        yield _entry(edit.correction, address, where, edit.old, edit.correction.read or "", listing)


def _of_field(edit: Edit, listing: Listing) -> CorrectionEntry:
    """A field, where the reader sees it."""
    section = _section_of(edit.correction.at.address)
    title = listing.titles.get(section, section)
    return _entry(edit.correction, section, title, edit.old, edit.new, listing)


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
    return section if field.startswith("document/") else address


def _recorded(listing: Listing) -> Iterator[CorrectionEntry]:
    gone = superseded(listing.corrections)
    for correction in listing.corrections:
        applied = correction.status == "verified" and correction.id not in gone
        if applied and records_only(correction):
            address = _section_of(correction.at.address)
            section = address.split("/", maxsplit=1)[0]
            title = listing.titles.get(address) or listing.titles.get(section) or address
            yield _entry(correction, address, title, "", "", listing)


def _entry(
    correction: Correction,
    address: str,
    title: str,
    old: str,
    new: str,
    listing: Listing,
    paragraph: int = 0,
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
        tuple(
            (release.version, release.pages[address])
            for release in listing.earlier
            if address in release.pages and _lacks(release, correction)
        ),
    )


def _lacks(release: EarlierRelease, correction: Correction) -> bool:
    """Whether a printing was made before the correction."""
    done = correction.released_in
    return done is None or ordered(release.version) < ordered(done)


def _seam(block: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """The last words before a removed division, and the first behind it."""
    order = list(texts)
    following = texts[order[order.index(block) + 1]]
    return " ".join(texts[block].split()[-4:]), " ".join(following.split()[:4])
