"""What stage 4 gives to stage 5."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rendered:
    """A section as XHTML for one kind of medium."""

    address: str
    kind: str
    title: str
    short_title: str
    html: str
    """A well-formed `<section>` element, UTF-8 characters, no entities but XML's five."""
    language: str
    opening: Literal["recto", "any"] = "any"
    matter: Literal["front", "body", "back"] = "body"
    display: bool = False
    in_contents: bool = True
    level: int = 1
    role: str = ""
    runs_on: bool = False
    """Whether it follows the section before it on the same page."""
    head: str = ""
    """What its right pages say above the text; empty: the short title."""
