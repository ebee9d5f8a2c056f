"""One release, read back: its texts, the numbers that it printed, what an assembly knows of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from engross.ledger.rules import Recorded
from engross.model.address import section_of
from engross.model.lists import numeral
from engross.model.source import SourceFile
from engross.schema.release import Numbering, PageMap, Record


@dataclass(frozen=True, slots=True)
class Release:
    """What `releases/<version>/` holds."""

    record: Record
    numbers: Numbering = field(default_factory=Numbering)
    pages: PageMap = field(default_factory=PageMap)
    texts: Mapping[str, str] = field(default_factory=dict)
    """As the release printed them, by address."""
    rows: Mapping[str, str] = field(default_factory=dict)
    """The same of the rows of registers."""
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    """The editors' own texts as they were released, by their path in the book."""

    @property
    def version(self) -> str:
        """`1.0`."""
        return self.record.version

    @property
    def printed(self) -> dict[str, str]:
        """All that it printed by address, with fields and rows of registers."""
        return {**self.texts, **self.rows}

    @property
    def order(self) -> dict[str, int]:
        """Where its pages have each address; where it has none, where its texts and rows do."""
        rank = {name: at for at, name in enumerate(self.record.sections)}
        there = sorted(self.printed, key=lambda a: rank.get(section_of(a), len(rank)))
        units = ((a.partition("#")[0], a) for a in there)
        read = (one for unit, a in units for one in (unit.partition("/")[0], unit, a))
        return {a: at for at, a in enumerate(self.pages.pages or dict.fromkeys(read))}

    @property
    def heads(self) -> dict[str, str]:
        """The first words of each section: what a reader knows one by that is gone."""
        return {address.partition("#")[0]: text for address, text in [*self.texts.items()][::-1]}

    @property
    def ledger(self) -> Recorded:
        """The ledger as it was released."""
        return Recorded(self.version, self.record.ledger.corrections)


def place_of(address: str, order: Mapping[str, int]) -> int:
    """Where an address stands in a printing; where its section does, if it is new."""
    places = address, address.partition("#")[0], address.partition("/")[0]
    unknown = -1 if address in {"title-page", "imprint"} else len(order)
    return next((order[one] for one in places if one in order), unknown)


def written_texts(texts: Mapping[str, str]) -> str:
    r"""
    The lines of a file.

    >>> written_texts({"yamada#p-001": "Reception"})
    'yamada#p-001\tReception\n'
    """
    return "".join(f"{address}\t{' '.join(text.split())}\n" for address, text in texts.items())


def as_file(row: Mapping[str, object]) -> bytes:
    """JSON as a release keeps it."""
    return (json.dumps(row, ensure_ascii=False, indent=1) + "\n").encode()


def read_texts(lines: str) -> dict[str, str]:
    """The texts by address, in the order of the file; a line without an address is left out."""
    rows = (line.partition("\t") for line in lines.split("\n"))
    return {address: text for address, tab, text in rows if tab}


@dataclass(frozen=True, slots=True)
class Context:
    """Facts that come from outside the book's files, all of them pure functions of inputs."""

    digest: str
    """SHA-256 over the digests of all inputs."""
    released: bool = False
    earlier: tuple[Release, ...] = ()
    """The releases below the version that is built, oldest first."""
    fonts: tuple[str, ...] = ()
    """Names of the families that the edition is set in."""
    engine: tuple[str, ...] = ()
    """`engross 0.1.0`, `WeasyPrint 70.0`."""
    day: str = ""
    """ISO day of the release that is built; empty for a draft."""


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
