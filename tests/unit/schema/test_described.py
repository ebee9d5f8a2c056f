"""The words under a field reach its JSON Schema, without being read when a model is defined."""

from typing import Generic, TypeVar

from engross.schema.base import Markdown, Model
from engross.schema.described import json_schema

T = TypeVar("T")


class Place(Model):
    """Where."""

    name: str
    """As the register has it."""
    note: Markdown = "none"
    """Not these words: the type brings its own."""
    bare: str = ""


class Figure(Model, Generic[T]):
    value: T
    """With its
    unit."""


class Town(Place):
    bare: str = ""
    """Given by the heir."""
    size: Figure[int]
    """How large."""


def described(model: type[Model]) -> dict[str, str]:
    rows = json_schema(model)["properties"]
    return {name: row.get("description", "") for name, row in rows.items()}


def test_a_field_is_described_by_the_text_under_it_unless_its_type_brings_words() -> None:
    said = {"name": "As the register has it.", "note": "Markdown prose", "bare": ""}
    assert described(Place) == said


def test_an_heir_has_the_words_of_its_parents_and_its_own() -> None:
    said = {"name": "As the register has it.", "note": "Markdown prose"}
    assert described(Town) == {**said, "bare": "Given by the heir.", "size": "How large."}


def test_a_generic_field_keeps_its_words_in_each_of_its_forms() -> None:
    part = json_schema(Town)["$defs"]["Figure_int_"]
    assert part["properties"]["value"]["description"] == "With its\nunit."
    assert Place.model_fields["name"].description is None
