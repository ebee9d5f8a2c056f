"""The words under a field reach its JSON Schema, without being read when a model is defined."""

from typing import Generic, TypeVar

import pytest

from engross.schema.base import Day, Markdown, Model
from engross.schema.published import FILES, json_schema

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
    """
    A place.

    It is large.
    """

    bare: str = ""
    """Given by the heir."""
    size: Figure[int]
    """How large."""


class County(Model):
    seat: Town | None = None
    others: tuple[Place, ...] = ()
    founded: Day | None = None


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


def test_a_field_without_words_has_those_of_the_model_or_scalar_that_it_holds() -> None:
    said = {"seat": "A place.", "others": "Where.", "founded": "A day: `2026-12-01`."}
    assert described(County) == said


@pytest.mark.parametrize("name", FILES)
def test_every_field_of_a_file_of_the_book_says_what_it_means(name: str) -> None:
    schema = json_schema(FILES[name])
    mute = [
        f"{part}.{field}"
        for part, model in {"": schema, **schema.get("$defs", {})}.items()
        for field, row in model.get("properties", {}).items()
        if not row.get("description")
    ]
    assert mute == []
