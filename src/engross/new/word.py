"""
Word files: what mammoth reads of one becomes Markdown, which is the evidence from then on.

The Word file itself is kept beside it. Pictures and tables, which Markdown cannot carry, are
listed as not placed.
"""

import io
from typing import Any

from lxml import html

from engross.new.draft import Draft
from engross.new.plain import read_markdown
from engross.new.wcda import escaped

HEADINGS = {"h1": "#", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}


def read_docx(content: bytes, title: str) -> Draft:
    """A Word file as a draft."""
    import mammoth

    result = mammoth.convert_to_html(io.BytesIO(content))
    root = html.fromstring(f"<div>{result.value}</div>")
    unplaced: list[str] = [message.message for message in result.messages]
    blocks = [block for child in root for block in _blocks(child, unplaced)]
    text = "\n\n".join(blocks) + "\n"
    draft = read_markdown(text.encode(), text, title)
    return Draft(
        received=draft.received,
        name=draft.name,
        transcript=draft.transcript,
        record=draft.record,
        format=draft.format,
        lines=draft.lines,
        title=title,
        beside={"received.docx": content},
        unplaced=unplaced,
    )


def _blocks(element: Any, unplaced: list[str], depth: int = 0) -> list[str]:
    if element.tag in HEADINGS:
        return [f"{HEADINGS[element.tag]} {_inline(element, unplaced)}"]
    if element.tag in {"ul", "ol"}:
        mark = "-" if element.tag == "ul" else "1."
        rows = [f"{'   ' * depth}{mark} {_inline(item, unplaced)}" for item in element]
        return ["\n".join(rows)]
    if element.tag == "blockquote":
        return [f"> {_inline(element, unplaced)}"]
    if element.tag == "table":
        unplaced.append(f"a table: {element.text_content()[:60]}")
        return [_inline(cell, unplaced) for cell in element.iter("td", "th")]
    words = _inline(element, unplaced)
    return [words] if words else []


def _inline(element: Any, unplaced: list[str]) -> str:
    words = escaped(element.text or "")
    for child in element:
        inner = _inline(child, unplaced)
        if child.tag in {"em", "i"} and inner.strip():
            words += f"*{inner.strip()}*"
        elif child.tag in {"strong", "b"} and inner.strip():
            words += f"**{inner.strip()}**"
        elif child.tag == "img":
            unplaced.append("a picture")
        elif child.tag == "br":
            words += " "
        else:
            words += inner
        words += escaped(child.tail or "")
    return " ".join(words.split()) if element.tag in {*HEADINGS, "p", "li", "td", "th"} else words
