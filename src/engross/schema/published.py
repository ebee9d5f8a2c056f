"""The JSON Schemas of a book's YAML files, for editors that complete and check while one types."""

import json
from collections.abc import Mapping
from functools import cache

from engross.schema.base import Model
from engross.schema.described import json_schema
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Ledger
from engross.schema.manifest import Manifest
from engross.schema.notes import Notes
from engross.schema.profile import Profile
from engross.schema.queries import Queries
from engross.schema.registers import REGISTERS
from engross.schema.signoffs import SignOffs

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
