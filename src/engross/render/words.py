"""The words that templates print, by key and language; an edition may replace each."""

from collections.abc import Mapping

from engross.catalog.words import shipped


class Words:
    """Looks words up and fills them in."""

    def __init__(self, language: str, own: Mapping[str, str]) -> None:
        self._words = {**shipped(language), **own}

    def say(self, key: str, **values: object) -> str:
        """
        The words under a key, `{name}` filled in.

        Raises:
            LookupError: no such key, or a value that the words want is missing.
        """
        if key not in self._words:
            raise LookupError(f"there are no words under '{key}'")
        return self._words[key].format_map({name: str(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        return key in self._words

    def day(self, iso: str) -> str:
        """
        A date in words: a year, a month or a day.

        >>> Words("en", {}).day("2026-11-23")
        '23 November 2026'
        """
        parts = iso.split("-")
        if len(parts) == 1:
            return iso
        # Some languages bend the month's name where a day stands before it.
        months = self._words["months" if len(parts) > 2 else "months-alone"].split()
        month = months[int(parts[1]) - 1]
        if len(parts) == 2:
            return self.say("month-year", month=month, year=parts[0])
        return self.say("day-month-year", day=int(parts[2]), month=month, year=parts[0])
