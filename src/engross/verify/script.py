"""
The script of one medium: what its files must say from first to last character.

Texts come from the evidence, computed anew; from the furniture come only the strings between them.
Where the two disagree about order, notes, calls or numbers, that is a finding.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from engross.verify.furniture import Furniture, Item, Medium, Section, Sign
from engross.verify.pieces import RUBY, Said
from engross.verify.plain import bare
from engross.verify.report import Log
from engross.verify.said import Expected

STAR = "*"
"""What calls a note that has no number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a script."""

    kind: str
    """`text` (of an address), `sign` (furniture, supplied words, generated text), `call`, `slot`,
    `anchor`, `leaf`, `line` (a number of verse), `break` (a new line), `ruby`, `begin`
    and `end` (of an address)."""
    words: str
    """For slot, anchor, begin and end: the address that is meant."""
    address: str = ""
    note: str = ""
    paragraph: str = ""


@dataclass(slots=True)
class SectionScript:
    """One section."""

    section: Section
    body: list[Part] = field(default_factory=list)
    notes: list[Part] = field(default_factory=list)
    """On pages, where notes stand at the foot."""
    said: dict[str, Said] = field(default_factory=dict)


def write_script(
    expected: Expected, furniture: Furniture, medium: Medium, log: Log
) -> list[SectionScript]:
    """Put evidence and furniture together."""
    sections = furniture.of(medium)
    known = {section.address for section in sections}
    for missing in sorted(set(expected.blocks) - known):
        log.fault("P003", f"the {medium} sections have no '{missing}', which the evidence has")
    return [_section(section, expected, log) for section in sections]


def _section(section: Section, expected: Expected, log: Log) -> SectionScript:
    script = SectionScript(section)
    addresses = [i.address for i in section.items if i.address]
    blocks = [a for a in addresses if "/note/" not in a]
    notes = [i.address for i in section.notes] + [a for a in addresses if "/note/" in a]
    _compare("blocks", section.address, expected.blocks.get(section.address, []), blocks, log)
    _compare("notes", section.address, expected.notes.get(section.address, []), notes, log)
    for item in section.items:
        if item.address:
            _address(item, expected, script, script.body, log)
        elif item.sign:
            _between(item.sign, section, expected, script, log)
    for item in section.notes:
        _number(item, expected, log)
        script.notes.append(Part("begin", item.address, item.address))
        sign = item.number if item.number == STAR else f"{item.number}."
        script.notes.append(Part("sign", sign, item.address))
        _address(item, expected, script, script.notes, log, begun=True)
    return script


def _between(
    sign: Sign, section: Section, expected: Expected, script: SectionScript, log: Log
) -> None:
    if sign.kind == "supplied":
        allowed = expected.supplied.get(section.address, [])
        if bare(sign.words) not in allowed:
            log.fault(
                "P004",
                f"'{sign.words}' in '{section.address}' is marked as supplied, but document.yaml "
                "does not say it",
            )
    script.body += _parts(sign)


def _parts(sign: Sign, address: str = "") -> list[Part]:
    kind = sign.kind if sign.kind in {"call", "slot", "anchor", "leaf", "line"} else "sign"
    if sign.kind == "leaf" and sign.drawn:  # the words stand in the margin, a sign in the text
        return [Part("leaf", sign.words, address), Part("sign", sign.drawn, address)]
    if sign.kind == "leaf" or (sign.kind == "line" and sign.drawn):
        return [Part("sign", sign.words, address)]
    return [Part(kind, sign.words, address, sign.note)]


def _address(
    item: Item,
    expected: Expected,
    script: SectionScript,
    parts: list[Part],
    log: Log,
    *,
    begun: bool = False,
) -> None:
    said = expected.said.get(item.address)
    if said is None:
        return  # told by _compare
    script.said[item.address] = said
    calls = [(sign.at, sign.note) for sign in item.inside if sign.kind == "call"]
    if calls != list(said.calls):
        log.fault(
            "P005",
            f"the note calls of {item.address} stand in the templates' text after "
            f"{_listed(calls)} characters, by the evidence after {_listed(said.calls)}",
        )
    marked = [sign for sign in item.inside if sign.kind == "leaf"]
    right = [sign.at for sign in marked] == [at for at, _ in said.leaves]
    names = [rf"(?<!\w){re.escape(leaf)}(?!\w)" for _, leaf in said.leaves]
    named = right and all(map(re.search, names, [sign.words for sign in marked]))
    if "/note/" not in item.address and not named:
        log.fault(
            "P006",
            f"{item.address} marks the leaves {_marks((s.at, s.words) for s in marked)}, "
            f"by the evidence {_marks(said.leaves)}",
        )
    numbers = [(sign.at, sign.words) for sign in item.inside if sign.kind == "line"]
    if numbers != list(said.lines):
        log.fault(
            "P006",
            f"{item.address} numbers the lines {_marks(numbers)}, by the evidence "
            f"{_marks(said.lines)}",
        )
    if item.paragraph and item.paragraph != str(said.paragraph or ""):
        log.fault(
            "P006",
            f"{item.address} is numbered ¶ {item.paragraph}, by the evidence "
            f"{f'¶ {said.paragraph}' if said.paragraph else 'it has no number'}",
        )
    if not begun:
        parts.append(Part("begin", item.address, item.address, paragraph=item.paragraph))
    text, at = bare(said.text), 0
    stops = [(at, "break") for at in said.breaks]
    stops = sorted(stops + [(at, "ruby") for at, _, kind, _ in said.marks if kind == RUBY])
    for sign in item.inside:
        if sign.at > at:
            parts += _text(text, at, sign.at, stops, item.address)
            at = sign.at
        if sign.kind == "call":
            _call(sign, expected, log)
        parts += _parts(sign, item.address)
    if at < len(text):
        parts += _text(text, at, len(text), stops, item.address)
    parts.append(Part("end", item.address, item.address))


def _text(
    text: str, at: int, end: int, stops: list[tuple[int, str]], address: str
) -> Iterator[Part]:
    """A stretch of an address's text; takes the breaks and ruby in it, and at its beginning."""
    while stops and stops[0][0] < end:
        stop, kind = stops.pop(0)
        if stop > at:
            yield Part("text", text[at:stop], address)
        yield Part(kind, "", address)
        at = max(at, stop)
    yield Part("text", text[at:end], address)


