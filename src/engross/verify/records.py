"""The proof of the records: read back field by field, and compared with the evidence."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from engross.read.xml import parse_xml
from engross.verify.facts import archival
from engross.verify.ground import Ground
from engross.verify.plain import bare, difference, missing, spaced
from engross.verify.recorded import Fields, fields_of_record
from engross.verify.report import Log
from engross.verify.said import Expected
from engross.verify.values import values
from engross.verify.versions import prove_versions

TEI = "{http://www.tei-c.org/ns/1.0}"
ASIDE = frozenset({"note", "sic", "orig", "fw", "figDesc"})
"""Elements of a TEI file whose words are not the text's own."""

TITLES = {"title": "whole", "version": "version", "series": "series", "volume": "volume"}
PLACED = {"publisher": "publisher", "language": "language"}
WANTED: Mapping[str, Mapping[str, str]] = {
    "bib": {
        **TITLES, **PLACED, "author": "aut", "editor": "edt com", "translator": "trl",
        "address": "place", "year": "year", "isbn": "first isbn", "doi": "doi", "url": "address",
        "edition": "statement",
    },
    "ris": {
        "ID": "slug", "TI": "whole", "AU": "aut", "ED": "edt com", "A4": "trl", "PB": "publisher",
        "CY": "place", "PY": "year", "DA": "slashed", "ET": "edition", "T2": "series",
        "VL": "volume", "LA": "language", "SN": "isbn", "DO": "doi", "UR": "address",
        "AB": "description", "KW": "subjects", "AV": "references",
    },
    "csl.json": {
        **PLACED, "id": "slug", "title": "whole", "title-short": "short", "version": "version",
        "collection-title": "series", "collection-number": "volume", "ISBN": "isbns",
        "publisher-place": "place", "issued/date-parts": "parts", "DOI": "doi", "URL": "address",
        "author/family": "aut family", "editor/family": "edt family",
        "translator/family": "trl family", "part/title": "documents",
        "part/archive_location": "references", "part/container-title": "wholes",
        "part/version": "versions",
    },
    "schema.jsonld": {
        "name": "title", "alternativeHeadline": "subtitle", "identifier": "this",
        "inLanguage": "language", "datePublished": "day", "dateModified": "modified",
        "version": "version", "copyrightNotice": "rights", "usageInfo": "terms",
        "license": "licence", "publisher/name": "publisher", "isPartOf/name": "series",
        "description": "description", "keywords": "subjects", "author/name": "aut names",
        "editor/name": "edt names", "translator/name": "trl names",
        "contributor/name": "other names", "hasPart/name": "documents",
        "hasPart/itemLocation": "references", "workExample/isbn": "isbn",
        "bookEdition": "statement",
    },
    "opds.json": {
        f"publications/metadata/{name}": value
        for name, value in {
            "title": "title", "subtitle": "subtitle", "identifier": "identifier",
            "language": "language", "published": "day", "publisher": "publisher",
            "description": "description", "subject": "subjects", "author/name": "aut names",
            "editor/name": "edt names", "translator/name": "trl names",
            "contributor/name": "other names", "modified": "stamp",
            "belongsTo/series/name": "series",
        }.items()
    },
    "marc.xml": {
        "001": "slug", "005": "marc stamp", "008": "marc day", "020": "marc isbn",
        "024": "marc identifier", "041": "marc languages", "100": "marc author",
        "245": "marc title", "250": "Edition", "264": "marc imprint", "490": "marc series",
        "520": "description", "534": "references", "540": "marc rights", "653": "subjects",
        "700": "marc people", "856": "address",
    },
    "onix.xml": {
        "Product/RecordReference": "products", "Product/ProductIdentifier/IDValue": "numbers",
        "Product/DescriptiveDetail/TitleDetail/TitleElement": "onix title",
        "Product/DescriptiveDetail/Collection/TitleDetail/TitleElement": "onix series",
        "Product/DescriptiveDetail/Contributor": "onix people",
        "Product/DescriptiveDetail/Language": "onix languages",
        "Product/DescriptiveDetail/EditionStatement": "onix edition",
        "Product/DescriptiveDetail/Extent": "onix extent",
        "Product/CollateralDetail/TextContent/Text": "onix description",
        "Product/PublishingDetail/Imprint": "onix imprint",
        "Product/PublishingDetail/Publisher/PublisherName": "onix publisher",
        "Product/PublishingDetail/PublishingDate/Date": "onix day",
        "Product/PublishingDetail/SalesRights/Territory": "onix territory",
        "Product/ProductSupply/SupplyDetail/UnpricedItemType": "onix unpriced",
        "Product/ProductSupply/SupplyDetail/Price/PriceType": "onix tax",
        "Product/ProductSupply/SupplyDetail/Price/PriceAmount": "onix price",
        "Product/ProductSupply/SupplyDetail/Price/CurrencyCode": "onix currency",
        "Product/ProductSupply/SupplyDetail/Price/Territory": "onix place of sale",
    },
}  # fmt: skip
"""By file, or the end of its name: which value each field has, by its name in `values`."""
CITED = ("title", "subtitle", "version", "year", "cited")
"""What every citation of the edition says."""


