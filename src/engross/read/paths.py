"""Names of files inside a book: judged before the file system is asked, and what was meant."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from engross.catalog.nearest import nearest

Listing = Callable[[str], Sequence[str]]
"""The names in a folder of the book, "" being its top."""

Alike = Callable[[str], Mapping[str, Sequence[str]]]
"""The names in a folder, by their folded form: several where they differ only in case."""

_CLOSE_ENOUGH = 75
"""Likeness, of 100: `transcrpt.md` has 95 against `transcript.md`, `notes.yaml` has 43."""


_RESERVED = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}
_UNSAFE = re.compile(r'[<>:"|?*]')
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]+:")


def refusal(path: str) -> tuple[str, str, str] | None:
    """
    Code, message and fix where `path` is not a plain relative path inside the book.

    A book's paths are POSIX, relative to its folder, and mean the same file on every system.
    """
    inside = "name a file inside the book's folder, relative to it, with forward slashes"
    if not path:
        return "F002", "a file name is empty", inside
    if "\0" in path:
        return "F002", f"path {path!r} contains U+0000", inside
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} for character in path):
        return "F008", f"path {path!r} contains an invisible character", "type the file's name anew"
    if path.startswith("~"):
        return "F002", f"path '{path}' begins at a home folder", inside
    if re.match(r"^[a-zA-Z]:", path):
        return "F002", f"path '{path}' names a drive", inside
    if _SCHEME.match(path) or path.startswith("//"):
        return (
            "F002",
            f"'{path}' is an address, not a file of the book",
            ("save the file in the book's folder and name it there; nothing is fetched"),
        )
    if path.startswith("/"):
        return "F002", f"path '{path}' is absolute", inside
    if "\\" in path:
        return "F002", f"path '{path}' contains a backslash", inside
    parts = path.split("/")
    if ".." in parts:
        return "F002", f"path '{path}' leads upwards, perhaps outside the book", inside
    if "" in parts or "." in parts:
        plain = "/".join(part for part in parts if part not in {"", "."})
        return "F002", f"path '{path}' is not in its shortest form", f"write '{plain}'"
    return _unportable(path, parts)


def _unportable(path: str, parts: list[str]) -> tuple[str, str, str] | None:
    for part in parts:
        if part.split(".")[0].lower() in _RESERVED:
            return (
                "F008",
                f"path '{path}': '{part}' is the name of a device on Windows",
                "rename the file",
            )
        if part[-1] in ". ":
            return (
                "F008",
                f"path '{path}': '{part}' ends with a full stop or a space",
                "rename the file without it; Windows drops such an ending",
            )
        if unsafe := _UNSAFE.search(part):
            return (
                "F008",
                f"path '{path}' contains '{unsafe[0]}'",
                'rename the file without any of < > : " | ? *',
            )
    return None


def nearest_path(path: str, listing: Listing) -> str:
    """The path of the book that is spelled most like this one, or ""."""
    whole = ""
    parts = path.split("/")
    for depth, part in enumerate(parts):
        names = [name for name in listing(whole) if not name.startswith(".")]
        if part in names:
            chosen = part
        else:
            same = [name for name in names if name.casefold() == part.casefold()]
            chosen = same[0] if same else nearest(part, names, _CLOSE_ENOUGH)
            if not chosen:
                return ""
        whole = f"{whole}/{chosen}" if depth else chosen
    return "" if whole == path else whole


def collision(path: str, alike: Alike) -> tuple[str, str] | None:
    """Message and fix where another name differs from this one only in case."""
    parts = path.split("/")
    for depth, part in enumerate(parts):
        folder = "/".join(parts[:depth])
        names = alike(folder).get(part.casefold(), ())
        if part not in names:
            return None
        if other := next((name for name in names if name != part), ""):
            where = f"folder '{folder}'" if folder else "the book's folder"
            return (
                f"'{part}' and '{other}' in {where} are one name on Windows and macOS",
                "rename one of the two",
            )
    return None
