"""Every value that records, packages and pages have to say of an edition, from the evidence."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from engross.language import Words, direction
from engross.language.codes import bibliographic
from engross.model.edtf import read
from engross.schema.manifest import Person
from engross.verify.ground import Ground
from engross.verify.judge import lettered
from engross.verify.plain import spaced

ROLES = ("aut", "edt", "com", "trl")
"""Roles of those whom a reference names."""
SOLD = ("epub", "print", "screen")
"""Outputs that are products to the book trade; its message names each, or nothing at all."""
ONIX_ROLES = {"aut": "A01", "edt": "B01", "trl": "B06", "com": "C01", "aui": "A24", "aft": "A19"}
"""List 17, by MARC relator; anything else is Z99, other."""
NAMED = {"aut": "author", "edt": "editor", "trl": "translator"}
"""What records in JSON call people, by MARC relator; all others are contributors."""
GIVEN = {
    "epub": (".epub", "application/epub+zip", "E101"),
    "screen": ("-screen.pdf", "application/pdf", "E107"),
}
"""Files that are given away: the ends of their names, their media types, ONIX's list 175."""
CREATORS = frozenset({"aut", "edt", "com"})
"""What catalogues and the package of an EPUB call creators; all others are contributors."""
STYLED = "ed eds edited editor editors by comp trans translated version draft in doc and"
"""The words of the styles of citations, which are English whatever the edition's language is."""
NOBODY = "[publisher not identified]"
"""As cataloguers write it."""


class Values(dict[str, list[str]]):
    """
    Values by name, without those that are empty.

    A name may be a path in the evidence: `manifest.rights.terms`; `record.type` is that of each
    document; `each` before a name says it once for each document, `form` for each product.
    """

    def __init__(self, ground: Ground) -> None:
        """Take what no field has as it is."""
        super().__init__()
        self.ground, self.documents = ground, ground.documents
        for more in (_common, _products, _people, _of_documents, _for_marc, _for_onix):
            found = more(ground, self)
            self |= {key: [spaced(one) for one in row if one] for key, row in found.items()}

    @cached_property
    def citing(self) -> dict[str, list[str]]:
        """Words that a citation may have besides those of the evidence, by first letters."""
        ground = self.ground
        days = (Words("en").day(one.record.value.dates.event) for one in ground.documents)
        said = [STYLED, *days, *self["standing"], *self["modified"], *self["parts"]]
        numbers = (one.number for one in ground.sections)
        return lettered([*re.findall(r"\w+", " ".join(said).casefold()), *numbers])

    def __missing__(self, name: str) -> list[str]:
        times, _, rest = name.partition(" ")
        if times in {"each", "form"}:
            row = self[rest] * len(self.documents if times == "each" else self["products"])
        else:
            root, *path = name.split(".")
            records: list[Any] = [one.record.value for one in self.documents]
            owners = records if root == "record" else [self.ground.book.manifest.value]
            row = [spaced(one) for owner in owners for one in _at(owner, path) if one]
        return row


def _at(owner: Any, path: Iterable[str]) -> list[str]:
    """What stands at a path of fields."""
    for name in path:
        owner = getattr(owner, name, None)
    return list(owner) if isinstance(owner, tuple | list) else [owner or ""]


def _common(ground: Ground, _known: Values) -> dict[str, list[str]]:
    """Titles, days, rights and how far the version is."""
    manifest, modified = ground.book.manifest.value, ground.modified
    publisher = manifest.publisher
    this = manifest.identifier_this or manifest.identifier
    doi, whole = doi_of(this), _joined(": ", manifest.title, manifest.subtitle)
    draft = "" if ground.released else f", draft {ground.digest[:12]}"
    standing = f"version {manifest.version}{draft}"
    capital = standing[0].upper() + standing[1:]
    stated = manifest.edition_statement
    bodies = [one.address for one in ground.sections if one.opening or one.kind == "document"]
    return {
        "titles": [manifest.title, manifest.subtitle], "whole": [whole],
        "series volume": [manifest.volume if manifest.series else ""],
        "series and volume": [manifest.series and _joined("|", manifest.series, manifest.volume)],
        "imprint": [(publisher and (publisher.imprint or publisher.name)) or NOBODY],
        "sender": [publisher.name if publisher else NOBODY],
        "edition": [stated or standing], "Edition": [stated or capital],
        "stated": [_joined(". ", stated.rstrip("."), capital)], "doi": [doi],
        "address": [this if this.startswith("http") else f"https://doi.org/{doi}" if doi else ""],
        "this": [this], "modified": [modified], "year": [modified[:4]],
        "plain": [modified.replace("-", "")], "version day": [ground.day],
        "slashed": [modified.replace("-", "/")], "stamp": [f"{modified}T00:00:00Z"],
        "parts": [str(int(part)) for part in modified.split("-")],
        "title types": ["main", "subtitle"][: 1 + bool(manifest.subtitle)],
        "locale": [manifest.language.replace("-", "_")],
        "standing": [standing], "drafted": [] if ground.released else ["draft, not released"],
        "status": ["Published" if ground.released else "Draft"],
        "free": [] if manifest.rights.status == "cleared" else ["True"],
        "keywords": ["; ".join(manifest.subjects)], "first keywords": [*manifest.subjects[:7]],
        "listed language": [f"{manifest.language} ({bibliographic(manifest.language)})"],
        "start": [f"{one}.xhtml" for one in bodies[:1]],
        "nothing": [], "leftward": ["rtl"] if direction(manifest.language) == "rtl" else [],
        "ways": [direction(manifest.language)],
        "cover words": [
            manifest.cover.alt or ground.words.say("cover-alt", title=manifest.title)
        ],
    }  # fmt: skip


