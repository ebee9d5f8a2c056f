"""onixcheck, which holds an ONIX message against the schemas of the trade."""

import gc
import hashlib
import warnings
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from engross.cache.store import Keeper
from engross.check.tools.verdict import Message, Verdict, Weight, judged, keep, not_checked, recall
from engross.disk.passing import passing

TOOL = "onixcheck"
SCHEMAS = ("xsd", "rng")
"""The structure twice: each schema of EDItEUR catches what the other lets pass."""
SHOP = "google"
"""The rules of one shop, for messages whose every product has an ISBN and is electronic."""
PRICELESS = "Missing element Price within SupplyDetail"
"""The shop wants a price, and EDItEUR's schemas refuse one of nothing: what is free has none."""


WEIGHTS = {"WARNING": Weight.WARNING}


def onixcheck(message: bytes, store: Keeper | None = None, *, shop: bool = False) -> Verdict:
    """
    Judge an ONIX message; with `shop` by the rules of Google Play Books, too.

    What `store` has a verdict on is not asked again.
    """
    tool = f"{TOOL} {SHOP}" if shop else TOOL
    digest = hashlib.sha256(message).hexdigest()
    try:
        number = version("onixcheck")
    except PackageNotFoundError:
        return not_checked(tool, digest, "the Python package onixcheck is not installed")
    known = recall(store, tool, number, digest)
    if known:
        return known
    return keep(store, judged(tool, number, digest, _messages(message, shop=shop)))


def _messages(message: bytes, *, shop: bool) -> Iterator[Message]:
    import onixcheck as library

    with passing("onix") as folder:
        path = folder.write("onix.xml", message)
        schemas = [*SCHEMAS, *([SHOP] if shop else [])]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # it leaves a file of rules open
            said = library.validate(str(path), schemas=tuple(schemas))
            gc.collect()
        for found in said:
            line = str(getattr(found, "location", "")).partition(":")[2].partition(":")[0]
            free = str(found.message) == PRICELESS and b"<UnpricedItemType>01<" in message
            yield Message(
                code=str(found.error_type),
                weight=Weight.INFO if free else WEIGHTS.get(found.level, Weight.ERROR),
                text=str(found.message),
                line=int(line) if line.isdigit() else 0,
            )
