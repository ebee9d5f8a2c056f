"""
The words that an edition prints of its own, by key and language: one catalogue a language.

A new language is a new file `templates/words/<tag>.toml`; a test asks it for every key.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

TITLED = "title-"
"""Keys that begin so are the titles of the sections that the program makes."""


@cache
def shipped(language: str) -> Mapping[str, str]:
    """The words of a language, by its primary subtag; English where we have none of it."""
    folder = files("engross").joinpath("templates", "words")
    source = folder.joinpath(f"{language.split('-')[0].lower()}.toml")
    if not source.is_file():
        source = folder.joinpath("en.toml")
    table: dict[str, str] = tomllib.loads(source.read_text("utf-8"))
    return table


def titles(language: str) -> Mapping[str, str]:
    """The titles of the generated sections, by section."""
    words = shipped(language).items()
    return {key.removeprefix(TITLED): text for key, text in words if key.startswith(TITLED)}
