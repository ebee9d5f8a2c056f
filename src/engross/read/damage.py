"""What the reading of a damaged archive raises."""

import zipfile
import zlib

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
