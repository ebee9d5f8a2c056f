"""Where pointers lead: to a document, note, page, person or term of the file, or out of it."""

import re

from lxml import etree

from engross.model.text import Attributes
from engross.parse.tei.ids import normal
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import Reading

POINTERS = ("target", "corresp", "ref", "key")


def keys(reading: Reading, element: etree._Element) -> str:
    """The register ids that a name points to, separated by spaces."""
    result: list[str] = []
    for attribute in ("corresp", "target", "ref", "key"):
        for pointer in element.get(attribute, "").split():
            name = pointer.removeprefix("#")
            if ":" in name or "/" in name:
                result.append(pointer)
            else:
                result.append(reading.ids.new.get(name) or normal(name))
    return " ".join(dict.fromkeys(result))


def check(reading: Reading, element: etree._Element) -> None:
    """Report each pointer into the file that leads nowhere."""
    for attribute in POINTERS:
        for pointer in element.get(attribute, "").split():
            if pointer.startswith("#") and pointer[1:] not in reading.ids.holders:
                name = name_of(element.tag)
                reading.report(
                    "I013",
                    element,
                    f"{name}/@{attribute} points to {pointer!r}, which nothing in the file has",
                    "correct the pointer or give its goal that xml:id",
                )


def address(reading: Reading, identifier: str) -> str:
    """The address of an id of the file: `d232`, `d350/note/d350fn2`; of a page its id."""
    element = reading.ids.holders[identifier]
    own = reading.ids.given(element)
    if name_of(element.tag) != "note":
        return own
    for above in element.iterancestors():
        if name_of(above.tag).startswith("div") and reading.ids.given(above):
            return f"{reading.ids.given(above)}/note/{own}"
    return own


def reference(reading: Reading, element: etree._Element) -> tuple[str, Attributes]:
    """The kind of mark (`reference` or `link`) and the goal of a `ref` or `ptr`."""
    target = element.get("target", "").strip()
    if re.match(r"^[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        return "link", (("href", target),)
    identifier = (target[1:].split() or [""])[0] if target.startswith("#") else ""
    if identifier not in reading.ids.holders:
        return "reference", ()
    return "reference", (("address", address(reading, identifier)),)
