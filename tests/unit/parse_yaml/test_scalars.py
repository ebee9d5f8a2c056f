"""ISBNs, language tags, dates and titles: what each may be, and what is proposed instead."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.parse_yaml.manifests import file, refusals, with_line

from engross.model.finding import Finding
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest
from engross.schema.registers import Sources


def test_one_isbn_for_two_formats_is_refused_however_it_is_hyphenated() -> None:
    text = with_line("isbn: {epub: 978-0-306-40615-7, print: 9780306406157}")
    assert refusals(Manifest, text) == [
        (
            "3 manifest.yaml:14:40: M020 'isbn.epub' and 'isbn.print' are one number, "
            "9780306406157\n"
            "    fix: give each format its own number, or leave one out"
        )
    ]


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("EN", "write 'en'"),
        ("en-UK", "write 'en-GB'"),
        ("en_gb", "write 'en-GB'"),
        ("ru-latn", "write 'ru-Latn'"),
        ("Japanese", "write 'ja'"),
        ("zz", "write a BCP 47 tag, such as 'en' or 'ru-Latn'"),
        ("ru-Latn-", "write a BCP 47 tag, such as 'en' or 'ru-Latn'"),
        ("mother tongue", "write a BCP 47 tag, such as 'en' or 'ru-Latn'"),
    ],
)
def test_a_wrong_language_tag_proposes_the_right_one(tag: str, wanted: str) -> None:
    assert refusals(Manifest, with_line(f"language: {tag}")) == [
        (
            f"3 manifest.yaml:14:11: M018 'language' is '{tag}', which is not a language tag\n"
            f"    fix: {wanted}"
        )
    ]


@pytest.mark.parametrize(
    "tag", ["en", "ru", "ru-Latn", "ja-Latn-JP", "sl-rozaj", "de-CH-1996", "es-419", "x-house"]
)
def test_good_language_tags_pass(tag: str) -> None:
    got = load(Manifest, file(with_line(f"language: {tag}")))
    assert isinstance(got, Parsed), got
    assert got.value.language == tag


@pytest.mark.parametrize(
    ("date", "message", "fix"),
    [
        ("14.9.61", "which is not a date", "write year, month and day: '1961-09-14'"),
        ("1961-9-4", "which is not a date", "write '1961-09-04'"),
        ("1961-13-01", "and there is no month 13", "write a day that stands in the calendar"),
        ("0000-01-01", "and there is no year 0000", "write a day that stands in the calendar"),
        ("1900-02-29", "and February 1900 has 28 days", "write a day that stands in the calendar"),
        ("1961-09", "which is not a date", "write year, month and day: '1961-09-14'"),
    ],
)
def test_a_wrong_date_says_what_is_wrong_with_it(date: str, message: str, fix: str) -> None:
    assert refusals(Manifest, with_line(f"date: {date}")) == [
        f"3 manifest.yaml:13:7: M017 'date' is '{date}', {message}\n    fix: {fix}"
    ]


RECORD = """\
id: letter
received: {{sha256: {digest}}}
title: {{supplied: Letter}}
source: {{repository: Archive}}
dates:
  {line}
"""


@pytest.mark.parametrize(
    ("line", "place", "message", "fix"),
    [
        (
            'event: "14 September 1961"',
            "6:10",
            "'dates.event' is '14 September 1961', which is not a date",
            "write '1961-09-14'",
        ),
        (
            'event: "the spring"',
            "6:10",
            "'dates.event' is 'the spring', which is not a date",
            "write year, month and day: '1961-09-14'; or '1961-09', or '1961', '1961~' (about), "
            "'1961-09/1961-10'; or '' where it is not known, and its words under display",
        ),
        (
            'event: "1961-02-30/1961-03"',
            "6:10",
            "'dates.event' is '1961-02-30/1961-03', and February 1961 has 28 days",
            "write a day that stands in the calendar",
        ),
        (
            'event: "1961-10/1961-09"',
            "6:10",
            "'dates.event' is '1961-10/1961-09', and its end stands before its beginning",
            "write a day that stands in the calendar",
        ),
        (
            'record: {value: "--02-30"}\n  event: ""',
            "6:19",
            "'dates.record.value' is '--02-30', and February 2000 has 29 days",
            "write a day that stands in the calendar",
        ),
        (
            'julian: "1900-02-30"\n  event: ""',
            "6:11",
            "'dates.julian' is '1900-02-30', and February 2000 has 29 days",
            "write a day that stands in the calendar",
        ),
        (
            'julian: "1917-10-25"\n  event: "1917-11-08"',
            "6:3",
            "'dates' says julian: 1917-10-25, which is event: 1917-11-07",
            "write that day of the new calendar under event",
        ),
    ],
)
def test_a_wrong_date_of_a_document_says_what_is_wrong_with_it(
    line: str, place: str, message: str, fix: str
) -> None:
    text = RECORD.format(digest="0" * 64, line=line)
    source = SourceFile.of("document.yaml", text.encode())
    got = load(DocumentRecord, source)
    assert [str(one) for one in got if isinstance(one, Finding)] == [
        f"document.yaml:{place}: M017 {message}\n    fix: {fix}"
    ]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ("[[1944, 17]]", "there is no month 17"),
        ("[[1944, 2, 30]]", "February 1944 has 29 days"),
        ("[[0]]", "a date is [year, month, day], without a year 0, or two of these"),
        ("[[1944, 13, 1]]", "there is no month 21"),
        ("[[1944, 5], [1943, 5]]", "its end stands before its beginning"),
    ],
)
def test_a_wrong_date_of_a_source_says_what_is_wrong_with_it(parts: str, message: str) -> None:
    text = f"sources:\n  - {{id: a, type: book, title: A, issued: {{date-parts: {parts}}}}}\n"
    got = load(Sources, SourceFile.of("sources.yaml", text.encode()))
    assert [one.code for one in got if isinstance(one, Finding)] == ["M017"]
    assert message in str(next(iter(got)))


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: datetime.date) -> None:
    assert isinstance(load(Manifest, file(with_line(f"date: {day.isoformat()}"))), Parsed)


def test_a_title_with_direction_marks_is_refused() -> None:
    got = refusals(Manifest, with_line('title: "Reception \u202egnitteb"'))
    assert got == [
        (
            "3 manifest.yaml:13:8: M022 'title' contains U+202E, which hides or reorders letters\n"
            "    fix: type it anew"
        ),
        (
            "1 manifest.yaml:13:19: F013 U+202E changes the order in which letters are shown\n"
            "    fix: delete it unless the text runs from right to left there"
        ),
    ]


@pytest.mark.parametrize(
    ("price", "says"),
    [
        ("{format: epub, amount: 9.99, currency: EUX}", "'EUX' is no currency of ISO 4217"),
        ("{format: epub, amount: '9,99', currency: EUR}", "'9,99', which is not an amount"),
        ("{format: epub, amount: '9', currency: EUR, territory: UK}", "'UK' is no country"),
        (
            "{format: epub, amount: '9', currency: EUR, territory: WORLD US}",
            "'WORLD' is no country",
        ),
        ("{format: audio, amount: '9', currency: EUR}", "'audio', which is not one of its choices"),
    ],
)
def test_a_price_has_an_amount_and_codes_that_exist(price: str, says: str) -> None:
    (said,) = refusals(Manifest, with_line(f"prices: [{price}]"))
    assert says in said
    good = "{format: epub, amount: '9.99', currency: EUR, territory: WORLD except GB IE}"
    assert isinstance(load(Manifest, file(with_line(f"prices: [{good}]"))), Parsed)
