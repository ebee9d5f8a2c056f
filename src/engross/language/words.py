"""What the templates and the assembler say in the language of an edition."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from engross.language.catalogue import Catalogue, catalogue, primary
from engross.language.order import ranks

if TYPE_CHECKING:
    from babel import Locale

TITLED = "title-"
"""Keys that begin so are the titles of the sections that the program makes."""

T = TypeVar("T")


class Words:
    """Looks words up and fills them in; writes dates, lists and names; sorts."""

    def __init__(self, language: str, own: Mapping[str, str] | None = None) -> None:
        """Take the words of `language`, and those of `own` before them."""
        self._language = language
        self._own = own or {}

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
        forms = (self._own[key],) if key in self._own else self._catalogue.entries[key]
        count = values.get("count")
        number = self._catalogue.form(count) if isinstance(count, int) and len(forms) > 1 else 0
        return forms[number].format_map({name: str(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        return key in self._own or key in self._catalogue.entries

    def day(self, iso: str) -> str:
        """
        A date in words: a year, a month or a day; `--09-23` has no year.

        >>> [Words("en").day(iso) for iso in ("1961-09-14", "1961-08", "1961", "--09-23")]
        ['14 September 1961', 'August 1961', '1961', '23 September']
        """
        year, *rest = iso.removeprefix("--").split("-") if iso[:2] != "--" else ["", *_parts(iso)]
        if not rest:
            return year
        # A leap year, so that 29 February can be written without its own.
        day = date(int(year or 2000), int(rest[0]), int(rest[1]) if len(rest) > 1 else 1)
        key = "month-pattern" if len(rest) < 2 else "day-pattern" if year else "yearless-pattern"
        from babel.dates import format_date

        return format_date(day, self.say(key), self._locale)

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
        rank = ranks({key(item) for item in rows}, self.say("letters-after"))
        return tuple(sorted(rows, key=lambda item: rank[key(item)]))

    @cached_property
    def _catalogue(self) -> Catalogue:
        return catalogue(self._language)

    @cached_property
    def _locale(self) -> "Locale":
        """What Babel knows of the language: of the region too, where the words are its own."""
        from babel import Locale, UnknownLocaleError

        written = self._catalogue.language
        try:
            own = primary(self._language) == written
            return Locale.parse(self._language if own else written, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale.parse(written)


def _parts(iso: str) -> list[str]:
    return iso[2:].split("-")


def titles(language: str) -> dict[str, str]:
    """The titles of the generated sections, by section."""
    entries = catalogue(language).entries.items()
    return {key.removeprefix(TITLED): text[0] for key, text in entries if key.startswith(TITLED)}
