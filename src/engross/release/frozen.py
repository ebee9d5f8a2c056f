"""One release, read back."""

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
