"""What the header of a TEI file says of the edition that is to be made of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engross.model.source import SourceFile
from engross.new.draft import SUFFIXES, filed
from engross.parse.tei import Header, read_tei
from engross.parse.tei.registers import direct
from engross.schema.scalars import canonical

EDITORS = frozenset({"editor", "primary", "general"})
"""Roles in which a header names editors."""
LARGE = 12
"""Documents: a file with more is a volume, with a list of its documents."""
THICK = 300_000
"""Bytes, some 100 pages: a volume of more is bound in boards, by a printer of such."""


@dataclass(frozen=True, slots=True)
class VolumeFacts:
    """What a manifest takes over."""

    identifier: str
    """The id of the file; it names the book."""
    title: str
    series: str
    volume: str
    """The number within the series."""
    language: str
    """BCP 47; empty where the header does not say."""
    publisher: tuple[str, str]
    """Name and place: of the source, not of the book that is made now."""
    people: tuple[dict[str, str], ...]
    documents: int
    thick: bool
    """Whether the file makes a book of a hundred pages and more."""
    persons: bool
    """Whether the file lists persons."""
    unlisted: bool
    """Whether no section of the file prints them."""
    introduced: bool
    """Whether a section of the file is called `introduction`."""
    pictures: tuple[str, ...]
    """Addresses of the pictures that it names."""


def read_facts(file: SourceFile) -> VolumeFacts:
    """
    Read a TEI file for what its manifest can say.

    Raises:
        EngrossError: the file cannot be read as TEI.
    """
    pictures: list[str] = []

    def named(address: str) -> str:
        pictures.append(address)
        return ""

    volume = read_tei(file, named)
    header = volume.header
    by_kind = {title.kind: title.text for title in reversed(header.titles)}
    own = by_kind.get("volume", "")
    series = ", ".join(part for part in (header.series, header.subseries) if part)
    return VolumeFacts(
        identifier=volume.id,
        title=own or header.title,
        series=series if own or header.series != header.title else "",
        volume=re.sub(r"(?i)^volumes? ", "", header.volume) if own else "",
        language=canonical(header.language).partition("-")[0],
        publisher=(header.publisher, header.place),
        people=tuple(_people(header)),
        documents=len(volume.documents),
        thick=len(volume.documents) > LARGE and len(file.content) > THICK,
        persons=bool(volume.persons),
        unlisted=all(getattr(part, "kind", "") != "persons" for part in volume.walk()),
        introduced=any(part.id == "introduction" for part in volume.walk()),
        pictures=tuple(dict.fromkeys(pictures)),
    )


def _people(header: Header) -> Iterator[dict[str, str]]:
    """Authors and editors, each once, as the manifest lists them."""
    said: set[tuple[str, str]] = set()
    for agent in header.agents:
        role = "aut" if agent.role == "author" else "edt" if agent.role in EDITORS else ""
        if not role or (role, agent.name) in said:
            continue
        said.add((role, agent.name))
        name = re.sub(r"(?i)^edited by ", "", agent.name)
        row = {"name": direct(name)}
        if row["name"] != name:
            row["file_as"] = name
        elif name.rpartition(", ")[2] in SUFFIXES:
            row["file_as"] = filed(name)
        yield row | {"role": role}
