"""From bytes to text: strict UTF-8, one kind of line end, nothing that a reader cannot see."""

import os
import re
import unicodedata

from engross import catalog
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.model.unseen import DIRECTION, DOUBTFUL
from engross.read.limits import Limits, setting

_MARK = b"\xef\xbb\xbf"
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_INVISIBLE = re.compile(f"{DOUBTFUL.pattern}|[\u2010\ufb00-\ufb06]")
_LOST = re.compile("\ufffd")
_LENGTH = 2001
"""Letters from which on a word is looked at."""
_LONG = re.compile(
    "(?:(?![\u0e00-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\U00020000-\U0003ffff])\\w)"
    f"{{{_LENGTH},}}"
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def place_at(path: str, text: str, offset: int) -> Place:
    """The line and column, both from 1, of a character of normalised text."""
    return Place(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def refused_character(text: str) -> str:
    """The first character that no text of a book may hold, as `U+000B`; "" where there is none."""
    found = _REFUSED.search(text) or _LINE_ENDS.search(text)
    return f"U+{ord(found[0][0]):04X}" if found else ""


def decode(file: SourceFile) -> tuple[str | None, tuple[Finding, ...]]:
    """
    The text of a file, with warnings; or None, with every reason why its bytes are not text.

    A byte order mark is taken away; CR, CRLF, U+2028 and U+2029 become LF.
    """
    content = file.content.removeprefix(_MARK)
    if wide := _wide(content):
        message = f"the file is {wide}, not UTF-8"
        fix = f"convert: iconv -f {wide} -t UTF-8 {file.path} > converted"
        fault = catalog.finding("F010", Place(file.path, 1, 1), message, fix)
        return None, (fault,)
    try:
        text = _LINE_ENDS.sub("\n", content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, (_undecodable(file.path, content, error.start),)
    refused = _first(
        "F011",
        file.path,
        text,
        _REFUSED,
        "is a control character that no edition can print",
        "delete it; it is often a leftover of a word processor",
    )
    refused += _endless(file.path, text)
    if refused:
        return None, tuple(refused)
    return text, tuple(_warnings(file.path, text))


def normalised(file: SourceFile) -> tuple[str, ...]:
    """What `decode` changes on the way in, in words, for the receipt."""
    changes = []
    if file.content.startswith(_MARK):
        changes.append("byte order mark removed")
    if re.search(rb"\r|\xe2\x80[\xa8\xa9]", file.content):
        changes.append("line ends made LF")
    return tuple(changes)


def _warnings(path: str, text: str) -> list[Finding]:
    return [
        *_first(
            "F013",
            path,
            text,
            DIRECTION,
            "changes the order in which letters are shown",
            "delete it unless the text runs from right to left there",
        ),
        *_first(
            "T009",
            path,
            text,
            _INVISIBLE,
            "cannot be proved in a PDF, where it is lost or becomes another letter",
            "write plain letters and hyphens, unless it belongs to the text",
        ),
        *_decomposed(path, text),
        *_first(
            "F015",
            path,
            text,
            _LOST,
            "stands for a letter that an earlier conversion lost",
            "put the letter back from the original",
        ),
    ]


def _decomposed(path: str, text: str) -> list[Finding]:
    """One finding where letters are written in pieces, as some systems do with file names."""
    if unicodedata.is_normalized("NFC", text):
        return []
    line = next(
        n for n, one in enumerate(text.split("\n")) if not unicodedata.is_normalized("NFC", one)
    )
    return [
        catalog.finding(
            "F016",
            Place(path, line + 1),
            "letters and accents are written apart: matched as one, printed as given",
        )
    ]


def _endless(path: str, text: str) -> list[Finding]:
    """One finding for each word that no line can hold; scripts without spaces have no words."""
    found: list[Finding] = []
    if all(len(word) < _LENGTH for word in text.split()):  # quick: the pattern tries each letter
        return found
    for match in _LONG.finditer(text):
        limit = Limits.from_environment(os.environ).word
        if len(match[0]) > limit:
            message = (
                f"a word of {len(match[0]):,} letters, '{match[0][:12]}…'; the limit (word) "
                f"is {limit:,}"
            )
            fix = f"part it, or run with {setting('word', len(match[0]))}"
            found.append(catalog.finding("X015", place_at(path, text, match.start()), message, fix))
    return found


def _first(
    code: str, path: str, text: str, pattern: re.Pattern[str], says: str, fix: str
) -> list[Finding]:
    """One finding for each sort of character, at its first place, with their number."""
    seen: dict[str, list[int]] = {}
    for match in pattern.finditer(text):
        seen.setdefault(match[0], []).append(match.start())
    findings = []
    for character, offsets in seen.items():
        place = place_at(path, text, offsets[0])
        more = f" ({len(offsets)} of them in the file)" if len(offsets) > 1 else ""
        message = f"U+{ord(character):04X} {says}{more}"
        findings.append(catalog.finding(code, place, message, fix))
    return findings


def _wide(content: bytes) -> str:
    """UTF-16 or UTF-32 by its mark, or by its zero bytes."""
    marks = {
        b"\xff\xfe\0\0": "UTF-32LE",
        b"\0\0\xfe\xff": "UTF-32BE",
        b"\xff\xfe": "UTF-16LE",
        b"\xfe\xff": "UTF-16BE",
    }
    for mark, name in marks.items():
        if content.startswith(mark):
            return name
    head = content[:400]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(even, odd) * 4 > len(head):
        return "UTF-16LE" if odd > even else "UTF-16BE"
    return ""


def _undecodable(path: str, content: bytes, offset: int) -> Finding:
    # From the first fault on, the bytes are not UTF-8 with one slip but another encoding.
    before = _LINE_ENDS.sub("\n", content[:offset].decode("utf-8"))
    place = place_at(path, before, len(before))
    where = f"at line {place.line} column {place.column}"
    if _SURROGATE.match(content, offset):
        half = 0xD000 | (content[offset + 1] & 0x3F) << 6 | (content[offset + 2] & 0x3F)
        return catalog.finding("F012", place, f"U+{half:04X} {where} is half of a character")
    encoding = _likely(content)
    message = f"byte 0x{content[offset]:02X} {where}: not UTF-8; looks like {encoding}"
    fix = f"convert: iconv -f {encoding.upper()} -t UTF-8 {path} > converted"
    return catalog.finding("F009", place, message, fix)


def _likely(content: bytes) -> str:
    """Cyrillic writes whole words beyond ASCII; western languages single letters."""
    high = sum(byte >= 0x80 for byte in content)
    runs = sum(len(run) for run in re.findall(rb"[\xc0-\xff]{3,}", content))
    return "Windows-1251" if runs * 2 > high else "Windows-1252"
