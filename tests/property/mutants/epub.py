"""Mutations of an EPUB: words, paragraphs, calls, notes and numbers of its pages."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy

from lxml import etree
from tests.property.mutants.draw import LETTERS, DrawAgainError

X = "{http://www.w3.org/1999/xhtml}"
Trees = dict[str, etree._Element]


def changed_epub(
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
