"""XML as engross reads it: nothing outside the file is looked up, and it cannot grow in memory."""

import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from lxml import etree

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    LookupError,
    ValueError,
    OSError,
    RuntimeError,
    EOFError,
)
"""What zipfile and lxml raise where a file is damaged, encrypted or of an unknown kind."""


if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(content: bytes | str, **flags: Any) -> "_Element":
    """
    The root of a file. Entities stand as they are, unless flags of lxml's `XMLParser` say
    otherwise.

    Raises:
        XMLSyntaxError: it is not well-formed, or deeper or longer than libxml2 lets pass.
    """
    from lxml import etree

    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    return etree.fromstring(content, etree.XMLParser(**(safe | flags)))
