"""Dates as documents have them: EDTF (ISO 8601-2) of level 1, with its year zero."""

import calendar
import re
from dataclasses import dataclass

_ONE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)")
SEASONS = {21: 5, 22: 8, 23: 11, 24: 12}
"""Spring to winter, and the month at whose end they are put into order."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a month, a season or a year."""

    year: int
    """0 is 1 BC, -43 is 44 BC."""
    month: int = 0
    """1 to 12, a season from 21 to 24, or 0."""
    day: int = 0
    mark: str = ""
    """`~` about, `?` uncertain, `%` both."""

    @property
    def key(self) -> tuple[int, int, int]:
        """For sorting: a month without a day follows the days of that month."""
        month = SEASONS.get(self.month, self.month)
        return self.year, month or 99, self.day or (98 if self.month in SEASONS else 99)

    @property
    def iso(self) -> str:
        """Without its mark; a season is its year."""
        year = f"{self.year:05d}" if self.year < 0 else f"{self.year:04d}"
        rest = (self.month, self.day) if self.month not in SEASONS else ()
        return "-".join([year, *(f"{part:02d}" for part in rest if part)])


Span = tuple[Moment | None, Moment | None]
"""Beginning and end; None where it is open, or where nothing is known."""


def read(value: str) -> Span:
    """
    Beginning and end of what a date says, the same for one moment.

    >>> [one.iso for one in read("1919-05-03/1919-05-07") if one]
    ['1919-05-03', '1919-05-07']

    Raises:
        ValueError: it is no date; with the reason where it has the form of one.
    """
    if not value:
        return None, None
    first, slash, last = value.partition("/")
    begin = _moment(first)
    end = _moment(last) if slash else begin
    if begin is None and end is None:
        raise ValueError("neither beginning nor end is given")
    if begin and end and end.key < begin.key:
        raise ValueError("its end stands before its beginning")
    return begin, end


def key(value: str) -> tuple[int, int, int]:
    """What a date is put into order by: its beginning, else its end; none comes last."""
    begin, end = read(value)
    found = begin or end
    return found.key if found else (9999, 99, 99)


def plain(value: str) -> str:
    """The beginning, else the end, as ISO 8601 has it; for records that know nothing else."""
    begin, end = read(value)
    found = begin or end
    return found.iso if found else ""


def gregorian(julian: Moment) -> str:
    """
    The day of the new calendar that a day of the old one is.

    >>> gregorian(Moment(1917, 10, 25)), gregorian(Moment(1700, 2, 29))
    ('1917-11-07', '1700-03-11')
    """
    back = (14 - julian.month) // 12
    year, month = julian.year + 4800 - back, julian.month + 12 * back - 3
    number = julian.day + (153 * month + 2) // 5 + 365 * year + year // 4 - 32083
    # Richards's way back, for the Gregorian calendar.
    f = number + 1401 + (4 * number + 274277) // 146097 * 3 // 4 - 38
    e = 4 * f + 3
    h = 5 * (e % 1461 // 4) + 2
    day, month = h % 153 // 5 + 1, (h // 153 + 2) % 12 + 1
    return Moment(e // 1461 - 4716 + (14 - month) // 12, month, day).iso


def _moment(text: str) -> Moment | None:
    if text in {"", ".."}:
        return None
    found = _ONE.fullmatch(text)
    if found is None or text.startswith("-0000"):
        raise ValueError
    year, month, day = (int(part or 0) for part in found.groups()[:3])
    if found[2] and not (1 <= month <= 12 or (month in SEASONS and not found[3])):
        raise ValueError(f"there is no month {month:02}")
    if found[3]:
        days = calendar.monthrange(2000 + year % 400, month)[1]
        if not 1 <= day <= days:
            raise ValueError(f"{calendar.month_name[month]} {year} has {days} days")
    return Moment(year, month, day, found[4])
