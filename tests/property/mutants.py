"""
Mutations of finished files: each is a file that opens, and says something else.

Kinds are drawn evenly, from a seed. A mutation that would not change what a reader sees is drawn
again. Nothing here knows how the proof works.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import pikepdf
from lxml import etree

X = "{http://www.w3.org/1999/xhtml}"
LETTERS = "abcdefghijklmnoprstuvwy"


@dataclass(frozen=True)
class Mutant:
    kind: str
    content: bytes
    what: str
    """For the account of those that were missed."""


class DrawAgainError(Exception):
    """This draw changes nothing; draw again."""


def mutate(content: bytes, kind: str, seed: int) -> Mutant:
    """One mutation of a file, by kind: `epub letter`, `pdf folio`."""
    for turn in range(60):
        rng = random.Random(f"{kind} {seed} {turn}")
        try:
            family, _, name = kind.partition(" ")
            if family == "epub":
                return Mutant(kind, *_epub(content, EPUB[name], rng))
            return Mutant(kind, *_pdf(content, PDF[name], rng))
        except DrawAgainError:
            continue
    raise AssertionError(f"no mutation of kind '{kind}' could be made")


# EPUB

Trees = dict[str, etree._Element]


def _epub(
    content: bytes, change: Callable[[Trees, random.Random], str], rng: random.Random
) -> tuple[bytes, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        files = {info.filename: archive.read(info) for info in infos}
    trees = {
        name: etree.fromstring(data)
        for name, data in files.items()
        if name.endswith(".xhtml") and not name.endswith("cover.xhtml")
    }
    before = {name: etree.tostring(tree) for name, tree in trees.items()}
    what = change(trees, rng)
    if all(etree.tostring(tree) == before[name] for name, tree in trees.items()):
        raise DrawAgainError
    for name, tree in trees.items():
        if etree.tostring(tree) != before[name]:
            files[name] = etree.tostring(tree, xml_declaration=True, encoding="utf-8")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for info in infos:
            archive.writestr(info, files[info.filename])
    return target.getvalue(), what


def _elements(trees: Trees, condition: str) -> list[etree._Element]:
    found = [e for tree in trees.values() for e in tree.xpath(f".//*[{condition}]")]
    if not found:
        raise DrawAgainError
    return found


BLOCK = "@data-address and not(contains(@data-address, '/note/'))"
NOTE = "contains(@data-address, '/note/')"
CALL = "contains(concat(' ', @class, ' '), ' noteref ')"


def _texts(element: etree._Element) -> list[tuple[etree._Element, str]]:
    found = []
    for part in element.iter():
        if part.get("data-furniture") is None and part.text and part.text.strip():
            found.append((part, "text"))
        if part is not element and part.tail and part.tail.strip():
            found.append((part, "tail"))
    if not found:
        raise DrawAgainError
    return found


def _in_text(element: etree._Element, change: Callable[[str], str], rng: random.Random) -> str:
    part, slot = rng.choice(_texts(element))
    old = getattr(part, slot)
    new = change(old)
    if new.split() == old.split():
        raise DrawAgainError
    setattr(part, slot, new)
    return f"{old.strip()[:40]!r} became {new.strip()[:40]!r}"


def _letter(text: str, rng: random.Random) -> str:
    places = [i for i, c in enumerate(text) if c.isalpha()]
    if not places:
        raise DrawAgainError
    at = rng.choice(places)
    new = rng.choice([c for c in LETTERS if c != text[at].lower()])
    return text[:at] + new + text[at + 1 :]


def _word(text: str, rng: random.Random) -> str:
    words = list(re.finditer(r"\w{4,}", text))
    if not words:
        raise DrawAgainError
    word = rng.choice(words)
    new = rng.choice(["", word[0][::-1], word[0] + " " + word[0]])
    return text[: word.start()] + new + text[word.end() :]


def epub_letter(trees: Trees, rng: random.Random) -> str:
    return _in_text(rng.choice(_elements(trees, BLOCK)), lambda t: _letter(t, rng), rng)


def epub_word(trees: Trees, rng: random.Random) -> str:
    return _in_text(rng.choice(_elements(trees, BLOCK)), lambda t: _word(t, rng), rng)


def epub_note_letter(trees: Trees, rng: random.Random) -> str:
    return _in_text(rng.choice(_elements(trees, NOTE)), lambda t: _letter(t, rng), rng)


def epub_generated_word(trees: Trees, rng: random.Random) -> str:
    names = ("sources", "persons", "chronology", "readings", "imprint", "corrections")
    name = rng.choice([n for n in trees if n.endswith(tuple(f"{one}.xhtml" for one in names))])
    body = trees[name].find(f"{X}body")
    assert body is not None
    return _in_text(body, lambda t: _word(t, rng), rng)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    before = element.getprevious()
    tail = element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def epub_dropped_paragraph(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, BLOCK))
    _remove(element)
    return f"{element.get('data-address')} is gone"


def epub_swapped_paragraphs(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, BLOCK))
    following = element.getnext()
    if following is None or following.get("data-address") is None:
        raise DrawAgainError
    _swap(element, following)
    return f"{element.get('data-address')} stands behind the next"


def _swap(one: etree._Element, other: etree._Element) -> None:
    parent = one.getparent()
    assert parent is not None
    one.tail, other.tail = other.tail, one.tail
    first, second = parent.index(one), parent.index(other)
    parent[first], parent[second] = deepcopy(other), deepcopy(one)


def epub_duplicated_paragraph(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, BLOCK))
    copy = deepcopy(element)
    for part in copy.iter():
        for name in ("id", "data-address"):
            part.attrib.pop(name, None)
    for call in copy.xpath(f".//*[{CALL}]"):
        _remove(call)
    element.addnext(copy)
    return f"{element.get('data-address')} stands twice, once without its address"


def epub_extra_paragraph(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, BLOCK))
    extra = etree.SubElement(element.getparent(), f"{X}p")
    extra.text = rng.choice(["Nothing was decided.", "Tokyo did not answer.", "Draft."])
    extra.tail = "\n"
    return f"'{extra.text}' was added"


def epub_lost_call(trees: Trees, rng: random.Random) -> str:
    call = rng.choice(_elements(trees, CALL))
    _remove(call)
    return f"the call {call.get('id')} is gone"


def epub_moved_call(trees: Trees, rng: random.Random) -> str:
    call = rng.choice(_elements(trees, CALL))
    parent = call.getparent()
    assert parent is not None
    before = call.getprevious()
    text = (parent.text if before is None else before.tail) or ""
    if len(text.split()) < 2:
        raise DrawAgainError
    at = text.rstrip().rfind(" ")
    head, moved = text[:at], text[at:]
    call.tail = moved + (call.tail or "")
    if before is None:
        parent.text = head
    else:
        before.tail = head
    return f"the call {call.get('id')} stands a word earlier"


def epub_wrong_call(trees: Trees, rng: random.Random) -> str:
    calls = _elements(trees, CALL)
    call = rng.choice(calls)
    digits = call.text or ""
    call.text = str(int(digits) + rng.choice([1, 2, 10])) if digits.isdigit() else "9"
    return f"the call {call.get('id')} says {call.text} instead of {digits}"


def epub_crossed_calls(trees: Trees, rng: random.Random) -> str:
    tree = rng.choice([t for t in trees.values() if len(t.xpath(f".//*[{CALL}]")) > 1])
    one, other = rng.sample(tree.xpath(f".//*[{CALL}]"), 2)
    one.set("href", other.get("href"))
    return f"the call {one.get('id')} leads where {other.get('id')} leads"


def epub_lost_note(trees: Trees, rng: random.Random) -> str:
    note = rng.choice(_elements(trees, NOTE))
    _remove(note)
    return f"{note.get('data-address')} is gone"


def epub_swapped_notes(trees: Trees, rng: random.Random) -> str:
    note = rng.choice(_elements(trees, NOTE))
    following = note.getnext()
    if following is None:
        raise DrawAgainError
    _swap(note, following)
    return f"{note.get('data-address')} stands behind the next"


def epub_wrong_number(trees: Trees, rng: random.Random) -> str:
    kind = rng.choice(["note-number", "paragraph-number"])
    element = rng.choice(_elements(trees, f"@class = '{kind}'"))
    element = next((e for e in element.iter() if (e.text or "").strip(" .\xa0").isdigit()), element)
    old = element.text or ""
    element.text = re.sub(r"\d+", lambda m: str(int(m[0]) + 1), old)
    return f"{kind} {old!r} became {element.text!r}"


def epub_lost_number(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, "@class = 'paragraph-number'"))
    _remove(element)
    return "a paragraph has no number"


def epub_heading(trees: Trees, rng: random.Random) -> str:
    heading = rng.choice(_elements(trees, "local-name() = 'h1' or local-name() = 'h2'"))
    return _in_text(heading, lambda t: _letter(t, rng), rng)


def epub_supplied(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, "@data-supplied"))
    return _in_text(element, lambda t: _letter(t, rng), rng)


def epub_navigation(trees: Trees, rng: random.Random) -> str:
    tree = next(tree for name, tree in trees.items() if name.endswith("nav.xhtml"))
    nav = next(iter(tree.iter(f"{X}nav")))
    return _in_text(rng.choice(list(nav.iter(f"{X}a"))), lambda t: _letter(t, rng), rng)


def epub_backlink(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, "@role = 'doc-backlink'"))
    _remove(element)
    return f"the way back {element.get('href')} is gone"


def epub_hidden(trees: Trees, rng: random.Random) -> str:
    element = rng.choice(_elements(trees, "@data-address"))
    name, value = rng.choice([("hidden", "hidden"), ("style", "display: none")])
    element.set(name, value)
    return f"{element.get('data-address')} is hidden"


EPUB: dict[str, Callable[[Trees, random.Random], str]] = {
    name.removeprefix("epub_").replace("_", " "): function
    for name, function in list(globals().items())
    if name.startswith("epub_")
}


# PDF

TEXT = re.compile(
    rb"BT\s+1 0 0 -1 (?P<x>[-\d.]+) (?P<y>[-\d.]+) Tm\s+/(?P<font>\w+) (?P<size>[\d.]+) Tf\s+"
    rb"\[(?P<show>[^\]]*)\] TJ\s+ET"
)
GLYPHS = re.compile(rb"<([0-9a-f]+)>")
ARTIFACT = re.compile(rb"/Artifact\b.*?EMC", re.S)


@dataclass(frozen=True)
class Shown:
    """A stretch of text as a content stream draws it."""

    start: int
    end: int
    show: tuple[int, int]
    glyphs: tuple[tuple[int, str], ...]
    """Offset of the four hexadecimal digits, and the character."""
    size: float
    artifact: bool
    match: re.Match[bytes]

    @property
    def words(self) -> str:
        return "".join(character for _, character in self.glyphs)


class Sheet:
    """One page's drawing, to be changed."""

    def __init__(self, page: pikepdf.Page) -> None:
        page.contents_coalesce()
        self.page = page
        self.data = page.Contents.read_bytes()
        self.fonts = {
            str(name)[1:]: _unicode(font.ToUnicode.read_bytes())
            for name, font in page.Resources.get("/Font", {}).items()
        }
        spots = [match.span() for match in ARTIFACT.finditer(self.data)]
        self.shown: list[Shown] = []
        for match in TEXT.finditer(self.data):
            table = self.fonts[match["font"].decode()]
            first = match.start("show")
            glyphs = []
            for piece in GLYPHS.finditer(match["show"]):
                for n in range(0, len(piece[1]), 4):
                    code = piece[1][n : n + 4].decode()
                    glyphs.append((first + piece.start(1) + n, table.get(code, "")))
            artifact = any(a <= match.start() < b for a, b in spots)
            self.shown.append(
                Shown(
                    *match.span(),
                    match.span("show"),
                    tuple(glyphs),
                    float(match["size"]),
                    artifact,
                    match,
                )
            )

    def codes(self, font: str, among: str) -> dict[str, str]:
        """Codes that this page draws in a font, by character."""
        drawn: dict[str, str] = {}
        for shown in self.shown:
            if shown.match["font"].decode() == font:
                for at, character in shown.glyphs:
                    if character in among and character:
                        drawn[character] = self.data[at : at + 4].decode()
        return drawn

    def put(self, start: int, end: int, new: bytes) -> None:
        self.data = self.data[:start] + new + self.data[end:]


