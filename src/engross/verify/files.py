"""
The texts and notes of a section of an EPUB, in one file or in several.

What a section says is proved over all its files together: the pieces, joined in the order of the
spine, have the text once and whole, and each note stands in the file that calls it first.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from engross.model.parting import agreed
from engross.verify.archive import XHTML, Archive, words_of
from engross.verify.marks import evident, strange
from engross.verify.pieces import Said
from engross.verify.plain import bare, difference, spaced
from engross.verify.report import Log
from engross.verify.script import SectionScript

HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0|font-size\s*:\s*0")
"""Styles on an element that take its words from sight."""
LINE = "\v"
"""Stands for a line break; it is white space."""
SAID = frozenset({"text", "sign", "call"})
"""Kinds of a script's parts that stand in an EPUB as words."""


def prove_texts(
    archive: Archive, script: SectionScript, log: Log, sections: Collection[str] = ()
) -> int:
    """
    Compare every address of a section, their order, and all that stands between them.

    Returns:
        how many addresses were compared.
    """
    names = archive.files_of(script.section.address)
    if not names:
        return 0  # told by the check of the spine
    found: dict[str, str] = {}
    texts: list[str] = []
    notes: list[str] = []
    where: dict[str, str] = {}
    bodies: list[etree._Element] = []
    for name in names:
        body = archive.trees[name].find(f"{XHTML}body")
        if body is None:
            log.fault("P007", f"{name} has no body")
            return 0
        bodies.append(body)
        _named(name, body, log)
        for address, element in _addresses(name, body, log):
            text = "".join(own_text(element))
            if address in found:
                log.fault("P003", f"{address} stands twice in {name}")
            said = script.said.get(address)
            if said and (lost := strange(said, element, name, sections)):
                log.fault("P024", f"{address} in {name}: {lost}")
            found[address] = text
            where[address] = name
            (notes if "/note/" in address else texts).append(address)
    _ordered(script, texts, notes, names, where, log)
    for address in [a for a in script.said if a not in found]:
        log.fault("P003", f"{address} is not in {names[0]}")
    for address in [a for a in found if a not in script.said]:
        log.fault("P003", f"{address} in {where[address]} is not in the evidence")
    for address, said in script.said.items():
        if address in found and spaced(found[address]) != spaced(said.text):
            words = difference(spaced(said.text), spaced(found[address]))
            log.fault("P007", f"{address} in {where[address]}: {words}")
        elif address in found and (lost := _run_together(said, found[address])):
            log.fault("P007", f"{address} in {where[address]}: {lost}")
    _whole(names, bodies, script, log)
    return len(script.said)


def _addresses(name: str, body: etree._Element, log: Log) -> Iterator[tuple[str, etree._Element]]:
    """Each address of a file; what hides words is a fault."""
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("hidden") is not None or HIDING.search(element.get("style", "")):
            hidden = spaced(words_of(element))[:40]
            log.fault("P009", f"{name} hides '{hidden}' from its readers")
        if (address := element.get("data-address")) is not None:
            yield address, element


def _run_together(said: Said, found: str) -> str:
    """Where an address does not have the lines that it should, in words."""
    text, lines = bare(said.text), found.split(LINE)
    breaks = list(accumulate(len(bare(line)) for line in lines[:-1]))
    for at in sorted({*said.breaks} ^ {*breaks}):
        what = "begin" if at in said.breaks else "not begin"
        return f"'{text[at : at + 30]}' should {what} a line"
    return ""


def _named(name: str, body: etree._Element, log: Log) -> None:
    """A later piece is named by the first block that it holds, so that a name keeps its meaning."""
    inner = name.rpartition("/")[2].removesuffix(".xhtml").partition(".")[2]
    ids = [e.get("id") for e in body.iter() if e.get("data-address") and e.get("id")]
    if inner and ids and inner != ids[0]:
        log.fault("P003", f"{name} begins with '{ids[0]}', so that its name means another text")


def _ordered(
    script: SectionScript,
    texts: list[str],
    notes: list[str],
    names: list[str],
    where: dict[str, str],
    log: Log,
) -> None:
    """Blocks run on over the files; notes do so within each file."""
    said = list(script.said)
    wanted = [address for address in said if "/note/" not in address]
    rank = {address: number for number, address in enumerate(said)}
    pieces = [[rank.get(a, -1) for a in notes if where[a] == name] for name in names]
    blocks = texts == wanted or set(texts) != set(wanted)
    if not blocks or any(piece != sorted(piece) for piece in pieces):
        log.fault(
            "P003",
            f"the addresses of {names[0]} stand in another order than in the evidence",
        )


@dataclass(slots=True)
class _Found:
    """The words of a section as its files have them."""

    text: str = ""
    heads: list[str] = field(default_factory=list)
    """What stands above the notes of each file."""
    notes: dict[str, str] = field(default_factory=dict)


