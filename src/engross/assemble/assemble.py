"""Stage 3: values become one edition."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from engross.assemble.changes import Listing, corrections
from engross.assemble.cite import Targets
from engross.assemble.document import Woven, weave_document, weave_prose
from engross.assemble.edition import CorrectionsContent, Edition, Section
from engross.assemble.index import Indexer
from engross.assemble.numbers import keep_numbers
from engross.assemble.printed import printed_texts
from engross.assemble.registers import (
    Expander,
    abbreviations,
    chronology,
    persons,
    readings,
    sources,
)
from engross.assemble.reviewed import not_reviewed, text_digests
from engross.assemble.sections import Planner, colophon, title_of
from engross.assemble.styled import Asked, Listener, Styler
from engross.assemble.uncited import uncited
from engross.assemble.volume import coverage, is_long
from engross.catalog import finding, stop
from engross.catalog.nearest import did_you_mean
from engross.ledger.entries import records_only
from engross.ledger.rules import ledger_findings
from engross.model.finding import Finding, Place
from engross.parse.book import Book
from engross.parse.citer import Citer
from engross.release.errata import units_of
from engross.release.frozen import Context
from engross.revision.entries import entries_of
from engross.revision.fields import correct_book, fields_of, names_field
from engross.revision.texts import printed_rows, registers_of
from engross.schema.manifest import relators
from engross.schema.registers import REGISTERS

USUAL = ("edt", "aut", "trl", "com", "aui", "aft", "ann", "trc", "dnr", "cur", "ctb", "pbl")
"""Roles that editions have."""


def assemble(
    book: Book, context: Context, styler: Styler | None = None
) -> tuple[Edition, tuple[Finding, ...]]:
    """
    Place every note and correction, number everything, and put the sections in order.

    Args:
        book: as parsed.
        context: what it has to know besides.
        styler: says the citations of a book that names a style; without it, they are the house's.

    Returns:
        The edition, and the warnings.

    Raises:
        EngrossError: with the findings of all texts and registers, not only the first.
    """
    fields = correct_book(book)
    book = fields.book
    woven, misplaced = _woven(book, context)
    findings = [*fields.findings, *misplaced]
    findings += [*_ledger_findings(book, context), *_section_findings(book), *uncited(book)]
    frozen = {source.id: source.texts for source in book.documents}
    frozen |= {source.section.id: source.texts for source in book.prose}
    digests = text_digests(woven)
    planned = partial(_planned, book, context, woven, frozen, digests)
    citer = _citer(book, styler, planned)
    sections, more, titles = planned(citer)
    findings += [*_clashes(book), *more]
    if any(found.is_error for found in findings):
        raise stop(findings)
    printed = printed_texts(sections)
    now = {key: text for texts in printed.values() for key, text in texts.items()}
    now |= fields_of(book) | printed_rows(registers_of(book))
    by_address = {text.address: text for text in woven}
    ledger, units = book.ledger.value if book.ledger else None, units_of(now)
    entries, told = (ledger.corrections, ledger.told()) if ledger else ((), ())
    rest = (context.earlier, book.words, units, fields.edits)
    listed = corrections(Listing(by_address, titles, frozen, entries, told, *rest))
    edition = Edition(
        manifest=book.manifest.value,
        released=context.released,
        digest=context.digest,
        modified=_modified(book, context),
        digests=digests,
        day=context.day or book.manifest.value.date,
        earlier=tuple((release.version, release.record.date) for release in context.earlier),
        sections=tuple(
            replace(one, content=listed) if one.kind == "corrections" else one for one in sections
        ),
        texts=now,
        changes=listed,
        long=is_long(book),
        coverage=tuple((v.volume.id, coverage(v.volume)) for v in book.volumes),
        own=book.own,
        forms=citer.forms,
    )
    return edition, tuple(findings)


def _woven(book: Book, context: Context) -> tuple[list[Woven], list[Finding]]:
    """All texts with their notes and corrections, and with the numbers that they keep."""
    rows = entries_of(book.ledger)
    woven = [weave_document(document, rows, book.words) for document in book.documents]
    woven += [weave_prose(prose, rows) for prose in book.prose]
    findings = [found for text in woven for found in text.findings]
    woven, renumbered = keep_numbers(woven, book, context)
    return woven, findings + renumbered


Planned = tuple[tuple[Section, ...], list[Finding], dict[str, str]]


def _citer(book: Book, styler: Styler | None, planned: Callable[[Citer], Planned]) -> Citer:
    """Writes citations as the house does or, once all are known, in the style of the book."""
    items = {item.id: item for item in book.sources.value.sources} if book.sources else {}
    citer = Citer(items, book.words)
    if not (styler and book.style and items):
        return citer
    asked = Asked(book.style, book.manifest.value.language, items)
    planned(Listener(items, book.words, asked=asked))
    return replace(citer, forms=styler(asked))


def _planned(
    book: Book,
    context: Context,
    woven: Sequence[Woven],
    frozen: Mapping[str, Mapping[str, str]],
    digests: Mapping[str, str],
    citer: Citer,
) -> Planned:
    """The sections in their order, what is wrong with them, and what texts are called."""
    words = citer.words
    targets = _targets(book, woven, citer)
    titles = {**targets.documents, **targets.sections}
    expander = Expander(targets, words)
    documents = woven[: len(book.documents)]
    edited = sum(len(text.edits) for text in documents)
    indexer = Indexer(book, woven, frozen, words)
    makers = {
        "readings": lambda: readings(documents, frozen, expander),
        "persons": lambda: persons(book, documents, expander),
        "chronology": lambda: chronology(book, expander),
        "abbreviations": lambda: abbreviations(book, words),
        "sources": lambda: sources(citer),
        "index": indexer.content,
        "corrections": lambda: CorrectionsContent(()),  # which tells of all the others
        "colophon": lambda: colophon(
            book, context, words, edited, not_reviewed(book, digests, titles, words)
        ),
    }
    by_address = {text.address: text for text in woven}
    sections = Planner(book, context, words, by_address, expander, makers).sections()
    return sections, expander.findings + indexer.findings, titles


def _targets(book: Book, woven: Sequence[Woven], citer: Citer) -> Targets:
    words = citer.words
    people = book.persons.value.persons if book.persons else ()
    return Targets(
        citer=citer,
        persons={person.id: person.name for person in people}
        | {f"persons/{person.id}": person.name for person in people},
        documents={
            document.id: document.record.value.title.short or document.record.value.title.supplied
            for document in book.documents
        }
        | {gone.address: gone.short for gone in book.withdrawn},
        sections={prose.section.id: title_of(prose, words) for prose in book.prose}
        | words.titles(),
        leads=book.leads,
        paragraphs={
            f"{text.address}#{block}": number
            for text in woven
            for block, number in text.paragraphs.items()
        },
        lines={
            f"{text.address}#{block}/l-{number}": number
            for text in woven
            for block, number in text.lines
        },
        notes={
            f"{text.address}/note/{note.id}": note.label or str(note.number)
            for text in woven
            for note in text.notes
        },
    )


def _clashes(book: Book) -> Iterator[Finding]:
    """Sources, documents and sections share one space of ids."""
    seen: dict[str, str] = {}
    rows: list[tuple[str, str, Place]] = []
    if book.sources:
        for index, item in enumerate(book.sources.value.sources):
            rows.append((item.id, "a source", book.sources.place("sources", index, "id")))
    rows += [(d.id, "a document", Place(d.record.path)) for d in book.documents]
    rows += [(p.section.id, "a section", Place(book.manifest.path)) for p in book.prose]
    for identity, kind, place in rows:
        if identity in seen:
            message = f"the id '{identity}' is used for {seen[identity]} and for {kind}"
            yield finding("R002", place, message)
        seen.setdefault(identity, kind)


def _section_findings(book: Book) -> Iterator[Finding]:
    manifest = book.manifest
    for index, entry in enumerate(manifest.value.sections):
        if entry in ("persons",) and any(v.volume.persons for v in book.volumes):
            continue
        if isinstance(entry, str) and entry in REGISTERS and getattr(book, entry) is None:
            message = f"the section '{entry}' is listed, but there is no {entry}.yaml"
            yield finding("R003", manifest.place("sections", index), message)
    if manifest.value.rights.status == "pending":
        message = "the rights are pending: this edition can be built, not released"
        yield finding("R007", manifest.place("rights", "status"), message)
    for index, price in enumerate(manifest.value.prices):
        if price.format not in manifest.value.outputs:
            message = f"there is a price for '{price.format}', which is not among the outputs"
            yield finding("R025", manifest.place("prices", index, "format"), message)
    if manifest.value.cover.ean_5 and not manifest.value.isbn.print:
        message = (
            "the cover is to have an EAN-5, and there is no ISBN of the print to set it beside"
        )
        yield finding("R025", manifest.place("cover", "ean_5"), message)
    if manifest.value.prices and manifest.value.rights.status != "cleared":
        message = "there are prices, and the rights are not cleared: nothing is offered for sale"
        yield finding("R025", manifest.place("prices"), message)
    for index, person in enumerate(manifest.value.people):
        if person.role not in relators():
            hint = did_you_mean(person.role, USUAL)
            message = f"'{person.role}' is no MARC relator code{hint}"
            fix = "aut, edt, trl, com and others: id.loc.gov/vocabulary/relators has them all"
            place = manifest.place("people", index, "role")
            yield finding("R024", place, message, fix)
    for document in book.documents:
        digital = document.record.value.source.digital
        if digital and not digital.canonical:
            yield finding(
                "R006",
                document.record.place("source", "digital", "url"),
                f"the digital copy is on a host that is not the archive's own: {digital.url}",
            )


def _ledger_findings(book: Book, context: Context) -> list[Finding]:
    """The ledger's own order: numbers used once, evidence as it was, addresses that exist."""
    if book.ledger is None:
        return []
    ledger = book.ledger
    recorded = [release.ledger for release in context.earlier]
    edition = book.manifest.value.edition
    findings = list(ledger_findings(ledger.value, ledger.place, edition, recorded))
    released = {one.partition("#")[0] for release in context.earlier for one in release.texts}
    released |= {one.partition("/")[0] for one in released}
    known = _addresses(book)
    for correction, place in entries_of(ledger):
        address = correction.at.address
        # What was released and is gone is told of, and its earlier corrections stay entered.
        gone = correction.released_in or records_only(correction)
        if gone and address in released:
            continue
        if correction.status != "verified" or address in known:
            continue
        if not names_field(address, book, group=records_only(correction)):
            message = f"{correction.id} corrects '{address}', which the edition does not have"
            findings.append(finding("L010", place, message))
    for document in book.documents:
        base = ledger.value.base.get(document.id)
        if base and base != document.received.sha256:
            findings.append(
                finding(
                    "L007",
                    ledger.place("base", document.id),
                    f"{document.received.path} has the SHA-256 {document.received.sha256[:12]}…, "
                    f"the ledger was begun with {base[:12]}…",
                )
            )
    return findings


def _addresses(book: Book) -> set[str]:
    names = {document.id for document in book.documents}
    names |= {"manifest", *REGISTERS}
    names |= {prose.section.id for prose in book.prose}
    for document in book.documents:
        names |= {f"{document.id}/note/{note.id}" for note in document.notes.value.notes}
        names |= {f"{document.id}/note/{note.id}" for note in document.body.notes}
    names |= {
        f"{prose.section.id}/note/{note.id}" for prose in book.prose for note in prose.body.notes
    }
    return names


def _modified(book: Book, context: Context) -> str:
    """The day of the newest verified correction or release, else of the manifest."""
    days = [book.manifest.value.date, context.day, *(one.record.date for one in context.earlier)]
    if book.ledger:
        days += [
            correction.decided.on
            for correction in book.ledger.value.corrections
            if correction.status == "verified" and correction.decided
        ]
    return max(days)
