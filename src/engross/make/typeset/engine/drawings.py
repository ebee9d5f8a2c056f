"""
Read the numbers of an SVG drawing at once. Runs in a worker.

The engine looks for units and percentages at each of the thousands of points of a map. Nearly all
are plain numbers; whatever is not, the engine reads as before.
"""

from typing import Any

from engross.make.typeset.engine.weasy import patch, svg_path

by_engine = svg_path.point


def point(svg: Any, words: str, font_size: float) -> tuple[float, float, str]:
    """The first two numbers of a path's words, and what is left of them."""
    first = words.split(" ", 2)
    try:
        x, y = float(first[0]), float(first[1])
    except (ValueError, IndexError):
        found: tuple[float, float, str] = by_engine(svg, words, font_size)
        return found
    return x, y, first[2] if len(first) > 2 else ""


def install() -> None:
    """Let the engine read points so."""
    patch("point", point)
