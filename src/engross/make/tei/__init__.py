"""TEI P5 as an output: a document of ours with notes and corrections, or a volume that was read."""

from engross.make.tei.document import make_tei
from engross.make.tei.volume import make_tei_volume

__all__ = ["make_tei", "make_tei_volume"]
