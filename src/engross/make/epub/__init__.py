"""
EPUB 3: one file a section, navigation in three forms, and a package that says what the book is.

`make_epub` gives the bytes; `check.epub` looks at them again, with other eyes.
"""

from engross.make.epub.book import make_epub
from engross.make.epub.cover import draw_cover
from engross.make.epub.pages import mark_pages
from engross.make.typeset.values import PageStart

__all__ = ["PageStart", "draw_cover", "make_epub", "mark_pages"]
