"""ONIX for Books 3.1: a product for each format, with its own ISBN."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from engross.make.records.facts import Facts, Format, capital, doi_of, inverted, line

NAMESPACE = "http://ns.editeur.org/onix/3.1/reference"


@cache
def codes() -> dict[str, Any]:
    """The codes of EDItEUR's lists, by what they stand for."""
    return tomllib.loads(files(__package__).joinpath("onix.toml").read_text("utf-8"))


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
    people = [one for one in manifest.people if one.role in codes()["roles"] or not shop]
    return facts.written(
        "onix.xml",
        shop=shop,
        forms=offered(facts) if shop else facts.formats,
        codes=codes(),
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
    known = codes()["features"]
    rows += [(known[one], "") for one in found.features if one in known]
    rows += [("52", "")] if "textual" in found.sufficient else []
    rows += [
        (code, "")
        for words, code in codes()["conformance"].items()
        if re.search(rf"\b{re.escape(words)}(?![\w.])", found.conforms_to)
    ]
    rows += [("90", line(found.certified_by))] if found.certified_by else []
    rows += [("91", found.certified_on.replace("-", ""))] if found.certified_on else []
    exempt = codes()["exemptions"].get(found.exemption)
    rows += [(exempt, "")] if exempt else []
    return tuple(sorted(rows))
