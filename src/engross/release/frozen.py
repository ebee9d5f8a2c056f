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
