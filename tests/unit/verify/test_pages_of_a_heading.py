"""Where the pages of a heading of the index end, and the next heading begins."""

import re

import pytest

from engross.verify.judge import PAGES


@pytest.mark.parametrize(
    ("text", "pages"),
    [("5côte", "5"), ("5civil", "5"), ("3–4,7vie", "3–4,7"), ("iv,12Étienne", "iv,12")],
)
def test_a_heading_that_begins_as_a_roman_number_does_is_no_page(text: str, pages: str) -> None:
    found = re.match(PAGES, text)
    assert found
    assert found[0] == pages
