"""`queries.yaml`: what the editors ask each other; printed in proofs and nowhere else."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from engross.schema.base import Anchor, Day, Id, Model, Text


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
