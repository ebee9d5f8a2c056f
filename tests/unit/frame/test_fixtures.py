"""Fixtures come from the folder's own conftest, or one above it; none is imported from another."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent.parent.parent


def fixtures(tree: ast.Module) -> set[str]:
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any("fixture" in ast.unparse(one) for one in node.decorator_list)
    }


def test_no_fixture_is_imported() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in TESTS.rglob("*.py")}
    modules = {
        ".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts)): fixtures(tree)
        for path, tree in trees.items()
    }
    imported = [
        f"{path.relative_to(TESTS)}: {node.module}.{one.name}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.name in modules.get(node.module or "", ())
    ]
    assert imported == []
