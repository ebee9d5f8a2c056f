"""A book's files, each read once and kept, with every question that was asked of the folder."""

import fnmatch
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from engross import catalog
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.read import door, paths
from engross.read.limits import Limits, raise_words, size
from engross.read.paths import collision, nearest_path

Instead = Mapping[str, bytes | str]
"""What files will hold, by path; or, as text, the path to which one will be moved."""


MANIFEST = "manifest.yaml"
_OWN = {".engross", ".git", "dist", "sealed", "__pycache__"}
"""Folders at a book's top that are ours or nobody's: `find` does not look into them."""


class Sources:
    """
    The files of one book, as they were when each was first asked for.

    The same path gives the same value for the life of the object, whatever happens on disk;
    `changed` says afterwards whether the folder still is what was read.
    """

    def __init__(self, root: Path, limits: Limits) -> None:
        self.root = root
        """The book's folder, absolute, links resolved; never printed."""
        self.limits = limits
        self._read: dict[str, tuple[SourceFile, door.Stamp]] = {}
        self._found: dict[str, tuple[str, ...]] = {}
        self._existed: dict[str, bool] = {}
        self._listings: dict[str, tuple[str, ...]] = {}
        self._folded: dict[str, dict[str, list[str]]] = {}
        self._total = 0
        """Bytes read so far."""

    def need(self, path: str) -> SourceFile:
        """
        One file of the book.

        Raises:
            EngrossError: it cannot be read.
        """
        file = self.file(path)
        if isinstance(file, Finding):
            raise catalog.stop([file])
        return file

    def file(self, path: str, asked_by: Place = Place()) -> SourceFile | Finding:  # noqa: B008 - frozen
        """
        One file of the book, or the finding that says why not.

        `asked_by` is where the book names the file: the finding's place. Without it the place
        is the file itself.
        """
        if path in self._read:
            return self._read[path][0]
        place = asked_by if asked_by.path else Place(path)
        if refused := paths.refusal(path):
            return catalog.finding(refused[0], place, refused[1], refused[2])
        if clash := collision(path, self._alike):
            return catalog.finding("F007", place, clash[0], clash[1])
        kind = self.limits.kind(path)
        limit = self.limits.of(kind)
        try:
            content, stamp = door.read_regular(self.root, path, limit)
        except FileNotFoundError:
            return self._missing(path, place)
        except door.RefusedError as refused_error:
            return catalog.finding(
                refused_error.code, place, refused_error.message, refused_error.fix
            )
        except door.TooLargeError as large:
            return self._too_large(path, place, kind, large.size)
        except OSError as fault:
            return catalog.finding(
                "E001", place, f"'{path}' cannot be read: {os.strerror(fault.errno or 0)}"
            )
        whole = self._total + len(content)
        if whole > self.limits.total:
            return self._too_large(path, place, "total", whole)
        file = SourceFile.of(path, content)
        self._read[path] = (file, stamp)
        self._total = whole
        return file

    def exists(self, path: str) -> bool:
        """Whether the book has such a file; a link that leads out counts as there."""
        if path not in self._existed:
            self._existed[path] = self._is_there(path)
        return self._existed[path]

    def find(self, pattern: str) -> tuple[str, ...]:
        """
        Paths that match, sorted: `documents/*/document.yaml`. `*` stays within a name.

        Hidden files, and folders that are not the book's, never match.
        """
        if pattern not in self._found:
            self._found[pattern] = self._match(pattern)
        return self._found[pattern]

    def changed(self) -> tuple[Finding, ...]:
        """What is not as it was read: the edition would mix two states of the book."""
        self._listings.clear()
        findings = []
        for path, (file, stamp) in sorted(self._read.items()):
            if problem := self._difference(path, file, stamp):
                findings.append(_changed(path, f"'{path}' {problem} while the book was read"))
        for path, was in sorted(self._existed.items()):
            if path not in self._read and self._is_there(path) != was:
                verb = "vanished" if was else "appeared"
                findings.append(_changed(path, f"'{path}' {verb} while the book was read"))
        for pattern, paths_then in sorted(self._found.items()):
            for path in sorted(set(paths_then) ^ set(self._match(pattern))):
                if path not in self._read and path not in self._existed:
                    verb = "vanished" if path in paths_then else "appeared"
                    findings.append(_changed(path, f"'{path}' {verb} while the book was read"))
        return tuple(findings)

    def digests(self) -> dict[str, str]:
        """SHA-256 of every file read so far, by path, sorted."""
        return {path: file.sha256 for path, (file, _) in sorted(self._read.items())}

    def asked(self) -> dict[str, dict[str, object]]:
        """Every question that was asked of the folder, and its answer: what a build depends on."""
        return {
            "files": dict(self.digests()),
            "existed": dict(sorted(self._existed.items())),
            "found": {pattern: list(paths) for pattern, paths in sorted(self._found.items())},
        }

    def digest(self) -> str:
        """One SHA-256 for all files read so far: `SHA256  PATH` lines, sorted by path."""
        lines = "".join(f"{digest}  {path}\n" for path, digest in self.digests().items())
        return hashlib.sha256(lines.encode()).hexdigest()

    def _listing(self, folder: str) -> tuple[str, ...]:
        if folder not in self._listings:
            try:
                names = sorted(
                    path.name for path in door.inside(self.root, folder or ".").iterdir()
                )
            except (OSError, door.RefusedError):
                names = []
            self._listings[folder] = tuple(names)
        return self._listings[folder]

    def _alike(self, folder: str) -> dict[str, list[str]]:
        if folder not in self._folded:
            folded: dict[str, list[str]] = {}
            for name in self._listing(folder):
                folded.setdefault(name.casefold(), []).append(name)
            self._folded[folder] = folded
        return self._folded[folder]

    def _is_there(self, path: str) -> bool:
        if paths.refusal(path):
            return False
        folder, _, name = path.rpartition("/")
        if name not in self._listing(folder):
            return False
        try:
            return door.inside(self.root, path).is_file()
        except FileNotFoundError:
            return False
        except (OSError, door.RefusedError):
            return True  # `file` will say what is wrong with it

    def _match(self, pattern: str) -> tuple[str, ...]:
        found = [""]
        *folders, last = pattern.split("/")
        for depth, part in enumerate([*folders, last]):
            deeper = []
            for folder in found:
                for name in self._listing(folder):
                    own = not folder and name in _OWN
                    if own or name.startswith(".") or not fnmatch.fnmatchcase(name, part):
                        continue
                    path = f"{folder}/{name}" if folder else name
                    if depth < len(folders) or self._is_there(path):
                        deeper.append(path)
            found = deeper
        return tuple(sorted(found))

    def _difference(self, path: str, file: SourceFile, stamp: door.Stamp) -> str:
        limit = self.limits.of(self.limits.kind(path))
        try:
            if door.Stamp.of((self.root / path).stat()) == stamp:
                return ""
            content, _ = door.read_regular(self.root, path, limit)
        except FileNotFoundError:
            return "vanished"
        except (OSError, door.RefusedError, door.TooLargeError):
            return "changed"
        return "" if content == file.content else "changed"

    def _missing(self, path: str, place: Place) -> Finding:
        close = nearest_path(path, self._listing)
        fix = (
            f"did you mean '{close}'? Otherwise put the file there"
            if close
            else ("put the file there, or take its name out")
        )
        return catalog.finding("F001", place, f"there is no file '{path}' in the book", fix)

    def _too_large(self, path: str, place: Place, kind: str, number: int) -> Finding:
        limit = size(self.limits.of(kind))
        if kind == "total":
            message = f"with '{path}' the book's files come to {size(number)}; the limit is {limit}"
        else:
            message = f"'{path}' has {size(number)}; the limit for this kind ({kind}) is {limit}"
        return catalog.finding(
            "X010", place, message, f"make it smaller, or run with {raise_words(kind, number)}"
        )


