"""What else is in the folder: the name that was meant, and names that some systems confuse."""

from collections.abc import Callable, Mapping, Sequence

from engross.catalog.nearest import nearest

Listing = Callable[[str], Sequence[str]]
"""The names in a folder of the book, "" being its top."""

Alike = Callable[[str], Mapping[str, Sequence[str]]]
"""The names in a folder, by their folded form: several where they differ only in case."""

_CLOSE_ENOUGH = 75
"""Likeness, of 100: `transcrpt.md` has 95 against `transcript.md`, `notes.yaml` has 43."""


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
