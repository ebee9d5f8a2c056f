"""Write a new book: forms with what is known filled in, everything else marked as a question."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from string import Template
from typing import Any

from engross.language import Words, begun
from engross.new.draft import Draft
from engross.new.tei import LARGE, VolumeFacts
from engross.schema.published import json_schemas

QUESTION = "[?]"
"""What stands where the form needs a value that nobody gave, in an edition of any language."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said, or the defaults."""

    slug: str
    title: str
    language: str
    date: str
    """ISO day; of the command, which alone may look at a calendar."""
    document: str
    """The id of the document."""


KEPT = """\
# Evidence stays as it was received: git changes none of its line endings.
documents/*/received* -text
documents/*/original* -text
documents/*/earlier/* -text
sources/* -text
releases/** -text
"""
"""What `.gitattributes` of a new book says."""


def book_files(asked: Asked, draft: Draft | None) -> dict[str, bytes]:
    """Every file of the new book, by path; it builds as it is."""
    draft = draft or blank(asked.title)
    texts = {"corrections.yaml": _ledger(asked, hashlib.sha256(draft.received).hexdigest())}
    if draft.queries:
        texts["queries.yaml"] = rows("queries", queries(asked.document, draft))
    texts |= _around(_manifest(asked, draft, draft.received))
    files = {path: text.encode() for path, text in texts.items()}
    return files | document_files(asked, draft) | begun(asked.language)


def _around(manifest: str) -> dict[str, str]:
    """What every new book has: its manifest, an introduction, the schemas."""
    texts = {"manifest.yaml": manifest, "introduction.md": _form("introduction.md")}
    texts[".gitattributes"] = KEPT
    return texts | {f".schema/{name}.json": text for name, text in json_schemas().items()}


def document_files(asked: Asked, draft: Draft) -> dict[str, bytes]:
    """The files of one document, by path in the book."""
    folder = f"documents/{asked.document}"
    digest = hashlib.sha256(draft.received).hexdigest()
    texts = {
        "transcript.md": draft.transcript,
        "document.yaml": _document(asked, draft, digest),
        "notes.yaml": _form("notes.yaml").replace("notes: []\n", rows("notes", draft.notes)),
    }
    files = {name: text.encode() for name, text in texts.items()}
    files |= {draft.name: draft.received, **draft.beside}
    return {f"{folder}/{name}": content for name, content in files.items()}


def queries(document: str, draft: Draft) -> list[dict[str, Any]]:
    """The comments of a file as rows of `queries.yaml`."""
    return [
        row | {"id": f"{document}-{row['id']}", "at": {"address": document, **row["at"]}}
        for row in draft.queries
    ]


def rows(key: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """A list of a YAML file."""
    return f"{key}:\n{_block(list(entries), 1)}" if entries else f"{key}: []\n"


def samples() -> list[str]:
    """The names of the sample books."""
    return sorted(one.name for one in files(__package__).joinpath("samples").iterdir())


def sample_files(name: str) -> dict[str, bytes]:
    """Every file of a sample book, by path."""
    found = {".gitattributes": KEPT.encode()}
    found |= {f".schema/{key}.json": text.encode() for key, text in json_schemas().items()}
    with as_file(files(__package__) / "samples" / name) as folder:
        paths = [path for path in folder.rglob("*") if path.is_file()]
        return found | {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def volume_files(asked: Asked, facts: VolumeFacts, name: str, content: bytes) -> dict[str, bytes]:
    """Every file of a new book that holds a TEI file, which is evidence as it is."""
    draft = replace(blank(asked.title), people=facts.people)
    texts = _around(_manifest(asked, draft, content, _Volume(facts, name)))
    files = {path: text.encode() for path, text in texts.items()}
    return files | {f"sources/{name}": content} | begun(asked.language)


class _Volume:
    """The lines of a manifest in which a volume differs from a single document."""

    def __init__(self, facts: VolumeFacts | None = None, name: str = "") -> None:
        large = facts is not None and facts.documents > LARGE
        self.lists = "\n  - documents-list" if large else ""
        self.paper = ""
        if facts is not None and facts.thick:
            self.paper = (
                "# print: what a large printer of hardbacks takes; name yours before you order.\n"
                "print: {binding: case, profiles: [offset]}\n"
                "run_on: false    # true: documents follow one another on a page\n"
            )
        self.documents = f"  - tei: sources/{name}" if facts else ""
        taken = facts is not None and facts.introduced
        self.introduction = "editors-introduction" if taken else "introduction"
        self.persons = "  # - persons         when there is a persons.yaml\n"
        if facts and facts.persons:
            lead = "  - persons    # " if facts.unlisted else "  # - persons    # instead of "
            self.persons = f"{lead}those of the file, with the documents that name them\n"
        self.series, self.publisher = "", "{name: …, place: …}"
        if facts and facts.series:
            self.series = f"series: {_text(facts.series)}\n"
            self.series += f"volume: {_text(facts.volume)}\n" if facts.volume else ""
        if facts and facts.publisher[0]:
            said = dict(zip(("name", "place"), facts.publisher, strict=True))
            said = {key: value for key, value in said.items() if value}
            self.publisher = f"{_flow(said)}    # of the file; say who publishes this book"


def _manifest(asked: Asked, draft: Draft, content: bytes, volume: _Volume | None = None) -> str:
    volume = volume or _Volume()
    # Many records are called alike, and many titles give one slug.
    digest = hashlib.sha256(content).hexdigest()
    identity = f"{asked.slug} {asked.title} {asked.date} {digest}"
    title = asked.title or draft.title or "Untitled"
    people = "".join(f"\n  - {_flow(person)}" for person in draft.people) or " []"
    funding = "".join(f"  - {_text(line)}\n" for line in draft.funding)
    return Template(_form("manifest.yaml")).substitute(
        slug=asked.slug,
        title=_text(title),
        short=_text(title if len(title) < 40 else title[:39].rsplit(" ", 1)[0].rstrip(",;:")),
        date=_text(asked.date),
        language=asked.language,
        identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, identity)}",
        description=_text(draft.description or f"An edition of {title}."),
        people=people,
        rights=_text(Words(asked.language).say("rights-pending")),
        funding=f"\n# The funders' sentences, to the letter:\nfunding:\n{funding}"
        if funding
        else "",
        documents=volume.documents or f"  - document: {asked.document}",
        lists=volume.lists,
        paper=volume.paper,
        introduction=volume.introduction,
        persons=volume.persons,
        series=volume.series,
        publisher=volume.publisher,
    )


