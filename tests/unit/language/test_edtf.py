"""Dates of EDTF: how they are printed, proved and put into order."""

import pytest
from tests.unit.language.dates_anew import written

from engross.language import Words
from engross.model.edtf import key

PRINTED = {
    "": "",
    "1961": "1961",
    "1961-09": "September 1961",
    "1961-09-14": "14 September 1961",
    "0988-07-15": "15 July 988",
    "1961~": "about 1961",
    "1919-05~": "about May 1919",
    "1917?": "1917 (?)",
    "1917%": "about 1917 (?)",
    "1919-05-03/1919-05-07": "3–7 May 1919",
    "1919-05-28/1919-06-02": "28 May to 2 June 1919",
    "1918-12-30/1919-01-02": "30 December 1918 to 2 January 1919",
    "1961-09/1961-10": "September to October 1961",
    "1961-12/1962-01": "December 1961 to January 1962",
    "1961/1963": "1961 to 1963",
    "1961~/1963": "about 1961 to 1963",
    "../1917-09-14": "before 14 September 1917",
    "1917-09/..": "after September 1917",
    "-0043": "44 BC",
    "-0043-03-15": "15 March 44 BC",
    "0000": "1 BC",
    "1944-21": "Spring 1944",
    "1944-24~": "about Winter 1944",
    "1943-24/1944-21": "Winter 1943 to Spring 1944",
}


@pytest.mark.parametrize("value", PRINTED)
def test_a_date_is_printed_as_a_reader_expects(value: str) -> None:
    assert Words("en").day(value) == PRINTED[value]


@pytest.mark.parametrize("language", ["en", "de", "ru", "fr", "es", "uk"])
@pytest.mark.parametrize("value", [*PRINTED, "1919-05-03~"])
def test_dates_written_by_other_rules_are_the_same(language: str, value: str) -> None:
    assert written(value, language) == Words(language).day(value)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "25 October (7 November) 1917"),
        ("de", "25. Oktober (7. November) 1917"),
        ("ru", "25 октября (7 ноября) 1917 г."),
    ],
)
def test_a_day_of_the_old_calendar_stands_before_that_of_the_new(language: str, said: str) -> None:
    assert Words(language).day("1917-11-07", "1917-10-25") == said
    assert written("1917-11-07", language, "1917-10-25") == said


def test_a_year_before_our_era_has_its_sign_once() -> None:
    assert Words("ru").day("-0043-03-15") == "15 марта 44 г. до н. э."


def test_a_day_over_the_turn_of_the_year_has_both_years() -> None:
    said = "20 December 1917 (2 January 1918)"
    assert Words("en").day("1918-01-02", "1917-12-20") == said
    assert written("1918-01-02", "en", "1917-12-20") == said


def test_dates_stand_in_the_order_of_their_beginnings_and_none_at_the_end() -> None:
    order = ["-0043", "0988", "1917-09", "1917-11-07/1917-12-01", "1944-05-01", "1944-21", "1944"]
    assert sorted(["", *reversed(order)], key=key) == [*order, ""]
