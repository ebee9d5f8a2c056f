"""The JSON Schemas of a book's YAML files, for editors that complete and check while one types."""

import ast
import inspect
import json
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engross.schema import base, trim
from engross.schema.base import Model
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Ledger
from engross.schema.manifest import Manifest
from engross.schema.notes import Notes, Queries, SignOffs
from engross.schema.profile import Profile
from engross.schema.registers import REGISTERS


def json_schema(model: type[Model]) -> dict[str, Any]:
    """The schema of a model, keys by their aliases."""
    return model.model_json_schema(by_alias=True, schema_generator=_Described)


class _Described(GenerateJsonSchema):
    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        model: type[Model] = schema["cls"]
        words = _words(model)
        for name, field in model.model_fields.items():
            row = made["properties"].get(field.alias or name)
            if row is not None and field.description is None:
                said = words.get(name) or _of_models(field.annotation)
                row.update({"description": said} if said else {})
        return made

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        made = super().dataclass_schema(schema) | {"additionalProperties": False}
        module = inspect.getmodule(schema["cls"])
        words = _classes(module).get(schema["cls"].__name__, {}) if module else {}
        for name in made["properties"].keys() & words.keys():
            made["properties"][name]["description"] = words[name]
        return made


def _of_models(kind: Any) -> str:
    """What the first model of an annotation is, in a sentence."""
    origin = getattr(kind, "__pydantic_generic_metadata__", {}).get("origin")
    if isinstance(kind, type) and issubclass(kind, Model) and origin is None:
        return inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0]
    inner = kind.__pydantic_generic_metadata__["args"] if origin else get_args(kind)
    return next(filter(None, map(_of_models, inner)), "")


def _words(model: type[Model]) -> dict[str, str]:
    """The text under each field, where it was defined last."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, Model):
            origin = cls.__pydantic_generic_metadata__["origin"] or cls
            module = inspect.getmodule(origin)
            found |= _classes(module).get(origin.__name__, {}) if module else {}
    return found


@cache
def _classes(module: ModuleType) -> dict[str, dict[str, str]]:
    """The texts under the fields of each class of a module, or else under their scalars."""
    whole = ast.parse(inspect.getsource(module)).body
    scalars = _scalars(base) | _scalars(trim) | _scalars(module)
    return {
        node.name: {
            field.target.id: said
            for field, text in zip(node.body, [*node.body[1:], None], strict=True)
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
            for names in [[n.id for n in ast.walk(field.annotation) if isinstance(n, ast.Name)]]
            if (said := _text(text) or next((scalars[n] for n in names if n in scalars), ""))
        }
        for node in whole
        if isinstance(node, ast.ClassDef)
    }


@cache
def _scalars(module: ModuleType) -> dict[str, str]:
    """The texts under the scalars of a module."""
    return {
        row.targets[0].id: said
        for row, text in pairwise(ast.parse(inspect.getsource(module)).body)
        if isinstance(row, ast.Assign) and isinstance(row.targets[0], ast.Name)
        if (said := _text(text))
    }


def _text(node: ast.stmt | None) -> str:
    """The words of a text that stands by itself."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return inspect.cleandoc(str(node.value.value))
    return ""


FILES: dict[str, type[Model]] = {
    "manifest": Manifest,
    "document": DocumentRecord,
    "notes": Notes,
    "ledger": Ledger,
    **REGISTERS,
    "queries": Queries,
    "signoffs": SignOffs,
    "profile": Profile,
}
"""Each schema's name, and the model it is made from."""

NAMES = {"ledger": "corrections"}
"""Files that are not called as their schema."""


@cache
def json_schemas() -> Mapping[str, str]:
    """The text of each schema by name, sorted and indented: one definition, two forms."""
    return schema_texts(FILES)


def schema_texts(models: Mapping[str, type[Model]]) -> dict[str, str]:
    """The schemas of models by name, as text."""
    return {
        name: json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                **json_schema(model),
            },
            ensure_ascii=False,
            indent=2,
            sort_keys=True,
        )
        + "\n"
        for name, model in models.items()
    }
