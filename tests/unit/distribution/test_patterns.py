"""No pattern of the program takes longer than its text is long: its parse tree is read."""

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import engross

SOURCE = Path(engross.__file__).parent
parser = re._parser  # type: ignore[attr-defined]  # what `re` itself reads patterns with
REPEATS = {parser.MAX_REPEAT, parser.MIN_REPEAT}


def patterns() -> Iterator[tuple[str, str]]:
    """Every pattern that is written out in a call of `re`, with its place."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            first = node.args[0] if node.args else None
            if of_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", first.value


SIGNS = frozenset(map(chr, range(32, 127))) | set("\n\té–Д")
"""One of each kind."""
Items = list[tuple[Any, Any]]


def inner(item: tuple[Any, Any]) -> list[Items]:
    """What a group, a repeat or a choice holds, one for each way through it."""
    kind, value = item
    if kind is parser.BRANCH:
        return [list(one) for one in value[1]]
    if kind in {parser.SUBPATTERN, *REPEATS, parser.POSSESSIVE_REPEAT}:
        return [list(value[-1])]
    return [list(value)] if kind is parser.ATOMIC_GROUP else []


def signs(item: tuple[Any, Any]) -> set[str]:
    """The signs that it can take, anywhere in it."""
    if item[0] in {parser.LITERAL, parser.NOT_LITERAL, parser.ANY, parser.IN}:
        one = parser.SubPattern(parser.State(), [item])
        code = re._compiler.compile(one, re.DOTALL)  # type: ignore[attr-defined]
        return {sign for sign in SIGNS if code.fullmatch(sign)}
    return {sign for way in inner(item) for one in way for sign in signs(one)}


def optional(item: tuple[Any, Any]) -> bool:
    kind, value = item
    if kind in {parser.AT, parser.ASSERT, parser.ASSERT_NOT}:
        return True
    if kind in {*REPEATS, parser.POSSESSIVE_REPEAT} and value[0] == 0:
        return True
    return bool(ways := inner(item)) and any(all(map(optional, way)) for way in ways)


def edge(items: Items, repeats: bool) -> set[str]:
    """The signs that can come first: any, or those that begin a repeat without end."""
    found: set[str] = set()
    for item in items:
        open_ = item[0] in REPEATS and item[1][1] is parser.MAXREPEAT
        for way in inner(item):
            found |= edge(way, repeats and not open_)
        if not repeats and not inner(item):
            found |= signs(item)
        if not optional(item):
            break
    return found


def tail(items: Items) -> set[str]:
    """The signs of the repeats without end that can come last."""
    found: set[str] = set()
    for item in reversed(items):
        if item[0] in REPEATS and item[1][1] is parser.MAXREPEAT:
            found |= signs(item)
        for way in inner(item):
            found |= tail(way)
        if not optional(item):
            break
    return found


def endless(items: Items) -> bool:
    """Whether two repeats without end, in or after each other, can take the same signs."""
    for at, item in enumerate(items):
        ways = inner(item)
        if any(map(endless, ways)) or tail([item]) & edge(items[at + 1 :], repeats=True):
            return True
        again = item[0] in REPEATS and item[1][1] is parser.MAXREPEAT
        if again and any(tail(way) & edge(way, repeats=False) for way in ways):
            return True
    return False


@pytest.mark.parametrize(
    "pattern", [r"(a+)+b", r"(?:\s*|x)*y", r"(aa+)+b", r"\s*x?\s*$", r"\d*\.?\d+"]
)
def test_the_reader_of_patterns_sees_repeats_that_take_the_same_signs(pattern: str) -> None:
    assert endless(list(parser.parse(pattern)))


@pytest.mark.parametrize("pattern", [r"(-a+)*b", r"(?:a++)+b", r"\d+(?:\.\d+)*", r"[^b]*b+c*"])
def test_the_reader_of_patterns_lets_plain_ones_pass(pattern: str) -> None:
    assert not endless(list(parser.parse(pattern)))


@pytest.mark.parametrize(("place", "pattern"), list(patterns()))
def test_no_two_repeats_without_end_take_the_same_signs(place: str, pattern: str) -> None:
    assert not endless(list(parser.parse(pattern))), place


def spent(code: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    code.search(text)
    return time.process_time() - start


def growth(pattern: str) -> tuple[float, int]:
    """The worst seconds on 4,000 signs that it can take, and how much longer that is than half."""
    code, items = re.compile(pattern), list(parser.parse(pattern))
    often = [*sorted({sign for item in items for sign in signs(item)})[:12], "ab ", "a.", "1-"]
    sign = max(often, key=lambda one: spent(code, one * 500 + "\0"))
    times = [min(spent(code, sign * n + "\0") for _ in range(3)) for n in (2_000, 4_000)]
    return times[1], round(times[1] / max(times[0], 1e-6))


@pytest.mark.slow
def test_how_the_time_of_each_pattern_grows_is_told(record_property) -> None:
    """Told and not judged: a clock is no witness in a test."""
    told = {place: growth(pattern) for place, pattern in patterns()}
    assert told
    for place, (seconds, times) in sorted(told.items(), key=lambda one: -one[1][0])[:3]:
        record_property(
            f"{place}: {seconds:.4f} s for 4,000 signs, times for twice as many:", times
        )
