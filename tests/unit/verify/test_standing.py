"""What a block stands in, by the evidence and by the files."""

import pytest
from lxml import etree

from engross.model.text import Item, Leaf, ListBlock
from engross.verify.standing import found_within, standing

PAGE = "<body xmlns='http://www.w3.org/1999/xhtml'>{}<li>a</li><li><p>b</p></li>{}</body>"


@pytest.mark.parametrize(("kind", "tag"), [("bullet", "ul"), ("ordered", "ol")])
def test_items_are_counted_where_they_have_numbers_alone(kind: str, tag: str) -> None:
    """A long list goes on in a next file; one without numbers begins anew there."""
    items = tuple(Item((Leaf(f"p-00{n}", "paragraph", ()),)) for n in range(1, 6))
    wanted = list(standing([ListBlock(kind, items)], "en"))[4][1]
    start = " start='4'" if tag == "ol" else ""
    page = etree.fromstring(PAGE.format(f"<{tag}{start}>", f"</{tag}>"))
    found = found_within(page.find(".//{*}p"))
    assert found == wanted
    assert wanted[0][2] == (5 if tag == "ol" else 0)
