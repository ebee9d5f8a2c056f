"""
Stage 7: the one door out.

`publish` puts a whole edition into dist or leaves dist as it was; `receipt` writes what made it.
"""

from engross.publish.edition import Published, clear, publish, released, sweep
from engross.publish.probe import probe
from engross.publish.receipt import receipt, versions

__all__ = ["Published", "clear", "probe", "publish", "receipt", "released", "sweep", "versions"]