def _whole(names: list[str], bodies: list[etree._Element], script: SectionScript, log: Log) -> None:
    """The section from first to last character, so that nothing is left over between addresses."""
    wanted = "".join(bare(part.words) for part in script.body if part.kind in SAID)
    if len(names) == 1:
        found = bare(words_of(bodies[0]))
    else:
        read = _Found()
        for body in bodies:
            _split(body, read)
        for name, head in zip(names, read.heads, strict=False):
            if head != read.heads[0]:
                log.fault("P007", f"{name} has '{head}' above its notes, not '{read.heads[0]}'")
        order = {address: number for number, address in enumerate(script.said)}
        notes = sorted(read.notes.items(), key=lambda row: order.get(row[0], len(order)))
        found = read.text + "".join(read.heads[:1]) + "".join(words for _, words in notes)
    if wanted == found:
        return
    at = agreed(wanted, found)
    position, where = 0, script.section.address
    for part in script.body:
        if part.kind in SAID:
            position += len(bare(part.words))
            where = part.address or where
        if position > at:
            break
    log.fault("P007", f"{names[0]}, at {where}: {difference(wanted, found)}")


def _split(body: etree._Element, read: _Found) -> None:
    """Add a file's words, those of its notes apart from the rest."""
    ends = [e for e in body.iter(f"{XHTML}section") if e.get("role") == "doc-endnotes"]
    read.text += bare("".join(_outside(body, ends)))
    for end in ends:
        asides = list(end.iter(f"{XHTML}aside"))
        read.heads.append(bare("".join(_outside(end, asides))))
        read.notes |= {aside.get("data-address", ""): bare(words_of(aside)) for aside in asides}


def _outside(element: etree._Element, left_out: list[etree._Element]) -> Iterator[str]:
    """What an element says besides some elements in it."""
    yield element.text or ""
    for child in element:
        if child not in left_out and isinstance(child.tag, str):
            yield from _outside(child, left_out)
        yield child.tail or ""


@dataclass(frozen=True, slots=True)
class _Call:
    """A note call of a section."""

    file: str
    id: str
    target: tuple[str, str]
    """File and id of its note."""
    inside: str
    """The note that it stands in; "" in the text."""


def prove_notes(archive: Archive, script: SectionScript, log: Log) -> int:
    """
    Follow calls, notes and backlinks: each once, in order, leading to the other, in one file.

    Returns:
        how many notes were found.
    """
    calls: list[_Call] = []
    notes: dict[tuple[str, str], etree._Element] = {}
    for name in archive.files_of(script.section.address):
        for element in archive.trees[name].iter(f"{XHTML}a", f"{XHTML}aside"):
            identity = element.get("id", "")
            if "noteref" in element.get("class", "").split():
                note = next((e.get("id", "") for e in element.iterancestors(f"{XHTML}aside")), "")
                calls.append(_Call(name, identity, _target(name, element.get("href", "")), note))
            elif element.tag == f"{XHTML}aside" and identity:
                notes[name, identity] = element
    _in_order(calls, script, log)
    by_note: dict[tuple[str, str], list[_Call]] = {}
    for call in calls:
        by_note.setdefault(call.target, []).append(call)
        if call.target not in notes:
            log.fault("P008", f"the call '{call.id}' of {call.file} leads to no note")
        elif (call.file, call.id) not in _backs(call.target[0], notes[call.target]):
            note = call.target[1]
            log.fault("P008", f"the note '{note}' of {call.file} does not lead back to '{call.id}'")
    for (name, note), element in notes.items():
        mine = by_note.get((name, note), [])
        if not mine:
            log.fault("P008", f"the note '{note}' of {name} is never called")
        elif mine[0].file != name:
            log.fault("P008", f"the note '{note}' stands in {name}, its call in {mine[0].file}")
        ways = len(_backs(name, element))
        if ways != len(mine):
            log.fault("P008", f"the note '{note}' of {name} has {ways} ways back")
    return len(notes)


def _in_order(calls: list[_Call], script: SectionScript, log: Log) -> None:
    """The calls of the text as they come; those inside notes in the order of their notes."""
    section = script.section.address

    def address(note: str) -> str:
        return f"{section}/note/{note.removeprefix('note-')}"

    order = {name: number for number, name in enumerate(script.said, 1)}
    called = [
        address(call.target[1])
        for call in sorted(
            calls, key=lambda call: order.get(address(call.inside), 0) if call.inside else 0
        )
    ]
    if called != script.calls:
        wanted, found = ", ".join(script.calls), ", ".join(called)
        log.fault("P005", f"the calls of {section} lead elsewhere: {difference(wanted, found)}")


def _target(name: str, href: str) -> tuple[str, str]:
    file, _, identity = href.partition("#")
    folder = name.rpartition("/")[0]
    return (f"{folder}/{file}" if folder else file) if file else name, identity


def _backs(name: str, note: etree._Element) -> list[tuple[str, str]]:
    """Where the ways back from a note lead."""
    links = (e for e in note.iter(f"{XHTML}a") if "backlink" in e.get("class", "").split())
    return [_target(name, link.get("href", "")) for link in links]


def own_text(element: etree._Element) -> Iterator[str]:
    """The text of an address: what is furniture or supplied is left out."""
    if element.tag == f"{XHTML}br":
        yield LINE
    yield element.text or ""
    for child in element:
        if evident(child):
            yield from own_text(child)
        yield child.tail or ""
