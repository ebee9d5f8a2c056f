"""What a web page has beside the text: notes, marks of pages and leaves, how to cite."""

from collections.abc import Callable, Sequence

from lxml import etree

from engross.assemble.edition import CorrectionEntry, CorrectionsContent, Gone
from engross.make.epub.pages import leaf_id
from engross.make.markup import behind, by_class, find, has_class, new, opened, swap
from engross.model.address import section_of

HOLDERS = ("beside", "text", "division", "headnote", "facing-original", "facing-text")
"""Classes of the elements whose children are blocks of a text; a section holds blocks, too."""
QUIET = {"p", "ul", "ol", "dl", "table", "blockquote"}
"""Elements beside which the notes of a block before them may go on."""
LONG = 190
"""Characters: a longer note may show its first lines only, until it is chosen."""
TEXT, NOTE = (62, 27), (56, 20)
"""Characters of a line of the text and of a note beside it, and its height in pixels."""
APART = 14
"""Pixels between blocks."""
CUT = 74
"""Pixels of a note that is cut: three lines."""
FAR = 900
"""Pixels of text over which notes may stand below each other, away from their calls."""


def link_marks(section: etree._Element, say: Callable[..., str]) -> None:
    """Turn the marks of printed pages and of leaves into links to themselves, in words of `say`."""
    for mark in find(section, ".//*[@role='doc-pagebreak']"):
        page = mark.get("aria-label") or ""
        short = say("page", label=page)
        attributes = {"class": "page-mark", "id": mark.get("id") or "", "data-furniture": ""}
        if any(above.tag == "a" for above in mark.iterancestors()):
            link = etree.Element("span", attributes)
        else:
            more = {
                "href": f"#{mark.get('id')}",
                "aria-label": f"{short}, {say('page-of-print', page=page)}",
            }
            link = etree.Element("a", attributes | more)
        link.text = short
        swap(mark, link)
    seen: set[str] = set()
    for mark in by_class(section, "span", "leaf-break"):
        words = mark.text or ""
        identity = mark.get("id") or leaf_id(words)
        if not words or identity in seen or any(above.tag == "a" for above in mark.iterancestors()):
            continue
        seen.add(identity)
        mark.set("id", identity)
        mark.text = None
        mark.append(new("a", words, href=f"#{identity}"))


def place_notes(section: etree._Element, close: str, more: str) -> None:
    """
    Take the notes from the end and put each behind the block that first calls it.

    Block and notes stand in one element of class `beside`; a sheet sets them side by side. A note
    that has no room there (class `long`) shows its beginning. `more` are the words of the link that
    opens it, `close` of the one that leads back.
    """
    ends = by_class(section, "section", "notes")
    for end in ends:
        notes = {note.get("id") or "": note for note in end if note.tag == "aside"}
        for call in by_class(section, "a", "noteref"):
            note = notes.pop((call.get("href") or "").removeprefix("#"), None)
            if note is None or end in call.iterancestors():
                continue
            note.set("aria-label", call.get("aria-label") or "")
            shut = new("a", close, class_="close", href=f"#{call.get('id')}", data_furniture="")
            note.append(shut)
            _holder(call, section).append(note)
        if not notes:
            parent = end.getparent()
            assert parent is not None
            parent.remove(end)
    for place in by_class(section, "div", "notes-beside"):
        both = place.getparent()
        if both is None or both.getparent() is None:
            continue
        room, asked = _widened(both, place)
        if asked <= room:
            continue
        if sum(min(_height(note, NOTE), CUT) for note in place) <= room:
            place.set("class", "notes-beside cut")
        for note in place:
            if _letters(note) > LONG:
                note.set("class", f"{note.get('class') or ''} long".strip())
                target = f"#{note.get('id')}"
                note.append(new("a", more, class_="more", href=target, data_furniture=""))


def _widened(both: etree._Element, place: etree._Element) -> tuple[int, int]:
    """
    Take in the blocks behind, and their notes, until all notes have room.

    Returns:
        The height of the blocks, and that of the notes.
    """
    while True:
        room = sum(_height(block, TEXT) for block in both if block is not place)
        asked = sum(_height(note, NOTE) for note in place)
        after = both.getnext()
        near = after is not None and (after.tag in QUIET or has_class(after, "beside"))
        if asked <= room or room > FAR or after is None or not near:
            return room, asked
        if after.tag in QUIET:
            place.addprevious(after)
            continue
        *blocks, notes = after
        for block in blocks:
            place.addprevious(block)
        place.extend(notes)
        both.getparent().remove(after)  # type: ignore[union-attr]  # it stands in the section


def _height(element: etree._Element, line: tuple[int, int]) -> int:
    """About how many pixels a block or a note takes."""
    characters, pixels = line
    return -(-_letters(element) // characters) * pixels + APART


def _letters(element: etree._Element) -> int:
    return len("".join(map(str, element.itertext())))


def _holder(call: etree._Element, section: etree._Element) -> etree._Element:
    """The place for notes beside the block of a call; made where there is none yet."""
    block = next(
        one
        for one in (call, *call.iterancestors())
        if (above := one.getparent()) is None
        or above is section
        or any(has_class(above, name) for name in HOLDERS)
    )
    parent = block.getparent()
    assert parent is not None
    if has_class(parent, "beside"):
        return parent[-1]
    both = new("div", class_="beside")
    swap(block, both)
    block.tail = "\n"
    both.append(block)
    place = new("div", class_="notes-beside")
    both.append(place)
    return place


def offer_citations(section: etree._Element, cite: Callable[[int], str], words: str) -> None:
    """
    Put behind each numbered paragraph how it is cited; a sheet shows it when its number is chosen.

    `words` stand before the citation, which `cite` gives for a number.
    """
    for number in by_class(section, "span", "paragraph-number"):
        block = number.getparent()
        text = "".join(map(str, number.itertext())).strip()
        if block is None or not text.isdigit():
            continue
        offer = new("p", words + " ", class_="cite-this", data_furniture="")
        offer.append(new("span", cite(int(text)), class_="citation-text"))
        behind(block, offer)


def tell_changes(
    section: etree._Element,
    address: str,
    changes: CorrectionsContent,
    line: Callable[[Sequence[CorrectionEntry], Gone | None], str],
) -> None:
    """
    Lead old citations on: what changed at a place stands in it, and addresses that went are kept.

    A sheet shows either where a link leads to it; `line` writes what earlier versions say, or that
    something is gone.
    """
    blocks = {one.get("data-address"): one for one in find(section, ".//*[@data-address]")}
    for place in dict.fromkeys(entry.address for entry in changes.entries if entry.pages):
        if place in blocks:
            rows = [row for row in changes.entries if row.address == place and row.pages]
            blocks[place].append(opened(line(rows, None)))
    for gone in changes.gone:
        if gone.place and section_of(gone.address) == address:
            rows = [row for row in changes.entries if row.was == gone.address]
            told = opened(line(rows, gone))
            block = blocks.get(gone.place)
            if gone.address in blocks:  # all its words went: its own place tells of it
                told.attrib.pop("id", "")
                block = blocks[gone.address]
            at = len(block) if block is not None else 0
            (section if block is None else block).insert(at, told)
