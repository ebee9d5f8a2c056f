"""The use cases, each a paragraph."""
