"""Mutations of the words, lines, notes and calls of a PDF."""

import random
import re

import pikepdf
from tests.property.mutants.draw import DrawAgainError
from tests.property.mutants.sheet import (
    Sheet,
    blank,
    drawn,
    is_body,
    is_call,
    is_note,
    other_letter,
    place_of,
    put_at,
)


def pdf_letter(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_body)
    return sheet, other_letter(sheet, shown, rng)


def pdf_note_letter(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_note)
    return sheet, other_letter(sheet, shown, rng)


def pdf_word(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """A word's letters stand in another order."""
    sheet, shown = drawn(pages, rng, lambda s: is_body(s) or is_note(s))
    words = [
        m.span()
        for m in re.finditer(
            r"[a-z]{4,}", "".join(c if len(c) == 1 else " " for _, c in shown.glyphs)
        )
    ]
    if not words:
        raise DrawAgainError
    first, last = rng.choice(words)
    spots = [at for at, _ in shown.glyphs[first:last]]
    codes = [sheet.data[at : at + 4] for at in spots]
    if codes == codes[::-1]:
        raise DrawAgainError
    for at, code in zip(spots, codes[::-1], strict=True):
        sheet.put(at, at + 4, code)
    return sheet, f"{shown.words[first:last]!r} stands backwards"


def pdf_lost_line(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_body)
    blank(sheet, shown)
    return sheet, f"{shown.words[:40]!r} is gone"


def pdf_lost_paragraph(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_body)
    at = sheet.shown.index(shown)
    for line in sheet.shown[at : at + rng.randint(2, 5)]:
        if not line.artifact:
            blank(sheet, line)
    return sheet, f"several lines from {shown.words[:40]!r} on are gone"


def pdf_lost_note(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_note)
    blank(sheet, shown)
    return sheet, f"the note's line {shown.words[:40]!r} is gone"


def pdf_swapped_lines(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """Two lines change places: what is drawn, not where."""
    fit = rng.choice([is_body, is_note])
    sheet, one = drawn(pages, rng, fit)
    alike = [
        s
        for s in sheet.shown
        if fit(s)
        and s.match["font"] == one.match["font"]
        and s != one
        and s.size == one.size
        and s.words != one.words
    ]
    if not alike:
        raise DrawAgainError
    first, second = sorted([one, rng.choice(alike)], key=lambda s: s.start)
    shows = [sheet.data[s.show[0] : s.show[1]] for s in (first, second)]
    sheet.put(*second.show, shows[0])
    sheet.put(*first.show, shows[1])
    return sheet, f"{first.words[:30]!r} and {second.words[:30]!r} changed places"


def pdf_swapped_places(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """Two lines change places: where they are drawn, not when."""
    fit = rng.choice([is_body, is_note])
    sheet, one = drawn(pages, rng, fit)
    alike = [s for s in sheet.shown if fit(s) and abs(place_of(s)[1] - place_of(one)[1]) > 5]
    if not alike:
        raise DrawAgainError
    first, second = sorted([one, rng.choice(alike)], key=lambda s: s.start)
    places = place_of(first), place_of(second)
    put_at(sheet, second, *places[0])
    put_at(sheet, first, *places[1])
    return sheet, f"{first.words[:30]!r} and {second.words[:30]!r} stand in each other's place"


def pdf_lost_call(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_call)
    blank(sheet, shown)
    return sheet, f"the call {shown.words} is gone"


def pdf_wrong_call(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_call)
    return sheet, "call " + other_letter(sheet, shown, rng, "0123456789")


def pdf_moved_call(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(pages, rng, is_call)
    x, y = place_of(shown)
    dx, dy = rng.choice([(-40, 0), (-120, 0), (0, 18.667), (0, -18.667), (60, 18.667)])
    put_at(sheet, shown, x + dx, y + dy)
    return sheet, f"the call {shown.words} stands {dx} to the right and {dy} below"


def pdf_wrong_note_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = drawn(
        pages, rng, lambda s: not s.artifact and re.fullmatch(r"\d+\.\s*", s.words) is not None
    )
    return sheet, "note " + other_letter(sheet, shown, rng, "0123456789")
