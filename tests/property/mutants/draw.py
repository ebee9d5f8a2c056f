"""What every mutation has in common: it is drawn from a seed until it changes something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

LETTERS = "abcdefghijklmnoprstuvwy"


@dataclass(frozen=True)
class Mutant:
    kind: str
    content: bytes
    what: str
    """For the account of those that were missed."""


class DrawAgainError(Exception):
    """This draw changes nothing; draw again."""


def kinds(prefix: str, *rooms: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """The mutations of some modules, by kind: `epub_lost_call` is `lost call`."""
    return {
        name.removeprefix(prefix).replace("_", " "): change
        for room in rooms
        for name, change in room.items()
        if name.startswith(prefix)
    }
