"""What a second reader copies from a page: its codes, or what it says beside the glyphs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from engross.check.setting.lines import codes, shown
from engross.model.unseen import JOINED
from engross.verify.pages import PageText
from engross.verify.plain import paper


def disagreeing(pdf: pikepdf.Pdf, pages: Sequence[PageText]) -> Iterator[tuple[int, str]]:
    """
    Pages of which pikepdf copies other characters than PDFium, and the first of these.

    Asked of pages with scripts whose glyphs are joined, piled up or reordered: what is copied hangs
    there on more than one code a letter. Lines are put in order by each reader in its own way, so
    it is characters that are counted.
    """
    for index, page in enumerate(pages):
        said = "".join(page.lines)
        if JOINED.search(said):
            one, two = (Counter(paper(text)) for text in (said, copied(pdf.pages[index])))
            for odd in ((one - two) + (two - one)).keys() - {"\u2010", "-"}:
                yield index, odd
                break


def copied(page: pikepdf.Page) -> str:
    """The characters of a page in the order of drawing, after the file's own tables."""
    fonts: dict[str, dict[str, str]] = {}
    spoken: list[bool] = []
    text, face = "", ""
    for row, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            face = str(row[0])
            if face not in fonts:
                fonts[face] = codes(page.obj.Resources.Font[face])
        elif name in ("BDC", "BMC"):
            beside: Any = row[1] if len(row) > 1 else None
            spoken.append(isinstance(beside, pikepdf.Dictionary) and "/ActualText" in beside)
            text += str(beside.ActualText) if spoken[-1] else ""
        elif name == "EMC":
            spoken.pop()
        elif name in ("Tj", "TJ") and not any(spoken):
            text += shown(row[0], fonts[face])
    return text
