"""Archival references and bibliographic entries, as they are printed."""

from collections.abc import Sequence

from engross.model.text import Inline, Mark, Run
from engross.parse.markdown import parse_inline
from engross.schema.document import DocumentRecord, Leaves, Source
from engross.schema.registers import CslDate, Name, SourceItem

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written_date(iso: str) -> str:
    """
    Write an ISO date in words, day before month; `--09-23` has no year.

    >>> written_date("1961-09-14"), written_date("1961-08"), written_date("--09-23")
    ('14 September 1961', 'August 1961', '23 September')
    """
    year, _, rest = (
        iso.removeprefix("--").partition("-") if not iso.startswith("--") else ("", "", iso[2:])
    )
    parts = rest.split("-") if rest else []
    month = MONTHS[int(parts[0]) - 1] if parts else ""
    day = str(int(parts[1])) if len(parts) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)


def written_leaves(leaves: Leaves) -> str:
    """
    One leaf is `l.`, several are `ll.`; the range is joined by an en dash.

    >>> written_leaves(Leaves.model_validate({"from": "124", "to": "128"}))
    'll. 124–128'
    """
    if leaves.from_ == leaves.to:
        return f"l. {leaves.from_}"
    return f"ll. {leaves.from_}–{leaves.to}"


def archival_citation(source: Source, *, short: bool = False) -> str:
    """
    Write an archival reference the way Russian archives are cited in English.

    Args:
        source: the reference, field by field.
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
        f"f. {source.fond}" if source.fond else "",
        f"op. {source.opis}" if source.opis else "",
        f"d. {source.delo}" if source.delo else "",
        written_leaves(source.leaves) if source.leaves else "",
    ]
    return ", ".join(part for part in parts if part)


def source_note(
    record: DocumentRecord, handwriting: Sequence[tuple[str, str]] = ()
) -> tuple[Inline, ...]:
    """
    The unnumbered note to a document: what is known of it, field by field.

    Made in the order of the modern *Foreign Relations* volumes: source, classification, drafting,
    handwriting, translation and copy.

    Args:
        record: the document's data.
        handwriting: leaf and words of each handwritten remark, as the transcript has them.
    """
    if record.source_note:
        return parse_inline(record.source_note)
    source = record.source
    sentences = [f"{archival_citation(source)}."]
    if source.classification:
        sentences.append(f"{source.classification}.")
    else:
        origin = "translation" if record.source_language else "text"
        sentences.append(f"No classification marking is given in the {origin}.")
    sentences += _drafting(record)
    for leaf, words in handwriting:
        on = f" on leaf {leaf}" if leaf else ""
        sentences.append(f"A handwritten note{on} reads: “{words}”")
    translators = [person.name for person in record.contributors if person.role == "trl"]
    if translators:
        language = LANGUAGES.get(record.source_language, "")
        of = f" from the {language}" if language else ""
        sentences.append(f"Translated{of} by {_listed(translators)}.")
    donors = [person.name for person in record.contributors if person.role == "dnr"]
    if donors:
        sentences.append(f"Copy contributed by {_listed(donors)}.")
    if source.digital:
        number = f", record {source.digital.record_id}" if source.digital.record_id else ""
        sentences.append(f"{source.digital.archive}{number}.")
    return (Run("Source:", (Mark("emphasis"),)), Run(" " + " ".join(sentences)))


LANGUAGES = {
    "en": "English",
    "ru": "Russian",
    "ja": "Japanese",
    "de": "German",
    "fr": "French",
    "zh": "Chinese",
    "es": "Spanish",
}
"""Names of the languages of originals, for sentences in English."""


def entry(item: SourceItem) -> tuple[Inline, ...]:
    """A bibliographic entry: author, title, container, publication, place in the archive, URL."""
    parts: list[Inline] = []
    people = item.author or item.editor
    if people:
        role = ", ed." if not item.author and len(people) == 1 else ""
        role = ", eds." if not item.author and len(people) > 1 else role
        parts.append(Run(_ended(f"{_names(people)}{role}")))
    title = parse_inline(item.title)
    if item.container_title:
        parts += [Run("“"), *title, Run(".” "), *_italic(item.container_title)]
    elif item.type in {"treaty", "manuscript", "webpage", "personal_communication", "report"}:
        parts += title
    else:
        parts += _italic(item.title)
    details = [
        f"vol. {item.volume}" if item.volume and not item.title_short.endswith(item.volume) else "",
        f"no. {item.issue}" if item.issue else "",
        _names(item.editor, prefix="edited by ") if item.author and item.editor else "",
        item.collection_title,
    ]
    parts.append(Run("".join(f", {detail}" for detail in details if detail) + ". "))
    imprint = ": ".join(part for part in (item.publisher_place, item.publisher) if part)
    published = ", ".join(part for part in (imprint, _csl_date(item.issued)) if part)
    archive = ", ".join(part for part in (item.archive, item.archive_location) if part)
    several = any(mark in item.page for mark in "–-,")
    pages = f"{'pp.' if several else 'p.'} {item.page}" if item.page else ""
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
    return _trimmed(parts)


def _drafting(record: DocumentRecord) -> list[str]:
    sentences = []
    recorders = [
        person.name
        for person in record.participants
        if person.role == "recorder" or "recorder" in person.roles
    ]
    certified = any(signature.kind == "certification" for signature in record.signatures)
    if recorders:
        certification = ""
        if certified and record.dates.record:
            certification = f"; dated {written_date(record.dates.record.value)} at its close"
        sentences.append(f"Recorded by {_listed(recorders)}{certification}.")
    return sentences


def _names(names: Sequence[Name], prefix: str = "") -> str:
    written = []
    for index, name in enumerate(names):
        if name.literal:
            written.append(name.literal)
        elif index == 0 and not prefix and name.given:
            written.append(f"{name.family}, {name.given}")
        else:
            written.append(f"{name.given} {name.family}".strip())
    return prefix + _listed(written)


def _listed(names: Sequence[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def _ended(text: str) -> str:
    """With one full stop, also after an abbreviation or an initial."""
    return text + (" " if text.endswith(".") else ". ")


def _csl_date(date: CslDate | None) -> str:
    if date is None:
        return ""
    if date.raw:
        return date.raw
    if not date.date_parts:
        return ""
    ranges = [
        written_date(
            "-".join(f"{part:02d}" if index else f"{part:04d}" for index, part in enumerate(parts))
        )
        for parts in date.date_parts
    ]
    return "–".join(ranges)


def _italic(text: str) -> list[Inline]:
    return [
        Run(item.text, (Mark("emphasis"), *item.marks)) if isinstance(item, Run) else item
        for item in parse_inline(text)
    ]


def _trimmed(parts: Sequence[Inline]) -> tuple[Inline, ...]:
    """Without a doubled full stop or a space at the end."""
    result: list[Inline] = []
    for item in parts:
        previous = result[-1] if result else None
        if isinstance(item, Run) and isinstance(previous, Run):
            ends = previous.text[-1:] in {".", "?", "!"} or previous.text[-2:] in {".”", "?”"}
            if ends and item.text.startswith("."):
                item = Run(item.text[1:], item.marks)
        if not isinstance(item, Run) or item.text:
            result.append(item)
    last = result[-1] if result else None
    if isinstance(last, Run):
        result[-1] = Run(last.text.rstrip(), last.marks)
    return tuple(result)
