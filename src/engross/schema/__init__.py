"""
The YAML files of a book, as pydantic models: one definition is the schema, the check and the value.

Field docstrings become the descriptions of the published JSON Schemas.
"""
