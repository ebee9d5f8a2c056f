"""Addresses: `yamada`, `yamada#p-007`, `yamada/note/kurile`; and ids made of other names."""

import re
import unicodedata


def section_of(address: str) -> str:
    """
    The section that holds an address.

    >>> section_of("yamada/note/kurile")
    'yamada'
    """
    return address.split("#", 1)[0].split("/", 1)[0]


def slug_of(title: str) -> str:
    """
    A name for files from a title.

    >>> slug_of("Priyom: N.S. Khrushchev, 1961")
    'priyom-n-s-khrushchev-1961'
    """
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
