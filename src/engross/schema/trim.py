"""
What a manifest and a printer's profile both say: lengths, trims, signatures, printing conditions.

They stand apart, so that a book that is not printed loads no profile.
"""

import re
from typing import Annotated

from pydantic import Field, StringConstraints

from engross.schema.base import Model, Text

_UNITS = {"in": 72.0, "mm": 72 / 25.4, "pt": 1.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(in|mm|pt)")

Length = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?(in|mm|pt)$")]
"""A number with its unit: `0.125in`, `3mm`, `9pt`."""
Trim = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?(in|mm|pt) \d+(\.\d+)?(in|mm|pt)$")]
"""Width and height of the trimmed page: `6in 9in`."""
Signature = Annotated[int, Field(ge=4, le=64, multiple_of=4)]
"""Pages of one folded section: 8, 16, 32."""


def points(length: str) -> float:
    """
    Turn a length into points, 72 to the inch.

    >>> points("0.125in")
    9.0
    """
    found = _LENGTH.fullmatch(length.strip())
    if found is None:
        raise ValueError(f"'{length}' is not a length such as 0.125in")
    return round(float(found[1]) * _UNITS[found[2]], 4)


def page_size(trim: str) -> tuple[float, float]:
    """Width and height in points of a trim such as `6in 9in`."""
    width, height = (points(part) for part in trim.split())
    return width, height


class Intent(Model):
    """The printing condition that a PDF/X file is made for."""

    identifier: Text
    """As registered: `FOGRA39`, `CGATS TR 001`."""
    condition: Text
    """In words."""
    registry: str = "http://www.color.org"
    """Who keeps the list of conditions."""
