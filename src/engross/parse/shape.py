"""
What a schema wants at a path, and which of pydantic's complaints are the editor's.

Pydantic reports a value of several allowed shapes once for each shape. `settle` keeps the shape
that the editor plainly meant, or says in one sentence what may stand there.
"""

import types
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from engross.parse.yaml import Path
from engross.schema.base import Model


class Hint(Enum):
    """What sort of fault it is, as far as its place depends on it."""

    UNKNOWN_KEY = "unknown key"
    MISSING = "missing"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint, with the path that the editor sees."""

    path: Path
    hint: Hint
    kind: str
    """Pydantic's error type, or `shape` where no allowed shape fits."""
    input: Any
    context: dict[str, Any]
    branch: str = ""
    """The class that a mapping was taken for, where several were allowed."""
    shapes: tuple[str, ...] = ()
    """What may stand there, in words, where no allowed shape fits."""


def keys_of(model: type[Model]) -> dict[str, FieldInfo]:
    """The keys of a mapping as they are written in YAML."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def shape_at(model: type[Model], path: Path, branch: str) -> type[Model] | None:
    """The model of the mapping at a path; `branch` decides the last choice between several."""
    models = [
        one for one in _shapes_at(model, path) if isinstance(one, type) and issubclass(one, Model)
    ]
    return next((one for one in models if one.__name__ == branch), models[0] if models else None)


def has_field(model: type[Model], name: str) -> bool:
    """Whether a mapping may have a field of this name, with dots: `people.1.name`."""
    return bool(_shapes_at(model, tuple(name.split("."))))


def holds_text(model: type[Model], name: str) -> bool:
    """Whether a field of this name may be a text, rather than a list or a mapping."""
    origins = [get_origin(shape) or shape for shape in _shapes_at(model, tuple(name.split(".")))]
    return not any(one in {list, tuple, dict} for one in origins)


def _deeper(shape: Any, part: str | int) -> list[Any]:
    if isinstance(shape, type) and issubclass(shape, Model):
        info = keys_of(shape).get(str(part)) or shape.model_fields.get(str(part))
        return _plain(info.annotation) if info else []
    arguments = get_args(shape)
    if not arguments:
        return []
    return _plain(arguments[-1] if get_origin(shape) is dict else arguments[0])


def _plain(annotation: Any) -> list[Any]:
    """The shapes of an annotation: unions opened, `Annotated` taken off."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return [shape for one in get_args(annotation) for shape in _plain(one)]
    return [annotation]


def settle(model: type[Model], tree: Any, errors: Sequence[ErrorDetails]) -> list[Fault]:
    """Pydantic's errors as faults of the editor's file, one for each thing to fix."""
    single: list[Fault] = []
    chosen: dict[Path, dict[str, list[Fault]]] = {}
    for error in errors:
        if error["type"] == "too_short" and error["input"]:
            continue  # pydantic counts the items that passed: theirs is the fault, not the list's
        path, branches = _path(tree, error)
        branch = branches[-1][1] if branches else ""
        fault = Fault(
            path, _hint(error["type"]), error["type"], error["input"], error.get("ctx", {}), branch
        )
        if branches:
            chosen.setdefault(branches[0][0], {}).setdefault(branches[0][1], []).append(fault)
        else:
            single.append(fault)
    for at, groups in chosen.items():
        single += _choose(model, tree, at, groups)
    return single


def _path(tree: Any, error: ErrorDetails) -> tuple[Path, list[tuple[Path, str]]]:
    """The path in the file, and where on it pydantic names a choice of shapes."""
    path: list[str | int] = []
    branches: list[tuple[Path, str]] = []
    here = tree
    parts = error["loc"]
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        within = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if within or (isinstance(here, dict) and part in here):
            here = here[part]
        elif not (last and error["type"] in {"missing", "extra_forbidden"}):
            branches.append((tuple(path), str(part)))
            continue
        path.append(part)
    return tuple(path), branches


def _hint(kind: str) -> Hint:
    return {"extra_forbidden": Hint.UNKNOWN_KEY, "missing": Hint.MISSING}.get(kind, Hint.VALUE)


def _choose(model: type[Model], tree: Any, at: Path, groups: dict[str, list[Fault]]) -> list[Fault]:
    """The faults of the shape that was meant: the mapping with most keys in common."""
    value = tree
    for part in at:
        value = value[part]
    shapes = _shapes_at(model, at)
    models = {s.__name__: s for s in shapes if isinstance(s, type) and issubclass(s, Model)}
    if isinstance(value, dict):
        common = {name: len(set(value) & set(keys_of(models[name]))) for name in models}
        best = max(common.values(), default=0)
        meant = [name for name in groups if best and common.get(name) == best]
        if meant:
            return groups[min(meant, key=lambda name: len(groups[name]))]
    texts = ["a text"] if str in shapes else []
    mappings = [f"a mapping with '{next(iter(keys_of(shape)))}:'" for shape in models.values()]
    return [Fault(at, Hint.VALUE, "shape", value, {}, shapes=(*texts, *mappings))]


def _shapes_at(model: type[Model], path: Path) -> list[Any]:
    current: list[Any] = [model]
    for part in path:
        current = [deeper for one in current for deeper in _deeper(one, part)]
    return current
