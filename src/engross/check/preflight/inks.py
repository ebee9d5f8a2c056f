"""Colours, ink, transparency, pictures, sizes of type and of rules."""

import dataclasses
import math
from typing import Any

from engross.check.preflight.colour import NO_INK, Space, ink, shown
from engross.check.preflight.paint import Colour, Painted, Picture
from engross.check.preflight.report import Fault, Line, Report, Tally
from engross.check.preflight.wanted import Wanted
from engross.check.tools.child import Absent
from engross.check.tools.ghostscript import most_ink, peak_ink
from engross.model.check import Status

NEAR = 2.0
"""Percent by which Ghostscript's sum may be off."""
FIX = "take a lighter mixture, or convert the picture for the printing condition"


WHAT = {"text": "text", "line": "a line", "area": "an area", "image": "a picture"}
SHADE = 0.5
"""Black of a text from which colours beside it make it a rich black."""


class Inks:
    """What a file prints with."""

    def __init__(self, wanted: Wanted, tally: Tally) -> None:
        self.wanted = wanted
        self.tally = tally
        self.peak = 0.0
        """The most ink of a flat colour, in percent."""
        self.plates: set[str] = set()
        self.smallest = 0.0
        self.thinnest = 0.0
        self.pictures = 0
        self.coarsest = 0.0
        self.image_keys: set[tuple[int, int]] = set()
        """Objects of CMYK pictures; their pixels are for Ghostscript to judge."""

    def page(self, found: Painted) -> None:
        """Look at what a page paints."""
        for what, colour in found.colours:
            self._colour(what, colour)
        for picture in found.pictures:
            self._picture(picture)
        for reason in sorted(found.transparent):
            if self.wanted.standard == "PDF/X-1a:2003":
                self.tally.add(
                    "W245", f"something is transparent: {reason}", "make it opaque in the style"
                )
        if found.too_deep:
            self.tally.add("W202", "forms stand in forms without end", "report it")
        self._small(found)

    def _small(self, found: Painted) -> None:
        want = self.wanted
        if found.type_sizes:
            least = min(found.type_sizes)
            self.smallest = min(self.smallest or least, least)
            if least < want.least_type - 0.01:
                self.tally.add(
                    "W221",
                    f"type of {least:g} pt is smaller than {want.least_type:g} pt, the least of "
                    f"{want.printer}",
                )
        rules = [width for width in found.rules if width > 0]
        if 0 in found.rules:
            self.tally.add("W222", "a line has no width", "give it one in the style sheet")
        if rules:
            thin = min(rules)
            self.thinnest = min(self.thinnest or thin, thin)
            if thin < want.least_rule - 0.005:
                self.tally.add(
                    "W222",
                    f"a rule of {thin:g} pt is thinner than {want.least_rule:g} pt, the least of "
                    f"{want.printer}",
                )

    def _colour(self, what: str, colour: Colour) -> None:
        kind, values = colour
        if not self.wanted.press or kind.kind == "pattern":
            return
        add = self.tally.add
        said = f"{WHAT[what]} in {shown(kind, values)}"
        plates = ink(kind, values)
        if plates is None:
            self._other(said, kind)
            return
        if plates == NO_INK:
            return
        self.plates |= {name for name, part in zip("CMYK", plates, strict=True) if part}
        total = sum(plates) * 100
        self.peak = max(self.peak, total)
        if any(plates[:3]):
            if self.wanted.black_only:
                add("W241", f"{said} is not on the black plate alone", "use black in the style")
            elif what == "text" and plates[3] >= SHADE:
                add("W242", f"{said} needs several plates in register", "use black alone")
        if self.wanted.ink_limit and total > self.wanted.ink_limit + 0.5:
            add(
                "W243",
                f"{said} has {total:.0f} % ink, over the {self.wanted.ink_limit:.0f} % of "
                f"{self.wanted.printer}",
            )

    def _other(self, said: str, kind: Space) -> None:
        add = self.tally.add
        if kind.kind == "rgb":
            add("W240", f"{said}: no press has these inks", "name colours as device-cmyk()")
        elif kind.kind == "managed":
            if self.wanted.standard == "PDF/X-1a:2003" or self.wanted.black_only:
                add("W246", f"{said} depends on a colour profile")
        elif kind.kind == "spot":
            add("W247", f"{said} needs a plate of its own")
        else:
            add("W247", f"{said}: the press cannot tell its plates", "use device colours")

    def _picture(self, picture: Picture) -> None:
        self.pictures += 1
        low = picture.resolution
        self.coarsest = min(self.coarsest or low, low)
        if self.wanted.resolution and low < self.wanted.resolution - 0.5:
            more = self.wanted.resolution / low
            across, down = math.ceil(picture.width * more), math.ceil(picture.height * more)
            self.tally.add(
                "W250",
                f"a picture of {picture.width} × {picture.height} pixels has {low:.0f} pixels per "
                f"inch and should have {self.wanted.resolution:.0f}",
                f"use a picture of {across} × {down} pixels or more, or show it smaller",
            )
        if picture.mask or not self.wanted.press:
            return
        kind = picture.space
        if kind.kind == "cmyk":
            self.plates |= set("CMYK")
            self.image_keys.add(picture.key)
            if self.wanted.black_only:
                self.tally.add("W241", "a picture in four colours", "make it a grey picture")
        elif kind.kind not in ("grey",) and ink(kind, (0.0,) * kind.channels) is None:
            self._other(f"a picture in {shown(kind, ())}".rstrip(), kind)


def image_peak(image: Any) -> float:
    """The most ink of a CMYK picture in percent, on pixels averaged by four; 0 if unreadable."""
    from pikepdf import PdfError, PdfImage

    try:
        picture = PdfImage(image).as_pil_image()
    except (PdfError, ValueError, NotImplementedError, OSError):
        return 0.0  # nothing is claimed of it: Ghostscript, where it is asked, measures what prints
    if picture.mode != "CMYK":
        return 0.0
    return most_ink(picture.reduce(max(1, min(4, *picture.size))))


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
