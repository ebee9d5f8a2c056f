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
    if isinstance(found, Absent):
        line = Line("plates", Status.NOT_CHECKED, found.reason)
        return dataclasses.replace(report, lines=(*report.lines, line))
    over = [page for page, most in enumerate(found, start=1) if most > wanted.ink_limit + NEAR]
    most = max(found, default=0.0)
    if not over:
        text = f"Ghostscript finds at most {most:.0f} % ink, limit {wanted.ink_limit:.0f} %"
        line = Line("plates", Status.PASSED, text)
        return dataclasses.replace(report, lines=(*report.lines, line))
    text = (
        f"Ghostscript finds {most:.0f} % ink, over the {wanted.ink_limit:.0f} % of {wanted.printer}"
    )
    return dataclasses.replace(
        report,
        lines=(*report.lines, Line("plates", Status.FAILED, text)),
        faults=(*report.faults, Fault("W244", text, tuple(over), FIX)),
    )
