"""A function fits on a screen, and a file holds one thing."""

import ast
from pathlib import Path

SOURCES = Path(__file__).parents[3] / "src"
SCREEN = 60
FILE = 400


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(SOURCES)}: {node.name}, {node.end_lineno - node.lineno + 1} lines"
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        if node.end_lineno is not None and node.end_lineno - node.lineno >= SCREEN
    ]
    assert long == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    counts = {path: len(path.read_text("utf-8").splitlines()) for path in SOURCES.rglob("*.py")}
    long = [f"{path.relative_to(SOURCES)}: {n} lines" for path, n in counts.items() if n > FILE]
    assert long == []