def _unicode(cmap: bytes) -> dict[str, str]:
    table: dict[str, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, value in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[code.decode().lower()] = bytes.fromhex(value.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for one, two, value in re.findall(
            rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block
        ):
            for n in range(int(one, 16), int(two, 16) + 1):
                table[f"{n:04x}"] = chr(int(value, 16) + n - int(one, 16))
    return table


def _pdf(
    content: bytes,
    change: Callable[[list[pikepdf.Page], random.Random], tuple[Sheet, str]],
    rng: random.Random,
) -> tuple[bytes, str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sheet, what = change(list(pdf.pages), rng)
        sheet.page.Contents = pdf.make_stream(sheet.data)
        number = next(n for n, page in enumerate(pdf.pages, 1) if page.obj == sheet.page.obj)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue(), f"sheet {number}: {what}"


def _draw(
    pages: list[pikepdf.Page], rng: random.Random, fit: Callable[[Shown], bool]
) -> tuple[Sheet, Shown]:
    sheet = Sheet(rng.choice(pages))
    fitting = [shown for shown in sheet.shown if shown.words.strip() and fit(shown)]
    if not fitting:
        raise DrawAgainError
    return sheet, rng.choice(fitting)


def _is_body(shown: Shown) -> bool:
    return not shown.artifact and shown.size > 13 and len(shown.words) > 8


def _is_note(shown: Shown) -> bool:
    return not shown.artifact and 10 < shown.size < 12.5 and len(shown.words) > 8


def _is_call(shown: Shown) -> bool:
    return not shown.artifact and shown.size < 9.5 and shown.words.isdigit()


def _other_letter(sheet: Sheet, shown: Shown, rng: random.Random, among: str = LETTERS) -> str:
    codes = sheet.codes(shown.match["font"].decode(), among)
    spots = [(at, c) for at, c in shown.glyphs if c in among and c]
    if not spots:
        raise DrawAgainError
    at, old = rng.choice(spots)
    others = [c for c in codes if c != old]
    if not others:
        raise DrawAgainError
    new = rng.choice(others)
    sheet.put(at, at + 4, codes[new].encode())
    return f"{shown.words[:40]!r}: {old!r} became {new!r}"


def pdf_letter(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_body)
    return sheet, _other_letter(sheet, shown, rng)


def pdf_note_letter(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_note)
    return sheet, _other_letter(sheet, shown, rng)


def pdf_word(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """A word's letters stand in another order."""
    sheet, shown = _draw(pages, rng, lambda s: _is_body(s) or _is_note(s))
    words = [
        m.span()
        for m in re.finditer(
            r"[a-z]{4,}", "".join(c if len(c) == 1 else " " for _, c in shown.glyphs)
        )
    ]
    if not words:
        raise DrawAgainError
    first, last = rng.choice(words)
    spots = [at for at, _ in shown.glyphs[first:last]]
    codes = [sheet.data[at : at + 4] for at in spots]
    if codes == codes[::-1]:
        raise DrawAgainError
    for at, code in zip(spots, codes[::-1], strict=True):
        sheet.put(at, at + 4, code)
    return sheet, f"{shown.words[first:last]!r} stands backwards"


def _blank(sheet: Sheet, shown: Shown) -> None:
    sheet.put(shown.start, shown.end, b" " * (shown.end - shown.start))


def pdf_lost_line(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_body)
    _blank(sheet, shown)
    return sheet, f"{shown.words[:40]!r} is gone"


def pdf_lost_paragraph(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_body)
    at = sheet.shown.index(shown)
    for line in sheet.shown[at : at + rng.randint(2, 5)]:
        if not line.artifact:
            _blank(sheet, line)
    return sheet, f"several lines from {shown.words[:40]!r} on are gone"


def pdf_lost_note(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_note)
    _blank(sheet, shown)
    return sheet, f"the note's line {shown.words[:40]!r} is gone"


def pdf_swapped_lines(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """Two lines change places: what is drawn, not where."""
    fit = rng.choice([_is_body, _is_note])
    sheet, one = _draw(pages, rng, fit)
    alike = [
        s
        for s in sheet.shown
        if fit(s)
        and s.match["font"] == one.match["font"]
        and s != one
        and s.size == one.size
        and s.words != one.words
    ]
    if not alike:
        raise DrawAgainError
    first, second = sorted([one, rng.choice(alike)], key=lambda s: s.start)
    shows = [sheet.data[s.show[0] : s.show[1]] for s in (first, second)]
    sheet.put(*second.show, shows[0])
    sheet.put(*first.show, shows[1])
    return sheet, f"{first.words[:30]!r} and {second.words[:30]!r} changed places"


def _tm(sheet: Sheet, shown: Shown, x: float, y: float) -> None:
    start, end = shown.match.start("x"), shown.match.end("y")
    sheet.put(start, end, f"{x:.3f} {y:.3f}".encode())


def _at(shown: Shown) -> tuple[float, float]:
    return float(shown.match["x"]), float(shown.match["y"])


def pdf_swapped_places(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """Two lines change places: where they are drawn, not when."""
    fit = rng.choice([_is_body, _is_note])
    sheet, one = _draw(pages, rng, fit)
    alike = [s for s in sheet.shown if fit(s) and abs(_at(s)[1] - _at(one)[1]) > 5]
    if not alike:
        raise DrawAgainError
    first, second = sorted([one, rng.choice(alike)], key=lambda s: s.start)
    places = _at(first), _at(second)
    _tm(sheet, second, *places[0])
    _tm(sheet, first, *places[1])
    return sheet, f"{first.words[:30]!r} and {second.words[:30]!r} stand in each other's place"


def pdf_lost_call(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_call)
    _blank(sheet, shown)
    return sheet, f"the call {shown.words} is gone"


def pdf_wrong_call(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_call)
    return sheet, "call " + _other_letter(sheet, shown, rng, "0123456789")


def pdf_moved_call(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, _is_call)
    x, y = _at(shown)
    dx, dy = rng.choice([(-40, 0), (-120, 0), (0, 18.667), (0, -18.667), (60, 18.667)])
    _tm(sheet, shown, x + dx, y + dy)
    return sheet, f"the call {shown.words} stands {dx} to the right and {dy} below"


def pdf_wrong_note_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(
        pages, rng, lambda s: not s.artifact and re.fullmatch(r"\d+\.\s*", s.words) is not None
    )
    return sheet, "note " + _other_letter(sheet, shown, rng, "0123456789")


def _digits(shown: Shown) -> bool:
    return shown.artifact and shown.words.strip().isdigit()


def pdf_folio(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _digits(s) and s.size > 12)
    _alien_digit(sheet, shown, rng, pages)
    return sheet, f"the folio {shown.words} is another"


def pdf_margin_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _digits(s) and s.size < 12)
    _alien_digit(sheet, shown, rng, pages)
    return sheet, f"the margin number {shown.words} is another"


def _alien_digit(sheet: Sheet, shown: Shown, rng: random.Random, pages: list[pikepdf.Page]) -> None:
    """Another digit of the same font, also one that this page does not draw."""
    at, old = rng.choice([(a, c) for a, c in shown.glyphs if c.isdigit()])
    code = sheet.data[at : at + 4].decode()
    table = sheet.fonts[shown.match["font"].decode()]
    near = [
        other
        for other, c in table.items()
        if len(c) == 1 and c.isdigit() and c != old and abs(int(other, 16) - int(code, 16)) < 12
    ]
    if not near:
        raise DrawAgainError
    sheet.put(at, at + 4, rng.choice(near).encode())


def pdf_moved_margin_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _digits(s) and s.size < 12)
    x, y = _at(shown)
    _tm(sheet, shown, x, y + rng.choice([-60, 60, 90]))
    return sheet, f"the margin number {shown.words} stands elsewhere"


def pdf_running_head(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: s.artifact and len(s.words) > 5)
    return sheet, "head " + _other_letter(sheet, shown, rng)


def pdf_page_number(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    """A number in the contents, or in a reference to a page."""
    sheet, shown = _draw(
        pages,
        rng,
        lambda s: not s.artifact and s.size > 10 and re.fullmatch(r"\d{1,3}", s.words) is not None,
    )
    _alien_digit(sheet, shown, rng, pages)
    return sheet, f"the page number {shown.words} is another"


def _wrap(sheet: Sheet, shown: Shown, head: bytes, tail: bytes) -> None:
    drawing = sheet.data[shown.start : shown.end]
    sheet.put(shown.start, shown.end, head + drawing + tail)


def pdf_invisible(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _is_body(s) or _is_note(s))
    _wrap(sheet, shown, b"q 3 Tr ", b" Q")
    return sheet, f"{shown.words[:40]!r} is drawn without ink"


def pdf_white(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _is_body(s) or _is_note(s) or _is_call(s))
    _wrap(sheet, shown, b"q 1 g ", b" Q")
    return sheet, f"{shown.words[:40]!r} is white"


def pdf_clipped(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _is_body(s) or _is_note(s))
    _wrap(sheet, shown, b"q 0 0 1 1 re W n ", b" Q")
    return sheet, f"{shown.words[:40]!r} is clipped away"


def pdf_covered(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _is_body(s) or _is_note(s))
    x, y = _at(shown)
    box = f"{x:.2f} {y - 12:.2f} 60 16 re f"
    _wrap(sheet, shown, b"", f" q 1 g {box} Q".encode())
    return sheet, f"the beginning of {shown.words[:40]!r} is covered"


def pdf_off_page(pages: list[pikepdf.Page], rng: random.Random) -> tuple[Sheet, str]:
    sheet, shown = _draw(pages, rng, lambda s: _is_body(s) or _is_note(s))
    x, y = _at(shown)
    dx, dy = rng.choice([(2000, 0), (0, 2000), (-2000, 0)])
    _tm(sheet, shown, x + dx, y + dy)
    return sheet, f"{shown.words[:40]!r} is drawn off the page"


PDF: dict[str, Callable[[list[pikepdf.Page], random.Random], tuple[Sheet, str]]] = {
    name.removeprefix("pdf_").replace("_", " "): function
    for name, function in list(globals().items())
    if name.startswith("pdf_")
}

KINDS = (*(f"epub {name}" for name in EPUB), *(f"pdf {name}" for name in PDF))
"""Every kind, to be drawn evenly."""
