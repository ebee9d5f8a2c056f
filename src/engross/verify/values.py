"""Every value that records, packages and pages have to say of an edition, from the evidence."""

import re
from collections.abc import Mapping

from engross.language.codes import bibliographic
from engross.verify.ground import Ground

ROLES = ("aut", "edt", "com", "trl")
"""Roles of those whom a reference names."""
SOLD = ("epub", "print", "screen")
"""Outputs that are products to the book trade; its message names each, or nothing at all."""
ONIX_ROLES = {"aut": "A01", "edt": "B01", "trl": "B06", "com": "C01", "aui": "A24", "aft": "A19"}
"""List 17, by MARC relator; anything else is Z99, other."""
NAMED = {"aut": "author", "edt": "editor", "trl": "translator"}
"""What records in JSON call people, by MARC relator; all others are contributors."""
PACKAGE = {
    "title": "titles", "language": "language", "publisher": "publisher", "date": "day",
    "rights": "marc rights", "description": "description", "subject": "subjects",
    "belongs-to-collection": "series", "group-position": "series volume",
    "schema:version": "version", "dcterms:modified": "stamp",
}  # fmt: skip
"""Fields of the package of an EPUB, by names in `values`."""
CREATORS = dict.fromkeys(("aut", "edt", "com"), "creator")
"""What the package of an EPUB calls people; all others are contributors."""


def packaged(ground: Ground) -> dict[str, list[str]]:
    """What the package of an EPUB says of the edition, by its fields."""
    manifest, known = ground.book.manifest.value, values(ground)
    isbn = (manifest.isbn.epub or "").replace("-", "")
    people = [
        "|".join((CREATORS.get(one.role, "contributor"), one.name, one.role, one.file_as))
        for one in manifest.people
    ]
    return {key: known[name] for key, name in PACKAGE.items()} | {
        "identifier": [manifest.identifier, f"urn:isbn:{isbn}" if isbn else ""],
        "person": people,
    }


def values(ground: Ground) -> dict[str, list[str]]:
    """Every value that a record may have to say, by name; what the evidence lacks is empty."""
    found = _common(ground)
    found |= _people(ground)
    found |= _for_marc(ground, found)
    return found | _for_onix(ground, found)


def _common(ground: Ground) -> dict[str, list[str]]:
    """Titles, numbers, days and rights."""
    manifest, modified = ground.book.manifest.value, ground.modified
    publisher, rights = manifest.publisher, manifest.rights
    imprint = publisher and (publisher.imprint or publisher.name)
    numbers: dict[str, str] = {k: (getattr(manifest.isbn, k) or "").replace("-", "") for k in SOLD}
    isbn: dict[str, str] = {
        kind: one for kind, one in numbers.items() if kind in {*manifest.outputs}
    }
    given = list(filter(None, isbn.values()))
    this = manifest.identifier_this or manifest.identifier
    doi, whole = doi_of(this), _joined(": ", manifest.title, manifest.subtitle)
    draft = "" if ground.released else f", draft {ground.digest[:12]}"
    standing = f"version {manifest.version}{draft}"
    capital = standing[0].upper() + standing[1:]
    stated = manifest.edition_statement
    titles = [one.record.value.title for one in ground.documents]
    return {
        "slug": [manifest.edition], "title": [manifest.title], "subtitle": [manifest.subtitle],
        "titles": [manifest.title, manifest.subtitle], "whole": [whole],
        "short": [manifest.short_title], "version": [manifest.version], "series": [manifest.series],
        "volume": [manifest.volume], "language": [manifest.language],
        "series volume": [manifest.volume if manifest.series else ""],
        "publisher": [publisher.name if publisher else ""],
        "place": [publisher.place if publisher else ""],
        "imprint": [imprint or "[publisher not identified]"],  # as cataloguers write it
        "statement": [stated], "edition": [stated or standing], "Edition": [stated or capital],
        "stated": [_joined(". ", stated.rstrip("."), capital)], "doi": [doi],
        "address": [this if this.startswith("http") else f"https://doi.org/{doi}" if doi else ""],
        "identifier": [manifest.identifier], "this": [this], "rights": [rights.statement],
        "terms": [rights.terms], "licence": [rights.licence],
        "description": [manifest.description], "subjects": [*manifest.subjects],
        "day": [manifest.date], "modified": [modified], "year": [modified[:4]],
        "slashed": [modified.replace("-", "/")], "stamp": [f"{modified}T00:00:00Z"],
        "parts": [str(int(part)) for part in modified.split("-")], "isbn": given,
        "isbns": [" ".join(given)], "first isbn": given[:1],
        "products": [f"{manifest.edition}-{kind}" for kind in isbn],
        "numbers": [number or f"{manifest.edition}-{kind}" for kind, number in isbn.items()],
        "documents": [title.supplied for title in titles], "wholes": [whole for _ in titles],
        "versions": [manifest.version for _ in titles],
        "marc isbn": [f"{number}|{kind}" for kind, number in isbn.items() if number],
        "epub isbn": [isbn.get("epub", "")],
    }  # fmt: skip


