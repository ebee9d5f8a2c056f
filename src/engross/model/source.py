"""A file as it was read: once, whole, by digest."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a book."""

    path: str
    """Relative to the book's folder, POSIX."""
    content: bytes
    sha256: str

    @classmethod
    def of(cls, path: str, content: bytes) -> "SourceFile":
        """Take a file's bytes and their digest."""
        return cls(path, content, hashlib.sha256(content).hexdigest())
