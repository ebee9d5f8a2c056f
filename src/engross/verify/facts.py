"""What each generated place must say, computed from the evidence alone: front, documents, back."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from engross.language import Words
from engross.model.text import Leaf, Run, figures, leaves
from engross.parse.book import DocumentSource
from engross.parse.typography import marks_set
from engross.schema.document import Source
from engross.schema.manifest import Person
from engross.verify import registers
from engross.verify.around import dated
from engross.verify.ground import Ground
from engross.verify.judge import BLANK, SLOT, Fact, each
from engross.verify.plain import bare, unmarked
from engross.verify.plan import LONG, Planned
from engross.verify.texts import SectionText

ON_TITLE_PAGE = frozenset({"aut", "edt", "trl", "com", "trc"})
FORMATS = ("print", "epub", "screen")
REVIEWS = ("proofread", "checked-against-scan", "translation-reviewed", "heard-with-screen-reader")


def facts_of(section: Planned, ground: Ground) -> list[Fact]:
    """What a section must say between its addresses."""
    # An imprint of earlier programs says what it is.
    heading = Fact(section.title, wanted=section.kind != "imprint")
    title = [] if section.kind in {"title-page", "half-title"} else [heading]
    if section.kind == "prose":
        name = section.by.partition("|")[2]
        return [Fact(section.title, wanted=False), *([Fact(name)] if name else [])]
    if section.kind == "document":
        return list(_document(section, ground))
    if section.kind == "withdrawn":
        gone = next(one for one in ground.book.withdrawn if one.address == section.address)
        said = ground.words.say("document-withdrawn", date=ground.words.day(gone.day))
        return [*title, Fact(said), Fact(gone.reason)]
    made = MAKERS.get(section.kind)
    return [*title, *(made(ground) if made else ())]


def _title_page(ground: Ground) -> Iterator[Fact]:
    manifest, say = ground.book.manifest.value, ground.words.say
    if manifest.series:
        whole = say(manifest.volume_key, series=manifest.series, volume=manifest.volume)
        apart = "title-page" in ground.own or not manifest.volume
        yield from each(manifest.series, manifest.volume) if apart else each(whole)
    yield Fact(manifest.title)
    if manifest.subtitle:
        yield Fact(manifest.subtitle)
    named = (p.model_copy(update={"note": ""}) for p in manifest.people if p.role in ON_TITLE_PAGE)
    yield from _credits(named, ground.words)
    for one in ground.sections:
        role, _, name = one.by.partition("|")
        if one.by and ground.words.has(f"by-{role}"):
            yield Fact(say(f"by-{role}", name=name), loose=name)
    if manifest.publisher:
        yield Fact(manifest.publisher.name)
        if manifest.publisher.place:
            yield Fact(manifest.publisher.place)


def _credits(people: Iterable[Person], words: Words) -> Iterator[Fact]:
    """Who had what part; of neighbours with one role it may be said once."""
    role, people = "", tuple(people)
    for person in people:
        name = person.name
        key = f"role-{person.role}" if words.has(f"role-{person.role}") else "role-other"
        bare = person.note or person.role == role
        mine = {f"role-{one.role}" for one in people if one.name == name} | {"role-other"}
        others = (one for one in words.catalogue.entries if one.startswith("role-"))
        never = tuple(words.say(one, name=name) for one in others if one not in mine)
        yield Fact(name if bare else words.say(key, name=name), loose=name, never=never)
        yield from each(person.note)
        role = person.role


def _half_title(ground: Ground) -> Iterator[Fact]:
    manifest = ground.book.manifest.value
    yield Fact(manifest.short_title or manifest.title)


def _imprint(ground: Ground) -> Iterator[Fact]:
    manifest, words = ground.book.manifest.value, ground.words
    say = words.say
    yield Fact(manifest.title)
    yield from _credits(manifest.people, words)
    yield from each(manifest.edition_statement)
    key = "dated-corrected" if ground.earlier else "dated"
    day = words.day(ground.day)
    if "imprint" in ground.own:
        yield from (Fact(manifest.version), Fact(day, loose=ground.day[:4]))
    else:
        yield Fact(say(key, version=manifest.version, date=day))
    if not ground.released:
        yield Fact(say("draft"))
        yield Fact(say("inputs", digest=ground.digest[:12]), loose=ground.digest[:12])
    if publisher := manifest.publisher:
        yield from each(publisher.name, publisher.place, publisher.imprint, publisher.url)
    yield from _origins(ground)
    rights = manifest.rights
    yield from each(rights.statement, rights.terms)
    for key in ("holder", "licence", "contact"):
        if value := getattr(rights, key):
            yield Fact(say(f"rights-{key}", **{key: value}), loose=value)
    if rights.status == "pending" and rights.statement != say("rights-pending"):
        yield Fact(say("rights-pending"))
    yield from each(rights.credit, *manifest.funding)
    for kind in FORMATS:
        if number := getattr(manifest.isbn, kind):
            never = tuple(say(f"isbn-{one}", isbn=number) for one in FORMATS if one != kind)
            yield Fact(say(f"isbn-{kind}", isbn=number), loose=number, never=never)
    yield from each(manifest.identifier_this, manifest.identifier, manifest.deposit)


def _origins(ground: Ground) -> Iterator[Fact]:
    """The archives of all documents, each collection once; of a long volume the archives alone."""
    documents = {one.id: one for one in ground.book.documents}
    sources = [
        documents[one.address].record.value.source
        for one in ground.sections
        if one.kind == "document"
    ]
    if len(sources) > LONG:
        first = {one.keeper: one.repository for one in reversed(sources)}
        yield from each(*(first[name] for name in dict.fromkeys(one.keeper for one in sources)))
        return
    seen: set[str] = set()
    for source in sources:
        values = list(archival(source, ground.words))
        whole = "".join(fact.words for fact in values)
        yield from () if whole in seen else values
        seen.add(whole)


def archival(source: Source, words: Words) -> Iterator[Fact]:
    """Where a document lies, field by field."""
    yield from each(source.repository, source.abbreviation, source.place, source.collection)
    for key in ("fond", "opis", "delo"):
        if number := getattr(source, key):
            yield Fact(words.say(key, number=number), loose=number, follows=key != "fond")
    if found := source.leaves:
        rows = each(found.from_, found.to if found.to != found.from_ else "")
        yield from (replace(one, follows=bool(source.fond)) for one in rows)


def _document(section: Planned, ground: Ground) -> Iterator[Fact]:
    document = next(one for one in ground.book.documents if one.id == section.address)
    record, say = document.record.value, ground.words.say
    own = document.in_tei
    if section.number:
        first = ground.expected.blocks[section.address][:3]
        said = [ground.expected.said[address].text for address in first]
        headed = any(text.startswith(f"{section.number}.") for text in said)
        words = say("document", number=section.number)
        yield Fact(words, wanted=not headed, loose=section.number)
    if not own or not document.heading:
        yield Fact(unmarked(record.title.supplied))
    if own:
        return
    if record.place:
        yield Fact(record.place.name)
    if day := dated(record.dates, ground.words):
        yield Fact(day)
    if record.source_note:
        yield Fact(unmarked(record.source_note))
        return
    yield from _source_note(document, ground.words, own="document" in ground.own)


def _source_note(document: DocumentSource, words: Words, *, own: bool) -> Iterator[Fact]:
    """The values of a source note; what the catalogue says of them, a template may leave out."""
    record = document.record.value
    source = record.source
    yield Fact(words.say("source"), wanted=not own)
    yield from archival(source, words)
    if source.classification:
        yield Fact(source.classification)
    elif source.fond or source.collection:
        key = f"unmarked-{'translation' if record.source_language else 'text'}"
        yield Fact(words.say(key), wanted=not own)
    yield from each(*(p.name for p in record.participants if "recorder" in {p.role, *p.roles}))
    if record.dates.record:
        yield Fact(words.day(record.dates.record.value), wanted=False)
    for leaf in leaves(document.body.blocks):
        if leaf.role == "marginal" and leaf.get("hand"):
            yield from each(leaf.get("leaf"), _italic(leaf) or leaf.text)
    translators = [person.name for person in record.contributors if person.role == "trl"]
    language = words.language_name(record.source_language)
    yield from each(language if translators else "", *translators)
    yield from each(*(person.name for person in record.contributors if person.role == "dnr"))
    if source.digital:
        yield from each(source.digital.archive, str(source.digital.record_id or ""))


def _italic(leaf: Leaf) -> str:
    runs = [item for item in leaf.content if isinstance(item, Run)]
    marked = [run.text for run in runs if any(mark.kind == "emphasis" for mark in run.marks)]
    return "".join(marked)


def _contents(ground: Ground) -> Iterator[Fact]:
    listed = "documents-list" in ground.book.manifest.value.sections
    short = listed and any(one.opening for one in ground.sections)
    days = {} if listed else {fact.target: fact for fact in documents_list(ground)}
    for one in ground.sections:
        hidden = one.kind in {"half-title", "title-page", "imprint", "contents"}
        if not hidden and not one.silent and not (short and one.kind == "document"):
            fact = days.get(one.address, Fact(one.title, one.address))
            # Earlier programs printed no day.
            yield replace(fact, pattern=fact.pattern and f"{fact.pattern.removesuffix('?')}?")


def documents_list(ground: Ground) -> Iterator[Fact]:
    """The titles of the documents, each with its day unless it says it, in their order."""
    dates = {one.id: one.record.value.dates for one in ground.book.documents}
    for one in ground.sections:
        if one.kind == "document":
            day = dated(dates[one.address], ground.words)
            title, last = bare(one.title), "?" if "documents-list" in ground.own else ""
            either = rf"{re.escape(title)}(?:[^\w{SLOT}]{{0,3}}{re.escape(bare(day))}){last}"
            if day in one.title:
                yield Fact(one.title, one.address)
            else:
                yield Fact(f"{one.title}, {day}", one.address, pattern=either)


def _figures(ground: Ground) -> Iterator[Fact]:
    prose = {one.section.id: one.body.blocks for one in ground.book.prose}
    documents = {one.id: one for one in ground.book.documents}
    for one in ground.sections:
        known = documents.get(one.address)
        shown = tuple(figures(known.body.blocks if known else prose.get(one.address, ())))
        for name in (figure.caption.id for figure in shown if figure.caption):
            yield Fact(ground.texts[one.address].pieces[name].text, f"{one.address}#{name}")
        within = {figure.path for figure in shown}
        for number, plate in enumerate(known.record.value.plates if known else (), 1):
            if plate.caption and f"documents/{one.address}/{plate.file}" not in within:
                said = unmarked(plate.caption)
                yield Fact(said, f"{one.address}/plates#p-{number:03d}")


def _colophon(ground: Ground) -> Iterator[Fact]:
    manifest, words, book = ground.book.manifest.value, ground.words, ground.book
    say = words.say
    state = "colophon-released" if ground.released else "colophon-draft"
    yield Fact(say(state, version=manifest.version, date=words.day(ground.day)))
    yield Fact(say("colophon-inputs", digest=ground.digest[:12]))
    own = [one for one in book.documents if not one.in_tei]
    if len(own) > LONG:
        yield Fact(say("colophon-received-many", count=len(own)))
    for key in ("received", "original"):
        for one in own if key == "original" or len(own) <= LONG else ():
            file = one.received if key == "received" else one.original and one.original.received
            if file:
                title = one.record.value.title.short or one.id
                yield Fact(say(f"colophon-{key}", title=title, digest=file.sha256[:12]))
    for file in (volume.file for volume in book.volumes):
        yield Fact(say("colophon-file", path=file.path, digest=file.sha256[:12]))
    for one in own if manifest.apostrophes == "typographic" else ():
        if count := marks_set(one):
            title = one.record.value.title.short or one.id
            yield Fact(say("colophon-marks", title=title, count=count))
    documents = {one.id for one in book.documents}
    count = sum(len(t.edits) for t in ground.expected.texts if t.address in documents)
    yield Fact(say("colophon-corrections", count=count) if count else say("corrections-none"))
    # which faces and libraries there were, no evidence says
    engine = r"engross[\d.]+\D*?WeasyPrint[\d.]*\d"
    for key, form in (("colophon-faces", r"[\w,&-]+?"), ("colophon-engine", engine)):
        parts = [re.escape(bare(part)) for part in BLANK.split(say(key, names="{}", engine="{}"))]
        yield Fact(say(key, names="", engine=""), wanted=False, pattern=form.join(parts))
    yield from _not_reviewed(ground)


def _not_reviewed(ground: Ground) -> Iterator[Fact]:
    book, words = ground.book, ground.words
    signed = book.signoffs.value.signoffs if book.signoffs else ()
    documents = [one.id for one in book.documents]
    translated = [
        one.id
        for one in book.documents
        if one.record.value.source_language not in ("", one.record.value.language)
    ]
    whole = [*(one.section.id for one in book.prose), *documents]
    wanted = {"checked-against-scan": documents, "translation-reviewed": translated}
    for kind in REVIEWS:
        missing = []
        for address in wanted.get(kind, whole):
            rows = [row for row in signed if (row.kind, row.address) == (kind, address)]
            if any(row.sha256 == _digest(ground.texts[address]) for row in rows):
                continue
            title, day = ground.citations.table[address], max((row.on for row in rows), default="")
            changed = words.say("changed-since", title=title, date=words.day(day)) if day else ""
            missing.append(changed or title)
        if len(missing) > LONG:
            missing = [words.say("review-many", count=len(missing))]
        if missing:
            yield Fact(words.say(f"review-{kind}", texts="; ".join(missing)))


def _digest(text: SectionText) -> str:
    """SHA-256 of a text with its notes: what a sign-off is bound to."""
    pieces = [*text.pieces.values(), *(one for name in text.order for one in text.notes[name])]
    return hashlib.sha256("".join(f"{one.text}\n" for one in pieces).encode()).hexdigest()


MAKERS: Mapping[str, Callable[[Ground], Iterator[Fact]]] = {
    "title-page": _title_page,
    "half-title": _half_title,
    "imprint": _imprint,
    "contents": _contents,
    "documents-list": documents_list,
    "list-of-figures": _figures,
    "colophon": _colophon,
    "persons": registers.persons,
    "chronology": registers.chronology,
    "abbreviations": registers.abbreviations,
    "index": registers.index,
    "sources": registers.sources,
    "readings": registers.readings,
    "corrections": registers.corrections,
}
KINDS = frozenset({*MAKERS, "document", "prose"})
"""All kinds of sections."""
