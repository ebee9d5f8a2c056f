"""Addresses: `yamada`, `yamada#p-007`, `yamada/note/kurile`; ids; links that may be followed."""

import re
import unicodedata

LEADS = frozenset({"http", "https", "mailto", "tel", "doi"})
"""Schemes that a link may have; `urn:`, `ark:`, `hdl:` and others are text."""
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.)")
_SPACE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cs"})


def section_of(address: str) -> str:
    """
    The section that holds an address.

    >>> section_of("yamada/note/kurile")
    'yamada'
    """
    return address.split("#", 1)[0].split("/", 1)[0]


def slug_of(title: str, instead: str = "") -> str:
    """
    A name for files from a title, or from what there is `instead` where that has no Latin letter.

    >>> slug_of("Priyom: N.S. Khrushchev, 1961")
    'priyom-n-s-khrushchev-1961'
    """
    title = title if re.search("[A-Za-z]", title) else instead or title
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    slug = slug if len(slug) <= 48 else slug[:49].rpartition("-")[0]
    return slug if slug[:1].isalpha() else f"edition-{slug}".rstrip("-")


def key_of(cited: str) -> str:
    """
    What a citation names: an address as it is, and the id made of a reference manager's key.

    >>> key_of("yamada/note/kurile"), key_of("smithHistory2020")
    ('yamada/note/kurile', 'smithhistory2020')
    """
    return cited if re.fullmatch(r"[a-z][a-z0-9/#-]*", cited) else slug_of(cited)


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
