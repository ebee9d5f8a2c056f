"""Addresses: `yamada`, `yamada#p-007`, `yamada/note/kurile`."""


def section_of(address: str) -> str:
    """
    The section that holds an address.

    >>> section_of("yamada/note/kurile")
    'yamada'
    """
    return address.split("#", 1)[0].split("/", 1)[0]
