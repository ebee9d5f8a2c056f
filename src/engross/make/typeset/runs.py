"""
Sections that follow one another on a page: one unit, in which each keeps its addresses.

Ids are unique within a section only. In a unit of several, the id `p-007` of the section `d42` is
written `d42#p-007`, which is the address that the writer looks for.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from engross.make.typeset.crossing import SECTION, Part
from engross.make.typeset.values import Member, Unit
from engross.model.address import section_of

TAG = re.compile(r"<[a-zA-Z][^>]*>")
ID = re.compile(r'(\sid=")([^"]*)"')
LOCAL = re.compile(r'(\shref=")#([^"]*)"')
MEMBER = "data-section"
"""Names the address of a member on its outermost element."""


def run_together(units: Sequence[Unit]) -> Unit:
    """One unit of several in reading order, at least one, which opens as the first does."""
    first = units[0]
    if len(units) == 1:
        return first
    html = "".join(_member(unit) for unit in units)
    members = tuple(member for unit in units for member in unit.sections)
    return replace(first, html=f'<div class="run-on">{html}</div>', members=members)


def _member(unit: Unit) -> str:
    """A section with ids and links that hold among others; its own words are not touched."""

    def whole(tag: re.Match[str]) -> str:
        text = ID.sub(rf'\g<1>{unit.address}#\g<2>"', tag[0])
        return LOCAL.sub(rf'\g<1>{SECTION}{unit.address}#\g<2>"', text)

    html = TAG.sub(whole, unit.html.strip())
    name = re.match(r"<[a-zA-Z][\w-]*", html)
    assert name is not None
    end = name.end()
    return f'{html[:end]} {MEMBER}="{unit.address}"{html[end:]}'


def member_of(unit: Unit, part: Part, page: int) -> Member:
    """The section in which a page of the unit, counted from 0, begins."""
    members = unit.sections
    if len(members) == 1:
        return members[0]
    if starts := part.pages[page].starts:
        address = section_of(starts.address)
        return next((one for one in members if one.address == address), members[0])
    dests = part.dests
    begun = [one for one in members if one.address in dests and dests[one.address].page < page]
    return begun[-1] if begun else members[0]
