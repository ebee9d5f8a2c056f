"""One release, read back; how it keeps texts; what an assembly knows of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engross.ledger.rules import Recorded
from engross.model.source import SourceFile
from engross.schema.release import Numbering, PageMap, Record


@dataclass(frozen=True, slots=True)
class Release:
    """What `releases/<version>/` holds."""

    record: Record
    numbers: Numbering = field(default_factory=Numbering)
    pages: PageMap = field(default_factory=PageMap)
    texts: Mapping[str, str] = field(default_factory=dict)
    """As the release printed them, by address."""
    rows: Mapping[str, str] = field(default_factory=dict)
    """The same of the rows of registers."""
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    """The editors' own texts as they were released, by their path in the book."""

    @property
    def version(self) -> str:
        """`1.0`."""
        return self.record.version

    @property
    def printed(self) -> dict[str, str]:
        """All that it printed by address, with fields and rows of registers."""
        return {**self.texts, **self.rows}

    @property
    def ledger(self) -> Recorded:
        """The ledger as it was released."""
        return Recorded(self.version, self.record.ledger.corrections)


def written_texts(texts: Mapping[str, str]) -> str:
    r"""
    The lines of a file.

    >>> written_texts({"yamada#p-001": "Reception"})
    'yamada#p-001\tReception\n'
    """
    return "".join(f"{address}\t{' '.join(text.split())}\n" for address, text in texts.items())


def read_texts(lines: str) -> dict[str, str]:
    """The texts by address, in the order of the file; a line without an address is left out."""
    rows = (line.partition("\t") for line in lines.split("\n"))
    return {address: text for address, tab, text in rows if tab}


@dataclass(frozen=True, slots=True)
class Context:
    """Facts that come from outside the book's files, all of them pure functions of inputs."""

    digest: str
    """SHA-256 over the digests of all inputs."""
    released: bool = False
    earlier: tuple[Release, ...] = ()
    """The releases below the version that is built, oldest first."""
    fonts: tuple[str, ...] = ()
    """Names of the families that the edition is set in."""
    engine: tuple[str, ...] = ()
    """`engross 0.1.0`, `WeasyPrint 70.0`."""
    day: str = ""
    """ISO day of the release that is built; empty for a draft."""
