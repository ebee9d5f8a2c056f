"""Which book is meant, and where its editions are published."""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engross.model.source import SourceFile
from engross.read import open_folder


@dataclass(frozen=True, slots=True)
class FoundBook:
    """A book on disk."""

    folder: Path
    shown: str
    """The folder as the user would type it."""
    dist: Path
    """Where its editions lie: beside a folder named `book`, else inside the book's folder."""

    @property
    def cache(self) -> Path:
        """Where the book keeps what can be made again."""
        return self.folder / ".engross" / "cache"

    def published(self, edition: str) -> str | None:
        """The edition that readers get now, as a path to print; None where there is none."""
        current = self.dist / edition / "current"
        if edition and current.is_dir():
            return shown(current)
        return None


def find_book(given: Path | None, out: Path | None = None) -> FoundBook:
    """The book named, else `book/`, else the current folder; `out` replaces `dist`."""
    if given is None:
        given = Path("book") if Path("book/manifest.yaml").exists() else Path()
    folder = given.parent if given.name == "manifest.yaml" and not given.is_dir() else given
    resolved = folder.resolve()
    dist = out or (resolved.parent if resolved.name == "book" else resolved) / "dist"
    return FoundBook(folder, str(folder), dist)


def shown(path: Path) -> str:
    """A path as the user would type it: relative where it lies below the current folder."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would follow the link
    try:
        return str(absolute.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


FAULTS = (OSError, ValueError, KeyError, TypeError, RecursionError)
"""What a file that was altered may make of its reading."""


def version_of(folder: Path) -> tuple[str, bool]:
    """The version that a published folder says it is, else empty; and whether it is a release."""
    with contextlib.suppress(*FAULTS):
        receipt = _read(folder, "receipt.json")
        asked = receipt["predicate"]["buildDefinition"]["externalParameters"]
        version = str(asked["version"])
        return version, _is_release(folder, version)
    return "", False


def _is_release(folder: Path, version: str) -> bool:
    """Dist has it under its version, or it says so."""
    build = folder.resolve()
    if (build.parent.parent / version).resolve() == build:
        return True
    with contextlib.suppress(*FAULTS):
        log = _read(folder, "metadata/changelog.json")
        return any(row["version"] == version and row["released"] for row in log["versions"])
    return False


def _read(folder: Path, path: str) -> Any:
    file = open_folder(folder).file(path)
    return json.loads(file.content) if isinstance(file, SourceFile) else None
