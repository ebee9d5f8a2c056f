"""Rows heard from workers, as findings of the catalog."""

import re
from collections.abc import Sequence

from engross import catalog
from engross.model.finding import Finding, Place

FIXES = {
    "F020": "name the file in the edition, or take the reference out of the sheet or the text",
    "G001": "choose another character, or add a face that has it to the house's fonts",
    "G002": "name a family of the house, or add the missing face to the book's fonts",
    "G003": "name that family in the sheet after the first one, or choose another character",
    "G004": "set `font-variant-numeric: lining-nums tabular-nums` on .page-number",
    "G005": "let the sheet name faces of the house or of the book only",
    "P020": "report the sheet and the text: words must never be lost on the way to a page",
    "R020": "correct the reference, or add what it refers to",
    "S020": "mend the template that made the section",
    "S021": "mend the rule in the sheet, or take it out",
    "S022": "add a description to the image",
    "T018": "set it in smaller type, between '::: table {size=small}' and ':::', or divide it",
    "W312": "look at the lines; where one is loose, a soft hyphen (U+00AD) in a long word helps",
    "X001": "split the section, or raise the limit: ENGROSS_LIMITS=seconds=600",
    "X002": "split the section, or raise the limit: ENGROSS_LIMITS=memory=6G",
    "X003": "run `engross doctor`, and report the section if the machine is sound",
    "X004": "nest fewer elements",
    "X005": "split the section, or raise the limit: ENGROSS_LIMITS=pages=4000",
    "X006": "let fewer page numbers stand in the section, or report it",
}


AT = re.compile(r" at (\d+):(\d+)(?=,|$)")
OWN = re.compile(r"/\* sheet (\S+) \*/")
"""Stands in the line before a book's own sheet; see `render.sheets`."""


def in_sheet(message: str, sheets: Sequence[str]) -> tuple[str, Place]:
    """A message without the line of the whole sheet, and the place in the book's own, if any."""
    match = AT.search(message)
    if match is None or not sheets:
        return message, Place()
    line, column = int(match[1]), int(match[2])
    lines = sheets[0].split("\n")[: line - 1]
    for back, text in enumerate(reversed(lines), 1):
        if owner := OWN.fullmatch(text):
            return message[: match.start()] + message[match.end() :], Place(owner[1], back, column)
    return message, Place()


def report(row: list[str], path: str, sheets: Sequence[str] = ()) -> Finding:
    """A finding; the message names the address, which some rows do themselves."""
    code, address, message = row
    named = code[0] == "X" or code in ("P020", "T018") or message.startswith(f"{address} ")
    if address and not named:
        message = f"{address}: {message}"
    place = Place(path)
    if code == "S021":
        message, own = in_sheet(message, sheets)
        place = own if own.path else place
    return catalog.finding(code, place, message, FIXES[code])