def _people(ground: Ground) -> dict[str, list[str]]:
    """Who made the edition: as filed, by name, by family name, and as MARC and ONIX have them."""
    people = ground.book.manifest.value.people
    filed = {
        role: [one.file_as or one.name for one in people if one.role == role] for role in ROLES
    }
    rest = [p for p in people if p.role == "aut"][1:] + [p for p in people if p.role != "aut"]
    found = {**filed, "edt com": filed["edt"] + filed["com"]}
    for role in NAMED:
        some = [one for one in people if one.role == role]
        found[f"{role} names"] = [one.name for one in some]
        found[f"{role} family"] = [
            one.file_as.split(", ")[0] for one in some if ", " in one.file_as
        ]
    numbered = [
        (str(number), ONIX_ROLES.get(one.role, "Z99"), one.name,
         one.file_as if one.file_as != one.name else "", one.note)
        for number, one in enumerate(people, 1)
    ]  # fmt: skip
    return found | {
        "other names": [one.name for one in people if one.role not in NAMED],
        "cited": [one.name.rpartition(" ")[2] for one in people if one.role in NAMED],
        "marc author": [f"{name}|author|aut" for name in filed["aut"][:1]],
        "marc people": [f"{one.file_as or one.name}|{one.role}" for one in rest],
        "onix people": [_joined("|", *row) for row in numbered],
    }


def _languages(ground: Ground) -> list[str]:
    """The codes of the edition's language, and of those that its documents are translated from."""
    said = {one.record.value.source_language for one in ground.documents}
    own = bibliographic(ground.book.manifest.value.language)
    return [own, *sorted({bibliographic(one) for one in said if one})]


def _for_marc(ground: Ground, known: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What MARC has in forms of its own."""
    manifest, year = ground.book.manifest.value, ground.modified[:4]
    kind = "urn" if manifest.identifier.startswith("urn:") else "uri"
    languages = _languages(ground)
    day = f"{manifest.date.replace('-', '')[2:]}s{year}    xx      o     000 0 {languages[0]} d"
    title = [f"{manifest.title} :", manifest.subtitle] if manifest.subtitle else [manifest.title]
    return {
        "marc stamp": [f"{ground.modified.replace('-', '')}000000.0"],
        "marc day": [day],
        "marc identifier": [
            f"{manifest.identifier}|{'doi' if doi_of(manifest.identifier) else kind}"
        ],
        "marc languages": ["|".join(languages)] if languages[1:] else [],
        "marc title": ["|".join(title)],
        "marc imprint": [_joined("|", *known["place"], *known["publisher"], year)],
        "marc series": [_joined("|", manifest.series, manifest.volume) if manifest.series else ""],
        "marc rights": [_joined(" ", manifest.rights.statement, manifest.rights.terms)],
    }


def _for_onix(ground: Ground, known: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What ONIX says of each product."""
    manifest, languages = ground.book.manifest.value, _languages(ground)
    rows = {
        "title": [_joined("|", "01", manifest.title, manifest.subtitle)],
        "series": [_joined("|", "02", manifest.volume, manifest.series) if manifest.series else ""],
        "people": known["onix people"],
        "languages": [
            f"01|{languages[0]}",
            *(f"02|{one}" for one in languages[1:] if one != "und"),
        ],
        "edition": known["stated"],
        "extent": [f"10|{ground.length}|02"],
        "description": [manifest.description],
        "imprint": known["imprint"],
        "publisher": known["publisher"],
        "day": [manifest.date.replace("-", "")],
        "territory": [_territory(manifest.territory or "WORLD")],
    }
    rows = {key: row * len(known["products"]) for key, row in rows.items()}
    cleared = manifest.rights.status == "cleared"
    formats = [one.rpartition("-")[2] for one in known["products"]]
    prices = [one for kind in formats for one in manifest.prices if cleared and one.format == kind]
    priced = {one.format for one in prices}
    rows |= {
        "unpriced": ["02" if cleared else "01" for kind in formats if kind not in priced],
        "tax": ["02" if one.tax == "included" else "01" for one in prices],
        "price": [one.amount for one in prices],
        "currency": [one.currency for one in prices],
        "place of sale": [_territory(one.territory) for one in prices],
    }
    return {f"onix {key}": row for key, row in rows.items()}


def _territory(words: str) -> str:
    """Included and excluded places with a bar between them, as the record's elements are read."""
    return words.replace(" except ", "|")


def _joined(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))


def doi_of(identifier: str) -> str:
    """The DOI in an identifier, else nothing."""
    return next(iter(re.findall(r"^(?:https?://doi\.org/|(?:urn:)?doi:)?(10\..*)", identifier)), "")
