"""The JSON Schemas of a book's YAML files, for editors that complete and check while one types."""

import json

from engross.schema.base import Model
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Ledger
from engross.schema.manifest import Manifest
from engross.schema.notes import Notes
from engross.schema.registers import Abbreviations, Chronology, Index, Persons, Sources

FILES: dict[str, type[Model]] = {
    "manifest": Manifest,
    "document": DocumentRecord,
    "notes": Notes,
    "ledger": Ledger,
    "sources": Sources,
    "persons": Persons,
    "chronology": Chronology,
    "abbreviations": Abbreviations,
    "index": Index,
}
"""Each schema's name, and the model it is made from."""


def json_schemas() -> dict[str, str]:
    """The text of each schema by name, sorted and indented: one definition, two forms."""
    return {
        name: json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                **model.model_json_schema(by_alias=True),
            },
            ensure_ascii=False,
            indent=2,
            sort_keys=True,
        )
        + "\n"
        for name, model in FILES.items()
    }
