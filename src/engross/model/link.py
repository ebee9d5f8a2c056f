"""Which words are addresses that software may follow; everywhere else an address is text."""

import re
import unicodedata

LEADS = frozenset({"http", "https", "mailto", "tel", "doi"})
"""Schemes that a link may have; `urn:`, `ark:`, `hdl:` and others are text."""
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.)")
_SPACE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cs"})


def plain(address: str) -> str:
    """An address without blanks, controls and invisible characters, which browsers skip."""
    return "".join(sign for sign in address if unicodedata.category(sign) not in _SPACE)


def scheme(address: str) -> str:
    r"""
    The scheme as software reads it, in small letters; "" for an address within the edition.

    >>> scheme("java\tscript:alert(1)"), scheme("yamada.xhtml#p-001")
    ('javascript', '')
    """
    found = re.match(r"([^/?#:\\]*):", plain(address))
    return found[1].lower() if found else ""


def outward(address: str) -> bool:
    """
    Whether it leads out of the edition, to where a link may lead.

    >>> outward("https://example.org/"), outward("data:text/html,x"), outward("example.org")
    (True, False, False)
    """
    found = _SCHEME.match(address)
    return bool(found) and address == plain(address) and scheme(address) in LEADS


def leads(address: str) -> bool:
    """
    Whether a link may have it: outward, or relative within the edition.

    >>> leads("#here"), leads("//example.org"), leads("file:///etc/passwd")
    (True, False, False)
    """
    within = not scheme(address) and not plain(address).startswith(("/", "\\"))
    return outward(address) or within
