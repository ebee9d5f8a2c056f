"""
The texts and notes of a section of an EPUB, in one file or in several, and of a web edition.

What a section says is proved over all its files together: the pieces, joined in the order of the
spine, have the text once and whole, and each note stands in the file that calls it first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from engross.check.epub.opened import XHTML, Document, Opened, words
from engross.model.address import section_of
from engross.model.parting import agreed
from engross.verify.marks import evident, strange
from engross.verify.pieces import Said
from engross.verify.plain import bare, difference, spaced
from engross.verify.report import Log
from engross.verify.script import SectionScript
from engross.verify.standing import astray_in, found_language, found_within

LINE = "\v"
"""Stands for a line break; it is white space."""
SAID = frozenset({"text", "sign", "call"})
"""Kinds of a script's parts that stand in an EPUB as words."""


def prove_addresses(
    documents: Iterable[Document],
    wanted: Mapping[str, Said],
    sections: Collection[str],
    place: str,
    log: Log,
) -> dict[str, str]:
    """
    Compare every address of some files: once and whole, its lines, marks and links.

    Returns:
        in which file each was found, in the order of reading.
    """
    where: dict[str, str] = {}
    shifts: dict[str, int] = {}
    roles = {said.role for said in wanted.values()}
    for document in documents:
        for element in document.root.iter(etree.Element):
            if (address := element.get("data-address")) is None:
                continue
            name, text = document.name, "".join(own_text(element))
            if address in where:
                log.fault("P003", f"{address} stands twice, in {name} again")
            where[address] = name
            if (said := wanted.get(address)) is None:
                log.fault("P003", f"{address} in {name} is not in the evidence")
                continue
            if lost := strange(said, element, name, sections):
                log.fault("P024", f"{address} in {name}: {lost}")
            looks = roles & {*element.get("class", "").split()}
            if looks and said.role and said.role not in looks:
                log.fault("P024", f"{address} in {name} is marked as {min(looks)}, not {said.role}")
            if lost := _out_of_place(said, element, shifts, section_of(address)):
                log.fault("P024", f"{address} in {name} {lost}")
            if spaced(text) != spaced(said.text):
                words = difference(spaced(said.text), spaced(text))
                log.fault("P007", f"{address} in {name}: {words}")
            elif lost := _run_together(said, text):
                log.fault("P007", f"{address} in {name}: {lost}")
    for address in [a for a in wanted if a not in where]:
        log.fault("P003", f"{address} is not in {place}")
    return where


def _out_of_place(said: Said, element: etree._Element, shifts: dict[str, int], section: str) -> str:
    """What a block stands in against the evidence, or in which language; "" where all is right."""
    found = found_within(element)
    if said.language and (tongue := found_language(element)) != said.language:
        return f"is marked as of the language '{tongue}', by the evidence '{said.language}'"
    levels = [
        int(str(row[-1][1])) for row in (found, said.within) if row and row[-1][0] == "heading"
    ]
    shift = shifts.setdefault(section, levels[0] - levels[1]) if len(levels) == 2 else 0
    return astray_in(said.within, found, shift) if said.language else ""


def prove_texts(book: Opened, script: SectionScript, log: Log, sections: Collection[str]) -> int:
    """
    Compare every address of a section, their order, and all that stands between them.

    Returns:
        how many addresses were compared.
    """
    documents = book.of_section(script.section.address)
    if not documents:
        return 0  # told by the check of the spine
    bodies = [one.root.find(f"{XHTML}body") for one in documents]
    names = [one.name for one in documents]
    if None in bodies:
        log.fault("P007", f"{names[bodies.index(None)]} has no body")
        return 0
    for document in documents:
        _named(document, log)
    where = prove_addresses(documents, script.said, sections, names[0], log)
    _ordered(script, where, names, log)
    _whole(names, [body for body in bodies if body is not None], script, log)
    return len(script.said)


def _run_together(said: Said, found: str) -> str:
    """Where an address does not have the lines that it should, in words."""
    text, lines = bare(said.text), found.split(LINE)
    breaks = list(accumulate(len(bare(line)) for line in lines[:-1]))
    for at in sorted({*said.breaks} ^ {*breaks}):
        what = "begin" if at in said.breaks else "not begin"
        return f"'{text[at : at + 30]}' should {what} a line"
    return ""


def _named(document: Document, log: Log) -> None:
    """A later piece is named by the first block that it holds, so that a name keeps its meaning."""
    inner = document.name.rpartition("/")[2].removesuffix(".xhtml").partition(".")[2]
    ids = [e.get("id") for e in document.root.iter() if e.get("data-address") and e.get("id")]
    if inner and ids and inner != ids[0]:
        words = f"begins with '{ids[0]}', so that its name means another text"
        log.fault("P003", f"{document.name} {words}")


def _ordered(script: SectionScript, where: Mapping[str, str], names: list[str], log: Log) -> None:
    """Blocks run on over the files; notes do so within each file."""
    rank = {address: number for number, address in enumerate(script.said)}
    blocks = [rank[a] for a in where if a in rank and "/note/" not in a]
    notes = [
        [rank[a] for a in where if a in rank and "/note/" in a and where[a] == name]
        for name in names
    ]
    if any(row != sorted(row) for row in (blocks, *notes)):
        log.fault(
            "P003", f"the addresses of {names[0]} stand in another order than in the evidence"
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
        found = bare(words(bodies[0]))
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
        read.notes |= {aside.get("data-address", ""): bare(words(aside)) for aside in asides}


def _outside(element: etree._Element, left_out: list[etree._Element]) -> Iterator[str]:
    """What an element says besides some elements in it."""
    yield element.text or ""
    for child in element:
        if child not in left_out and isinstance(child.tag, str):
            yield from _outside(child, left_out)
        yield child.tail or ""


def prove_pages(book: Opened, held: Mapping[str, Collection[str]], log: Log) -> None:
    """The marks of printed pages stand in what these pages hold, one for each page with words."""
    marks = [
        (mark.get("id", "").removeprefix("page-"), mark)
        for document in book.documents.values()
        for mark in document.root.iter(etree.Element)
        if mark.get("role") == "doc-pagebreak" or "page-mark" in mark.get("class", "").split()
    ]
    for label, mark in marks:
        above = list(mark.iterancestors())
        within = (one.get("data-address") for one in above)
        sections = (e.get("id", "") for e in above if etree.QName(e).localname == "section")
        here = next(filter(None, (*within, *sections)), "")
        if here not in held.get(label, ()):
            log.fault("P006", f"the mark of page {label} stands in {here}, not on that page")
        if (said := words(mark) or mark.get("aria-label", "")).split()[-1:] != [label]:
            log.fault("P006", f"the mark of page {label} says '{said}'")
    for label in list(held.keys() - {label for label, _ in marks} if marks else ())[:1]:
        if book.entries:  # the web edition leaves some pages out
            log.fault("P006", f"page {label} has no mark in the EPUB")


def own_text(element: etree._Element) -> Iterator[str]:
    """The text of an address: what is furniture or supplied is left out."""
    if etree.QName(element).localname == "br":
        yield LINE
    yield element.text or ""
    for child in element:
        if evident(child):
            yield from own_text(child)
        yield child.tail or ""
