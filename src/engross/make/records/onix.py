"""ONIX for Books 3.1: a product for each format, with its own ISBN."""

import re

from lxml import etree

from engross.assemble.edition import DocumentContent
from engross.language.codes import bibliographic
from engross.make.records.facts import Facts, Format, capital, doi_of, inverted, line
from engross.schema.manifest import Person

NAMESPACE = "http://ns.editeur.org/onix/3.1/reference"
FORMS = {"epub": ("ED", "E101"), "screen": ("ED", "E107"), "print": ("BC", ""), "case": ("BB", "")}
"""List 150 and List 175: digital download as EPUB or PDF, paperback, hardback."""
ROLES = {"aut": "A01", "edt": "B01", "trl": "B06", "com": "C01", "aui": "A24", "aft": "A19"}
"""List 17, by MARC relator; anything else is Z99, other."""
FEATURES = {
    "tableOfContents": "11",
    "index": "12",
    "readingOrder": "13",
    "alternativeText": "14",
    "pageBreakMarkers": "19",
    "structuralNavigation": "29",
    "ARIA": "30",
    "displayTransformability": "36",
    "pageNavigation": "41",
}
"""List 196, by schema.org's `accessibilityFeature`."""
EXEMPTIONS = {
    "eaa-microenterprise": "75",
    "eaa-disproportionate-burden": "76",
    "eaa-fundamental-alteration": "77",
}
CONFORMANCE = {
    "EPUB Accessibility 1.1": "04",
    "WCAG 2.0": "80",
    "WCAG 2.1": "81",
    "WCAG 2.2": "82",
    "Level A": "84",
    "Level AA": "85",
    "Level AAA": "86",
}
NOBODY = "[publisher not identified]"
"""As cataloguers write it; ONIX wants a name."""
PRICES = {"excluded": "01", "included": "02"}
"""List 58: recommended retail price without and with tax."""
HAZARDLESS = "00"
"""List 143: no known hazards or warnings."""


def onix(facts: Facts, *, shop: bool = False) -> bytes:
    """
    The message: fixed date, so that the same edition gives the same bytes.

    Args:
        facts: what it says.
        shop: only electronic formats with an ISBN, in the codes that Google Play Books takes; see
            `offered`.
    """
    root = etree.fromstring(f'<ONIXMessage xmlns="{NAMESPACE}" release="3.1"/>')
    header = _in(root, "Header")
    publisher = facts.manifest.publisher
    _in(_in(header, "Sender"), "SenderName", publisher.name if publisher else NOBODY)
    _in(header, "SentDateTime", facts.edition.modified.replace("-", ""))
    for form in offered(facts) if shop else facts.formats:
        _product(root, facts, form, shop=shop)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8") + b"\n"


def offered(facts: Facts) -> tuple[Format, ...]:
    """What a shop's message can hold: electronic, with an ISBN, with a price or free of charge."""
    return tuple(
        form
        for form in facts.formats
        if form.isbn and form.kind != "print" and (facts.free or facts.prices(form))
    )


def _product(root: etree._Element, facts: Facts, form: Format, *, shop: bool) -> None:
    product = _in(root, "Product")
    _in(product, "RecordReference", form.reference)
    _in(product, "NotificationType", "03" if facts.edition.released else "02")
    _identifiers(product, facts, form)
    _description(_in(product, "DescriptiveDetail"), facts, form, shop=shop)
    if text := line(facts.manifest.description):
        collateral = _in(product, "CollateralDetail")
        _row(collateral, "TextContent", TextType="03", ContentAudience="00", Text=text)
    _publishing(_in(product, "PublishingDetail"), facts, shop=shop)
    others = [other for other in facts.formats if other.kind != form.kind]
    others = [other for other in others if other.isbn or not shop]
    if others:
        related = _in(product, "RelatedMaterial")
        for other in others:
            _identifier(_row(related, "RelatedProduct", ProductRelationCode="06"), other)
    _supply(_in(product, "ProductSupply"), facts, form, shop=shop)


def _identifiers(product: etree._Element, facts: Facts, form: Format) -> None:
    _identifier(product, form)
    doi = doi_of(facts.manifest.identifier)
    if doi and form.kind == "epub":
        _row(product, "ProductIdentifier", ProductIDType="06", IDValue=doi)


def _identifier(parent: etree._Element, form: Format) -> None:
    _row(
        parent,
        "ProductIdentifier",
        ProductIDType="15" if form.isbn else "01",
        IDTypeName="" if form.isbn else "engross",
        IDValue=form.isbn or form.reference,
    )


def _description(detail: etree._Element, facts: Facts, form: Format, *, shop: bool) -> None:
    manifest = facts.manifest
    _in(detail, "ProductComposition", "00")
    cased = form.kind == "print" and manifest.print.binding == "case"
    product_form, product_detail = FORMS["case" if cased else form.kind]
    _in(detail, "ProductForm", product_form)
    if product_detail:
        _in(detail, "ProductFormDetail", product_detail)
    if form.kind == "epub":
        _accessibility(detail, facts)
    if form.kind != "print":
        _in(detail, "EpubTechnicalProtection", "00")
    if manifest.series:
        collection = _row(detail, "Collection", CollectionType="10")
        _title(collection, manifest.series, "", "02", manifest.volume)
    _title(detail, manifest.title, manifest.subtitle, "01")
    people = [one for one in manifest.people if one.role in ROLES or not shop]
    if not people:
        _in(detail, "NoContributor")
    for number, person in enumerate(people, 1):
        _contributor(detail, number, person)
    edition = manifest.version.split(".", maxsplit=1)[0]
    if edition != "1":
        _in(detail, "EditionNumber", edition)
    statement = ". ".join(
        part for part in (manifest.edition_statement.rstrip("."), capital(facts.standing)) if part
    )
    _in(detail, "EditionStatement", statement)
    _languages(detail, facts, shop=shop)
    if facts.words and not shop:  # which counts pages only
        count = str(facts.words)
        _row(detail, "Extent", ExtentType="10", ExtentValue=count, ExtentUnit="02")
    if manifest.subjects and not shop:  # which takes codes only
        said = "; ".join(manifest.subjects)
        _row(detail, "Subject", SubjectSchemeIdentifier="20", SubjectHeadingText=said)


