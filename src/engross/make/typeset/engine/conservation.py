"""Every character of every addressed element must stand on a page. Runs in a worker."""

from engross.make.typeset.crossing import Fault
from engross.make.typeset.engine.harvest import Harvest
from engross.make.typeset.engine.source import bare
from engross.model.parting import agreed


def losses(wanted: list[tuple[str, str]], got: Harvest) -> list[Fault]:
    """A fault for each address whose words are not all on the paper, or not in their order."""
    there: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for address, words in wanted:
        asked.setdefault(address, []).append(words)
    laid = {element: "".join(words) for element, words in got.words.items()}
    for element, owner in got.owner.items():
        if owner.address is not None and not owner.furniture:
            there.setdefault(owner.address, []).append(laid.get(element, ""))
    found = []
    for table, width in got.wide.items():
        cells = [cell for one in table.iter() if (cell := one.get("data-address"))]
        row = max((len(row) for row in table.iter("tr")), default=0)
        page = got.laid_out.pages[0]._page_box.width
        says = f"{cells[0]}: a table of {row} columns needs {width / 96:.1f} in, and the page has"
        found.append(Fault("T018", cells[0], f"{says} {page / 96:.1f} in"))
        asked = {address: parts for address, parts in asked.items() if address not in cells}
    for address, parts in asked.items():
        want, have = fold(parts), fold(there.get(address, []))
        if sorted(want) != sorted(have):
            found.append(Fault("P020", address, message(address, want, have)))
    return found


def fold(words: list[str]) -> str:
    """Words as compared: without white space, and without regard to capitals set by a style."""
    return bare("".join(words)).casefold()


def message(address: str, want: str, have: str) -> str:
    """Name the loss by its number and its first words."""
    at, lost = agreed(want, have), len(want) - len(have)
    if lost > 0:
        words = want[at : at + lost][:24]
        said = f"{lost} of {len(want)} characters of {address} are on no page"
        return f"{said}, from {words!r} on"
    return f"the pages hold {len(have)} characters of {address}, which has {len(want)}"
