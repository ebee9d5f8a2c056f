"""What must stand around a document's text: heading and headnote, its original, plates."""

import re
from collections.abc import Callable

from engross.language import Words
from engross.model.edtf import read
from engross.model.text import figures, leaves, plain
from engross.parse.book import DocumentSource, OriginalSource
from engross.parse.markdown import parse_inline, parse_markdown
from engross.schema.document import Dates
from engross.verify.pieces import Piece, Said, looks, piece
from engross.verify.plain import bare, unmarked
from engross.verify.said import Expected


def misdated(dates: Dates, words: Words) -> str:
    """
    The day of a document, if its words lack a number or a month of it.

    How a language writes a date is its catalogue's matter, and not proved.
    """
    said = words.day(dates.event, dates.julian)
    numbers = {int(number) for number in re.findall(r"\d+", said)}
    for one in {*read(dates.event), *read(dates.julian)} - {None}:
        assert one is not None
        year = one.year if one.year > 0 else 1 - one.year
        names = [words.month(one.month, alone=a) for a in (True, False) if 0 < one.month < 13]
        if not {year, one.day or year} <= numbers or not (
            not names or one.month in numbers or any(name in said for name in names)
        ):
            return said
    return ""


def dated(dates: Dates, words: Words) -> str:
    """What a heading says of its day."""
    return dates.display or words.day(dates.event, dates.julian)


def around(
    document: DocumentSource, words: Words, say: Callable[[Piece], Said], result: Expected
) -> None:
    """What stands around a document: its original, headnote, heading, dateline, plates."""
    record = document.record.value
    if document.original is not None:
        _facing(document, document.original, result)
    shown = {one.path for one in figures(document.body.blocks)}
    for number, plate in enumerate(record.plates, 1):
        if f"documents/{document.id}/{plate.file}" in shown:
            continue
        address = f"{document.id}/plates#p-{number:03}"
        result.blocks[document.id].append(address)
        caption = parse_inline(plate.caption)
        result.said[address] = Said(plain(caption), marks=looks(caption))
    if record.headnote:
        body = parse_markdown(record.headnote, document.record.path)
        head = {f"{document.id}/headnote#{leaf.id}": leaf for leaf in leaves(body.blocks)}
        result.blocks[document.id] = [*head, *result.blocks[document.id]]
        for address, leaf in head.items():
            result.said[address] = say(piece(leaf.content))
    heading = unmarked(record.title.supplied)
    date = dated(record.dates, words)
    if said := misdated(record.dates, words):
        result.strange.append(f"the day of '{document.id}' is written '{said}'")
    place = record.place
    dateline = date
    if place is not None:
        name = f"[{place.name}]" if place.supplied else place.name
        dateline = f"{name}, {date}" if date else name
    result.supplied[document.id] = [bare(words) for words in (heading, dateline) if words]


def _facing(document: DocumentSource, original: OriginalSource, result: Expected) -> None:
    """Put each row's original behind its text; a block that was joined away leaves its row."""
    there = set(result.blocks[document.id])
    record = document.record.value.original
    apart = record is not None and record.layout == "pages"
    ordered: list[str] = []
    waiting: list[str] = []
    for row in reversed(original.rows):
        mine = [f"{document.id}/original#{name}" for name in row.original]
        text = [a for name in row.transcript if (a := f"{document.id}#{name}") in there]
        waiting = mine + waiting
        if text:
            ordered = text + waiting + ordered
            result.faces |= dict.fromkeys(waiting, (text[0], apart))
            waiting = []
    result.blocks[document.id] = waiting + ordered
    result.said |= {
        f"{document.id}/original#{leaf.id}": Said(leaf.text, marks=looks(leaf.content))
        for leaf in leaves(original.body.blocks)
    }
    result.tables |= dict.fromkeys(result.blocks[document.id], ())
