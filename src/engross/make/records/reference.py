"""Records for reference managers and libraries: BibTeX, RIS, MARCXML."""

import re

from engross.assemble.edition import DocumentContent
from engross.make.records.facts import Facts, capital, doi_of, inverted, line

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
    rights = manifest.rights
    others = [one for one in manifest.people if one.role != "aut"]
    return facts.written(
        "marc.xml",
        languages=facts.languages,
        scheme=_scheme(manifest.identifier),
        authors=[inverted(one) for one in facts.people("aut")],
        others=[(inverted(one), one.role) for one in others],
        statement=manifest.edition_statement or capital(facts.standing),
        references=_references(facts),
        terms=line(" ".join(filter(None, (rights.statement, rights.terms)))),
    )


def _references(facts: Facts) -> list[str]:
    """The archival references of the documents."""
    return [
        section.content.citation
        for section in facts.documents
        if isinstance(section.content, DocumentContent) and section.content.citation
    ]


def _scheme(identifier: str) -> str:
    if doi_of(identifier):
        return "doi"
    return "urn" if identifier.startswith("urn:") else "uri"


def _tex(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
