"""
Words as XML has them.

`xml.sax.saxutils` does the same, and loads the network and its ciphers with it: 0.04 s of a start.
"""

from html import escape

BREAKS = {ord(one): f"&#{ord(one)};" for one in "\t\n\r"}
"""A parser turns them into blanks within an attribute, unless they are written so."""


def escaped(text: str) -> str:
    """A text as the content of an element."""
    return escape(text, quote=False)


def quoted(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks."""
    return f'"{escape(text).translate(BREAKS)}"'
