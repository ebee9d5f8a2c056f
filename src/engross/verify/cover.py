"""
The proof of a printed cover: it says what the manifest gives it to say, and nothing else.

The words of a cover are laid out in three panels, so their order proves nothing; what counts is
that each stretch of them is a value of the manifest, and that title, people and barcode are there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

from engross.parse.book import Book
from engross.verify.pages import read_pages
from engross.verify.plain import paper
from engross.verify.report import Log

NAMED = ("aut", "edt", "trl", "com")
"""Roles of the people whose names stand on a cover."""
OWN = ("templates/frames/cover-front.html", "templates/frames/cover-wrap.html")
"""A book's own templates for a cover, which may have words of their own."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the manifest that a cover may say."""

    name: str
    words: str
    wanted: bool = False


def prove_cover(content: bytes, book: Book, log: Log, *, own: bool) -> None:
    """
    Compare a cover with its manifest.

    Args:
        content: the PDF.
        book: as the evidence has it.
        log: takes the check and findings.
        own: whether the book brings templates of its own, so that other words may stand there.
    """
    since = len(log.findings)
    try:
        pages = read_pages(content)
    except pypdfium2.PdfiumError as error:
        log.fault("P001", f"the PDF cannot be read: {error}")
        log.check("conservation", 0, "values", since)
        return
    said = "".join(line for page in pages for line in page.lines)
    values = [one for one in _values(book) if one.words]
    found, strange = _parted(said, values)
    for words in [] if own else strange:
        log.fault("P007", f"it says '{words[:60]}', which the manifest does not have")
    for one in values:
        if one.wanted and one.name not in found and one.words not in said:
            log.fault("P007", f"it does not say the {one.name} of the manifest")
    for page in pages:
        for words in page.unseen:
            log.fault("P009", f"'{words[:60]}' is drawn but not seen")
    log.check("conservation", len(found), "values", since)


def _values(book: Book) -> Iterator[_Value]:
    """What a cover may say; what it must, unless a finished picture is its front."""
    manifest, words = book.manifest.value, book.words
    drawn = not (manifest.cover.image and manifest.cover.finished)
    yield _Value("title", paper(manifest.title), wanted=drawn)
    yield _Value("short title", paper(manifest.short_title))
    yield _Value("subtitle", paper(manifest.subtitle), wanted=drawn)
    for person in manifest.people:
        if person.role in NAMED:
            said = words.say(f"role-{person.role}", name=person.name)
            yield _Value(f"name '{person.name}'", paper(said), wanted=drawn)
    if manifest.series:
        numbered = manifest.volume
        say = words.say(manifest.volume_key, series=manifest.series, volume=numbered)
        series = say if numbered else ""
        yield _Value("series", paper(series or manifest.series), wanted=drawn)
    if publisher := manifest.publisher:
        name = publisher.imprint or publisher.name
        yield _Value("publisher with its place", paper(f"{name}, {publisher.place}"))
        yield _Value("publisher", paper(name))
    for number, part in enumerate((manifest.cover.blurb or manifest.description).split("\n\n"), 1):
        yield _Value(f"paragraph {number} of the words for the back", paper(part))
    yield _Value("credit", paper(manifest.rights.credit))
    if manifest.isbn.print:
        from stdnum import isbn

        yield _Value("ISBN", paper(f"ISBN {isbn.format(manifest.isbn.print)}"))


def _parted(said: str, values: list[_Value]) -> tuple[set[str], list[str]]:
    """The values that stretches of a text are, and the stretches that are none."""
    longest = sorted(values, key=lambda one: -len(one.words))
    found: set[str] = set()
    strange: list[str] = []
    at = begun = 0
    while at < len(said):
        value = next((one for one in longest if said.startswith(one.words, at)), None)
        if value is None:
            at += 1
            continue
        if begun < at:
            strange.append(said[begun:at])
        found.add(value.name)
        at += len(value.words)
        begun = at
    if begun < at:
        strange.append(said[begun:at])
    return found, strange
