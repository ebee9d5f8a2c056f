"""What a web page has beside the text: notes, marks of pages and leaves, how to cite."""

from collections.abc import Callable

from lxml import etree

from engross.make.epub.pages import leaf_id
from engross.make.markup import behind, by_class, find, has_class, new, swap

HOLDERS = ("text", "division", "headnote", "facing-original", "facing-text")
"""Classes of the elements whose children are blocks of a text; a section holds blocks, too."""
QUIET = {"p", "ul", "ol", "dl", "table", "blockquote"}
"""Elements beside which the notes of a block before them may go on."""
LONG = 190
"""Characters: beside the text, a longer note shows its first lines only, until it is chosen."""


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


def place_notes(section: etree._Element, close: str) -> None:
    """
    Take the notes from the end and put each behind the block that first calls it.

    Block and notes stand in one element of class `beside`; a sheet sets them side by side.

    Args:
        section: the page's section.
        close: the words of the link that leads back from an opened note.
    """
    ends = by_class(section, "section", "notes")
    for end in ends:
        notes = {note.get("id") or "": note for note in end if note.tag == "aside"}
        for call in by_class(section, "a", "noteref"):
            note = notes.pop((call.get("href") or "").removeprefix("#"), None)
            if note is None or end in call.iterancestors():
                continue
            note.set("aria-label", call.get("aria-label") or "")
            if len("".join(map(str, note.itertext()))) > LONG:
                note.set("class", f"{note.get('class') or ''} long".strip())
            shut = new("a", close, class_="close", href=f"#{call.get('id')}", data_furniture="")
            note.append(shut)
            _holder(call, section).append(note)
        if not notes:
            parent = end.getparent()
            assert parent is not None
            parent.remove(end)
    for place in by_class(section, "div", "notes-beside"):
        _widen(place)


def _widen(place: etree._Element) -> None:
    """Give long notes the margin of the blocks behind theirs that call none."""
    both = place.getparent()
    assert both is not None
    if not any(has_class(note, "long") for note in place):
        return
    while (after := both.getnext()) is not None and after.tag in QUIET:
        place.addprevious(after)


def _holder(call: etree._Element, section: etree._Element) -> etree._Element:
    """The place for notes beside the block of a call; made where there is none yet."""
    block = call
    while not _is_block(block, section):
        above = block.getparent()
        assert above is not None
        block = above
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


def _is_block(element: etree._Element, section: etree._Element) -> bool:
    parent = element.getparent()
    if parent is None or parent is section or has_class(parent, "beside"):
        return True
    return any(has_class(parent, name) for name in HOLDERS)


def offer_citations(section: etree._Element, cite: Callable[[int], str], words: str) -> None:
    """
    Put behind each numbered paragraph how it is cited; a sheet shows it when its number is chosen.

    Args:
        section: the page's section.
        cite: gives the citation of a paragraph's number.
        words: what stands before it.
    """
    for number in by_class(section, "span", "paragraph-number"):
        block = number.getparent()
        text = "".join(map(str, number.itertext())).strip()
        if block is None or not text.isdigit():
            continue
        offer = new("p", words + " ", class_="cite-this", data_furniture="")
        offer.append(new("span", cite(int(text)), class_="citation-text"))
        behind(block, offer)
