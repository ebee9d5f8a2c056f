"""
Where an address leads in each kind of medium.

On pages every link of the edition is `https://section.invalid/#ADDRESS`: the sections are typeset
apart, and the join turns these into destinations, which are `data-address` or `SECTION#ID`. In an
EPUB and on the web each section is a file.
"""

from typing import Literal

from engross.model.address import section_of

Medium = Literal["page", "epub", "web"]


def anchor(address: str) -> str:
    """
    The id of the element that has this address, in the file of its section.

    >>> anchor("yamada/note/kurile")
    'note-kurile'
    """
    inner = address.removeprefix(section_of(address))
    return inner[1:].replace("#", "-").replace("/", "-") if inner else address


def href(address: str, medium: Medium, here: str) -> str:
    """
    The target of a link to an address, from the section `here`.

    >>> href("yamada#p-007", "epub", "introduction")
    'yamada.xhtml#p-007'
    """
    if medium == "page":
        # A line of verse has an id alone; the join knows that as `SECTION#ID`.
        return f"https://section.invalid/#{address.replace('/l-', '-l-')}"
    section = section_of(address)
    if section == here:
        return f"#{anchor(address)}"
    file = f"{section}.{'html' if medium == 'web' else 'xhtml'}"
    return file + ("" if section == address else f"#{anchor(address)}")


def page_number(address: str) -> str:
    """The target of a slot that the join fills with the printed page of an address."""
    return f"https://page.invalid/#{address}"


def image(path: str, medium: Medium) -> str:
    """
    Where a picture of the book is found.

    >>> image("documents/yamada/p1.png", "epub")
    'images/documents-yamada-p1.png'
    """
    if medium == "page":
        return f"edition:{path}"
    return "images/" + path.replace("/", "-")
