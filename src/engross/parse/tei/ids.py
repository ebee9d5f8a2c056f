"""
Identifiers of a TEI file, made into the ids that addresses use, with a map back.

The rule: lower case; every run of other characters than a-z and 0-9 becomes one hyphen; hyphens at
the ends go; an `x-` in front where it would not begin with a letter; cut at 64 characters. A
second holder of an id (in the file, or after this rule) gets `-2`, `-3` and so on at its end. What
begins with `page-` are pages of the edition: `page_5` of the file is `pg-5`.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from engross.parse.tei.names import XML, name_of

LIMIT = 64


@cache
def normal(identifier: str) -> str:
    """The id that the rule gives, before any suffix."""
    plain = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")
    if not plain[:1].isalpha():
        plain = f"x-{plain}".rstrip("-")
    return re.sub("^page-", "pg-", plain)[:LIMIT].rstrip("-")


@dataclass(slots=True)
class Ids:
    """Every `xml:id` of one file: found before anything is read, so that links can be resolved."""

    holders: dict[str, etree._Element] = field(default_factory=dict)
    """The first element with each id as the file writes it."""
    new: dict[str, str] = field(default_factory=dict)
    """The id of each first holder after the rule."""
    again: list[tuple[str, etree._Element, str]] = field(default_factory=list)
    """Further holders: the id, the element, and the id it gets."""
    _given: dict[int, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element) -> "Ids":
        """
        Collect them from the whole tree: first those of the file and its divisions, then the rest.

        So no id of a document hangs on what else the file holds.
        """
        ids = cls()
        key = f"{XML}id"
        ids._keep = [element for element in root.iter(etree.Element) if key in element.attrib]
        for element in sorted(
            ids._keep, key=lambda one: not re.match("(?:TEI|text|titlePage)$|div", name_of(one.tag))
        ):
            identifier = element.get(key, "")
            wanted = ids.free(normal(identifier))
            ids._given[id(element)] = wanted
            if identifier in ids.holders:
                ids.again.append((identifier, element, wanted))
            else:
                ids.holders[identifier] = element
                ids.new[identifier] = wanted
        return ids

    _keep: list[etree._Element] = field(default_factory=list)
    """Holds the elements, so that their identity stays theirs."""

    def free(self, wanted: str) -> str:
        """The id, or with the first suffix that nobody has; taken from now on."""
        chosen, count = wanted, 1
        while chosen in self._taken:
            count += 1
            chosen = f"{wanted[: LIMIT - 4]}-{count}"
        self._taken.add(chosen)
        return chosen

    def given(self, element: etree._Element) -> str:
        """The id of an element that has one; else nothing."""
        return self._given.get(id(element), "")
