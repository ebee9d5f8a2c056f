"""Records for reference managers and libraries: BibTeX, RIS, MARCXML."""

import re

from lxml import etree

from engross.assemble.edition import DocumentContent
from engross.language.codes import bibliographic
from engross.make.records.facts import Facts, capital, doi_of, inverted, line

MARC = "http://www.loc.gov/MARC21/slim"
SPECIAL = re.compile(r"([&%$#_{}])")
"""Characters that BibTeX takes for its own."""


def bibtex(facts: Facts) -> bytes:
    """The edition as one entry; fields without a value are left out."""
    manifest = facts.manifest
    publisher = manifest.publisher
    fields = {
        "title": f"{{{_tex(facts.title)}}}",
        "author": _tex(" and ".join(map(inverted, facts.people("aut")))),
        "editor": _tex(" and ".join(map(inverted, facts.people("edt", "com")))),
        "translator": _tex(" and ".join(map(inverted, facts.people("trl")))),
        "publisher": _tex(publisher.name) if publisher else "",
        "address": _tex(publisher.place) if publisher else "",
        "year": facts.year,
        "edition": _tex(manifest.edition_statement),
        "version": manifest.version,
        "series": _tex(manifest.series),
        "volume": _tex(manifest.volume),
        "isbn": next((form.isbn for form in facts.formats if form.isbn), ""),
        "doi": doi_of(manifest.identifier_this or manifest.identifier),
        "url": facts.address,
        "language": manifest.language,
        "note": _tex("; ".join([facts.standing, *_references(facts)])),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@book{{{manifest.edition},", *lines, "}", ""]).encode()


def ris(facts: Facts) -> bytes:
    """The edition as one record, a line for each value."""
    manifest = facts.manifest
    publisher = manifest.publisher
    rows = [("TY", "BOOK"), ("ID", manifest.edition), ("TI", facts.title)]
    rows += [("AU", inverted(person)) for person in facts.people("aut")]
    rows += [("ED", inverted(person)) for person in facts.people("edt", "com")]
    rows += [("A4", inverted(person)) for person in facts.people("trl")]
    rows += [("PB", publisher.name), ("CY", publisher.place)] if publisher else []
    rows += [("PY", facts.year), ("DA", facts.edition.modified.replace("-", "/"))]
    rows += [("ET", manifest.edition_statement or facts.standing), ("T2", manifest.series)]
    rows += [("VL", manifest.volume), ("LA", manifest.language)]
    rows += [("SN", form.isbn) for form in facts.formats if form.isbn]
    rows += [("DO", doi_of(manifest.identifier_this or manifest.identifier))]
    rows += [("UR", facts.address), ("AB", line(manifest.description))]
    rows += [("KW", subject) for subject in manifest.subjects]
    rows += [("AV", reference) for reference in _references(facts)]
    lines = [f"{tag}  - {value}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""]).encode()


def marcxml(facts: Facts) -> bytes:
    """The edition as a MARC 21 record of an electronic book."""
    manifest = facts.manifest
    record = etree.fromstring(f'<record xmlns="{MARC}"/>')
    _in(record, "leader", "     nam a22     ui 4500")
    _control(record, "001", manifest.edition)
    stamp = facts.edition.modified.replace("-", "")
    _control(record, "005", f"{stamp}000000.0")
    _control(record, "006", "m     o  d        ")
    _control(record, "007", "cr un |||m|u|u")
    date = manifest.date.replace("-", "")[2:]
    _control(record, "008", f"{date}s{facts.year}    xx      o     000 0 {_eng(facts)} d")
    for form in facts.formats:
        if form.isbn:
            _field(record, "020", "  ", ("a", form.isbn), ("q", form.kind))
    _field(record, "024", "7 ", ("a", manifest.identifier), ("2", _scheme(manifest.identifier)))
    _field(record, "040", "  ", ("a", "engross"), ("b", "eng"), ("e", "rda"))
    if originals := _originals(facts):
        _field(record, "041", "1 ", ("a", _eng(facts)), *(("h", code) for code in originals))
    heads = facts.people("aut")
    for head in heads[:1]:
        _field(record, "100", "1 ", ("a", inverted(head)), ("e", "author"), ("4", "aut"))
    subtitle = [("b", manifest.subtitle)] if manifest.subtitle else []
    lead = f"{manifest.title} :" if subtitle else manifest.title
    _field(record, "245", "10" if heads else "00", ("a", lead), *subtitle)
    statement = manifest.edition_statement or capital(facts.standing)
    _field(record, "250", "  ", ("a", statement))
    publisher = manifest.publisher
    place = [("a", publisher.place)] if publisher and publisher.place else []
    named = [("b", publisher.name)] if publisher else []
    _field(record, "264", " 1", *place, *named, ("c", facts.year))
    _field(record, "336", "  ", ("a", "text"), ("b", "txt"), ("2", "rdacontent"))
    _field(record, "337", "  ", ("a", "computer"), ("b", "c"), ("2", "rdamedia"))
    _field(record, "338", "  ", ("a", "online resource"), ("b", "cr"), ("2", "rdacarrier"))
    if manifest.series:
        volume = [("v", manifest.volume)] if manifest.volume else []
        _field(record, "490", "0 ", ("a", manifest.series), *volume)
    for reference in _references(facts):
        _field(record, "534", "  ", ("p", "Original:"), ("l", reference))
    rights = manifest.rights
    terms = " ".join(part for part in (rights.statement, rights.terms) if part)
    _field(record, "540", "  ", ("a", line(terms)))
    if manifest.description:
        _field(record, "520", "  ", ("a", line(manifest.description)))
    for subject in manifest.subjects:
        _field(record, "653", "  ", ("a", subject))
    for person in (*heads[1:], *(one for one in manifest.people if one.role != "aut")):
        _field(record, "700", "1 ", ("a", inverted(person)), ("4", person.role))
    if facts.address:
        _field(record, "856", "40", ("u", facts.address))
    collection = etree.fromstring(f'<collection xmlns="{MARC}"/>')
    collection.append(_ordered(record))
    etree.indent(collection)
    return etree.tostring(collection, xml_declaration=True, encoding="utf-8") + b"\n"


def _ordered(record: etree._Element) -> etree._Element:
    """By tag; the leader, which has none, is first."""
    for field in sorted(record, key=lambda field: field.get("tag") or ""):
        record.append(field)
    return record


def _originals(facts: Facts) -> list[str]:
    """The languages that the documents were translated from."""
    contents = [one.content for one in facts.documents if isinstance(one.content, DocumentContent)]
    said = {one.record.source_language for one in contents}
    return sorted({bibliographic(language) for language in said if language})


def _references(facts: Facts) -> list[str]:
    """The archival references of the documents."""
    return [
        section.content.citation
        for section in facts.documents
        if isinstance(section.content, DocumentContent) and section.content.citation
    ]


def _eng(facts: Facts) -> str:
    return bibliographic(facts.manifest.language)


def _scheme(identifier: str) -> str:
    if doi_of(identifier):
        return "doi"
    return "urn" if identifier.startswith("urn:") else "uri"


def _in(parent: etree._Element, tag: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{MARC}}}{tag}")
    element.text = text
    return element


def _control(record: etree._Element, tag: str, text: str) -> None:
    _in(record, "controlfield", text).set("tag", tag)


def _field(record: etree._Element, tag: str, marks: str, *parts: tuple[str, str]) -> None:
    field = etree.SubElement(
        record, f"{{{MARC}}}datafield", {"tag": tag, "ind1": marks[0], "ind2": marks[1]}
    )
    for code, text in parts:
        _in(field, "subfield", text).set("code", code)


def _tex(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
