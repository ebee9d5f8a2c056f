"""A book as it will be: some files replaced that are not written yet."""

import fnmatch
from collections.abc import Mapping
from pathlib import Path

from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.read.limits import Limits
from engross.read.sources import Sources

Instead = Mapping[str, bytes | str]
"""What files will hold, by path; or, as text, the path to which one will be moved."""


class Overlay(Sources):
    """The files of a folder, and in their place some that a release is about to write."""

    def __init__(self, root: Path, limits: Limits, instead: Instead) -> None:
        super().__init__(root, limits)
        self._instead = {
            path: SourceFile.of(path, content)
            for path, content in instead.items()
            if isinstance(content, bytes)
        }
        self._gone = instead.keys() - self._instead.keys()
        self._used: set[str] = set()

    def file(self, path: str, asked_by: Place = Place()) -> SourceFile | Finding:  # noqa: B008 - frozen
        """The file that will be there, else the one that is."""
        if path in self._instead:
            self._used.add(path)
            return self._instead[path]
        return super().file(path, asked_by)

    def exists(self, path: str) -> bool:
        """Whether the file is there or will be."""
        return path in self._instead or (path not in self._gone and super().exists(path))

    def find(self, pattern: str) -> tuple[str, ...]:
        """Paths that will match, sorted; `*` stays within a name."""
        depth = pattern.count("/")
        new = {
            path
            for path in self._instead
            if path.count("/") == depth and fnmatch.fnmatchcase(path, pattern)
        }
        return tuple(sorted({*super().find(pattern), *new} - self._gone))

    def digests(self) -> dict[str, str]:
        """SHA-256 of every file read so far, the new ones included, by path, sorted."""
        new = {path: self._instead[path].sha256 for path in self._used}
        return dict(sorted((super().digests() | new).items()))
