"""Where the lines of a paragraph may end. Runs in a worker."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import pyphen  # type: ignore[import-untyped]  # it has no types

from engross.make.typeset.engine.fit import Place
from engross.make.typeset.engine.metrics import Metrics
from engross.make.typeset.engine.weasy import Box, Context, get_log_attrs

OTHER = re.compile(r"[^A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]")
"""No line ends between two letters of these; a rule of UAX 14."""
WORD = re.compile(r"[^\W\d_]+")
REFERENCE = re.compile(r"\w[–/]\d").match
"""No line ends in `124–128` or `XXIII/1`."""
TIED = re.compile(r"(?<!\w)(?:[^\W\d_]\. \w|[^\W\d_]{1,4}\. \d|[¶§№] \d)$").search
"""A line ends only at a price in `N.S. Khrushchev`, `doc. 338` or `¶ 9`."""
JOINED = "-‐‑\u00ad"
"""A word with one of these at or in it is not divided by rule."""


@dataclass(slots=True)
class Segment:
    """A text box of a paragraph and where it begins, in bytes."""

    start: int
    box: Box


@cache
def dictionary(language: str, left: int, right: int) -> pyphen.Pyphen:
    """Where words of a language are divided."""
    return pyphen.Pyphen(lang=language, left=left, right=right)


@cache
def exceptions(words: str) -> dict[str, tuple[int, ...]]:
    """
    Places of the words that a house divides otherwise than by rule, by word in small letters.

    >>> exceptions("Khru-shchev Gromyko")
    {'khrushchev': (4,), 'gromyko': ()}
    """
    parted = [word.lower().split("-") for word in words.split()]
    return {"".join(parts): tuple(accumulate(map(len, parts[:-1]))) for parts in parted}


class Places:
    """
    Where the lines of a paragraph may end.

    `text` is that of its `segments`, joined; `hang` says how far a character may hang over the
    measure, left and right, `margins` how much of that is used, 0 for nothing, and `divided` has
    the places of words that are exceptions to the rules.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        text: str,
        context: Context,
        metrics: Metrics,
        margins: float,
        hang: Mapping[str, tuple[float, float]],
        divided: Mapping[str, Sequence[int]],
    ) -> None:
        self.segments, self.text = segments, text
        self.context, self.metrics = context, metrics
        self.margins, self.hang, self.divided = margins, hang, divided
        self.at = [0, *accumulate(len(character.encode()) for character in text)]
        self.owner = [one for one in segments for _ in one.box.text]
        self.calls = {one.start for one in segments if _is(one, "::footnote-call")}

    def found(self) -> list[Place]:
        """All of them in order; the last is the paragraph's end."""
        found = [*self._breaks(), *self._syllables()]
        found.sort(key=lambda place: (place.end, place.next))
        end = len(self.text.rstrip(" "))
        return [*found, Place(self.at[end], self.at[-1], forced=True)]

    def _over(self, character: str, one: Segment, side: int) -> float:
        part = self.hang.get(character, (0.0, 0.0))[side] * self.margins
        return part * self._width(character, one) if part else 0.0

    def _width(self, text: str, one: Segment) -> float:
        return self.metrics.shape(text, one.box.style, self.context).x[-1]

    def _breaks(self) -> Iterator[Place]:
        """Behind words and hyphens, and where the text says so."""
        text, length = self.text, len(self.text)
        attributes = get_log_attrs(text, self.segments[0].box.style["lang"])
        solid = len(self.segments[0].box.text) if _is(self.segments[0], "::marker") else 0
        near = {n + k for n in map(re.Match.start, OTHER.finditer(text)) for k in (0, 1)}
        for n in sorted(near):
            if not solid < n < length or not attributes[n].is_line_break:
                continue
            end = len(text[:n].rstrip(" \n")) if attributes[n].is_mandatory_break else n
            while end and text[end - 1] == " ":
                end -= 1
            if end == 0 or (end == n and (self.at[n] in self.calls or REFERENCE(text, n - 2))):
                continue
            one, mark, hyphen = self.owner[end - 1], text[:end].rstrip("\u200b")[-1:], 0.0
            if mark == "\u00ad":
                if one.box.style["hyphens"] == "none":
                    continue
                sign = one.box.style["hyphenate_character"]
                hyphen, mark = self._width(sign, one), sign[-1:]
            follows = n
            while follows < length and text[follows] == " ":
                follows += 1
            if follows < length:
                yield Place(
                    self.at[end],
                    self.at[follows],
                    hyphen,
                    mark in "-\u2010",
                    self._over(mark, one, 1),
                    self._over(text[follows], self.owner[follows], 0),
                    attributes[n].is_mandatory_break,
                    bool(TIED(f"{text[max(end - 6, 0) : end]} {text[follows]}")),
                )

    def _syllables(self) -> Iterator[Place]:
        """Within words, by the rules of their language; never in the last word."""
        last, offset = self.text.rstrip(" ").rfind(" ") + 1, 0
        for one in self.segments:
            style, words = one.box.style, one.box.text
            language = style["hyphens"] == "auto" and style["lang"]
            language = language and pyphen.language_fallback(language)
            if language and one.start not in self.calls:
                total, left, right = style["hyphenate_limit_chars"]
                book = dictionary(language, left, right)
                sign = style["hyphenate_character"]
                for match in WORD.finditer(words):
                    begin, stop = offset + match.start(), offset + match.end()
                    if stop - begin < total or begin >= last or self._joined(begin, stop):
                        continue
                    own = self.divided.get(match.group().lower())
                    for place in book.positions(match.group()) if own is None else own:
                        n = begin + place
                        yield Place(
                            self.at[n],
                            self.at[n],
                            self._width(sign, one),
                            True,
                            self._over(sign[-1:], one, 1),
                            self._over(self.text[n], one, 0),
                        )
            offset += len(words)

    def _joined(self, begin: int, stop: int) -> bool:
        """Whether a word is only a part of one."""
        beside = self.text[max(begin - 1, 0) : begin] + self.text[stop : stop + 1]
        return any(one in JOINED or one.isalpha() for one in beside)


def _is(one: Segment, kind: str) -> bool:
    return (one.box.element_tag or "").endswith(kind)
