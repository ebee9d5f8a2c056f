"""
Preflight: what a printer, an archive or a screen reader would find in a finished PDF.

The file is read by two parsers, pikepdf and pypdfium2, and page by page, so that a volume needs no
more memory than a leaflet. `run.preflight` judges bytes against `wanted.Wanted` and gives a report:
a line for each check in a printer's words, and findings for what is wrong.
"""

from engross.check.preflight.report import Line, Report
from engross.check.preflight.run import preflight
from engross.check.preflight.wanted import Sides, Wanted, interior, reading

__all__ = ["Line", "Report", "Sides", "Wanted", "interior", "preflight", "reading"]
