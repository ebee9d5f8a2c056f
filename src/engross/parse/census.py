"""
The words of a word processor's file, counted without the program that read it into a book.

What a reader passes over in silence (a text box, the head of the pages, a tracked change) is found
here, since every word has to be in the received text or among what is said to be left.
"""

import codecs
import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from engross.model.text import Body, leaves
from engross.read.word import main_part, member, numbered, of
from engross.read.xml import parse_html

TOKEN = re.compile(
    rb"((?:\\'[0-9a-fA-F]{2})+)|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}\r\n]+)"
)
SIGNS = {
    **dict.fromkeys(("par", "line", "row", "sect", "page"), "\n"),
    **dict(zip(("tab", "cell"), "\t ", strict=True)),
    **dict(zip(("emdash", "endash", "bullet"), "—–•", strict=True)),
    **dict(zip(("lquote", "rquote", "ldblquote", "rdblquote"), "‘’“”", strict=True)),
}
"""Control words that are characters."""
PARTS = {"footnote": "note", "annotation": "comment", "shptxt": "box"}
PARTS |= dict.fromkeys(("header", "headerl", "headerr", "headerf"), "margin")
PARTS |= dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "margin")
"""Groups whose words are a part of their own."""
UNSAID = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "filetbl",
    "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "themedata",
    "latentstyles", "datastore", "xmlnstbl", "nonshppict", "listtext", "pntext", "bkmkstart",
    "bkmkend",
}  # fmt: skip
"""Groups that hold no words of the text."""


COMMENT = "comment-"
"""How the label of a footnote of a received text begins that is a comment in the file."""
SAID = {
    "text": "in the file, but not read so",
    "more": "read, but not in the file so",
    "comment": "a comment",
    "deleted": "a tracked change",
    "box": "in a text box",
    "margin": "in the head or foot of the pages",
    "hidden": "hidden text",
}
"""What is said of words by the part of the file that holds them."""
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike"
    "|strong|sub|sup|tt|u|var|wbr"
)
_SIGNS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
          "s": " ", "line-break": " "}  # fmt: skip
_WITHIN = {"txbxContent": "box", "text-box": "box", "annotation": "comment", "note-body": "note",
           "tracked-changes": "deleted"}  # fmt: skip
_UNSAID = {"Fallback", "note-citation", "forms", "creator-initials", "desc", "instrText",
           "change-info", "index-title-template"}  # fmt: skip

Parts = dict[str, str]
"""Words by the part that holds them, paragraphs parted by line ends; notes in their order."""


def census(name: str, content: bytes, *, accept: bool, numbers: bool = False) -> Parts:
    """
    Every word of a file by its part; the end of its name says what it is.

    Tracked insertions are text and deletions are not where it is to `accept` them, else the
    reverse. With `numbers` those that Word writes before paragraphs are words.

    Raises:
        one of `read.xml.BROKEN`: the file is damaged.
    """
    end = posixpath.splitext(name)[1].lower()
    if end in {".htm", ".html"}:
        return {"text": _html(content)}
    if end == ".rtf":
        return rtf_words(content)
    reader = _Reader({"del", "moveFrom"} if accept else {"ins", "moveTo"}, mixed=end == ".odt")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if end == ".odt":
            reader.read(member(archive, "content.xml"), "text")
            for node in member(archive, "styles.xml").iter("{*}header", "{*}footer"):
                reader.read(node, "margin")
        else:
            _word(archive, reader, numbered(archive)[1] if numbers else None)
    return {part: "".join(words) for part, words in reader.parts.items()}


def _word(archive: zipfile.ZipFile, reader: "_Reader", tree: etree._Element | None) -> None:
    """The text of a file of Word, then its notes in the order of their calls, then the rest."""
    text = main_part(archive)
    reader.read(member(archive, text) if tree is None else tree, "text")
    beside = re.compile(rf"{re.escape(posixpath.dirname(text))}/([a-z]+?)s?\d*\.xml")
    notes: dict[tuple[str, str], etree._Element] = {}
    for name in sorted(archive.namelist()):
        found = beside.fullmatch(name)
        if found and found[1] in {"footnote", "endnote"}:
            notes |= {(found[1], of(one, "id")): one for one in member(archive, name)}
        elif found and found[1] in {"comment", "header", "footer"}:
            part = "comment" if found[1] == "comment" else "margin"
            reader.read(member(archive, name), part)
    for call in [*reader.calls]:
        if call in notes:
            reader.read(notes[call], "note")


