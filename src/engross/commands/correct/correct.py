"""`engross correct`: one remark becomes one entry of the ledger, or a clear answer why not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from engross.catalog import finding, stop
from engross.catalog.nearest import nearest
from engross.commands.correct.named import FORMS, PAGE, places_of
from engross.commands.correct.opened import (
    OpenLedger,
    entered,
    in_words,
    new_entry,
    open_ledger,
    read_book,
    write,
)
from engross.commands.correct.place import find, find_among, whole_words
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.ledger.anchor import Span, block_digest, choose, context, locate, places
from engross.ledger.edits import place_corrections
from engross.ledger.entries import unfit
from engross.ledger.fields import BLOCK
from engross.model.finding import EngrossError, Finding, Place
from engross.parse.book import Book
from engross.read.sources import Sources
from engross.revision.entries import covers, entries_of
from engross.revision.fields import names_field
from engross.revision.ledger_file import PATH, named, with_entry, with_values
from engross.revision.releases import read_release, released_versions
from engross.revision.standing import stand
from engross.revision.texts import file_of, frozen_texts
from engross.schema.base import Anchor
from engross.schema.ledger import Correction, Target
from engross.schema.registers import REGISTERS

EVERY = "*"
"""The address that means the whole edition."""
LISTED = 5
"""Places that are named one by one."""


@command
def correct(run: Run, request: CorrectRequest) -> Outcome:
    """
    Write an entry, after proving that the ledger with it is in order.

    The ledger's file changes in one step or not at all.
    """
    opened = open_ledger(run)
    return _enter(run, opened, entry_of(opened, request))


def _enter(run: Run, opened: OpenLedger, entry: Correction) -> Outcome:
    path = write(opened, with_entry(opened.files, entry), entry.id)
    return done(run, entry, f"{entry.id} {entry.status}: {path}", *after(opened.sources, entry))


@command
def change_entry(run: Run, identity: str, request: CorrectRequest) -> Outcome:
    """Give an entry another status, class, kind, reason or evidence, with who decided and when."""
    opened = open_ledger(run)
    known = {row.id: row for row in opened.ledger.corrections} if opened.ledger else {}
    if identity not in known:
        numbers = ", ".join(known) or "no entry"
        message = f"the ledger has no {identity}; it has {numbers}"
        raise stop([finding("C003", Place(PATH), message, "name one of its entries")])
    entry, decided = known[identity], {"decided": {"by": request.by, "on": request.on}}
    if request.status == "verified" and entry.status == "withdrawn" and entry.released_in:
        # What was released stays as it is told: another entry says so again.
        more = {"join": entry.join, "show": entry.show}
        row = new_entry(request, entry.at, entry.read, entry.kind, **more)
        return _enter(run, opened, named(row, known.values(), opened.files))
    values = request.given | (decided if request.status else {})
    path = write(opened, with_values(opened.files, identity, values), identity)
    told = request.status or f"has another {', '.join(request.given)}"
    return done(run, known[identity], f"{identity} {told}: {path}")


def entry_of(opened: OpenLedger, request: CorrectRequest) -> Correction:
    """
    The entry that a remark asks for, with the next free number.

    Raises:
        EngrossError: its place is not found or not one, or it may not be entered there.
    """
    texts = frozen_texts(opened.book)
    request = placed(request, opened, texts)
    if not _known(request, opened, texts):
        raise stop([_unknown(request.address, texts, opened.book)])
    file = file_of(opened.book, request.address)
    there, known = Place(file), texts.get(request.address, {})
    if (request.block or request.with_next) and request.block not in known:
        message = f"'{request.address}' has no paragraph '{request.block}'"
        fix = f"name one of them: {request.address}#{next(iter(known), 'p-001')}"
        raise stop([finding("L010", there, message, fix)])
    # All of a TEI file is evidence: its notes, front matter and headings are nobody's to edit.
    evidence = {volume.file.path for volume in opened.book.volumes}
    documents = {document.id for document in opened.book.documents}
    prose = request.address not in documents and file not in evidence
    if prose and not (opened.ledger and opened.ledger.releases):
        raise stop([_free(request, opened.book)])
    if request.kind == "structure" and request.block and not prose:
        message = f"{request.address}#{request.block} was received: no entry adds or moves it"
        fix = 'join it with --with-next, delete its words with "", or give --kind typography'
        raise stop([finding("L009", there, message, fix)])
    target = _target(request, opened.book, texts, there)
    kind = request.kind or ("apparatus" if prose else "transcription")
    unproved = kind == "translation" and not request.evidence
    status = request.status or ("held" if unproved else "verified")
    more: dict[str, Any] = {"status": status, "join": "next" if request.with_next else None}
    more |= {} if status in {"verified", "rejected"} else {"decided": None}
    more |= {} if request.show or kind != "original" else {"show": "sic-corr"}
    try:
        entry = new_entry(request, target, request.new, kind, **more)
    except ValidationError as invalid:
        raise stop([_refused(row) for row in invalid.errors(include_url=False)]) from invalid
    entry = named(entry, opened.ledger.corrections if opened.ledger else (), opened.files)
    fault = unfit(entry, there) if status == "verified" else None
    if fault:
        raise stop([fault])
    return entry


def _target(
    request: CorrectRequest, book: Book, texts: Mapping[str, Mapping[str, str]], there: Place
) -> Target:
    """The place in the received text; of an entry without words the text itself."""
    target = Target(address=request.address, block=request.block)
    if request.with_next:
        block, known = request.block, texts[request.address]
        digest = block_digest(known[block])
        target = Target(address=request.address, block=block, block_sha256=digest)
    elif request.new is not None:
        known = texts[request.address]
        span = request.at or find(anchor_of(request), request.address, known, there)
        target = choose(request.address, span, texts[request.address])
        if names_field(request.address, book):
            target = target.model_copy(update={"block": ""})
    return target


def placed(
    request: CorrectRequest, opened: OpenLedger, texts: Mapping[str, Mapping[str, str]]
) -> CorrectRequest:
    """What a reader calls a place, as a text and its block; ids come first."""
    versions = released_versions(opened.sources)
    version, _, given = request.address.rpartition(":")
    if request.address in texts or not request.address:
        return request
    if version and version not in versions:
        message = f"version {version} was not released; there are {', '.join(versions)}"
        raise stop([finding("C003", Place("releases"), message, "name one of them")])
    release = read_release(opened.sources, version or versions[-1]) if versions else None
    found = places_of(given, opened.book, release, texts)
    found = [one for one in found if request.block in {"", one[1]} or not one[1]]
    anchor, there = (
        anchor_of(request),
        Place(f"releases/{release.version}" if release else "manifest.yaml"),
    )
    if len(found) > 1 and (anchor.exact or (anchor.prefix and anchor.suffix)):
        page, of = PAGE.fullmatch(given), f" of version {release.version}" if release else ""
        where = f"on p. {page[1]}{of}" if page else f"in {given}"
        address, span = find_among(anchor, found, texts, there, where)
        return replace(request, address=address, block=span.block, at=span)
    if len(found) > 1:
        names = [f"{address}#{block}" if block else address for address, block in found]
        message = f"'{given}' can be {', '.join(names)}"
        raise stop([finding("L002", there, message, f"name the one that is meant: {names[0]}")])
    text, block = found[0] if found else given.partition("#")[::2]
    return replace(request, address=text, block=block or request.block)


def _known(request: CorrectRequest, opened: OpenLedger, texts: Mapping[str, Any]) -> bool:
    """
    Whether there is such a text; for an entry of no words such a register or group of fields, or a
    note or document that the last release had.
    """
    address, book, versions = request.address, opened.book, released_versions(opened.sources)
    heads = read_release(opened.sources, versions[-1]).heads if versions else {}
    registers = [name for name in REGISTERS if getattr(book, name) is not None]
    whole = {*registers, *heads, *(name.partition("/")[0] for name in heads)}
    there = address in whole or names_field(address, book, group=True)
    return address in texts or (there and request.new is None)


def anchor_of(request: CorrectRequest) -> Anchor:
    """The quotation that a remark names."""
    return Anchor(
        exact=request.old, prefix=request.prefix, suffix=request.suffix, block=request.block
    )


def done(run: Run, entry: Correction, *lines: str) -> Outcome:
    """What a command comes to that wrote the ledger."""
    row = entry.model_dump(mode="json", exclude_none=True)
    extra = {"correction": row, "lines": [in_words(entry), *lines]}
    return run.outcome(unchanged=True, extra=extra)


def _unknown(address: str, texts: Mapping[str, Any], book: Book) -> Finding:
    close = nearest(address, texts, partly=True)
    hint = f"; did you mean '{close}'?" if close else ""
    message = f"the edition has no text '{address}'{hint}"
    return finding("L010", Place(book.manifest.path), message, FORMS)


def _free(request: CorrectRequest, book: Book) -> Finding:
    message = (
        f"'{request.address}' is the editors' own text and is edited freely until the first release"
    )
    fix = "change the words in the file; after a release engross correct enters them in the ledger"
    return finding("L024", Place(file_of(book, request.address)), message, fix)


def _refused(row: Any) -> Finding:
    option = {"class": "class", "at": "address"}.get(str(row["loc"][0]), str(row["loc"][0]))
    message = f"--{option}: {row['msg'][0].lower()}{row['msg'][1:]}"
    fix = "see engross correct --help for what it takes"
    return finding("C003", Place(), message, fix)


def after(sources: Sources, entry: Correction) -> list[str]:
    """Other texts with the old words, notes that hang from them, the next version, the page."""
    fresh, book = read_book(sources.root)
    lines = [*_elsewhere(book, entry), *_notes(book, entry)]
    state = stand(fresh, book)
    if state.proposal:
        lines.append(f"the next version is {state.proposal.version}: {state.proposal.words()}")
    if state.earlier and entry.at.block:
        newest = state.earlier[-1]
        pages, address = newest.pages.pages, entry.at.address
        if page := pages.get(f"{address}#{entry.at.block}") or pages.get(address):
            lines.append(f"it begins on p. {page} of version {newest.version}")
    return lines


def _elsewhere(book: Book, entry: Correction) -> Iterator[str]:
    own = entry.at.address, entry.at.block or BLOCK
    places = [
        f"{address} {block}"
        for address, blocks in frozen_texts(book).items()
        for block, text in blocks.items()
        if entry.at.exact and entry.at.exact in text and (address, block) != own
    ]
    if places:
        more = f" and {len(places) - LISTED} more" if len(places) > LISTED else ""
        yield f'"{entry.at.exact}" stands as well in {", ".join(places[:LISTED])}{more}'


def _notes(book: Book, entry: Correction) -> Iterator[str]:
    for document in book.documents:
        if document.id != entry.at.address or entry.read is None:
            continue
        there = locate(entry.at, document.texts)
        for note in document.notes.value.notes:
            span = locate(note.at, document.texts)
            if not (isinstance(span, Span) and isinstance(there, Span)):
                continue
            if span.block == there.block and span.start < there.end and there.start < span.end:
                yield f"the note {note.id} hangs from these words: read it again"


@command
def everywhere(run: Run, request: CorrectRequest, *, write_them: bool) -> Outcome:
    """
    Enter the words wherever they stand in a text, its notes and its fields, or show where that is.

    Places that an entry corrects already, or that nobody may correct there, are told.
    """
    opened = open_ledger(run)
    texts, rows = frozen_texts(opened.book), entries_of(opened.book.ledger)
    request = request if request.address == EVERY else placed(request, opened, texts)
    entries, lines, left = [], [], []
    for address, span in _places(request, texts):
        place = f"{address} {span.block}: {context(span, texts[address])}"
        edits = place_corrections(address, texts[address], rows).edits
        own = [one for one in edits if one.span.block == span.block and not one.join]
        before = [e for e in own if e.span.start < span.end and span.start < e.span.end]
        if before:
            left.append(f"{place}: {before[0].correction.id} corrects it")
            continue
        try:
            entries.append(entry_of(opened, replace(request, address=address, at=span)))
            lines.append(place)
        except EngrossError as error:
            left += [f"{place}: {found.message}" for found in error.findings]
    if not (entries or left):
        message = f'"{request.old}" is not in {request.address}'
        fix = f'quote the received words exactly; "{EVERY}" means the whole edition'
        raise stop([finding("L001", Place("manifest.yaml"), message, fix)])
    made, files = entered(opened, entries)
    told = [f"{in_words(one)}  {where}" for one, where in zip(made, lines, strict=True)]
    if write_them and made:
        write(opened, files)
    elif made:
        left.append(f"nothing was written; --yes enters the {len(made)}")
    rows_ = [one.model_dump(mode="json", exclude_none=True) for one in made]
    extra = {"corrections": rows_, "written": write_them, "lines": [*told, *left]}
    return run.outcome(unchanged=True, extra=extra)


def _places(
    request: CorrectRequest, texts: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, Span]]:
    """Each place of the words, as whole words, in the texts that are meant."""
    old = request.old
    for address, blocks in texts.items():
        if request.address != EVERY and not covers({request.address}, address):
            continue
        for one in places(Anchor(exact=old), blocks) if old else ():
            if whole_words(one, blocks) and request.block in {"", one.block}:
                yield address, one
