"""A finished file, still in memory."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """One file of an edition."""

    kind: str
    """`epub`, `print`, `screen`, `cover`, `web`, `metadata`, `evidence`."""
    name: str
    """Relative to the edition's folder, POSIX: `slug-print-generic.pdf`, `evidence/…`."""
    content: bytes
    profile: str = ""
    """The printer profile of a print or cover file."""
    pages: int | None = None
