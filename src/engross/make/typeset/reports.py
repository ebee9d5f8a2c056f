"""Rows heard from workers, as findings of the catalog."""

import re
import unicodedata
from collections.abc import Sequence

from engross import catalog
from engross.make.typeset.crossing import Fault
from engross.model.finding import Finding, Place

FIXES = {
    "G004": 'begin --text-face with a face whose figures are of one width, "EB Garamond" say',
    "G005": "let the sheet name faces of the house or of the book only",
    "T018": "set it in smaller type, between '::: table {size=small}' and ':::', or turned, on a "
    "page of its own, with {turn=true}; or divide it",
    "W312": "look at the lines; where one is loose, a soft hyphen (U+00AD) in a long word helps",
    "X001": "split the section, or raise the limit: ENGROSS_LIMITS=seconds=600",
    "X002": "split the section, or raise the limit: ENGROSS_LIMITS=memory=6G",
    "X005": "split the section, or raise the limit: ENGROSS_LIMITS=pages=4000",
}
"""What the catalog says less shortly, or cannot say."""
POINT = re.compile(r"\(U\+(\w+)\)$")
SCRIPT_FACES = {"ARABIC": "Noto Naskh Arabic", "HANGUL": "Noto Sans KR"}
SCRIPT_FACES |= dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA"), "Noto Sans JP or Noto Sans SC")
"""Faces of the scripts that have no Noto Serif, by Unicode's name of the script."""
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


def report(row: Fault, path: str, sheets: Sequence[str] = ()) -> Finding:
    """A finding; the message names the address, which some rows do themselves."""
    code, address, message = row
    named = code[0] == "X" or code in ("P020", "T018") or message.startswith(f"{address} ")
    if address and not named:
        message = f"{address}: {message}"
    place = Place(path)
    if code == "S021":
        message, own = in_sheet(message, sheets)
        place = own if own.path else place
    return catalog.finding(code, place, message, FIXES.get(code, ""))


Heard = Sequence[tuple[Fault, str]]
"""Rows, each with the path of its unit."""


def by_script(rows: Heard) -> tuple[list[Finding], Heard]:
    """
    One finding for each script of which several letters have no face, and the rows besides.

    Signs, figures and vowel marks go with the letters of their script. Every house has Latin: of
    that, each letter is told.
    """
    lacking: dict[str, dict[str, str]] = {}
    for row, path in rows:
        if letter := _lacking(row):
            script = unicodedata.name(letter).partition(" ")[0]
            lacking.setdefault(script, {}).setdefault(letter, path)
    lacking = {
        script: letters
        for script, letters in lacking.items()
        if script != "LATIN" and sum(letter.isalpha() for letter in letters) > 1
    }
    findings = []
    for script, letters in lacking.items():
        name = "Chinese or Japanese" if script == "CJK" else script.title()
        shown = ", ".join(f"'{one}'" for one in list(letters)[:3])
        face = SCRIPT_FACES.get(script, f"Noto Serif {script.title()}")
        findings.append(
            catalog.finding(
                "G001",
                Place(next(iter(letters.values()))),
                f"no face has the {name} script: {len(letters)} characters, {shown} among them",
                f"bring a face that has it, such as {face}, and name it behind the text face; or "
                "say in which language the words are, where the house has one",
            )
        )
    told = {letter for letters in lacking.values() for letter in letters}
    return findings, [(row, path) for row, path in rows if _lacking(row) not in told]


def _lacking(row: Fault) -> str:
    """The character that no face has, of a row that says so; "" of others."""
    found = POINT.search(row.message) if row.code == "G001" else None
    letter = chr(int(found[1], 16)) if found else ""
    return letter if letter and unicodedata.name(letter, "") else ""
