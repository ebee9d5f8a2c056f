"""
Remember how text was divided into lines. Runs in a worker.

A unit is laid out several times: on one endless page, again where a paragraph had a ladder, and on
the pages that were planned. Most of its lines come out as before, and the division of text is the
dearest part of a layout; so the engine is asked for a line once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from engross.make.typeset.engine.weasy import inline

STYLE = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "line_height",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
"""Every property that the engine looks at when it divides a text; a test reads its source."""


@contextmanager
def remembered() -> Iterator[None]:
    """Divide a text once, as long as its style and its measure are the same."""
    divide = inline.split_first_line
    known: dict[Any, tuple[Any, ...]] = {}

    def recall(text: str, style: Any, context: Any, *measure: Any, **more: Any) -> tuple[Any, ...]:
        look = str([style[name] for name in STYLE])
        key = (text, look, measure, tuple(more.items()))
        found = known.get(key)
        if found is None:
            found = known[key] = divide(text, style, context, *measure, **more)
        # The line's own drawing is changed when it is painted: each place has one of its own.
        return copy(found[0]), *found[1:]

    inline.split_first_line = recall
    try:
        yield
    finally:
        inline.split_first_line = divide
