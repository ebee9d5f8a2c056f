"""Printed numbers: kept from the last release, or counted anew with a reason and a concordance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from engross.model.lists import numeral
from engross.schema.release import Numbering


@dataclass(frozen=True, slots=True)
class Moved:
    """An address whose printed number is another one now."""

    address: str
    old: str
    """Empty: the address is new."""
    new: str
    """Empty: the address is gone, or is printed without a number."""


def moved(old: Numbering, new: Numbering) -> tuple[Moved, ...]:
    """The concordance: every address whose number differs, in the new order, lost ones last."""
    before, after = old.all(), new.all()
    order = [*after, *(address for address in before if address not in after)]
    return tuple(
        Moved(address, before.get(address, ""), after.get(address, ""))
        for address in order
        if before.get(address, "") != after.get(address, "")
    )


def kept(present: Sequence[str], frozen: Mapping[str, str]) -> dict[str, str]:
    """
    Give each address its released number; a new one counts on from the one before it with a letter.

    Before the first released number a new one is `0a`; behind the last it takes the next free one.

    >>> kept(["a", "x", "b", "y"], {"a": "1", "b": "2"})
    {'a': '1', 'x': '1a', 'b': '2', 'y': '3'}
    """
    result: dict[str, str] = {}
    used = set(frozen.values())
    last = max((index for index, name in enumerate(present) if name in frozen), default=-1)
    top = max((_whole(number) for number in used), default=0)
    stem = "0"
    for index, name in enumerate(present):
        if name in frozen:
            result[name] = frozen[name]
            stem = str(_whole(frozen[name]))
        elif index > last:
            top += 1
            result[name] = str(top)
        else:
            letters = (numeral(one, "lower-alpha") for one in count(1))
            result[name] = next(stem + one for one in letters if stem + one not in used)
        used.add(result[name])
    return result


def of_documents(own: Mapping[str, str], frozen: Mapping[str, str]) -> dict[str, str]:
    """
    The number of each document; `own` has what a file of TEI says, `frozen` what was released.

    >>> of_documents({"a": "", "c": "", "b": ""}, {"a": "1", "b": "2"})
    {'a': '1', 'c': '1a', 'b': '2'}
    """
    if frozen:
        return kept([*own], {**frozen, **{name: said for name, said in own.items() if said}})
    return {name: said or str(at) for at, (name, said) in enumerate(own.items(), 1)}


def _whole(number: str) -> int:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits) if digits.isdigit() else 0
