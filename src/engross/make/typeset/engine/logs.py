"""The engine's log as faults: nothing that it says is lost in a log file. Runs in a worker."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from engross.make.typeset.crossing import Fault
from engross.make.typeset.engine import source
from engross.make.typeset.engine.weasy import LOG

PATTERNS = [
    (
        re.compile(r"\.notdef glyph rendered .*: \"(?P<what>.*)\" \(U\+(?P<point>\w+)\)", re.S),
        "G001",
    ),
    (re.compile(r"Font-face '?(?P<what>.*?)'? cannot be loaded"), "G002"),
    (re.compile(r"Failed to load image at '?(?P<what>\S*?)'?: "), "F020"),
    (re.compile(r"Failed to load stylesheet at (?P<what>\S+)"), "F020"),
    (re.compile(r"(?P<what>Ignored `.*)", re.S), "S021"),
]


class Heard(logging.Handler):
    """Collects what the engine says while one unit is in work."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self.faults: list[Fault] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said."""
        self.said.append(record.getMessage())

    def rows(self, address: str, root: Element, refused: list[str]) -> list[Fault]:
        """All faults of the unit, each once, in the order heard."""
        found = list(self.faults)
        found += [
            Fault("F020", address, f"{url} was asked for and is not part of the edition")
            for url in refused
        ]
        for line in self.said:
            found += fault(line, address, root, refused)
        return list(dict.fromkeys(found))


def fault(line: str, address: str, root: Element, refused: list[str]) -> Iterator[Fault]:
    """What a line of the log means; nothing where `refused` says it already."""
    for pattern, code in PATTERNS:
        match = pattern.search(line)
        if match is None:
            continue
        what = match["what"]
        message = tidy(what)
        if code == "G001":
            address = where(what, address, root)
            message = f"no face has the character {what!r} (U+{match['point']})"
        elif code == "G002":
            message = f"the face {what!r} cannot be loaded"
        elif code == "F020":
            message = f"{what} cannot be used: {line.rsplit(': ', 1)[-1]}"
        if code != "F020" or what not in refused:
            yield Fault(code, address, message)
        return
    yield Fault("S021", address, f"the typesetting engine says: {line}")


def tidy(line: str) -> str:
    """A line of the engine as a message: no capital, no full stop, no stray spaces."""
    line = line.strip().rstrip(".").replace(" `", "`").replace("gnored`", "gnored `")
    return line[:1].lower() + line[1:]


def where(character: str, address: str, root: Element) -> str:
    """The first address whose text holds the character, else the unit's."""
    for element, owner in source.owners(root).items():
        if owner.address and character in source.own_text(element):
            return owner.address
    return address


@contextmanager
def listening(heard: Heard) -> Iterator[None]:
    """Hear the engine for a while."""
    LOG.handlers[:] = [heard]
    LOG.propagate = False
    LOG.setLevel(logging.WARNING)
    try:
        yield
    finally:
        LOG.handlers[:] = [logging.NullHandler()]
