"""ISBNs, language tags, dates and titles: what each may be, and what is proposed instead."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.parse_yaml.manifests import file, refusals, with_line

from engross.parse.load import Parsed, load
from engross.schema.manifest import Manifest


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
