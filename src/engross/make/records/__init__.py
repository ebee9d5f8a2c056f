"""
Records that travel with an edition: for shops, libraries, reference managers and search engines.

`make_records` gives every file of `metadata/`; `accessibility` is the one statement that package,
ONIX and JSON-LD share.
"""

from engross.make.records.accessibility import Accessibility, accessibility
from engross.make.records.citing import Citation, cite_document, cite_edition
from engross.make.records.facts import Facts, facts
from engross.make.records.files import make_records

__all__ = [
    "Accessibility",
    "Citation",
    "Facts",
    "accessibility",
    "cite_document",
    "cite_edition",
    "facts",
    "make_records",
]
