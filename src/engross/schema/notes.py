"""`documents/<id>/notes.yaml`: notes and readings, anchored by quotation."""

from typing import Literal

from engross.schema.base import Anchor, Id, Markdown, Model, Text


class Note(Model):
    """A note to the document."""

    id: Id
    """Stable: `yamada/note/<id>` is its address; printed numbers are derived."""
    origin: Literal["source", "editor", "translator"] = "editor"
    """Whose note it is: of the original itself, the editor's, or the translator's."""
    at: Anchor
    """The quotation; the call stands at its end."""
    text: Markdown
    """Markdown with `[@source, locator]` citations; may hold several paragraphs."""
    resp: str = ""
    """Who answers for it; empty means the edition's editor."""


class Reading(Model):
    """A small slip of the translation: listed with what is probably meant, never changed."""

    id: Id
    at: Anchor
    probably: Text
    """What the words probably render, or the wording that usage would expect."""
    comment: str = ""
    """Why, where it is not obvious; Markdown of one paragraph."""


class Notes(Model):
    """The whole file."""

    notes: tuple[Note, ...] = ()
    readings: tuple[Reading, ...] = ()