def _document(asked: Asked, draft: Draft, digest: str) -> str:
    received: dict[str, Any] = {
        "file": draft.name,
        "sha256": digest,
        "format": draft.format,
        "emphasis": draft.emphasis,
        "lines": list(draft.lines),
    } | ({"read_from": dict(draft.read_from)} if draft.read_from else {})
    record = {"id": asked.document, "received": received, **draft.record}
    record["dates"] = dict(record.get("dates") or {})
    record["source"] = dict(record.get("source") or {})
    record["dates"].setdefault("event", "")
    record["language"] = record.get("language") or asked.language
    if not record["source"].get("repository"):
        record["source"]["repository"] = QUESTION
    head = (
        "# yaml-language-server: $schema=../../.schema/document.json\n"
        "# What the document is, field by field; its words stand in transcript.md.\n"
        "# Other fields: participants, place, type, headnote, leaves (see the manual).\n"
        "# event: the day of what is told, as 1961-09-14, 1961-09 or 1961; empty if not known.\n\n"
    )
    return head + _block(record)


def _ledger(asked: Asked, digest: str) -> str:
    return (
        "# yaml-language-server: $schema=.schema/ledger.json\n"
        "# The ledger: `engross correct` writes entries here.\n\n"
        f'ledger: "1"\nedition: {asked.slug}\nbase:\n  {asked.document}: {digest}\n'
        "corrections: []\n"
    )


def blank(title: str) -> Draft:
    """A document that still has to be put in."""
    text = _form("transcript.md")
    from engross.new.plain import read_markdown

    return read_markdown(text.encode(), text, title or "Untitled document")


def _form(name: str) -> str:
    return files("engross.new").joinpath("forms", name).read_text("utf-8")


def _text(value: str) -> str:
    """A double-quoted YAML scalar, which JSON's are."""
    return json.dumps(value, ensure_ascii=False)


def _flow(row: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_text(value)}" for key, value in row.items()) + "}"


def _block(value: Any, indent: int = 0) -> str:
    """A mapping or a list as plain block YAML, every scalar quoted."""
    pad = "  " * indent
    if isinstance(value, dict):
        return "".join(
            f"{pad}{key}:\n{_block(inner, indent + 1)}"
            if inner and isinstance(inner, dict | list | tuple)
            else f"{pad}{key}: {_scalar(inner)}\n"
            for key, inner in value.items()
        )
    return "".join(
        f"{pad}- {_block(inner, indent + 1).lstrip()}"
        if isinstance(inner, dict)
        else f"{pad}- {_scalar(inner)}\n"
        for inner in value
    )


def _scalar(value: Any) -> str:
    """A scalar, or an empty mapping or list, as JSON has it."""
    return json.dumps(value) if isinstance(value, bool | dict | list | tuple) else _text(str(value))
