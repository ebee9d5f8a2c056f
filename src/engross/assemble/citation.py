"""Archival references and bibliographic entries, as they are printed."""

from collections.abc import Sequence

from engross.language import Words
from engross.model.text import Inline, Mark, Run
from engross.parse.markdown import parse_inline
from engross.schema.document import DocumentRecord, Leaves, Source
from engross.schema.registers import CslDate, Name, SourceItem, edtf_of


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


def archival_citation(source: Source, words: Words, *, short: bool = False) -> str:
    """
    Write an archival reference the way Russian archives are cited in a language.

    Args:
        source: the reference, field by field.
        words: those of the edition's language.
        short: give the repository by its abbreviation, without its place.
    """
    if short and source.abbreviation:
        repository = source.abbreviation
    else:
        abbreviation = f" ({source.abbreviation})" if source.abbreviation else ""
        place = f", {source.place}" if source.place else ""
        repository = f"{source.repository}{abbreviation}{place}"
    parts = [
        repository,
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
    handwriting, translation and copy. That no marking is given is said of papers that have a place
    in an archive; of others nobody has asked.

    Args:
        record: the document's data.
        words: those of the edition's language.
        handwriting: leaf and words of each handwritten remark, as the transcript has them.
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
    if source.digital:
        archive, number = source.digital.archive, source.digital.record_id
        sentences.append(
            words.say("archive-record", archive=archive, number=number) if number else f"{archive}."
        )
    return (Run(words.say("source"), (Mark("emphasis"),)), Run(" " + " ".join(sentences)))


def entry(item: SourceItem, words: Words) -> tuple[Inline, ...]:
    """A bibliographic entry: author, title, container, publication, place in the archive, URL."""
    parts: list[Inline] = []
    people = item.author or item.editor
    if people:
        names = _names(people, words)
        if not item.author:
            names = words.say("edited", count=len(people), names=names)
        parts.append(Run(_ended(names)))
    title = parse_inline(item.title)
    if item.container_title:
        ending = f"{words.say('quote-stop')} "
        parts += [Run(words.say("quote-open")), *title, Run(ending), *_italic(item.container_title)]
    elif item.type in {"treaty", "manuscript", "webpage", "personal_communication", "report"}:
        parts += title
    else:
        parts += _italic(item.title)
    named = item.volume and not item.title_short.endswith(item.volume)
    editors = _names(item.editor, words, inverted=False) if item.author and item.editor else ""
    details = [
        words.say("in-volume", number=item.volume) if named else "",
        words.say("in-issue", number=item.issue) if item.issue else "",
        words.say("edited-by", names=editors) if editors else "",
        item.collection_title,
    ]
    parts.append(Run("".join(f", {detail}" for detail in details if detail) + ". "))
    imprint = ": ".join(part for part in (item.publisher_place, item.publisher) if part)
    published = ", ".join(part for part in (imprint, _csl_date(item.issued, words)) if part)
    archive = ", ".join(part for part in (item.archive, item.archive_location) if part)
    several = any(mark in item.page for mark in "–-,")
    pages = words.say("on-pages" if several else "on-page", label=item.page) if item.page else ""
    for part in (published, pages, archive):
        if part:
            parts.append(Run(f"{part}. "))
    if item.URL:
        parts += [
            Run(item.URL.removeprefix("https://"), (Mark("link", (("href", item.URL),)),)),
            Run(". "),
        ]
    if item.note:
        parts += [Run("["), *parse_inline(item.note), Run("]")]
    return _trimmed(parts, words.say("quote-close"))


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


def _names(names: Sequence[Name], words: Words, *, inverted: bool = True) -> str:
    """Names in a row, the first as a catalogue files it."""
    written = []
    for index, name in enumerate(names):
        if name.literal:
            written.append(name.literal)
        elif index == 0 and inverted and name.given:
            written.append(f"{name.family}, {name.given}")
        else:
            written.append(f"{name.given} {name.family}".strip())
    return words.listed(written)


def _ended(text: str) -> str:
    """With one full stop, also after an abbreviation or an initial."""
    return text + (" " if text.endswith(".") else ". ")


def _csl_date(date: CslDate | None, words: Words) -> str:
    if date is None:
        return ""
    if date.raw:
        return date.raw
    if not date.date_parts:
        return ""
    return words.day("/".join(edtf_of(parts) for parts in date.date_parts))


def _italic(text: str) -> list[Inline]:
    return [
        Run(item.text, (Mark("emphasis"), *item.marks)) if isinstance(item, Run) else item
        for item in parse_inline(text)
    ]


def _trimmed(parts: Sequence[Inline], closing: str) -> tuple[Inline, ...]:
    """Without a doubled full stop or a space at the end."""
    result: list[Inline] = []
    for item in parts:
        previous = result[-1] if result else None
        if isinstance(item, Run) and isinstance(previous, Run):
            ends = previous.text.removesuffix(closing)[-1:] in {".", "?", "!"}
            if ends and item.text.startswith("."):
                item = Run(item.text[1:], item.marks)
        if not isinstance(item, Run) or item.text:
            result.append(item)
    last = result[-1] if result else None
    if isinstance(last, Run):
        result[-1] = Run(last.text.rstrip(), last.marks)
    return tuple(result)
