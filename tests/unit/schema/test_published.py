"""Models, published schemas and the manual's generated pages say the same."""

import json
import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from engross.commands.answers import answer_schemas
from engross.parse.load import Parsed, load
from engross.read import open_book
from engross.schema.published import FILES, NAMES, json_schemas

ROOT = Path(__file__).parent.parent.parent.parent
DOCS = ROOT / "docs"


def schema_of(file: str) -> str:
    """The schema's name for a YAML file of a book, or nothing."""
    stem = file.rpartition("/")[2].removesuffix(".yaml")
    return next((name for name in FILES if NAMES.get(name, name) == stem), "")


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    return runpy.run_path(str(ROOT / ".ci/docs/generate.py"))["pages"]()


def test_the_generated_pages_are_those_that_the_program_would_write_now(
    wanted: dict[str, str],
) -> None:
    stale = [
        path
        for path, text in wanted.items()
        if not (DOCS / path).is_file() or (DOCS / path).read_text("utf-8") != text
    ]
    assert stale == [], "type: .venv/bin/python .ci/docs/generate.py"


def test_no_schema_lies_in_docs_that_no_model_makes(wanted: dict[str, str]) -> None:
    lying = {path.relative_to(DOCS).as_posix() for path in DOCS.glob("json/**/*.json")}
    assert lying == {path for path in wanted if path.startswith("json/")}


def test_every_yaml_file_of_the_book_names_its_schema_in_its_first_line() -> None:
    book = ROOT / "book"
    left = {".engross", "releases"}  # what a release froze is a copy, not a form
    files = [path for path in sorted(book.rglob("*.yaml")) if not left & set(path.parts)]
    assert len(files) >= 8
    for path in files:
        target = DOCS / "json" / f"{schema_of(path.as_posix())}.json"
        relative = os.path.relpath(target, path.parent)
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert first == f"# yaml-language-server: $schema={relative}", path
        assert target.is_file()


def test_every_yaml_file_of_the_book_is_read_by_the_model_of_its_schema(book: Path) -> None:
    sources = open_book(book)
    for path in sources.find("*.yaml") + sources.find("documents/*/*.yaml"):
        parsed = load(FILES[schema_of(path)], sources.file(path))
        assert isinstance(parsed, Parsed), (path, parsed)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_schema_refuses_unknown_keys_and_knows_the_models_fields(name: str) -> None:
    schema = json.loads(json_schemas()[name])
    model = FILES[name]
    aliases = {field.alias or key for key, field in model.model_fields.items()}
    assert set(schema["properties"]) == aliases
    assert schema["additionalProperties"] is False


def test_every_key_of_an_answer_stands_in_its_schema() -> None:
    for name, text in answer_schemas().items():
        schema: dict[str, Any] = json.loads(text)
        assert schema["additionalProperties"] is False, name
        assert schema["required"], name
