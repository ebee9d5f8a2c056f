"""
The proof of a printed cover: it says what the manifest gives it to say, and nothing else.

The words of a cover are laid out in three panels, so their order proves nothing; what counts is
that each stretch of them is a value of the manifest, and that title, people and barcode are there.
"""

import re
from collections.abc import Iterator, Sequence

import pypdfium2

from engross.parse.book import Book
from engross.verify.cascade import UNDRAWN, Drawn
from engross.verify.pages import PageText, read_pages
from engross.verify.plain import paper
from engross.verify.report import Log

WANTED = ("title", "subtitle", "name", "series")
"""What a cover must say, unless a finished picture is its front."""
BESIDE = ("ISBN", "EAN-5", "price")
"""What stands at the barcode."""
BACK = ("paragraph", "publisher", "credit")
"""What the back says in the house's own design."""
NAMED = ("aut", "edt", "trl", "com")
"""Roles of the people whose names stand on a cover."""
OWN = ("templates/frames/cover-front.html", "templates/frames/cover-wrap.html")
"""A book's own templates for a cover, which may have words of their own."""


def prove_cover(content: bytes, book: Book, log: Log, *, own: bool, drawn: Drawn = UNDRAWN) -> None:
    """
    Compare a cover with its manifest.

    Args:
        content: the PDF.
        book: as the evidence has it.
        log: takes the check and findings.
        own: whether the book brings templates of its own, so that other words may stand there.
        drawn: what its own sheets do to words.
    """
    since, pages = len(log.findings), seen_pages(content, log)
    if not pages:
        return
    values = {name: paper(words) for name, words in _values(book) if words}
    said = drawn.undone("".join(line for page in pages for line in page.lines), values.values())
    longest = sorted(values.values(), key=len, reverse=True)
    parts = re.compile("|".join(map(re.escape, longest)))
    rest = (words.strip(drawn.signs or None) for words in parts.split(said))
    for words in [] if own else filter(None, rest):
        log.fault("P007", f"it says '{words[:60]}', which the manifest does not have")
    for name, words in values.items():
        if name.startswith(BESIDE if own else (*BESIDE, *BACK)) and words not in said:
            log.fault("P007", f"it does not say the {name} of the manifest")
    cover = book.manifest.value.cover
    wanted = {name: words for name, words in values.items() if name.startswith(WANTED)}
    fronts = [drawn.undone(one, values.values()) for one in _fronts(pages)]
    lost = [[name for name, words in wanted.items() if words not in one] for one in fronts]
    for name in min(lost, key=len, default=[]) if not (cover.image and cover.finished) else ():
        log.fault("P007", f"its front does not say the {name} of the manifest")
    log.check("conservation", len({*parts.findall(said)}), "values", since)


def seen_pages(content: bytes, log: Log) -> tuple[PageText, ...]:
    """The pages of a small file, whose words must all be seen; none where it cannot be read."""
    try:
        pages = read_pages(content)
    except pypdfium2.PdfiumError as error:
        log.fault("P001", f"the PDF cannot be read: {error}")
        log.check("conservation", 0, "values", 0)
        return ()
    for words in (words for page in pages for words in page.unseen):
        log.fault("P009", f"'{words[:60]}' is drawn but not seen")
    return pages


def _fronts(pages: Sequence[PageText]) -> Iterator[str]:
    """What the front may be: of a wrap its right half, of several pages one of them."""
    for page in pages:
        stands = page.stands if len(pages) == 1 else ()
        edges = [edge for one in stands for edge in (one.left, one.right)]
        middle = (min(edges) + max(edges)) / 2 if edges else 0.0
        rows = zip(page.lines, page.stands, strict=True)
        yield "".join(line for line, one in rows if one.left >= middle or not edges)


def _values(book: Book) -> Iterator[tuple[str, str]]:
    """What a cover may say."""
    manifest, words = book.manifest.value, book.words
    yield "title", manifest.title
    yield "short title", manifest.short_title
    yield "subtitle", manifest.subtitle
    named = [person for person in manifest.people if person.role in NAMED]
    for person in named:
        yield f"name '{person.name}' ({person.role})", person.name
    alone = (line for person in named for line in words.credits([person]))
    for line in (*words.credits(named), *alone):  # earlier programs gave each a line
        yield f"line '{line}'", line
    if manifest.series:
        key, number = manifest.volume_key, manifest.volume
        numbered = words.say(key, series=manifest.series, volume=number) if number else ""
        yield "series", numbered or manifest.series
    if publisher := manifest.publisher:
        name = publisher.imprint or publisher.name
        yield "place of the publisher", f"{name}, {publisher.place}"
        yield "publisher", name
    for nth, part in enumerate((manifest.cover.blurb or manifest.description).split("\n\n"), 1):
        yield f"paragraph {nth} of the words for the back", part
    yield "credit", manifest.rights.credit
    if manifest.isbn.print:
        from stdnum import isbn

        yield "ISBN", f"ISBN {isbn.format(manifest.isbn.print)}"
        yield "EAN-5", manifest.cover.ean_5
    for price in manifest.prices:
        if manifest.cover.price and price.format == "print":
            said = words.price(price.amount, price.currency)
            yield f"price of {price.amount} {price.currency}", said
