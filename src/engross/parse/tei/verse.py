"""Lines of verse: how far they are set in, and which of their numbers are printed."""

import re

from lxml import etree

from engross.model.text import Attributes
from engross.parse.tei.reading import Reading, words

DEEPEST = 12
"""Ems that a line is set in at the most."""
EVERY = 5
"""Where all lines have numbers, every so many is printed."""
EMS = {"em": 1.0, "rem": 1.0, "ch": 0.5, "ex": 0.5, "px": 1 / 16, "pt": 1 / 12, "cm": 2.4}
LENGTH = re.compile(r"(?:text-indent|(?:padding|margin)-left)\s*:\s*([\d.]+)\s*([a-z]+)")


def begin(reading: Reading, element: etree._Element) -> Attributes:
    """The facts of the point that begins a line: `indent` in ems, and `number` where printed."""
    ems = _ems(reading, element)
    said = (("of", "l"),) + ((("indent", str(ems)),) if ems else ())
    number = element.get("n", "")
    beside = [one.get("n", "") for one in element.itersiblings(element.tag)]
    beside += [one.get("n", "") for one in element.itersiblings(element.tag, preceding=True)]
    due = not (number.isdigit() and all(beside)) or int(number) % EVERY == 0
    if number and due and element.get("part", "I") in ("I", "N"):
        said += (("n", number), ("number", number))
    return said


def _ems(reading: Reading, element: etree._Element) -> int:
    """From `@rend` and `@style`; of a further part of a line, the length of the parts before it."""
    if element.get("part") in ("M", "F"):
        before = 0
        lines = [*element.getroottree().getroot().iter(element.tag)]
        for one in lines[: lines.index(element)][::-1]:
            before += (len(words(one)) + 1) // 2
            if one.get("part") != "M":
                break
        return min(before, DEEPEST)
    rend = element.get("rend", "")
    named = re.search(r"indent\D{0,2}(\d*)", rend)
    if named:
        return min(int(named[1] or 1), DEEPEST)
    pointed = (one.rpartition("#")[2] for one in element.get("rendition", "").split())
    style = ";".join([element.get("style", ""), *(reading.renditions.get(n, "") for n in pointed)])
    length = LENGTH.search(style)
    ems = float(length[1]) * EMS.get(length[2], 0) if length else 0
    return min(round(ems), DEEPEST)
