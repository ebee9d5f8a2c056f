"""What must stand around a document's text: heading and headnote, its original, plates."""

from engross.language import Words
from engross.model.text import Run, leaves
from engross.parse.book import DocumentSource, OriginalSource
from engross.parse.markdown import parse_inline, parse_markdown
from engross.verify.pieces import Said
from engross.verify.plain import bare
from engross.verify.said import Expected

DATES = {
    "en": "{d} {m} {y}|{m} {y}|about {}|before {}|after {}|{} to {}|{} BC|{d}–{e} {m} {y}"
    "|Spring {}|Summer {}|Autumn {}|Winter {}|{d} {m}",
    "de": "{d}. {m} {y}|{m} {y}|um {}|vor {}|nach {}|{} bis {}|{} v. Chr.|{d}.–{e}. {m} {y}"
    "|Frühjahr {}|Sommer {}|Herbst {}|Winter {}|{d}. {m}",
    "ru": "{d} {m} {y} г.|{m} {y} г.|{} (приблизительно)|{} (не позднее)|{} (не ранее)|{} – {}"
    "|{} г. до н. э.|{d}–{e} {m} {y} г.|Весна {}|Лето {}|Осень {}|Зима {}|{d} {m}",
}
"""How an edition in a language writes a day, a month, and so on; others write as English does."""
DAY, MONTH, ABOUT, BEFORE, AFTER, SPAN, BC, DAYS, SPRING, _, _, _, DAY_ALONE = range(13)


def written(edtf: str, language: str, julian: str = "") -> str:
    """
    A date in words; the names of months are those of CLDR.

    >>> written("1921-03-05", "de"), written("1921-03-05", "ru-RU"), written("1921-03", "ru")
    ('5. März 1921', '5 марта 1921 г.', 'март 1921 г.')
    >>> written("1919-05-03/1919-05-07", "en"), written("1917-11-07", "en", "1917-10-25")
    ('3–7 May 1919', '25 October (7 November) 1917')
    """
    forms = DATES.get(language.partition("-")[0], DATES["en"]).split("|")
    first, slash, last = edtf.partition("/")
    if julian:
        old, new = _words(julian, forms, language), _words(edtf, forms, language)
        if julian[:4] == edtf[:4]:
            old = _words(julian, [forms[DAY_ALONE]], language)
            both = f"{old} ({_words(edtf, [forms[DAY_ALONE]], language)})"
            return new.replace(_words(edtf, [forms[DAY_ALONE]], language), both)
        return f"{old} ({new})"
    if not slash:
        return _words(edtf, forms, language) if edtf else ""
    if first in {"", ".."} or last in {"", ".."}:
        form = forms[BEFORE if first in {"", ".."} else AFTER]
        return form.format(_words((first + last).replace("..", ""), forms, language))
    if first == last:
        return _words(first, forms, language)
    one, other = _parts(first), _parts(last)
    if one[0] == other[0] and len(one) == len(other) and (first + last)[-1].isdigit():
        if one[:2] == other[:2] and len(one) == 3 and first[-1].isdigit():
            form = forms[DAYS].replace("{d}", str(one[2])).replace("{e}", str(other[2]))
            return _words(last, [form, *forms[1:]], language)
        if len(one) == 3 and first[-1].isdigit():
            said = _words(first, [forms[DAY_ALONE]], language)
            return forms[SPAN].format(said, _words(last, forms, language))
        if len(one) == 2 and one[1] < 13 and other[1] < 13 and first[-1].isdigit():
            said = Words(language).month(one[1], alone=True)
            return forms[SPAN].format(said, _words(last, forms, language))
    return forms[SPAN].format(_words(first, forms, language), _words(last, forms, language))


def _parts(one: str) -> list[int]:
    """Year, month and day of a date without its mark."""
    sign = -1 if one.startswith("-") else 1
    parts = [int(part) for part in one.strip("-~?%").split("-")]
    return [sign * parts[0], *parts[1:]]


def _words(one: str, forms: list[str], language: str) -> str:
    """One date by the forms of a language."""
    year, *rest = _parts(one)
    said = str(year) if year > 0 else forms[BC].format(1 - year)
    if rest and rest[0] > 12:
        said = forms[SPRING + rest[0] - 21].format(said)
    elif rest:
        # Of the three only Russian has another form for a month without its day.
        alone = len(rest) == 1 and language.startswith("ru")
        month = Words(language).month(rest[0], alone=alone)
        form = forms[DAY if len(rest) > 1 else MONTH]
        said = form.format(d=rest[-1], m=month, y=said)
    said = forms[ABOUT].format(said) if one[-1] in "~%" else said
    return f"{said} (?)" if one[-1] in "?%" else said


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
    dates = record.dates
    date = dates.display or written(dates.event, language, dates.julian)
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
    result.tables |= dict.fromkeys(result.blocks[document.id], ())


def _plain(line: str) -> str:
    """A line of Markdown without its marks."""
    return "".join(item.text for item in parse_inline(line) if isinstance(item, Run))
