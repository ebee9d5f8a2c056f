"""A search without a server: the words of the edition in one file, and a script that looks."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from engross.make.markup import find, opened
from engross.render import Rendered, anchor

OWN: Any = etree.XPath(".//text()[not(ancestor::*[@data-furniture])]")


def index(sections: Sequence[Rendered], names: Callable[[str], str]) -> bytes:
    """
    Every block with an address, as a script that sets one value.

    A row is the page's file (which `names` gives by address), the id there, the section's title
    and the block's words.
    """
    rows = [
        [names(section.address), anchor(block.get("data-address") or ""), section.title, words]
        for section in sections
        for block in find(opened(section.html), ".//*[@data-address]")
        if (words := own_words(block))
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return f"window.engrossWords={text};\n".encode()


def own_words(block: etree._Element) -> str:
    """The words of a block without its furniture, in one line."""
    return " ".join("".join(OWN(block)).split())
