"""TEI P5 as an output: a document with notes and corrections."""

from engross.make.tei.document import make_tei

__all__ = ["make_tei"]
