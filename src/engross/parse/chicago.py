"""
How a source is cited: the Chicago Manual of Style, notes and bibliography (17th edition, 14).

In full at the first mention within a section's notes, short afterwards and outside notes. A source
with a title of its own for citations (`title-short` in `sources.yaml`) is cited by that alone, as
editions cite records and series.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from engross.language import Words
from engross.model.text import Inline, Mark, Run
from engross.parse.markdown import parse_inline
from engross.schema.registers import CslDate, Name, SourceItem, edtf_of

QUOTED = ("article", "chapter", "entry", "manuscript", "paper", "post", "speech", "thesis", "web")
"""What the types begin with whose titles stand in quotation marks."""
PLAIN = frozenset({"treaty", "personal_communication", "legal_case", "legislation", "bill"})
"""Types whose titles are neither quoted nor italic."""
MANY = 4
"""From so many authors on a note names the first alone; a bibliography, from eleven on, seven."""
PAGE = r"(?=\d|[ivxlc]+\b)"
PAGES = re.compile(r"(?:pp?|S|сс?)\.\s*" + PAGE)
"""The sign for pages, which Chicago leaves out."""
ARTICLES = re.compile(r"(?:The|An?)\s+(?=\S)")


def cited(item: SourceItem, locator: str, words: Words, *, full: bool) -> tuple[Inline, ...]:
    """
    A source in a note or a text, without a full stop at its end.

    The locator is as the editor wrote it (`p. 5`, `doc. 12`) or empty; a first mention is `full`
    and says everything.
    """
    if item.title_short:
        return _joined(*parse_inline(item.title_short), f", {locator}" if locator else "")
    spot = PAGES.sub("", locator, count=1) if PAGES.match(locator) else locator
    spot = _ranges(spot)
    people = item.author or item.editor
    if not full:
        names = _people(people, words, surname=True) + ", " if people else ""
        own = str((item.__pydantic_extra__ or {}).get("shortTitle", ""))
        short = own or ARTICLES.sub("", item.title.partition(":")[0], count=1)
        return _joined(names, *_title(item, words, short, "," if spot else ""), spot and f" {spot}")
    names = _people(people, words)
    if people and not item.author:
        names = words.say("edited", count=len(people), names=names)
    parts: list[str | Inline] = [f"{names}, " if names else ""]
    last = _rest(item, words, spot)
    comma = last.startswith(",")
    parts += [*_title(item, words, item.title, "," if comma or item.container_title else "")]
    if item.container_title:
        inside = "" if _periodical(item) else f"{words.say('in-container')} "
        parts += [f" {inside}", *_italic(item.container_title)]
    elif comma:
        last = last.removeprefix(",")
    return _joined(*parts, last)


def entry(item: SourceItem, words: Words) -> tuple[Inline, ...]:
    """Write a source for the bibliography: names inverted, parts ended by full stops."""
    people = item.author or item.editor
    names = _people(people, words, inverted=True)
    if people and not item.author:
        names = words.say("edited", count=len(people), names=names)
    parts: list[str | Inline] = [f"{_ended(names)} " if names else ""]
    parts += _title(item, words, item.title, ".")
    parts += _published(item, words)
    for address in _addresses(item):
        shown = address if item.DOI else address.removeprefix("https://")
        parts += [" ", Run(shown, (Mark("link", (("href", address),)),)), "."]
    return _joined(*parts, *noted(item))


def noted(item: SourceItem) -> tuple[Inline, ...]:
    """The editors' remark behind an entry of the bibliography."""
    return (Run(" ["), *parse_inline(item.note), Run("]")) if item.note else ()


def _published(item: SourceItem, words: Words) -> list[str | Inline]:
    """What follows the title in the bibliography."""
    editors = _people(item.editor, words) if item.author else ""
    edited = words.say("edited-by", names=editors) if editors else ""
    page = _ranges(item.page)
    if _periodical(item):
        pages = f": {page}" if page else ""
        return [" ", *_italic(item.container_title), _ended(_issue(item, words) + pages) or "."]
    parts: list[str | Inline] = []
    if item.container_title:
        tail = "".join(f", {part}" for part in (edited, page) if part)
        parts += [f" {_risen(words.say('in-container'))} ", *_italic(item.container_title)]
        parts.append(f"{tail}.")
        edited = page = ""
    volume = item.volume and not item.title.endswith(item.volume)
    if page:
        several = any(mark in page for mark in "–,")
        page = words.say("on-pages" if several else "page", label=page)
    rows = (
        edited,
        words.say("in-volume", number=item.volume) if volume else "",
        item.collection_title,
        _imprint(item, words),
        page,
        _archive(item),
    )
    return [*parts, *(f" {_ended(_risen(row))}" for row in rows if row)]


