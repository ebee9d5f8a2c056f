"""What else is in the folder: the name that was meant, and names that some systems confuse."""

from collections.abc import Callable, Sequence

Listing = Callable[[str], Sequence[str]]
"""The names in a folder of the book, "" being its top."""

_CLOSE_ENOUGH = 75
"""Of 100: `transcrpt.md` has 95 against `transcript.md`, `notes.yaml` has 43."""


def nearest(path: str, listing: Listing) -> str:
    """The path of the book that is spelled most like this one, or ""."""
    from rapidfuzz import fuzz, process

    whole = ""
    parts = path.split("/")
    for depth, part in enumerate(parts):
        names = [name for name in listing(whole) if not name.startswith(".")]
        if part in names:
            chosen = part
        else:
            same = [name for name in names if name.casefold() == part.casefold()]
            close = process.extractOne(part, names, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
            if same:
                chosen = same[0]
            elif close is not None:
                chosen = close[0]
            else:
                return ""
        whole = f"{whole}/{chosen}" if depth else chosen
    return "" if whole == path else whole


def collision(path: str, listing: Listing) -> tuple[str, str] | None:
    """Message and fix where another name differs from this one only in case."""
    parts = path.split("/")
    for depth, part in enumerate(parts):
        folder = "/".join(parts[:depth])
        names = listing(folder)
        if part not in names:
            return None
        for name in names:
            if name != part and name.casefold() == part.casefold():
                where = f"folder '{folder}'" if folder else "the book's folder"
                return (
                    f"'{part}' and '{name}' in {where} are one name on Windows and macOS",
                    "rename one of the two",
                )
    return None