def prove_records(files: Mapping[str, bytes], ground: Ground, log: Log) -> None:
    """
    Compare every field of title, people, numbers, days, rights and texts with the evidence.

    Args:
        files: of the records, by their path below `metadata/`.
        ground: what the evidence says.
        log: takes checks and findings.
    """
    since, count = len(log.findings), 0
    known = {key: [spaced(one) for one in row if one] for key, row in values(ground).items()}
    for name, content in sorted(files.items()):
        if name.startswith("tei/"):
            _text(name, content, ground.expected, log)
            count += 1
            continue
        wanted = WANTED.get(name) or WANTED.get(name.rpartition(".")[2], {})
        versions = name in {"changes.atom", "changelog.json"}
        if not (wanted or versions or name == "cite.txt"):
            continue
        try:
            found = fields_of_record(name, content)
        except (ValueError, etree.XMLSyntaxError, RecursionError) as error:
            log.fault("P001", f"{name} cannot be read: {error}")
            continue
        for message in _faults(name, found, wanted, known, ground):
            log.fault("P025", f"{name} {message}")
        if versions:
            prove_versions(name, found, ground, log)
        count += len(wanted)
    log.check("records", count, "fields", since)


def _faults(
    name: str,
    found: Fields,
    wanted: Mapping[str, str],
    known: Mapping[str, Sequence[str]],
    ground: Ground,
) -> Iterator[str]:
    for key, value in wanted.items():
        said = [spaced(one) for one in found.get(key, []) if one]
        if value == "references":
            yield from _referred(key, said, ground)
        elif said != known[value]:
            what = value.replace("onix ", "").replace("marc ", "")
            here, there = "; ".join(said), "; ".join(known[value])
            yield f"gives as {what} in {key} '{here[:80]}', not '{there[:80]}'"
    titles = {one.id: one.record.value.title.supplied for one in ground.documents}
    for address, said in found.items() if name == "cite.txt" else ():
        own = [titles[address]] if address in titles else []
        if lost := uncited(" ".join(said), [*own, *known["publisher"]], known):
            yield f"cites {address} without '{lost[:60]}'"


def uncited(text: str, more: Sequence[str], known: Mapping[str, Sequence[str]]) -> str:
    """What a citation of the edition leaves out; "" for nothing."""
    parts = [*more, *(one for key in CITED for one in known[key])]
    return next((part for part in parts if bare(part) not in bare(text)), "")


def _referred(key: str, said: Sequence[str], ground: Ground) -> Iterator[str]:
    """Each reference to an archive has the values of its document, in their order."""
    sources = [archival(one.record.value.source, ground.words) for one in ground.documents]
    rows = [row for row in ([fact.words for fact in facts] for facts in sources) if row]
    if len(said) != len(rows):
        yield f"has {len(said)} references to archives in {key}, not {len(rows)}"
    for text, row in zip(said, rows, strict=False):
        if lost := missing(text, row):
            yield f"refers in {key} to '{text[:80]}', without '{lost}' in its place"


def _text(name: str, content: bytes, expected: Expected, log: Log) -> None:
    """The text of a document in TEI: block by block, letter for letter."""
    try:
        tree = parse_xml(content)
    except etree.XMLSyntaxError as error:
        log.fault("P001", f"{name} cannot be read: {error}")
        return
    body = tree.find(f".//{TEI}body")
    words = bare("".join(_own(body))) if body is not None else ""
    document, at = name.removeprefix("tei/").removesuffix(".xml"), 0
    for address in expected.blocks.get(document, ()):
        if not address.startswith(f"{document}#"):
            continue
        said = bare(expected.said[address].text)
        found = words.find(said, at)
        if found < 0:
            there = difference(said, words[at : at + len(said)])
            log.fault("P025", f"{name} does not have the text of {address}: {there}")
            return
        at = found + len(said)


def _own(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname not in ASIDE:
            yield from _own(child)
        yield child.tail or ""