def _products(ground: Ground, _known: Values) -> dict[str, list[str]]:
    """Numbers and files of what is sold or given away."""
    manifest = ground.book.manifest.value
    slug = manifest.edition
    numbers: dict[str, str] = {
        kind: (getattr(manifest.isbn, kind) or "").replace("-", "") for kind in SOLD
    }
    isbn: dict[str, str] = {
        kind: one for kind, one in numbers.items() if kind in {*manifest.outputs}
    }
    own = {kind: number or f"{slug}-{kind}" for kind, number in isbn.items()}
    given = list(filter(None, isbn.values()))
    page_source = ground.words.say("page-source", title=manifest.title)
    printed = f"urn:isbn:{numbers['print']}" if numbers["print"] else ""
    files = [GIVEN[kind] for kind in isbn if kind in GIVEN]
    return {
        "identifiers": [
            manifest.identifier, f"urn:isbn:{isbn['epub']}" if isbn.get("epub") else ""
        ],
        "isbn": given, "isbns": [" ".join(given)], "first isbn": given[:1],
        "products": list(own.values()), "kinds": [*isbn],
        "reference names": [f"{slug}-{kind}" for kind in isbn],
        "numbers": [
            one
            for kind, number in own.items()
            for one in (number, doi_of(manifest.identifier) if kind == "epub" else "")
        ],
        "other numbers": [two for one in own.values() for two in own.values() if two != one],
        **{f"{kind} isbn": [isbn.get(kind, "")] for kind in SOLD},
        "page source": [printed or f"{page_source} ({manifest.identifier})"],
        "given files": [f"../{slug}{end}" for end, _, _ in files],
        "given types": [media for _, media, _ in files],
        "given kinds": [kind for kind in isbn if kind in GIVEN],
    }  # fmt: skip


def _people(ground: Ground, _known: Values) -> dict[str, list[str]]:
    """Who made the edition: as filed, by name, by family name, and as MARC and ONIX have them."""
    people = ground.book.manifest.value.people
    filed = {role: [_filed(one) for one in people if one.role == role] for role in ROLES}
    rest = [p for p in people if p.role == "aut"][1:] + [p for p in people if p.role != "aut"]
    others = [one for one in people if one.role not in NAMED]
    made = [one for one in people if one.role in CREATORS]
    helped = [one for one in people if one.role not in CREATORS]
    numbered = [
        (str(number), ONIX_ROLES.get(one.role, "Z99"), one.name,
         one.file_as if one.file_as != one.name else "", one.note)
        for number, one in enumerate(people, 1)
    ]  # fmt: skip
    return named(people) | {
        **filed,
        "edt com": filed["edt"] + filed["com"],
        "aut com": filed["aut"] + filed["com"],
        "other names": [one.name for one in others],
        "other filed": [one.file_as for one in others],
        "other roles": [one.role for one in others],
        "made": [_filed(one) for one in made],
        "made names": [one.name for one in made],
        "made roles": [one.role for one in made],
        "made filed": [one.file_as for one in made],
        "helped": [_filed(one) for one in helped],
        "helped names": [one.name for one in helped],
        "helped roles": [one.role for one in helped],
        "helped filed": [one.file_as for one in helped],
        "listed people": [f"{one.role}|{_filed(one)} | {one.name}" for one in people],
        "cited": [one.name.rpartition(" ")[2] for one in people if one.role in NAMED],
        "marc author": [f"{name}|author|aut" for name in filed["aut"][:1]],
        "marc people": [f"{_filed(one)}|{one.role}" for one in rest],
        "onix people": [_joined("|", *row) for row in numbered],
    }


def named(people: Iterable[Person]) -> dict[str, list[str]]:
    """Those whom a reference names, by role: as filed, by family and given name, else whole."""
    found: dict[str, list[str]] = {}
    for role in NAMED:
        some = [one for one in people if one.role == role]
        parts = [one.file_as.partition(", ") for one in some]
        found[f"{role} names"] = [one.name for one in some]
        found[f"{role} filed"] = [one.file_as for one in some]
        found[f"{role} family"] = [family for family, _, given in parts if given]
        found[f"{role} given"] = [given for _, _, given in parts if given]
        found[f"{role} literal"] = [one.name for one in some if ", " not in one.file_as]
    return found


