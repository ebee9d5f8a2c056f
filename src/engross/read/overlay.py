"""A book as it will be: some files replaced that are not written yet."""

from collections.abc import Mapping
from pathlib import Path

from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.read.limits import Limits
from engross.read.sources import Sources


class Overlay(Sources):
    """The files of a folder, and in their place some that a release is about to write."""

    def __init__(self, root: Path, limits: Limits, instead: Mapping[str, bytes]) -> None:
        super().__init__(root, limits)
        self._instead = {path: SourceFile.of(path, content) for path, content in instead.items()}
        self._used: set[str] = set()

    def file(self, path: str, asked_by: Place = Place()) -> SourceFile | Finding:  # noqa: B008 - frozen
        """The file that will be there, else the one that is."""
        if path in self._instead:
            self._used.add(path)
            return self._instead[path]
        return super().file(path, asked_by)

    def exists(self, path: str) -> bool:
        """Whether the file is there or will be."""
        return path in self._instead or super().exists(path)

    def digests(self) -> dict[str, str]:
        """SHA-256 of every file read so far, the new ones included, by path, sorted."""
        new = {path: self._instead[path].sha256 for path in self._used}
        return dict(sorted((super().digests() | new).items()))
