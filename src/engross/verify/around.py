"""What must stand around a document's text: heading and headnote, its original, plates."""

from engross.language import Words
from engross.model.text import Run, leaves
from engross.parse.book import DocumentSource, OriginalSource
from engross.parse.markdown import parse_inline, parse_markdown
from engross.verify.pieces import Said
from engross.verify.plain import bare
from engross.verify.said import Expected

DATES = {
    "en": ("{day} {month} {year}", "{month} {year}"),
    "de": ("{day}. {month} {year}", "{month} {year}"),
    "ru": ("{day} {month} {year} г.", "{month} {year} г."),
}
"""How an edition in a language writes a day, and a month; others write as English does."""


def written(iso: str, language: str) -> str:
    """
    A date in words; the names of months are those of CLDR.

    >>> written("1921-03-05", "de"), written("1921-03-05", "ru-RU"), written("1921-03", "ru")
    ('5. März 1921', '5 марта 1921 г.', 'март 1921 г.')
    """
    year, *rest = iso.split("-")
    if not rest:
        return year
    tongue = language.partition("-")[0]
    tongue = tongue if tongue in DATES else "en"
    of_day, of_month = DATES[tongue]
    # Of the three only Russian has another form for a month without its day.
    month = Words(language).month(int(rest[0]), alone=tongue == "ru" and len(rest) == 1)
    form = of_day if len(rest) > 1 else of_month
    return form.format(day=int(rest[-1]), month=month, year=year)


def around(document: DocumentSource, language: str, result: Expected) -> None:
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
    date = written(record.dates.event, language)
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