def features(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The accessibility of the EPUB as codes of List 196, with their words where they take any."""
    found = facts.accessibility
    rows = [("00", found.summary)]
    rows += [(FEATURES[feature], "") for feature in found.features if feature in FEATURES]
    rows += [("52", "")] if "textual" in found.sufficient else []
    rows += [
        (code, "")
        for words, code in CONFORMANCE.items()
        if re.search(rf"\b{re.escape(words)}(?![\w.])", found.conforms_to)
    ]
    rows += [("90", found.certified_by)] if found.certified_by else []
    rows += [("91", found.certified_on.replace("-", ""))] if found.certified_on else []
    rows += [(EXEMPTIONS[found.exemption], "")] if found.exemption in EXEMPTIONS else []
    return tuple(sorted(rows))


def _accessibility(detail: etree._Element, facts: Facts) -> None:
    for code, words in features(facts):
        _feature(detail, "09", code, words)
    if facts.accessibility.hazards == ("none",):
        _feature(detail, "12", HAZARDLESS)


def _feature(detail: etree._Element, kind: str, value: str, words: str = "") -> None:
    _row(
        detail,
        "ProductFormFeature",
        ProductFormFeatureType=kind,
        ProductFormFeatureValue=value,
        ProductFormFeatureDescription=line(words),
    )


def _title(parent: etree._Element, title: str, subtitle: str, level: str, number: str = "") -> None:
    _row(
        _row(parent, "TitleDetail", TitleType="01"),
        "TitleElement",
        TitleElementLevel=level,
        PartNumber=number,
        TitleText=title,
        Subtitle=subtitle,
    )


def _contributor(detail: etree._Element, number: int, person: Person) -> None:
    _row(
        detail,
        "Contributor",
        SequenceNumber=str(number),
        ContributorRole=ROLES.get(person.role, "Z99"),
        PersonName=person.name,
        PersonNameInverted=inverted(person) if inverted(person) != person.name else "",
        ContributorDescription=person.note,
    )


def _languages(detail: etree._Element, facts: Facts, *, shop: bool) -> None:
    own = bibliographic(facts.manifest.language)
    _row(detail, "Language", LanguageRole="01", LanguageCode=own)
    originals = {
        bibliographic(section.content.record.source_language)
        for section in facts.documents
        if isinstance(section.content, DocumentContent) and section.content.record.source_language
    }
    for code in sorted(originals - {"und"}) if not shop else ():
        _row(detail, "Language", LanguageRole="02", LanguageCode=code)


def _publishing(detail: etree._Element, facts: Facts, *, shop: bool) -> None:
    publisher = facts.manifest.publisher
    imprint = publisher.imprint or publisher.name if publisher else NOBODY
    _row(detail, "Imprint", ImprintName=imprint)
    if publisher:
        _row(detail, "Publisher", PublishingRole="01", PublisherName=publisher.name)
    _in(detail, "PublishingStatus", "04" if facts.edition.released else "02")
    date = _row(detail, "PublishingDate", PublishingDateRole="01")
    _in(date, "Date", facts.manifest.date.replace("-", "")).set("dateformat", "00")
    # Unknown or unstated; a shop wants one, and what is free for all is not sold exclusively.
    territory = facts.manifest.territory
    rights = _row(detail, "SalesRights", SalesRightsType="02" if shop or territory else "00")
    _territory(rights, territory or "WORLD")
    if territory and territory != "WORLD":
        _in(detail, "ROWSalesRightsType", "03")


def _territory(parent: etree._Element, words: str) -> None:
    """Countries, or the world with or without some."""
    world, outside = words.startswith("WORLD"), words.removeprefix("WORLD except ")
    _row(
        parent,
        "Territory",
        CountriesIncluded="" if world else words,
        RegionsIncluded="WORLD" if world else "",
        CountriesExcluded=outside if outside != words else "",
    )


def _supply(supply: etree._Element, facts: Facts, form: Format, *, shop: bool) -> None:
    """Free of charge until the rights are cleared; then a price, or that one is to come."""
    if shop:
        _territory(_in(supply, "Market"), facts.manifest.territory or "WORLD")
    detail = _in(supply, "SupplyDetail")
    publisher = facts.manifest.publisher
    role, name = ("01", publisher.name) if publisher else ("00", NOBODY)
    _row(detail, "Supplier", SupplierRole=role, SupplierName=name)
    _in(detail, "ProductAvailability", "20" if facts.edition.released else "10")
    prices = facts.prices(form)
    if not prices:
        _in(detail, "UnpricedItemType", "01" if facts.free else "02")
    for price in prices:
        kind, amount = PRICES[price.tax], price.amount
        row = _row(detail, "Price", PriceType=kind, PriceAmount=amount, CurrencyCode=price.currency)
        _territory(row, price.territory)


def _row(parent: etree._Element, tag: str, **children: str) -> etree._Element:
    """An element with children in this order; those without a text are left out."""
    element = _in(parent, tag)
    for name, text in children.items():
        if text:
            _in(element, name, text)
    return element


def _in(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if text:
        element.text = text
    return element
