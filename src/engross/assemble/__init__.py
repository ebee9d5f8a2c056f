"""Stage 3: values become one edition."""

from engross.assemble.assemble import assemble
from engross.revision.context import Context

__all__ = ["Context", "assemble"]
