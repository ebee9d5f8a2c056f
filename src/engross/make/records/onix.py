"""ONIX for Books 3.1: a product for each format, with its own ISBN."""

import re

from engross.make.records.facts import Facts, Format, capital, doi_of, inverted, line

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
CODES = {
    "forms": FORMS,
    "roles": ROLES,
    "nobody": NOBODY,
    "prices": {"excluded": "01", "included": "02"},  # List 58: retail price without and with tax
    "hazardless": "00",  # List 143: no known hazards or warnings
}


def onix(facts: Facts, *, shop: bool = False) -> bytes:
    """
    The message: fixed date, so that the same edition gives the same bytes.

    Args:
        facts: what it says.
        shop: only electronic formats with an ISBN, in the codes that Google Play Books takes; see
            `offered`.
    """
    manifest = facts.manifest
    statement = (manifest.edition_statement.rstrip("."), capital(facts.standing))
    own, *originals = facts.languages
    people = [one for one in manifest.people if one.role in ROLES or not shop]
    return facts.written(
        "onix.xml",
        shop=shop,
        forms=offered(facts) if shop else facts.formats,
        codes=CODES,
        doi=doi_of(manifest.identifier),
        features=features(facts),
        people=[(one, inverted(one)) for one in people],
        languages=[own, *(code for code in originals if code != "und" and not shop)],
        statement=". ".join(filter(None, statement)),
    )


def offered(facts: Facts) -> tuple[Format, ...]:
    """What a shop's message can hold: electronic, with an ISBN, with a price or free of charge."""
    return tuple(
        form
        for form in facts.formats
        if form.isbn and form.kind != "print" and (facts.free or facts.prices(form))
    )


def features(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The accessibility of the EPUB as codes of List 196, with their words where they take any."""
    found = facts.accessibility
    rows = [("00", line(found.summary))]
    rows += [(FEATURES[feature], "") for feature in found.features if feature in FEATURES]
    rows += [("52", "")] if "textual" in found.sufficient else []
    rows += [
        (code, "")
        for words, code in CONFORMANCE.items()
        if re.search(rf"\b{re.escape(words)}(?![\w.])", found.conforms_to)
    ]
    rows += [("90", line(found.certified_by))] if found.certified_by else []
    rows += [("91", found.certified_on.replace("-", ""))] if found.certified_on else []
    rows += [(EXEMPTIONS[found.exemption], "")] if found.exemption in EXEMPTIONS else []
    return tuple(sorted(rows))
