"""
Running heads, folios and margin marks: drawn once, as samples, and put on each page.

The sampler is one page on which every string stands where the sheets place it on a right-hand page.
"""

from collections.abc import Iterable, Sequence

from engross.make.typeset.crossing import Part, PartPage
from engross.make.typeset.values import Page, Unit
from engross.model.markup import escaped, quoted

DEFAULTS = """
.running-head, .page-range, .folio, .margin-number, .leaf-mark, .stamp {
  position: absolute; margin: 0; white-space: nowrap; text-indent: 0; hyphens: none;
}
.running-head { top: -8mm; left: 0; right: 0; text-align: center; font-variant-caps: small-caps; }
.page-range { top: -8mm; right: 0; }
.folio { bottom: -10mm; left: 0; right: 0; text-align: center; }
.margin-number, .leaf-mark { top: 0; left: 100%; padding-left: 3mm; font-size: .8em; }
.leaf-mark { padding-left: 1.5mm; font-size: .65em; }
.stamp { top: -14mm; left: 0; font-size: .8em; }
"""
"""Where furniture stands if the house says nothing; a house's rules come after these."""

CLASS = "furniture"
"""The class of the page and the section on which the samples are drawn."""
PLACES = {"paragraph": "margin-number", "leaf": "leaf-mark"}
GROUP = 200
"""Strings that are laid out together; a fifth of a second's work."""
FOLIO_STEP = 50
"""Folios are sampled up to the next full step, so that a new page seldom needs a new sampler."""


def strings(
    units: Sequence[Unit], parts: Sequence[Part], pages: Sequence[Page], stamp: str
) -> list[tuple[str, str]]:
    """Every class and string that the pages may need, in a fixed order."""
    found = {("running-head verso", unit.verso) for unit in units if unit.verso}
    found |= {
        ("running-head recto", one.recto) for unit in units for one in unit.sections if one.recto
    }
    found |= {
        ("page-range", words)
        for unit, part in zip(units, parts, strict=True)
        for page in part.pages[1:]
        if (words := held(unit, page))
    }
    found |= {("folio", page.label) for page in pages if not page.label.isdigit()}
    last = max((int(page.label) for page in pages if page.label.isdigit()), default=0)
    last += -last % FOLIO_STEP
    found |= {("folio", str(number)) for number in range(1, last + 1)}
    for part in parts:
        found |= {(PLACES[mark.kind], mark.label) for mark in part.marks}
    if stamp:
        found.add(("stamp", stamp))
    return sorted(found)


def held(unit: Unit, page: PartPage) -> str:
    """The paragraphs that stand on a page: `¶ 4–6`; nothing where several sections may."""
    numbers = [] if unit.members or unit.display else page.holds
    return f"¶ {'–'.join(dict.fromkeys(numbers))}" if numbers else ""


def groups(wanted: Sequence[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """
    The strings that are laid out together, by a name: all of a short book; of a long one by kind.

    A number more, or another head, then costs one group. Folios are grouped by their numbers, so
    that a page more does not move all of them on.
    """
    if len(wanted) <= GROUP:
        return {"": list(wanted)}
    found: dict[str, list[tuple[str, str]]] = {}
    counts: dict[str, int] = {}
    for kind, text in wanted:
        if kind == "folio" and text.isdigit():
            name = f"/folio-{int(text) // GROUP}"
        else:
            counts[kind] = counts.get(kind, -1) + 1
            name = f"/{kind.replace(' ', '-')}+{counts[kind] // GROUP}"
        found.setdefault(name, []).append((kind, text))
    return found


def sampler(wanted: Iterable[tuple[str, str]]) -> str:
    """The section that is laid out to draw the strings."""
    rows = "".join(
        f"<p class={quoted(kind)} data-sample={quoted(f'{kind}|{text}')}>{escaped(text)}</p>"
        for kind, text in wanted
    )
    return f'<section class="{CLASS}">{rows}</section>'
