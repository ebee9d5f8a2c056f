"""Mutations of the numbers and heads of a PDF, and of what can be seen of its words."""

import random
import re

import pikepdf
from tests.property.mutants.draw import DrawAgainError
from tests.property.mutants.sheet import (
    Sheet,
    Shown,
    drawn,
    is_body,
    is_call,
    is_note,
    other_letter,
    place_of,
    put_at,
)


def _digits(shown: Shown) -> bool:
    return shown.artifact and shown.words.strip().isdigit()


def pdf_folio(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: _digits(s) and s.size > 12)
    _alien_digit(sheet, shown, rng, pages)
    return sheet, f"the folio {shown.words} is another"


def pdf_margin_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: _digits(s) and s.size < 12)
    _alien_digit(sheet, shown, rng, pages)
    return sheet, f"the margin number {shown.words} is another"


def _alien_digit(sheet: Sheet, shown: Shown, rng: random.Random, pages: list[pikepdf.Page]) -> None:
    """Another digit of the same font, also one that this page does not draw."""
    at, old = rng.choice([(a, c) for a, c in shown.glyphs if c.isdigit()])
    code = sheet.data[at : at + 4].decode()
    table = sheet.fonts[shown.match["font"].decode()]
    near = [
        other
        for other, c in table.items()
        if len(c) == 1 and c.isdigit() and c != old and abs(int(other, 16) - int(code, 16)) < 12
    ]
    if not near:
        raise DrawAgainError
    sheet.put(at, at + 4, rng.choice(near).encode())


def pdf_moved_margin_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: _digits(s) and s.size < 12)
    x, y = place_of(shown)
    put_at(sheet, shown, x, y + rng.choice([-60, 60, 90]))
    return sheet, f"the margin number {shown.words} stands elsewhere"


def pdf_running_head(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: s.artifact and len(s.words) > 5)
    return sheet, "head " + other_letter(sheet, shown, rng)


def pdf_page_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """A number in the contents, or in a reference to a page."""
    sheet, shown = drawn(
        pages,
        rng,
        lambda s: not s.artifact and s.size > 10 and re.fullmatch(r"\d{1,3}", s.words) is not None,
    )
    _alien_digit(sheet, shown, rng, pages)
    return sheet, f"the page number {shown.words} is another"


def _wrap(sheet: Sheet, shown: Shown, head: bytes, tail: bytes) -> None:
    drawing = sheet.data[shown.start : shown.end]
    sheet.put(shown.start, shown.end, head + drawing + tail)


def pdf_invisible(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: is_body(s) or is_note(s))
    _wrap(sheet, shown, b"q 3 Tr ", b" Q")
    return sheet, f"{shown.words[:40]!r} is drawn without ink"


def pdf_white(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: is_body(s) or is_note(s) or is_call(s))
    _wrap(sheet, shown, b"q 1 g ", b" Q")
    return sheet, f"{shown.words[:40]!r} is white"


def pdf_clipped(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: is_body(s) or is_note(s))
    _wrap(sheet, shown, b"q 0 0 1 1 re W n ", b" Q")
    return sheet, f"{shown.words[:40]!r} is clipped away"


def pdf_covered(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: is_body(s) or is_note(s))
    x, y = place_of(shown)
    box = f"{x:.2f} {y - 12:.2f} 60 16 re f"
    _wrap(sheet, shown, b"", f" q 1 g {box} Q".encode())
    return sheet, f"the beginning of {shown.words[:40]!r} is covered"


def pdf_off_page(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, lambda s: is_body(s) or is_note(s))
    x, y = place_of(shown)
    dx, dy = rng.choice([(2000, 0), (0, 2000), (-2000, 0)])
    put_at(sheet, shown, x + dx, y + dy)
    return sheet, f"{shown.words[:40]!r} is drawn off the page"
