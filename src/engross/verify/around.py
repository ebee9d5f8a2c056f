"""What must stand around a document's text: heading and headnote, its original, plates."""

from engross.model.text import Run, leaves
from engross.parse.book import DocumentSource, OriginalSource
from engross.parse.markdown import parse_inline, parse_markdown
from engross.verify.pieces import Said
from engross.verify.plain import bare
from engross.verify.said import Expected

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _written(iso: str) -> str:
    """A date in words, day before month."""
    year, *rest = iso.split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)


def around(document: DocumentSource, result: Expected) -> None:
    """What stands around a document: its original, headnote, heading, dateline, plates."""
    record = document.record.value
    if document.original is not None:
        _facing(document, document.original, result)
    for number, plate in enumerate(record.plates, 1):
        address = f"{document.id}/plates#p-{number:03}"
        result.blocks[document.id].append(address)
        result.said[address] = Said(_plain(plate.caption))
    if record.headnote:
        body = parse_markdown(record.headnote, document.record.path)
        head = [(f"{document.id}/headnote#{leaf.id}", leaf.text) for leaf in leaves(body.blocks)]
        result.blocks[document.id] = [address for address, _ in head] + result.blocks[document.id]
        for address, text in head:
            result.said[address] = Said(text)
    heading = _plain(record.title.supplied)
    date = _written(record.dates.event)
    place = record.place
    dateline = date
    if place is not None:
        name = f"[{place.name}]" if place.supplied else place.name
        dateline = f"{name}, {date}" if date else name
    result.supplied[document.id] = [bare(words) for words in (heading, dateline) if words]


def _facing(document: DocumentSource, original: OriginalSource, result: Expected) -> None:
    """Put each row's original behind its text; a block that was joined away leaves its row."""
    texts = {leaf.id: leaf.text for leaf in leaves(original.body.blocks)}
    there = set(result.blocks[document.id])
    ordered: list[str] = []
    waiting: list[str] = []
    for row in reversed(original.rows):
        mine = [f"{document.id}/original#{name}" for name in row.original]
        text = [a for name in row.transcript if (a := f"{document.id}#{name}") in there]
        waiting = mine + waiting
        if text:
            ordered = text + waiting + ordered
            result.faces |= dict.fromkeys(waiting, text[0])
            waiting = []
    result.blocks[document.id] = waiting + ordered
    result.said |= {f"{document.id}/original#{name}": Said(text) for name, text in texts.items()}
    result.tables |= set(result.blocks[document.id])


def _plain(line: str) -> str:
    """A line of Markdown without its marks."""
    return "".join(item.text for item in parse_inline(line) if isinstance(item, Run))
