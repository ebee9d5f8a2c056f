"""What a writer of an unknown name may have meant."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], least: float = 60, *, partly: bool = False) -> str:
    """
    The known word spelled most like this one, at least so much alike, of 100; or "".

    With `partly` a part of a known word counts as well.
    """
    from rapidfuzz import fuzz, process

    scorer = fuzz.WRatio if partly else fuzz.ratio
    close = process.extractOne(word, list(known), scorer=scorer, score_cutoff=least)
    return close[0] if close else ""


def did_you_mean(word: str, known: Iterable[str], least: float = 60) -> str:
    """The question that ends a message about an unknown name; "" where no name is like it."""
    meant = nearest(word, known, least, partly=True)
    return f"; did you mean {meant}?" if meant else ""
