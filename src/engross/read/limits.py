"""How large a book's files may be: a book cannot raise its limits, the person who builds may."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath

from engross import catalog
from engross.model.finding import Place

MIB = 1024 * 1024

VARIABLE = "ENGROSS_LIMITS"
"""The environment variable that raises limits: `ENGROSS_LIMITS="image=200M nesting=40"`."""

_SUFFIXES = {
    "yaml": (".yaml", ".yml"),
    "text": (".md", ".txt", ".css", ".html", ".json"),
    "image": (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".tif", ".tiff"),
    "tei": (".xml", ".tei"),
    "font": (".ttf", ".otf", ".ttc", ".woff", ".woff2"),
    "output": (".epub", ".pdf", ".zip"),
}
_FACTORS = {"": 1, "K": 1024, "M": MIB, "G": 1024 * MIB}


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, and what pictures and sections may take."""

    manifest: int = MIB
    yaml: int = 20 * MIB
    text: int = 20 * MIB
    image: int = 60 * MIB
    tei: int = 100 * MIB
    font: int = 30 * MIB
    output: int = 1024 * MIB
    """A finished file, which `verify` and `diff` are given."""
    other: int = 20 * MIB
    total: int = 1024 * MIB
    """All files of one book together."""
    nesting: int = 20
    """Mappings and lists within each other in a YAML file; not a size."""
    pixels: int = 60_000_000
    """Pixels of one picture; not a size."""
    seconds: int = 120
    """Seconds of clock and processor alike, to typeset one section or to read a file of others."""
    memory: int = 3 * 1024 * MIB
    """Address space of a process that typesets, or that reads a file of others."""
    pages: int = 2_000
    """Pages of one section."""
    word: int = 2_000
    """Letters without a space between them; not a size."""

    def kind(self, path: str) -> str:
        """The limit that a file falls under, by its name."""
        pure = PurePosixPath(path)
        if path == "manifest.yaml":
            return "manifest"
        suffix = pure.suffix.lower()
        return next((kind for kind, known in _SUFFIXES.items() if suffix in known), "other")

    def of(self, kind: str) -> int:
        """The number itself, for a kind as `kind()` names it."""
        return int(getattr(self, kind))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Limits":
        """
        The usual limits, and what `ENGROSS_LIMITS` says of them.

        Raises:
            EngrossError: the variable names an unknown limit or no number (exit status 2).
        """
        return cls().with_words(environment.get(VARIABLE, ""))

    def with_words(self, words: str) -> "Limits":
        """
        These limits, some replaced: `image=200M nesting=40`.

        Raises:
            EngrossError: a word is not understood (exit status 2).
        """
        names = [field.name for field in fields(self)]
        wanted: dict[str, int] = {}
        wrong = []
        for word in re.split(r"[\s,]+", words.strip()) if words.strip() else []:
            name, _, number = word.partition("=")
            parts = re.fullmatch(r"(\d{1,12})([KMG]?)", number)
            if name not in names or parts is None:
                message = f"{VARIABLE} says '{word}', which is not a limit"
                fix = f"write NAME=NUMBER with K, M or G; names are {', '.join(names)}"
                wrong.append(catalog.finding("C010", Place(), message, fix))
            else:
                wanted[name] = int(parts[1]) * _FACTORS[parts[2]]
        if wrong:
            raise catalog.stop(wrong)
        return replace(self, **wanted)


def size(number: int) -> str:
    """
    A number of bytes as a person reads it.

    >>> size(1048576), size(1500000), size(12)
    ('1.0 MiB', '1.4 MiB', '12 bytes')
    """
    if number >= MIB // 10:
        return f"{number / MIB:,.1f} MiB"
    return f"{number:,} bytes"


def setting(name: str, number: int) -> str:
    """What to put before the command so that a limit that is no size becomes `number`."""
    return f"{VARIABLE}={name}={number}"


def raise_words(kind: str, needed: int) -> str:
    """What to put before the command so that `needed` bytes are let through."""
    return f"{VARIABLE}={kind}={-(-needed // MIB)}M"
