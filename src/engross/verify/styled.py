"""Citations that a style made: each is of the source that the evidence cites there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engross.model.forms import Form, Forms
from engross.parse.book import Book
from engross.read import Sources, door
from engross.read.limits import Limits
from engross.schema.registers import SourceItem
from engross.verify.pieces import piece
from engross.verify.plain import leaves_of
from engross.verify.report import Log
from engross.verify.said import Expected
from engross.verify.texts import SectionText

FILE = "citations.json"
WORD = re.compile(r"[^\W\d_]{4,}")
NAMED = re.compile(r"[^\W\d_]{2,}")
NUMBER = re.compile(r"\d+")


def with_forms(book: Book, sources: Sources) -> Book:
    """
    The book with what its style made of its citations, as it was published.

    Raises:
        ValueError, TypeError, KeyError, OSError: there is no such file, or it is none.
    """
    if book.style is None or not (book.sources and book.sources.value.sources):
        return book
    content, _ = door.read_regular(sources.root, FILE, Limits().total)
    return replace(book, forms=Forms.read(content))


def prove_forms(book: Book, expected: Expected, log: Log) -> None:
    """
    Hold each form against the fields of its source.

    A style decides on words, order and signs, and is not run again. What it says must be of the
    source that the note cites in this place: in the order of the notes, with the numbers of its
    locator, with words of its people or title where it is not an "ibid." or a number; and with
    no number and no name that only other sources have.
    """
    if book.forms is None or book.sources is None:
        return
    since = len(log.findings)
    judge = _Judge(book.sources.value.sources, book.style.csl if book.style else b"", log)
    if not book.forms.entries and b"<bibliography" in judge.csl:
        log.fault("P026", "the bibliography is empty, and the style has one")
    listed = {item.type for item in book.sources.value.sources if item.id in book.forms.entries}
    for item in book.sources.value.sources:  # a style leaves out all of a type, or none
        if item.id not in book.forms.entries and item.type in listed:
            log.fault("P026", f"the bibliography lacks '{item.id}'")
    for key, form in book.forms.entries.items():
        judge.entry(key, form)
    for text in expected.texts:
        rows, wanted = book.forms.notes.get(text.address, ()), _cited(text, judge.marks)
        if [(key, locator) for key, locator, _ in rows] != wanted:
            log.fault("P026", f"the citations of {text.address} are not those of its notes")
            continue
        before = ""
        for key, locator, form in rows:
            judge.form(key, locator, form, ibid=key == before)
            before = key
    for (key, locator), form in book.forms.texts.items():
        judge.form(key, locator, form)
    log.check("citations", judge.count, "forms", since)


class _Marks:
    """What a source is known by."""

    def __init__(self, item: SourceItem) -> None:
        fields = item.model_dump(by_alias=True, exclude={"id", "type", "category"}, mode="json")
        said = " ".join(map(str, leaves_of(fields))).casefold()
        people = (*item.author, *item.editor)
        names = " ".join(one.literal or one.family for one in people).casefold()
        short = str((item.__pydantic_extra__ or {}).get("shortTitle", ""))
        title = f"{item.title} {item.title_short} {short} {item.archive}".casefold()
        self.words = {*NAMED.findall(said)}
        self.own = {*NAMED.findall(f"{names} {title}"), *NUMBER.findall(title)}
        self.names = {*WORD.findall(names)}
        self.numbers = {*NUMBER.findall(said)}


class _Judge:
    """Knows what every source is known by, and what the style may say besides."""

    def __init__(self, items: Sequence[SourceItem], csl: bytes, log: Log) -> None:
        self.marks = {item.id: _Marks(item) for item in items}
        self.names = {name for one in self.marks.values() for name in one.names}
        self.csl = csl or b"<bibliography locator"  # what is to be asked of pandoc's own style
        self.counted = b"citation-number" in csl
        """Whether it cites by numbers of its own."""
        self.noted = b"first-reference-note-number" in csl
        """Whether it names the note that cites a source first."""
        self.located = b"locator" in self.csl
        self.log, self.count = log, 0
        self.numbers: dict[str, str] = {}
        """Number of each source in the bibliography of a style that counts."""

    def entry(self, key: str, form: Form) -> None:
        """One entry of the bibliography; one that counts begins with its number."""
        found = NUMBER.findall(piece(form).text)
        if self.counted and found and key in self.marks:
            if found[0] in self.numbers.values():
                self.log.fault("P026", f"two entries of the bibliography are number {found[0]}")
            self.numbers[key] = found[0]
            self.marks[key].numbers.add(found[0])
            self.marks[key].own.add(found[0])
        self.form(key, "", form)

    def form(self, key: str, locator: str, form: Form, *, ibid: bool = False) -> None:
        """One form; `ibid`: the citation before it is of the same source."""
        text, own = piece(form).text, self.marks.get(key)
        self.count += 1
        if own is None:
            return
        words, numbers = {*NAMED.findall(text.casefold())}, NUMBER.findall(text)
        here = NUMBER.findall(locator)
        said = f"the citation of '{key}'{locator and f', {locator}'} says \"{text}\""
        if not text or not (ibid or own.own & {*words, *numbers}):
            self.log.fault("P026", f"{said}, nothing of its source")
        elif self.located and not {*here[:1]} <= {*numbers}:
            self.log.fault("P026", f"{said}, without {here[0]}")
        known = own.numbers | {*here} | {*(numbers if self.noted else ())}
        strange = [  # 78 is of 278, 5 of 05, and the year 44 of -44
            n for n in numbers if not any(k.endswith(n) or int(k) == int(n) for k in known)
        ]
        strange += sorted((words & self.names) - own.words - {*NAMED.findall(locator.casefold())})
        if strange:
            self.log.fault("P026", f"{said}, and {strange[0]} is not of its source")


def _cited(text: SectionText, items: Mapping[str, object]) -> list[tuple[str, str]]:
    """Key and locator of every source that the notes cite, in order."""
    names = [
        name.partition("\n")[::2]
        for note in text.order
        for one in text.notes[note]
        for _, kind, name in one.points
        if kind == "cite"
    ]
    return [(key, locator) for key, locator in names if key in items]
