"""Archival references, as they are printed."""

from collections.abc import Sequence

from engross.language import Words
from engross.model.text import Inline, Mark, Run
from engross.parse.markdown import parse_inline
from engross.schema.document import DocumentRecord, Leaves, Source


def written_leaves(leaves: Leaves, words: Words) -> str:
    """
    One leaf is `l.`, several are `ll.`; the range is joined by an en dash.

    >>> leaves = Leaves.model_validate({"from": "124", "to": "128"})
    >>> written_leaves(leaves, Words("en")), written_leaves(leaves, Words("ru"))
    ('ll. 124–128', 'лл. 124–128')
    """
    if leaves.from_ == leaves.to:
        return words.say("leaf", label=leaves.from_)
    return words.say("leaf-range", first=leaves.from_, last=leaves.to)


def archival_citation(source: Source, words: Words) -> str:
    """Write an archival reference the way Russian archives are cited in a language."""
    abbreviation = f" ({source.abbreviation})" if source.abbreviation else ""
    place = f", {source.place}" if source.place else ""
    parts = [
        f"{source.repository}{abbreviation}{place}",
        source.collection,
        words.say("fond", number=source.fond) if source.fond else "",
        words.say("opis", number=source.opis) if source.opis else "",
        words.say("delo", number=source.delo) if source.delo else "",
        written_leaves(source.leaves, words) if source.leaves else "",
    ]
    return ", ".join(part for part in parts if part)


def source_note(
    record: DocumentRecord, words: Words, handwriting: Sequence[tuple[str, str]] = ()
) -> tuple[Inline, ...]:
    """
    The unnumbered note to a document: what is known of it, field by field.

    Made in the order of the modern *Foreign Relations* volumes: source, classification, drafting,
    handwriting (leaf and words of each remark), translation and copy. That no marking is given is
    said of papers that have a place in an archive; of others nobody has asked.
    """
    if record.source_note:
        return parse_inline(record.source_note)
    source = record.source
    sentences = [f"{archival_citation(source, words)}."]
    if source.classification:
        sentences.append(f"{source.classification}.")
    elif source.fond or source.collection:
        origin = "translation" if record.source_language else "text"
        sentences.append(words.say(f"unmarked-{origin}"))
    sentences += _drafting(record, words)
    for leaf, text in handwriting:
        key = "handwritten-on-leaf" if leaf else "handwritten"
        sentences.append(words.say(key, leaf=leaf, text=text))
    translators = [person.name for person in record.contributors if person.role == "trl"]
    if translators:
        language = words.language_name(record.source_language)
        key = "translated-from" if language else "translated-by"
        sentences.append(words.say(key, language=language, names=words.listed(translators)))
    donors = [person.name for person in record.contributors if person.role == "dnr"]
    if donors:
        sentences.append(words.say("copy-from", names=words.listed(donors)))
    note = (Run(words.say("source"), (Mark("emphasis"),)), Run(" " + " ".join(sentences)))
    if source.digital is None:
        return note
    archive, number = source.digital.archive, source.digital.record_id
    said = words.say("archive-record", archive=archive, number=number) if number else archive
    leads = Mark("link", (("href", source.digital.url),))
    marks = (leads,) if source.digital.canonical else ()
    return (*note, Run(" "), Run(said.removesuffix("."), marks), Run("."))


def _drafting(record: DocumentRecord, words: Words) -> list[str]:
    recorders = [
        person.name
        for person in record.participants
        if person.role == "recorder" or "recorder" in person.roles
    ]
    if not recorders:
        return []
    names = words.listed(recorders)
    certified = any(signature.kind == "certification" for signature in record.signatures)
    if certified and record.dates.record:
        date = words.day(record.dates.record.value)
        return [words.say("recorded-dated", names=names, date=date)]
    return [words.say("recorded", names=names)]
