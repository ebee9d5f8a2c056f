"""
TEI P5 as evidence: a file becomes the same tree as every text, and an account of each element.

`read_tei` reads; `prove` walks the XML again by itself and compares every document's text.
"""

from engross.parse.tei.proof import prove
from engross.parse.tei.reader import read_tei
from engross.parse.tei.volume import Coverage, Header, Part, TeiDocument, TeiVolume

__all__ = [
    "Coverage",
    "Header",
    "Part",
    "TeiDocument",
    "TeiVolume",
    "prove",
    "read_tei",
]
