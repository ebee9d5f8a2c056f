"""What all models share: frozen, strict about keys, and words for the common scalars."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from engross.schema import scalars


class Model(BaseModel):
    """A frozen mapping without unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        str_strip_whitespace=True,
        serialize_by_alias=True,
        populate_by_name=True,
    )


ID = r"^[a-z][a-z0-9-]*$"
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
DATE_IF_KNOWN = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
Id = Annotated[str, StringConstraints(pattern=ID, max_length=64)]
"""A name to be referred to by: small letters, digits, hyphens."""
Text = Annotated[str, StringConstraints(min_length=1)]
Heading = Annotated[str, StringConstraints(min_length=1), AfterValidator(scalars.without_direction)]
"""A text that covers, shops and file lists show: no character in it hides or reorders others."""
Date = Annotated[
    str,
    StringConstraints(pattern=DATE),
    AfterValidator(scalars.in_calendar),
]
"""A year, a month or a day, as ISO 8601 writes it."""
Edtf = Annotated[str, AfterValidator(scalars.edtf)]
"""A date of EDTF, level 1: `1961`, `1961~`, `1961-09/1961-10`, `../1961`, `-0043`; or empty."""
Day = Annotated[str, StringConstraints(pattern=DAY), AfterValidator(scalars.in_calendar)]
"""A day: `2026-12-01`."""
Language = Annotated[str, AfterValidator(scalars.language_tag)]
"""BCP 47, in its usual letter case: `ru`, `ru-Latn`, `en-GB`; empty where none is given."""
Address = Annotated[str, AfterValidator(scalars.web_address)]
"""Where a link may lead: http, https, mailto, tel or doi; empty where there is none."""
Isbn = Annotated[str, AfterValidator(scalars.isbn)]
"""Thirteen digits, with or without hyphens."""
Territory = Annotated[str, AfterValidator(scalars.territory)]
"""`WORLD`, countries by their codes of ISO 3166, `GB IE`, or `WORLD except US CA`."""
Currency = Annotated[str, AfterValidator(scalars.currency)]
"""ISO 4217: `GBP`."""
Markdown = Annotated[str, StringConstraints(min_length=1), Field(description="Markdown prose")]
Version = Annotated[str, StringConstraints(pattern=r"^[1-9]\d*\.\d+$")]
"""`EDITION.CORRECTION`: `1.0`, `2.3`."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The SHA-256 of its bytes, in hexadecimal digits."""


class Anchor(Model):
    """
    A quotation that fixes a place (W3C Web Annotation, TextQuoteSelector).

    Matched on NFC, white-space-folded text of one block of the frozen transcript, before
    corrections; exactly one match is wanted.
    """

    exact: str = ""
    """The words quoted; empty for an insertion between `prefix` and `suffix`."""
    prefix: str = ""
    """Words directly before the quotation, as many as make it unique."""
    suffix: str = ""
    """Words directly after the quotation."""
    block: Annotated[str, StringConstraints(pattern=r"^(p-\d{3,}|)$")] = ""
    """The block's stable id (`p-007`), where the words stand more than once."""