def divided(body: Body) -> tuple[list[str], list[str]]:
    """The paragraphs of a received text with those of its notes, and its comments."""
    texts = [leaf.text for leaf in leaves(body.blocks)]
    comments = []
    for note in body.notes:
        words = [leaf.text for leaf in leaves(note.blocks)]
        if note.id.startswith(COMMENT):
            comments += words
        else:
            texts += words
    return texts, comments


def unaccounted(
    parts: Parts, texts: Sequence[str], comments: Sequence[str], left: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """
    Part and words of what the file, or what was read from it, has and the other has not.

    `texts` are the paragraphs that were read, those of footnotes at the end; words that are `left`
    are said to be in none of them.
    """
    said = {_squeezed(one) for one in (*left, "")}
    found: list[tuple[str, str]] = []
    a = " ".join(parts.get(part, "") for part in ("text", "note")).split()
    b = " ".join(texts).split()
    if a != b:
        for _, i, j, k, m in SequenceMatcher(None, a, b).get_opcodes():
            if a[i:j] != b[k:m]:
                found += [("text", " ".join(a[i:j])), ("more", " ".join(b[k:m]))]
    elsewhere = _squeezed(" ".join(comments))
    for part in ("comment", "deleted", "box", "margin", "hidden"):
        lines = (" ".join(line.split()) for line in parts.get(part, "").split("\n"))
        found += [
            (part, one)
            for one in dict.fromkeys(lines)
            if part != "comment" or _squeezed(one) not in elsewhere
        ]
    return ((part, words) for part, words in found if _squeezed(words) not in said)


class _Reader:
    """Puts the words of elements where they belong."""

    def __init__(self, gone: set[str], *, mixed: bool) -> None:
        """Take elements of `gone` for no text; `mixed`: words stand in every element."""
        self.gone, self.mixed = gone, mixed
        self.parts: dict[str, list[str]] = defaultdict(list)
        self.calls: list[tuple[str, str]] = []
        """Kind and id of each note that is called in the text."""

    def read(self, root: etree._Element, part: str) -> None:
        """Read all that an element holds; the element is in `part`."""
        within = [part]
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            name = etree.QName(node).localname if isinstance(node.tag, str) else "desc"
            if event == "end":
                self._end(name, node, within.pop(), within[-1])
                continue
            if name in _UNSAID or (within[-1] == "comment" and name in {"creator", "date"}):
                walk.skip_subtree()
            else:
                within.append(self._start(name, node, within[-1]))
                continue
            within.append("unsaid")

    def _start(self, name: str, node: etree._Element, around: str) -> str:
        here = "deleted" if name in self.gone else _WITHIN.get(name, around)
        if name == "text-box" and node.find(".//{*}image") is not None:
            here = around  # a caption below its picture
        if name in {"footnoteReference", "endnoteReference"} and here == "text":
            self.calls.append((name.removesuffix("Reference"), of(node, "id")))
        words = (node.text or "") if self.mixed or name in {"t", "delText"} else ""
        self.parts[here] += [_SIGNS.get(name, ""), words]
        return "hidden" if node.find("{*}rPr/{*}vanish") is not None else here

    def _end(self, name: str, node: etree._Element, here: str, around: str) -> None:
        ended = node.find("{*}pPr/{*}rPr") if name == "p" else None
        runs_on = ended is not None and any(etree.QName(e).localname in self.gone for e in ended)
        if name in {"p", "h"} or here == "hidden" != around:
            self.parts[here].append(" " if runs_on else "\n")
        if self.mixed:
            self.parts[around].append(node.tail or "")


def _html(content: bytes) -> str:
    found: list[str] = []
    for event, node in etree.iterwalk(parse_html(content), events=("start", "end")):
        name = str(node.tag).lower() if isinstance(node.tag, str) else "script"
        edge = "" if _INLINE.fullmatch(name) else "\n"
        if event == "start":
            found += [edge, "" if name in {"script", "style", "title"} else node.text or ""]
        else:
            found += [edge, node.tail or ""]
    return "".join(found)


def _squeezed(text: str) -> str:
    return "".join(text.split())


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
