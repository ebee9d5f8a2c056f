"""Long notes, set in pieces of whole lines. Runs in a worker."""

from typing import Any
from xml.etree.ElementTree import Element

from engross.make.typeset import weasy


def split(shop: weasy.Shop, root: Element, job: dict[str, Any]) -> None:
    """Replace each long note by pieces that the engine can carry over pages."""


CONTINUED = ""
