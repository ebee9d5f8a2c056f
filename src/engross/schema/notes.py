"""`notes.yaml` of a document; `queries.yaml`, what editors ask each other; `signoffs.yaml`."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from engross.schema.base import Anchor, Day, Id, Markdown, Model, Sha256, Text


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


class Place(Anchor):
    """What a question is about: an address, and a quotation in its text."""

    address: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(/[a-z0-9-]+)*$")]
    """A document, a text of the editors, a note or a field."""


class Query(Model):
    """A question."""

    id: Id
    at: Place
    question: Text
    """Markdown of one paragraph."""
    to: str = ""
    """Who is to answer."""
    by: str = ""
    """Who asks."""
    on: Day | None = None
    status: Literal["open", "answered", "dropped"] = "open"
    """Open queries stop a release."""
    answer: str = ""
    """Markdown of one paragraph."""


class Queries(Model):
    """The whole file."""

    queries: tuple[Query, ...] = ()


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