def _call(sign: Sign, expected: Expected, log: Log) -> None:
    wanted = expected.numbers.get(sign.note)
    exact = sign.words[:1].isdigit() or isinstance(wanted, str)
    if wanted is not None and exact and sign.words != str(wanted):
        log.fault("P006", f"{sign.note} is called {sign.words}, by the evidence it is {wanted}")


def _number(item: Item, expected: Expected, log: Log) -> None:
    wanted = expected.numbers.get(item.address)
    exact = item.number[:1].isdigit() or isinstance(wanted, str)
    if wanted is not None and exact and item.number != str(wanted):
        log.fault("P006", f"{item.address} is numbered {item.number}, by the evidence {wanted}")


def _compare(
    what: str, section: str, wanted: Sequence[str], found: Sequence[str], log: Log
) -> None:
    if list(wanted) == list(found):
        return
    gone = [address for address in wanted if address not in found]
    more = [address for address in found if address not in wanted]
    words = "; ".join(
        part
        for part in (
            f"missing {', '.join(gone[:3])}" if gone else "",
            f"not in the evidence: {', '.join(more[:3])}" if more else "",
            "" if gone or more else "in another order, or twice",
        )
        if part
    )
    log.fault("P003", f"the {what} of '{section}' are not those of the evidence: {words}")


def _marks(leaves: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{words} after {at} characters" for at, words in leaves) or "none"


def _listed(calls: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{at} ({note.rpartition('/')[2]})" for at, note in calls) or "none"