def _of_documents(ground: Ground, _known: Values) -> dict[str, list[str]]:
    """What is said of each document that is no field of its record."""
    rows = [one.record.value for one in ground.documents]
    numbers = {one.address: one.number for one in ground.sections}
    begun = [begin for row in rows if (begin := read(row.dates.event)[0])]
    dates = [(one.year - (one.year < 1), one.month, one.day) for one in begun]
    found = named([one for row in rows for one in row.contributors])
    return {f"every {key}": row for key, row in found.items()} | {
        "ids": [f"{ground.book.manifest.value.edition}-{one.id}" for one in ground.documents],
        "document numbers": [numbers[one.id] for one in ground.documents],
        "dates": [str(part) for date in dates for part in date if part],
    }


def _languages(ground: Ground) -> list[str]:
    """The codes of the edition's language, and of those that its documents are translated from."""
    said = {one.record.value.source_language for one in ground.documents}
    own = bibliographic(ground.book.manifest.value.language)
    return [own, *sorted({bibliographic(one) for one in said if one})]


def _for_marc(ground: Ground, known: Values) -> dict[str, list[str]]:
    """What MARC has in forms of its own."""
    manifest, year = ground.book.manifest.value, ground.modified[:4]
    kind = "urn" if manifest.identifier.startswith("urn:") else "uri"
    kind = "doi" if doi_of(manifest.identifier) else kind
    languages, authors = _languages(ground), known["aut"]
    place, publisher = known["manifest.publisher.place"], known["manifest.publisher.name"]
    title = [f"{manifest.title} :", manifest.subtitle] if manifest.subtitle else [manifest.title]
    return {
        "marc stamp": [f"{ground.modified.replace('-', '')}000000.0"],
        "marc day": [
            f"{manifest.date.replace('-', '')[2:]}s{year}    xx      o     000 0 {languages[0]} d"
        ],
        "marc isbn": [f"{one}|{kind}" for kind in SOLD for one in known[f"{kind} isbn"]],
        "marc identifier": [f"{manifest.identifier}|{kind}"],
        "marc languages": ["|".join(languages)] if languages[1:] else [],
        "marc title": ["|".join(title)],
        "marc title marks": [f"{int(bool(authors))}0{'ab'[: len(title)]}"],
        "marc imprint": ["|".join([*place, *publisher, year])],
        "marc imprint marks": [f" 1{'a' * len(place)}{'b' * len(publisher)}c"],
        "marc rights": [_joined(" ", manifest.rights.statement, manifest.rights.terms)],
    }


def _for_onix(ground: Ground, known: Values) -> dict[str, list[str]]:
    """What ONIX says of each product."""
    manifest, (own, *others) = ground.book.manifest.value, _languages(ground)
    bound = "BB" if manifest.print.binding == "case" else "BC"
    keywords = [f"20|{one}" for one in known["keywords"]]
    cleared, kinds = manifest.rights.status == "cleared", known["kinds"]
    prices = [one for kind in kinds for one in manifest.prices if cleared and one.format == kind]
    priced = {one.format for one in prices}
    return {
        "onix title": [_joined("|", "01", manifest.title, manifest.subtitle)],
        "onix series": [
            _joined("|", "02", manifest.volume, manifest.series) if manifest.series else ""
        ],
        "onix languages": [f"01|{own}", *(f"02|{one}" for one in others if one != "und")],
        "onix extent": [f"10|{ground.length}|02"],
        "onix day": [manifest.date.replace("-", "")],
        "onix notice": ["03" if ground.released else "02"],
        "onix status": ["04" if ground.released else "02"],
        "onix there": ["20" if ground.released else "10"],
        "onix subjects": keywords,
        "territory": [_territory(manifest.territory or "WORLD")],
        "unpriced": ["02" if cleared else "01" for kind in kinds if kind not in priced],
        "tax": ["02" if one.tax == "included" else "01" for one in prices],
        "price": [one.amount for one in prices],
        "currency": [one.currency for one in prices],
        "place of sale": [_territory(one.territory) for one in prices],
        "onix forms": [bound if kind == "print" else "ED" for kind in kinds],
        "onix details": [GIVEN[kind][2] for kind in kinds if kind in GIVEN],
    }


def _territory(words: str) -> str:
    """Included and excluded places with a bar between them, as the record's elements are read."""
    return words.replace(" except ", "|")


def _filed(one: Person) -> str:
    return one.file_as or one.name


def _joined(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))


def doi_of(identifier: str) -> str:
    """The DOI in an identifier, else nothing."""
    return next(iter(re.findall(r"^(?:https?://doi\.org/|(?:urn:)?doi:)?(10\..*)", identifier)), "")
