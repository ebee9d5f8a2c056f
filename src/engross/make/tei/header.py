"""The header of a document of ours: what record, manifest and ledger say, and nothing else."""

from collections.abc import Sequence

from lxml import etree

from engross.make.tei.elements import add, pointer, slug
from engross.model.edtf import read
from engross.parse.tei.names import XML
from engross.schema.document import DocumentRecord, Source
from engross.schema.ledger import Correction
from engross.schema.manifest import Manifest

ROLES = {"author": "sent", "recipient": "received"}


def header(
    root: etree._Element,
    record: DocumentRecord,
    corrections: Sequence[Correction],
    manifest: Manifest | None,
) -> None:
    """Append the `teiHeader`."""
    head = add(root, "teiHeader")
    file = add(head, "fileDesc")
    _title(add(file, "titleStmt"), record, manifest)
    if manifest is not None:
        add(add(file, "editionStmt"), "edition", manifest.version, [("n", manifest.version)])
    _publication(add(file, "publicationStmt"), manifest)
    if manifest is not None and manifest.series:
        series = add(file, "seriesStmt")
        add(series, "title", manifest.series, [("level", "s")])
        if manifest.volume:
            add(series, "biblScope", manifest.volume, [("unit", "volume")])
    _manuscript(add(file, "sourceDesc"), record)
    _profile(add(head, "profileDesc"), record)
    if corrections:
        revision = add(head, "revisionDesc")
        for entry in corrections:
            facts = [("type", entry.kind), (f"{XML}id", entry.id)]
            if entry.decided is not None:
                facts += [("when", entry.decided.on), ("who", pointer(entry.decided.by))]
            add(revision, "change", entry.reason, facts)


def _title(statement: etree._Element, record: DocumentRecord, manifest: Manifest | None) -> None:
    titles = record.title
    add(
        statement, "title", titles.supplied, [("level", "a"), ("resp", pointer(titles.supplied_by))]
    )
    for text, kind in ((titles.original, "original"), (titles.archive, "archive")):
        if text:
            add(statement, "title", text, [("type", kind)])
    if manifest is not None:
        add(statement, "title", manifest.title, [("level", "m")])
    for sentence in record.funding:
        add(statement, "funder", sentence)
    people = (*record.contributors, *(manifest.people if manifest is not None else ()))
    once = {(person.name, person.role): person for person in reversed(people)}
    for person in reversed(once.values()):
        response = add(statement, "respStmt")
        add(response, "resp", person.note or person.role, [("key", person.role)])
        name = add(response, "persName", person.name)
        name.set("key", slug(person.name))


def _publication(statement: etree._Element, manifest: Manifest | None) -> None:
    if manifest is None:
        add(statement, "p", "Unpublished.")
        return
    rights = manifest.rights
    if manifest.publisher is None:
        for sentence in ("No publisher is named.", manifest.date, manifest.identifier):
            add(statement, "p", sentence)
        for sentence in (rights.statement, rights.terms, rights.licence):
            if sentence:
                add(statement, "p", sentence)
        return
    add(statement, "publisher", manifest.publisher.name)
    if manifest.publisher.place:
        add(statement, "pubPlace", manifest.publisher.place)
    add(statement, "date", manifest.date, [("when", manifest.date)])
    add(statement, "idno", manifest.identifier, [("type", "edition")])
    available = add(statement, "availability", "", [("status", "restricted")])
    if rights.licence:
        target = rights.licence if ":" in rights.licence else ""
        add(available, "licence", rights.statement, [("target", target)])
    else:
        add(available, "p", rights.statement)
    if rights.terms:
        add(available, "p", rights.terms)


def shelfmark(source: Source) -> str:
    """The place in the archive, as Russian archives count, or as the record has it."""
    parts = [("f.", source.fond), ("op.", source.opis), ("d.", source.delo)]
    counted = [f"{word} {number}" for word, number in parts if number]
    if source.leaves is not None:
        first, last = source.leaves.from_, source.leaves.to
        counted.append(f"l. {first}" if first == last else f"ll. {first}–{last}")
    return ", ".join(counted)


def _manuscript(description: etree._Element, record: DocumentRecord) -> None:
    source = record.source
    ms = add(description, "msDesc")
    identifier = add(ms, "msIdentifier")
    for name, text in (
        ("settlement", source.place),
        ("repository", source.repository),
        ("collection", source.collection),
        ("idno", shelfmark(source)),
    ):
        if text:
            add(identifier, name, text)
    if not len(identifier):
        add(identifier, "repository")
    if source.form or record.hands:
        physical = add(ms, "physDesc")
        if source.form:
            add(physical, "objectDesc", "", [("form", source.form)])
        if record.hands:
            hands = add(physical, "handDesc", "", [("hands", str(len(record.hands)))])
            for hand in record.hands:
                scribe = f"#{hand.person}" if hand.person else ""
                facts = [(f"{XML}id", hand.id), ("scribeRef", scribe)]
                add(add(hands, "handNote", "", facts), "p", hand.description)
    if source.raw or source.digital is not None:
        note = add(add(ms, "additional"), "listBibl")
        if source.raw:
            add(note, "bibl", source.raw)
        if source.digital is not None:
            digital = add(note, "bibl", source.digital.archive + " ")
            add(digital, "ref", source.digital.url, [("target", source.digital.url)])


def _when(record: DocumentRecord) -> list[tuple[str, str]]:
    """A date as TEI has it: one day, or the first and the last that it may be."""
    begin, end = read(record.dates.event)
    if begin and begin == end:
        cert = {"": "", "~": "medium"}.get(begin.mark, "low")
        return [("when", begin.iso), ("cert", cert)]
    ends = (("notBefore", begin), ("notAfter", end))
    return [(name, one.iso) for name, one in ends if one]


def _profile(profile: etree._Element, record: DocumentRecord) -> None:
    creation = add(profile, "creation")
    if record.dates.event:
        add(creation, "date", record.dates.event, _when(record))
    if record.place is not None:
        cert = record.place.certainty if record.place.certainty != "high" else ""
        place = add(
            creation, "placeName", "", [("cert", cert), ("resp", pointer(record.place.resp))]
        )
        where = add(place, "supplied") if record.place.supplied else place
        where.text = record.place.name
    languages = add(profile, "langUsage")
    add(languages, "language", record.language, [("ident", record.language)])
    if record.source_language:
        facts = [("ident", record.source_language), ("n", "original")]
        add(languages, "language", record.source_language, facts)
    if record.abstract is not None:
        abstract = add(profile, "abstract", "", [("resp", pointer(record.abstract.by))])
        add(abstract, "p", record.abstract.text)
    if record.participants:
        people = add(add(profile, "particDesc"), "listPerson")
        for one in record.participants:
            person = add(people, "person", "", [("role", one.role)])
            add(person, "persName", one.name, [("key", one.person or "")])
            if one.office:
                add(person, "occupation", one.office)
    letters = [one for one in record.participants if one.role in ROLES]
    if letters:
        correspondence = add(profile, "correspDesc")
        for one in letters:
            action = add(correspondence, "correspAction", "", [("type", ROLES[one.role])])
            add(action, "persName", one.name, [("key", one.person or "")])
            if one.role == "author" and record.dates.event:
                add(action, "date", record.dates.event, _when(record))
            if one.role == "author" and record.place is not None:
                add(action, "placeName", record.place.name)
