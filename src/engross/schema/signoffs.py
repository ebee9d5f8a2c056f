"""`signoffs.yaml`: who vouches for what, and for which words exactly."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from engross.schema.base import Day, Model, Sha256, Text


class SignOff(Model):
    """One person's word for one text."""

    kind: Literal[
        "proofread",
        "checked-against-scan",
        "translation-reviewed",
        "rights-cleared",
        "heard-with-screen-reader",
    ]
    """What was done."""
    address: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    """The section: a document or a text of the editors."""
    by: Text
    """Who."""
    on: Day
    sha256: Sha256
    """The digest of the text that was read; `engross check --json` prints one for each section."""
    note: str = ""
    """What else is to be said."""


class SignOffs(Model):
    """The whole file."""

    signoffs: tuple[SignOff, ...] = ()
