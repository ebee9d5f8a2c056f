"""The fonts and glyphs that the parts of a volume use; apart from what writes them into a PDF."""

from collections.abc import Iterable
from typing import Any

from engross.make.typeset.values import Part


def glyphs(parts: Iterable[Part]) -> dict[str, list[int]]:
    """The glyphs of each font program that the parts use, by digest."""
    found: dict[str, set[int]] = {}
    for row in collect(parts).values():
        found.setdefault(row["program"], {0}).update(row["glyphs"])
    return {digest: sorted(used) for digest, used in sorted(found.items())}


def collect(parts: Iterable[Part]) -> dict[str, dict[str, Any]]:
    """
    The fonts of all parts by their name in the drawings, glyphs united.

    Raises:
        ValueError: one name stands for two programs.
    """
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        for name, row in part.side["fonts"].items():
            held = found.setdefault(name, {**row, "glyphs": {}})
            if held["program"] != row["program"]:
                raise ValueError(f"font {name} stands for two programs")
            for glyph, value in row["glyphs"].items():
                held["glyphs"].setdefault(int(glyph), value)
    return found
