"""From a YAML file to a model: every fault of the schema with its line, in an editor's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engross import catalog
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.parse import words
from engross.parse.shape import Fault, Hint, keys_of, settle, shape_at
from engross.parse.yaml import Path, Spot, Tree, Yaml, parse_yaml
from engross.schema.base import Model
from engross.schema.manifest import Isbns

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[M]):
    """A file's value, and where each part of it stands."""

    value: M
    path: str
    """The file's, relative to the book."""
    spots: Mapping[Path, Spot] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    """Warnings only."""
    parts: Mapping[Path, "Parsed[Any]"] = field(default_factory=dict)
    """Entries of a list that stand in files of their own: `("corrections", 3)`."""

    def place(self, *path: str | int) -> Place:
        """Where the value at a path stands: `place("notes", 3, "at", "exact")`."""
        if part := self.parts.get(path[:2]):
            return part.place(*path[2:])
        return _place(self.path, self.spots, path)


def load(model: type[M], file: SourceFile, nesting: int = 20) -> Parsed[M] | tuple[Finding, ...]:
    """
    Read a YAML file as `model`, or say everything that is wrong with it.

    A key without a value counts as absent, so that a form may keep its empty lines.
    """
    read = parse_yaml(file, nesting)
    if not isinstance(read, Yaml):
        return read
    name = file.path.rpartition("/")[2]
    if read.value is None and _needed(model):
        return (
            catalog.finding(
                "M002",
                Place(file.path, 1, 1),
                f"{name} is empty",
                f"write its keys; needed are {words.listed(_needed(model), 'and')}",
            ),
        )
    if not isinstance(read.value, dict | None):
        sort = "a list" if isinstance(read.value, list) else "a text"
        return (
            catalog.finding(
                "M003",
                Place(file.path, *read.spots[()].value),
                f"the top level of {name} must be a mapping, not {sort}",
                f"begin with a key, such as '{next(iter(keys_of(model)))}:'",
            ),
        )
    try:
        value = model.model_validate(_without_nothing(read.value) or {})
    except ValidationError as invalid:
        found = _findings(model, read, file.path, invalid.errors(include_url=False))
        return (*found, *read.findings)
    if twice := tuple(_one_isbn_twice(value, file.path, read)):
        return (*twice, *read.findings)
    return Parsed(value, file.path, read.spots, read.findings)


def _place(path: str, spots: Mapping[Path, Spot], parts: Path, *, key: bool = False) -> Place:
    """The nearest known place: of the value, of its key, or of what holds it."""
    for length in range(len(parts), -1, -1):
        if spot := spots.get(tuple(parts[:length])):
            wanted = spot.key if key and length == len(parts) else spot.value
            return Place(path, *wanted)
    return Place(path)


def _without_nothing(tree: Tree) -> Any:
    if isinstance(tree, dict):
        return {key: _without_nothing(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_without_nothing(value) for value in tree]
    return tree


def _needed(model: type[Model]) -> list[str]:
    return [key for key, info in keys_of(model).items() if info.is_required()]


def _findings(
    model: type[Model], read: Yaml, path: str, faults: list[ErrorDetails]
) -> list[Finding]:
    tree = _without_nothing(read.value)
    findings = [_finding(model, read, path, fault) for fault in settle(model, tree, faults)]
    return sorted(findings, key=lambda found: found.place)


def _finding(model: type[Model], read: Yaml, path: str, fault: Fault) -> Finding:
    dotted = words.dotted(fault.path)
    if fault.hint is Hint.UNKNOWN_KEY:
        code, message, fix = words.unknown_key(
            str(fault.path[-1]), shape_at(model, fault.path[:-1], fault.branch)
        )
        return catalog.finding(code, _place(path, read.spots, fault.path, key=True), message, fix)
    if fault.hint is Hint.MISSING:
        empty = fault.path in read.spots
        place = _place(path, read.spots, fault.path if empty else fault.path[:-1])
        code, message, fix = words.missing(dotted, empty=empty)
        return catalog.finding(code, place, message, fix)
    code, message, fix = words.invalid(dotted, fault)
    return catalog.finding(code, _place(path, read.spots, fault.path), message, fix)


def _one_isbn_twice(value: Model, path: str, read: Yaml) -> Iterator[Finding]:
    numbers = getattr(value, "isbn", None)
    if not isinstance(numbers, Isbns):
        return
    seen: dict[str, str] = {}
    for name in type(numbers).model_fields:
        number = getattr(numbers, name)
        if number is None:
            continue
        digits = number.replace("-", "").replace(" ", "")
        if digits in seen:
            yield catalog.finding(
                "M020",
                _place(path, read.spots, ("isbn", name)),
                f"'isbn.{seen[digits]}' and 'isbn.{name}' are one number, {number}",
            )
        seen.setdefault(digits, name)
