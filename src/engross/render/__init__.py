"""
Stage 4: the edition becomes XHTML sections.

`render(edition, medium)` fills the section templates; `styles(house, medium)` gives the sheet.
Templates are shipped in `engross/templates`; a book may override each by name.
"""

from engross.render.links import Medium, anchor, href
from engross.render.sections import Rendered, render
from engross.render.sheets import SheetMedium, shipped, styles

__all__ = [
    "Medium",
    "Rendered",
    "SheetMedium",
    "anchor",
    "href",
    "render",
    "shipped",
    "styles",
]
