"""Stage 3: values become one edition."""

from engross.assemble.assemble import assemble
from engross.revision.context import Context, EarlierRelease

__all__ = ["Context", "EarlierRelease", "assemble"]
