"""
JSON Schemas with the models' own words.

The text under a field of a model is its description. Pydantic reads these texts when a model is
defined, which costs every command more than all else that it loads; a schema is seldom written.
"""

import ast
import inspect
from functools import cache
from types import ModuleType
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engross.schema.base import Model


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
            if row is not None and field.description is None and name in words:
                row["description"] = words[name]
        return made


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
    """The texts under the fields of each class of a module."""
    return {
        node.name: {
            field.target.id: inspect.cleandoc(text.value.value)
            for field, text in zip(node.body, node.body[1:], strict=False)
            if isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
            and isinstance(text.value.value, str)
        }
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef)
    }
