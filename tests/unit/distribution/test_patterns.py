"""No pattern of the program takes longer than its text is long: its parse tree is read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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


def endless(tree: object, inside: bool = False) -> bool:
    """Whether a repeat without end stands in another, both of which can take the same signs."""
    for kind, value in tree:  # type: ignore[attr-defined]
        if kind in REPEATS:
            _, most, body = value
            open_ = most is parser.MAXREPEAT
            if open_ and inside and len(body) == 1:
                return True
            # A repeat that begins or ends with a fixed sign can be taken in one way only.
            while len(body) == 1 and body[0][0] is parser.SUBPATTERN:
                body = body[0][1][3]
            fixed = bool(len(body)) and parser.LITERAL in (body[0][0], body[-1][0])
            if endless(body, inside or (open_ and not fixed)):
                return True
        elif kind is parser.SUBPATTERN:
            if endless(value[3], inside):
                return True
        elif kind is parser.BRANCH and any(endless(one, inside) for one in value[1]):
            return True
    return False


def test_the_reader_of_patterns_sees_a_repeat_in_a_repeat() -> None:
    assert endless(parser.parse(r"(a+)+b"))
    assert endless(parser.parse(r"(?:\s*|x)*y"))
    assert not endless(parser.parse(r"(-a+)*b"))


@pytest.mark.parametrize(("place", "pattern"), list(patterns()))
def test_no_repeat_without_end_stands_in_another(place: str, pattern: str) -> None:
    assert not endless(parser.parse(pattern)), place
