"""Words written as XML are read back as they were."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis.strategies import characters, text

from engross.model.markup import escaped, quoted

words = text(characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"))


@given(words)
def test_content_and_attributes_come_back_from_a_parser(said: str) -> None:
    said = said.replace("\ufffe", "").replace("\uffff", "")
    element = ElementTree.fromstring(f"<x a={quoted(said)}>{escaped(said)}</x>")
    assert (element.get("a"), element.text or "") == (said, said)


def test_plain_words_stay_as_they_are() -> None:
    assert escaped('O\'Hara & "sons" <1>') == 'O\'Hara &amp; "sons" &lt;1&gt;'
    assert quoted("ru-Latn") == '"ru-Latn"'
