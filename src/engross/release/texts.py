"""Texts of a release: one paragraph a line, its address before it."""

from collections.abc import Mapping


def written(texts: Mapping[str, str]) -> str:
    r"""
    The lines of a file.

    >>> written({"yamada#p-001": "Reception"})
    'yamada#p-001\tReception\n'
    """
    return "".join(f"{address}\t{' '.join(text.split())}\n" for address, text in texts.items())


def read(lines: str) -> dict[str, str]:
    """The texts by address, in the order of the file; a line without an address is left out."""
    rows = (line.partition("\t") for line in lines.split("\n"))
    return {address: text for address, tab, text in rows if tab}