def _rest(item: SourceItem, words: Words, spot: str) -> str:
    """What follows title and container in a first note."""
    where = spot or _ranges(item.page)
    found = ""
    if _periodical(item):
        found = _issue(item, words) + (f": {where}" if where else "")
    else:
        if item.author and item.editor:
            found += f", {words.say('ed-by', names=_people(item.editor, words))}"
        imprint = _imprint(item, words)
        found += f" ({imprint})" if imprint else ""
        counted = item.volume and re.match(PAGE, where)
        found += f", {item.volume}:{where}" if counted else f", {where}" if where else ""
        archive = _archive(item)
        found += f", {archive}" if archive else ""
    return found + "".join(f", {address}" for address in _addresses(item))


def _issue(item: SourceItem, words: Words) -> str:
    """Volume, issue and date of a periodical: ` 3, no. 2 (1999)`."""
    issue = words.say("in-issue", number=item.issue) if item.issue else ""
    day = _date(item.issued, words)
    if not item.volume and not issue:
        return f", {day}" if day else ""
    counted = ", ".join(part for part in (item.volume, issue) if part)
    return (" " if item.volume else ", ") + counted + (f" ({day})" if day else "")


def _imprint(item: SourceItem, words: Words) -> str:
    house = ": ".join(part for part in (item.publisher_place, item.publisher) if part)
    return ", ".join(part for part in (house, _date(item.issued, words)) if part)


def _archive(item: SourceItem) -> str:
    return ", ".join(part for part in (item.archive, item.archive_location) if part)


def _addresses(item: SourceItem) -> list[str]:
    """The DOI as an address, else the URL."""
    doi = item.DOI.removeprefix("https://doi.org/").removeprefix("doi:")
    return [f"https://doi.org/{doi}"] if doi else [item.URL] if item.URL else []


def _periodical(item: SourceItem) -> bool:
    return bool(item.container_title) and item.type.startswith("article")


def _title(item: SourceItem, words: Words, title: str, sign: str) -> tuple[Inline, ...]:
    """A title by its type; a full stop or comma behind it stands within quotation marks."""
    if item.type in PLAIN or not item.type.startswith(QUOTED):
        ends = title.endswith(("?", "!")) or (sign == "." and title.endswith("."))
        shown = parse_inline(title) if item.type in PLAIN else _italic(title)
        return (*shown, Run("" if ends else sign))
    close = words.say("quote-close")
    stop = words.say("quote-stop").replace(".", sign) if sign else close
    if title.endswith(("?", "!")) and sign:
        stop = close
    return (Run(words.say("quote-open")), *parse_inline(title), Run(stop))


def _people(
    names: Sequence[Name], words: Words, *, inverted: bool = False, surname: bool = False
) -> str:
    """
    Names in a row: as they are said, or the first as a catalogue files it, or surnames alone.

    An inverted first name is set apart by commas on both sides: `Chi, Ann, and Louis Smith`.
    """
    said = []
    for index, name in enumerate(names):
        given = "" if surname else name.given
        if name.literal or not given:
            said.append(name.literal or name.family)
        elif index == 0 and inverted:
            said.append(", ".join(part for part in (name.family, given, name.suffix) if part))
        else:
            said.append(f"{given} {name.family} {name.suffix}".strip())
    if len(said) >= MANY and not inverted:
        return words.say("and-others", name=said[0])
    if len(said) > 10:
        return words.say("and-others", name=", ".join(said[:7]) + ",")
    row = words.listed(said)
    serial = words.listed(["A", "B", "C"]).count(",") == 2
    apart = serial and inverted and len(said) == 2 and ", " in said[0]
    return row.replace(said[0], f"{said[0]},", 1) if apart else row


def _date(date: CslDate | None, words: Words) -> str:
    if date is None:
        return ""
    if date.raw or not date.date_parts:
        return date.raw
    return words.day("/".join(edtf_of(parts) for parts in date.date_parts))


def _ranges(text: str) -> str:
    """Numbers of a range joined by an en dash."""
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "–", text)


def _ended(text: str) -> str:
    """With one full stop, also after an abbreviation or an initial; nothing stays nothing."""
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _risen(text: str) -> str:
    """With a capital, as a sentence begins."""
    return text[:1].upper() + text[1:]


def _italic(text: str) -> tuple[Inline, ...]:
    return tuple(
        replace(item, marks=(Mark("emphasis"), *item.marks)) for item in parse_inline(text)
    )


def _joined(*parts: str | Inline) -> tuple[Inline, ...]:
    """Words and runs in a row, without empty ones."""
    found = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(item for item in found if not isinstance(item, Run) or item.text)
