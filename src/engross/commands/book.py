"""Which book is meant, and where its editions are published."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundBook:
    """A book on disk."""

    folder: Path
    shown: str
    """The folder as the user would type it."""
    dist: Path
    """Where its editions lie: beside a folder named `book`, else inside the book's folder."""

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
