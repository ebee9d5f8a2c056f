"""The fonts and glyphs that the parts of a volume use; apart from what writes them into a PDF."""

from collections.abc import Iterable

from engross.make.typeset.crossing import Font, Part


def glyphs(parts: Iterable[Part]) -> dict[str, list[int]]:
    """The glyphs of each font program that the parts use, by digest."""
    found: dict[str, set[int]] = {}
    for font in collect(parts).values():
        found.setdefault(font.program, {0}).update(font.glyphs)
    return {digest: sorted(used) for digest, used in sorted(found.items())}


def collect(parts: Iterable[Part]) -> dict[str, Font]:
    """
    The fonts of all parts by their name in the drawings, glyphs united.

    Raises:
        ValueError: one name stands for two programs.
    """
    found: dict[str, Font] = {}
    for part in parts:
        for name, font in part.fonts.items():
            held = found.setdefault(name, font._replace(glyphs={}))
            if held.program != font.program:
                raise ValueError(f"font {name} stands for two programs")
            for glyph, row in font.glyphs.items():
                held.glyphs.setdefault(glyph, row)
    return found
