"""Stage 3: values become one edition."""

from engross.assemble.assemble import assemble
from engross.release.frozen import Context

__all__ = ["Context", "assemble"]
