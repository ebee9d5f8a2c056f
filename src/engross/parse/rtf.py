"""The words of a file of RTF by its parts, read from its own control words."""

import codecs
import re
from collections import defaultdict

TOKEN = re.compile(
    rb"((?:\\'[0-9a-fA-F]{2})+)|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}\r\n]+)"
)
SIGNS = {
    **dict.fromkeys(("par", "line", "row", "sect", "page"), "\n"),
    **dict.fromkeys(("tab", "cell"), " "),
    **dict(zip(("emdash", "endash", "bullet"), "—–•", strict=True)),
    **dict(zip(("lquote", "rquote", "ldblquote", "rdblquote"), "‘’“”", strict=True)),
}
"""Control words that are characters."""
PARTS = {"footnote": "note", "annotation": "comment", "shptxt": "box"}
PARTS |= dict.fromkeys(("header", "headerl", "headerr", "headerf"), "margin")
PARTS |= dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "margin")
"""Groups whose words are a part of their own."""
UNSAID = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "fldinst",
        "filetbl",
        "listtable",
        "listoverridetable",
        "revtbl",
        "rsidtbl",
        "generator",
        "themedata",
        "latentstyles",
        "datastore",
        "xmlnstbl",
        "nonshppict",
        "listtext",
        "pntext",
        "bkmkstart",
        "bkmkend",
    ]
)
"""Groups that hold no words of the text."""


def rtf_words(content: bytes) -> dict[str, str]:
    """
    Every word by its part: text, notes, comments, boxes, margins, what is hidden or deleted.

    Raises:
        ValueError: it is no RTF, or has more closing braces than opening ones.
    """
    if not content.startswith(b"{\\rtf"):
        raise ValueError("it does not begin as RTF")
    page = re.search(rb"\\ansicpg(\d{3,5})", content)
    encoding = codecs.lookup(f"cp{page[1].decode() if page else '1252'}").name
    found: dict[str, list[str]] = defaultdict(list)
    stack, here, skip, after = list[tuple[str, int]](), "text", 1, 0
    for match in TOKEN.finditer(content):
        code, word, number, sign, brace, plain = match.groups()
        if brace == b"{":
            stack.append((here, skip))
        elif brace:
            here, skip = stack.pop()
        elif word:
            name = word.decode()
            if name == "u" and number:
                found[here].append(chr(int(number) % 65536))
                after = skip
            elif name == "uc":
                skip = int(number or 1)
            elif name in SIGNS:
                found[here].append(SIGNS[name])
            elif name in UNSAID:
                here = "unsaid"
            elif here != "unsaid" and (name in PARTS or name in ("v", "deleted")):
                off = number == b"0"
                here = "text" if off else PARTS.get(name, {"v": "hidden"}.get(name, name))
        elif sign == b"*":
            here = "starred"
        elif sign or code or plain:
            text = {b"~": "\xa0", b"-": "\xad", b"_": "\u2011"}.get(sign or b"", "")
            raw = bytes.fromhex(code.decode().replace("\\'", "")) if code else plain or sign
            text = text or raw.decode(encoding, "replace")
            found[here].append(text[after:])
            after = max(0, after - len(text))
    found.pop("unsaid", None)
    found.pop("starred", None)
    return {part: "".join(words) for part, words in found.items()}
