"""Ghostscript's word on the ink of a file: what no reading of the drawing's numbers can know."""

import dataclasses

from engross.check.preflight.report import Fault, Line, Report
from engross.check.preflight.wanted import Wanted
from engross.check.tools.child import Absent
from engross.check.tools.ghostscript import peak_ink
from engross.model.check import Status

NEAR = 2.0
"""Percent by which Ghostscript's sum may be off."""
FIX = "take a lighter mixture, or convert the picture for the printing condition"


def with_peak(report: Report, content: bytes, wanted: Wanted) -> Report:
    """The report with a line on the plates that Ghostscript makes, page by page."""
    found = peak_ink(content)
    limit, faults = wanted.ink_limit, report.faults
    if isinstance(found, Absent):
        line = Line("plates", Status.NOT_CHECKED, found.reason)
    else:
        over = tuple(page for page, most in enumerate(found, start=1) if most > limit + NEAR)
        most = max(found, default=0.0)
        text = f"Ghostscript finds at most {most:.0f} % ink, limit {limit:.0f} %"
        if over:
            text = f"Ghostscript finds {most:.0f} % ink, over the {limit:.0f} % of {wanted.printer}"
            faults = (*faults, Fault("W244", text, over, FIX))
        line = Line("plates", Status.FAILED if over else Status.PASSED, text)
    return dataclasses.replace(report, lines=(*report.lines, line), faults=faults)
