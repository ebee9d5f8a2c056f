"""What the templates and the assembler say in the language of an edition."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from engross.language.catalogue import ENGLISH, Catalogue, catalogue, primary
from engross.language.direction import subtag
from engross.language.order import ranks
from engross.model.edtf import SEASONS, Moment, read

if TYPE_CHECKING:
    from babel import Locale

TITLED = "title-"
"""Keys that begin so are the titles of the sections that the program makes."""

DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?[~?%]?")
"""A month or day of EDTF, as records have it."""
FIRST = {"fr": "'1er'"}
"""What stands for the first day in a pattern, where it is no plain figure."""
T = TypeVar("T")


class Credited(Protocol):
    """Somebody who had a part."""

    @property
    def role(self) -> str:
        """The MARC relator code."""

    @property
    def name(self) -> str:
        """As printed."""


class Words:
    """Looks words up and fills them in; writes dates, lists and names; sorts."""

    def __init__(self, language: str, own: Catalogue | None = None) -> None:
        """Take the words of `language`: those of `own` where it is in that language."""
        self.language = language
        self.own = own if own and own.language == primary(language) else None

    def say(self, key: str, **values: object) -> str:
        """
        The words under a key, `{name}` filled in; `count` chooses among plural forms.

        >>> [Words("ru").say("review-many", count=count) for count in (1, 3, 5)]
        ['1 текст', '3 текста', '5 текстов']

        Raises:
            LookupError: no such key, or a value that the words want is missing.
        """
        if not self.has(key):
            raise LookupError(f"there are no words under '{key}'")
        forms = self.catalogue.entries[key]
        count = values.get("count")
        number = self.catalogue.form(count) if isinstance(count, int) and len(forms) > 1 else 0
        form = forms[min(number, len(forms) - 1)]
        return form.format_map({name: str(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        return key in self.catalogue.entries

    def day(self, said: str, julian: str = "") -> str:
        """
        A date of EDTF in words; `--09-23` has no year.

        Args:
            said: a day, a month, a season, a year, or a span of them; about or uncertain.
            julian: the day of the old calendar that it is.

        >>> [Words("en").day(date) for date in ("1961-09-14", "1961-08", "1961~", "--09-23")]
        ['14 September 1961', 'August 1961', 'about 1961', '23 September']
        >>> [Words("en").day(date) for date in ("1919-05-03/1919-05-07", "../1917", "-0043")]
        ['3–7 May 1919', 'before 1917', '44 BC']
        >>> Words("en").day("1917-11-07", "1917-10-25")
        '25 October (7 November) 1917'
        """
        if said.startswith("--"):
            month, day = (int(part) for part in said[2:].split("-"))
            return self._dated(Moment(2000, month, day), self._yearless)
        begin, end = read(said)
        if julian and begin:
            year, month, day = (int(part) for part in julian.split("-"))
            old = Moment(year, month, day)
            if old.year != begin.year:
                return self.say("date-julian", old=self._moment(old), new=self._moment(begin))
            days = [self._dated(one, self._yearless) for one in (old, begin)]
            both = self.say("date-julian", old=days[0], new=days[1])
            return self._dated(begin, self.say("day-pattern").replace(self._yearless, f"'{both}'"))
        if begin == end:
            return self._moment(begin) if begin else ""
        if begin is None or end is None:
            key, one = ("date-after", begin) if begin else ("date-before", end)
            return self.say(key + "-day" * (one.day > 0), date=self._moment(one)) if one else ""
        plain = not (begin.mark or end.mark) and begin.year == end.year
        if plain and begin.month == end.month and begin.day and end.day:
            row = self.say("date-days", first=begin.day, last=end.day)
            return self._dated(end, self.say("day-pattern").replace(self._day, f"'{row}'", 1))
        first = self._moment(begin)
        if plain and begin.day and end.day:
            first = self._dated(begin, self._yearless)
        elif plain and 0 < begin.month < 13 and 0 < end.month < 13:
            first = self.month(begin.month, alone=True)
        return self.say("date-span", first=first, last=self._moment(end))

    def told(self, text: str) -> str:
        """
        A day as it is read, any other text as it is.

        >>> Words("en").told("1861-03-11"), Words("en").told("1861")
        ('11 March 1861', '1861')
        """
        return self.day(text) if DAY.fullmatch(text) else text

    def _moment(self, one: Moment) -> str:
        if one.month in SEASONS:
            said = self.say(f"date-season-{one.month}", year=self._year(one))
        elif one.month:
            said = self._dated(one, self.say("day-pattern" if one.day else "month-pattern"))
        else:
            said = self._year(one)
        about = "date-about-day" if one.day else "date-about"
        said = self.say(about, date=said) if one.mark in {"~", "%"} else said
        return self.say("date-uncertain", date=said) if one.mark in {"?", "%"} else said

    def _year(self, one: Moment) -> str:
        return str(one.year) if one.year > 0 else self.say("date-bc", year=1 - one.year)

    def _dated(self, one: Moment, pattern: str) -> str:
        """By a pattern of CLDR; the library knows no years before our era, so 2000 stands in."""
        from babel.dates import format_date

        year = one.year if one.year > 0 else 2000
        if one.day == 1:
            pattern = pattern.replace("d", FIRST.get(self.catalogue.language, "d"), 1)
        if one.year <= 0:  # whose words have the sign of a year themselves
            pattern = pattern.partition(" '")[0] if pattern.endswith("'.") else pattern
        said = format_date(date(year, one.month, one.day or 1), pattern, self._locale)
        return said if one.year > 0 else said.replace("2000", self._year(one))

    @property
    def _yearless(self) -> str:
        return self.say("yearless-pattern")

    @property
    def _day(self) -> str:
        """The day of a pattern, with what a language writes behind it."""
        return "d." if "d." in self.say("day-pattern") else "d"

    def month(self, number: int, *, alone: bool) -> str:
        """
        The name of a month, counted from 1, as CLDR has it within a date or by itself.

        >>> Words("ru").month(3, alone=False), Words("ru").month(3, alone=True)
        ('марта', 'март')
        """
        from babel.dates import get_month_names

        names = get_month_names("wide", "stand-alone" if alone else "format", self._locale)
        return str(names[number])

    def listed(self, names: Sequence[str]) -> str:
        """
        Names in a row.

        >>> Words("en").listed(["A", "B", "C"]), Words("de").listed(["A", "B", "C"])
        ('A, B, and C', 'A, B und C')
        """
        from babel.lists import format_list

        return format_list(names, "standard", self._locale)

    def credits(self, people: Iterable[Credited]) -> list[str]:
        """
        Who had what part: neighbours of one role in one line, unless its word is a noun.

        >>> from types import SimpleNamespace as One
        >>> people = [One(role="edt", name="Ann"), One(role="edt", name="Bob")]
        >>> Words("en").credits(people), Words("ru").credits(people)
        (['Edited by Ann and Bob'], ['Редактор: Ann', 'Редактор: Bob'])
        """
        lines = []
        for role, group in groupby(people, attrgetter("role")):
            key = f"role-{role}" if self.has(f"role-{role}") else "role-other"
            names = [one.name for one in group]
            apart = key == "role-other" or ":" in self.say(key, name="")
            rows = names if apart else [self.listed(names)]
            lines += [self.say(key, name=row) for row in rows]
        return lines

    def price(self, amount: str, currency: str) -> str:
        """
        A sum of money.

        >>> Words("en").price("24.50", "GBP"), Words("en-GB").price("30", "USD")
        ('£24.50', 'US$30.00')
        """
        from babel.numbers import format_currency

        return str(format_currency(amount, currency, locale=self._locale))

    def language_name(self, tag: str) -> str:
        """
        The name of another language; empty where there is none.

        >>> Words("en").language_name("ru"), Words("de").language_name("ru")
        ('Russian', 'Russisch')
        """
        return str(self._locale.languages.get(primary(tag), ""))

    def sorted(self, items: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
        """Items in the order in which the language lists words, letter by letter."""
        rows = tuple(items)
        rank = ranks({key(item) for item in rows}, self.language)
        return tuple(sorted(rows, key=lambda item: rank[key(item)]))

    def titles(self) -> dict[str, str]:
        """The titles of the generated sections, by section."""
        every = self.catalogue.entries.items()
        return {key.removeprefix(TITLED): one[0] for key, one in every if key.startswith(TITLED)}

    @cached_property
    def catalogue(self) -> Catalogue:
        """What they come from."""
        return self.own or catalogue(self.language)

    @cached_property
    def _locale(self) -> "Locale":
        """
        What Babel knows of the language: of the region too, where the words are its own.

        In a script in which Babel does not write the language (`sa-Latn`), days are as in English.
        """
        from babel import Locale, UnknownLocaleError, localedata
        from babel.core import get_global

        written = self.catalogue.language
        try:
            own = primary(self.language) == written
            found = Locale.parse(self.language if own else written, sep="-")
            usual = get_global("likely_subtags").get(found.language, "").lower().split("_")
            script = subtag(self.language) if own else ""
            known = not script or script in ((found.script or "").lower(), *usual)
            return found if known else Locale.parse(ENGLISH)
        except (UnknownLocaleError, ValueError):
            return Locale.parse(written if written in localedata.locale_identifiers() else ENGLISH)
