"""Dates in attributes: what the calendar does not have is reported."""

import re
from datetime import date

from lxml import etree

from engross.parse.tei.elements import named
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import Reading

FORM = re.compile(r"^(?P<year>-?\d{4,})(-(?P<month>\d\d)(-(?P<day>\d\d)(T.*)?)?)?$")
PARTIAL = re.compile(r"^(--\d\d(-\d\d)?|---\d\d|\d\d:\d\d(:\d\d)?.*|T.*)$")
POINTS = ("when", "from", "to", "notBefore", "notAfter", "when-iso", "from-iso", "to-iso")
SPANS = named(
    "app arc biblScope citedRange damageSpan edge join lacunaEnd lacunaStart link locus move orth"
    " span witEnd witStart"
)
"""Their @from and @to are places in a text, not days."""
PAIRS = (("from", "to"), ("notBefore", "notAfter"))


def day(value: str) -> str | None:
    """
    The year, month or day that a value names; None if the calendar does not have it.

    >>> day("1948-02-29"), day("1947-02-29"), day("1948-03-12T22:00:00")
    ('1948-02-29', None, '1948-03-12')
    """
    match = FORM.match(value.strip())
    if match is None:
        return None
    month, number = match["month"], match["day"]
    year = int(match["year"])
    if not 1 <= year <= 9999:
        return None
    try:
        date(year, int(month or 1), int(number or 1))
    except ValueError:
        return None
    return "-".join(part for part in (match["year"], month, number) if part)


def check(reading: Reading, element: etree._Element) -> None:
    """Report impossible dates of an element, and spans that end before they begin."""
    name = name_of(element.tag)
    if not element.attrib or name in SPANS:
        return
    for attribute in POINTS:
        value = element.get(attribute)
        if value is None or day(value) is not None or PARTIAL.match(value.strip()):
            continue
        reading.report(
            "I015",
            element,
            f"{name}/@{attribute} is {value!r}, which is no date of the calendar",
            "write year-month-day as the document has it",
        )
    for first, second in PAIRS:
        begin, end = day(element.get(first, "")), day(element.get(second, ""))
        if begin and end and begin[: len(end)] > end[: len(begin)]:
            reading.report(
                "I015",
                element,
                f"{name} ends on {end}, before it begins on {begin}",
                f"exchange @{first} and @{second}, or fix one",
            )


def first_day(element: etree._Element | None) -> str:
    """The day that a `date` names, or the first that it may be; "" where it says none."""
    names = ("when", "when-iso", "from", "notBefore")
    found = (day(element.get(name, "")) for name in names) if element is not None else ()
    return next(filter(None, found), "")