def _changed(path: str, message: str) -> Finding:
    return catalog.finding("F006", Place(path), message)


def open_folder(path: Path, limits: Limits | None = None) -> Sources:
    """Any folder as sources, such as a shipped house style."""
    return Sources(path.resolve(), limits or Limits.from_environment(os.environ))


def open_file(path: Path) -> SourceFile:
    """
    A file that the command line names.

    Raises:
        EngrossError: it cannot be read, or is no file.
    """
    if not path.exists():
        there = catalog.finding("F001", Place(), f"there is no file {path}", "check its name")
        raise catalog.stop([there])
    return open_folder(path.parent).need(path.name)


def open_book(path: Path, limits: Limits | None = None) -> Sources:
    """
    The book at `path`: a folder with `manifest.yaml`, or that file.

    Raises:
        EngrossError: there is no manifest (exit status 3).
    """
    folder = path.parent if path.name == MANIFEST and not path.is_dir() else path
    if not (folder / MANIFEST).exists() and not (folder / MANIFEST).is_symlink():
        what = f"no {MANIFEST} in {folder}" if folder.is_dir() else f"there is no folder {folder}"
        raise catalog.stop(
            [
                catalog.finding(
                    "M001",
                    Place(),
                    what,
                    f"name a book's folder, or create one: engross new {folder}",
                )
            ]
        )
    return open_folder(folder, limits)


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
