"""XML as engross reads it: nothing outside the file is looked up, and it cannot grow in memory."""

import zipfile
import zlib
from typing import Any

from lxml import etree

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.ParserError,
    etree.XMLSyntaxError,
    LookupError,
    ValueError,
    OSError,
    RuntimeError,
    EOFError,
)
"""What zipfile and lxml raise where a file is damaged, encrypted or of an unknown kind."""


def parse_xml(content: bytes | str, **flags: Any) -> etree._Element:
    """
    The root of a file. Entities stand as they are, unless flags of lxml's `XMLParser` say
    otherwise.

    Raises:
        XMLSyntaxError: it is not well-formed, or deeper or longer than libxml2 lets pass.
    """
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    return etree.fromstring(content, etree.XMLParser(**(safe | flags)))


def parse_html(content: bytes) -> etree._Element:
    """
    The root of an HTML file, in UTF-8 or else as it says itself.

    Raises:
        ParserError: nothing is in it.
    """
    from lxml import html

    try:
        content.decode()
        encoding: str | None = "utf-8"
    except UnicodeDecodeError:
        encoding = None if b"charset" in content[:2048].lower() else "cp1252"
    return html.document_fromstring(content, html.HTMLParser(encoding=encoding))
