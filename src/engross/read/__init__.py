"""
Stage 1: the one door in. Every byte of a book comes through `Sources.file`.

`open_book` finds the book; `decode` turns a text file's bytes into text or says why it cannot.
"""

from engross.read.limits import Limits
from engross.read.sources import Sources, open_book, open_file, open_folder
from engross.read.text import decode, normalised

__all__ = ["Limits", "Sources", "decode", "normalised", "open_book", "open_file", "open_folder"]
