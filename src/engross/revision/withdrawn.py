"""Documents that were taken out after a release, and what a page says in the place of each."""

from collections.abc import Iterator, Sequence

from engross.ledger.entries import records_only
from engross.model.address import section_of
from engross.parse.book import Book, Withdrawn
from engross.release.causes import standing
from engross.release.frozen import Release
from engross.revision.releases import numbers_kept


def withdrawn(book: Book, earlier: Sequence[Release]) -> Iterator[Withdrawn]:
    """Each document of earlier releases that the ledger says was taken out, as last released."""
    there = {one.id for one in book.documents} | {one.section.id for one in book.prose}
    held = standing(book.ledger.value.corrections).values() if book.ledger else ()
    entries = {one.at.address: one for one in held if records_only(one)}
    last = {name: release for release in earlier for name in release.record.documents}
    kept = numbers_kept(book, earlier)
    numbers = kept.documents if kept else {}
    used = [number for one, number in numbers.items() if one in there]
    for name, release in last.items():
        if name in there or name not in entries:
            continue
        printed, entry, number = release.printed, entries[name], numbers.get(name, "")
        pages = [*release.pages.pages] or release.record.documents
        order = tuple(dict.fromkeys(map(section_of, pages)))
        words = [text for one, text in printed.items() if one.partition("#")[0] == name]
        title = printed.get(f"{name}/document/title/supplied") or (*words, name)[0]
        short = printed.get(f"{name}/document/title/short") or title
        number = "" if number in used else number
        title = title if title.startswith(number) else f"{number}. {title}"
        day = getattr(entry.decided or entry.reported, "on", "")
        yield Withdrawn(name, title, short, number, order, day, entry.reason)
