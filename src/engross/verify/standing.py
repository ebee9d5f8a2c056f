"""What each block of a text stands in: lists, cells, quotations; of headings the level."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from lxml import etree

from engross.check.epub.opened import XML_LANG
from engross.model.text import Block, Division, Figure, Leaf, ListBlock, Quote, Table
from engross.verify.pieces import Within
from engross.verify.plain import TABLES

ALIKE: Mapping[str, str] = TABLES["alike"]
"""Elements that mean something by themselves."""
WAYS: Mapping[str, str] = TABLES["ways"]
"""Ways of counting, by the attribute of a list."""


def standing(
    blocks: Iterable[Block], language: str, within: tuple[Within, ...] = ()
) -> Iterator[tuple[Leaf, tuple[Within, ...], str]]:
    """Every leaf, with what it stands in and its language, by the evidence."""
    for block in blocks:
        own = tongue_of(getattr(block, "attributes", ())) or language
        match block:
            case Leaf(role="heading", level=level) if level:
                yield block, (*within, ("heading", level)), own
            case Leaf():
                yield block, within, own
            case ListBlock():
                yield from standing([block.head] if block.head else (), language, within)
                way = block.numbering if block.kind == "ordered" else ""
                for number, item in enumerate(block.items, block.start if way else 1):
                    here: Within = ("item", way, number if way else 0)
                    tongue = tongue_of(item.attributes) or own
                    label: Within = here
                    if block.kind == "labelled":
                        here, label = ("described",), ("labelled",)
                    yield from standing(filter(None, [item.label]), tongue, (*within, label))
                    yield from standing(item.blocks, tongue, (*within, here))
            case Table():
                caption = (*within, ("caption",))
                yield from standing(filter(None, [block.caption]), own, caption)
                for number, cell in ((n, cell) for n, row in enumerate(block.rows) for cell in row):
                    head = "col" if number < block.head_rows else "row" if cell.header else ""
                    inner = (*within, ("cell", cell.columns, cell.rows, head))
                    yield from standing(cell.blocks, tongue_of(cell.attributes) or own, inner)
            case Quote():
                yield from standing(block.blocks, own, (*within, ("quotation",)))
            case Division():
                yield from standing(block.blocks, own, within)
            case Figure(caption=words) if words:
                yield from standing([words], language, (*within, ("caption",)))


def tongue_of(attributes: Sequence[tuple[str, str]]) -> str:
    """The language that a block or a note has of its own; "" for that of what it stands in."""
    said = dict(attributes)
    return said.get("language") or said.get("lang", "")


def found_within(element: etree._Element) -> tuple[Within, ...]:
    """What an element of an EPUB or a web page stands in."""
    found: list[Within] = []
    for one in (element, *element.iterancestors()):
        tag = etree.QName(one).localname
        if tag in {"section", "aside", "body"}:
            break
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            found.append(("heading", int(tag[1])))
        elif tag in {"td", "th"}:
            around = (etree.QName(each).localname for each in one.iterancestors())
            head = "" if tag == "td" else "col" if "thead" in around else "row"
            head = one.get("scope", head).removesuffix("group") if head else ""
            spans = (int(one.get(name) or 1) for name in ("colspan", "rowspan"))
            found.append(("cell", *spans, head))
        elif tag in ALIKE:
            found.append((ALIKE[tag],))
        elif tag == "li" and (above := one.getparent()) is not None:
            before = _before(one)
            ordered = etree.QName(above).localname == "ol"
            classes = above.get("class", "").split()
            way = next((c for c in classes if c.startswith(("lower-", "upper-"))), "decimal")
            way = "reversed" if "reversed" in above.attrib else WAYS.get(above.get("type", ""), way)
            first = int(above.get("start") or 1) if ordered else 1
            # a bulleted list may go on in a next file, where nobody counts
            found.append(("item", way, first + before) if ordered else ("item", "", 0))
    return tuple(found[::-1])


def _before(item: etree._Element) -> int:
    """How many items a reader counts before one, from the first of its list."""
    above, count = item.getparent(), -1
    first = int(above.get("start") or 1) if above is not None else 1
    for one in (*reversed(list(item.itersiblings(item.tag, preceding=True))), item):
        count = int(value) - first if (value := one.get("value")) else count + 1
    return count


def found_language(element: etree._Element) -> str:
    """The language of an element: its own, else that of what it stands in."""
    for one in (element, *element.iterancestors()):
        if language := one.get(XML_LANG) or one.get("lang"):
            return language
    return ""


def astray_in(wanted: tuple[Within, ...], found: tuple[Within, ...], shift: int) -> str:
    """Where a block stands otherwise than it should, in words; "" where it does not."""
    step = [(k, min(6, int(str(v[0])) + shift)) if k == "heading" else (k, *v) for k, *v in wanted]
    for here, there in zip_longest(found, step, fillvalue=("nothing",)):
        if here != there:
            said = (" ".join(map(str, one)).rstrip() for one in (here, there))
            return "stands in '{}', by the evidence in '{}'".format(*said)
    return ""
