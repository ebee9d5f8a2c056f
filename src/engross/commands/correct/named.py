"""What readers call a place (pages, printed numbers, leaves), as texts and their blocks."""

import re
from collections.abc import Iterable, Iterator

from engross.catalog import finding, stop
from engross.commands.correct.place import Texts, Where
from engross.model.address import section_of
from engross.model.finding import EngrossError, Place
from engross.parse.book import Book
from engross.release.frozen import Release

FORMS = (
    "name a text, note, paragraph or field by its address (yamada#p-007), or what is printed in a "
    "release: p13, document 2, yamada ¶ 4, n. 12, leaf 124"
)
PAGE = re.compile(r"p(?:\.? ?|age )([ivxlcdm]+|\d+)")
DOCUMENT = re.compile(r"(?:(?:document|doc\.|no\.) ?)?(\d+[a-z]?)(?=$|[ ,#/¶])")
BLOCK = re.compile(r"(?:([a-z][a-z0-9/-]*+)#)?p-(\d++)(?:/l-\d++)?")
"""A block; a line of verse stands in its stanza."""
NUMBERED = re.compile(
    r"(?:([a-z][a-z0-9-]*)(?:[ #/,]+|(?=¶)))?"
    r"(¶|paragraph|(?:foot)?note|f?n\.|leaf|l\.|fol\.)[ /]?(\w[\w -]*)"
)


def places_of(given: str, book: Book, release: Release | None, texts: Texts) -> list[Where]:
    """
    Every place that a name can mean; none where it is no such name.

    Raises:
        EngrossError: the release has no such page or number.
    """
    if release and (match := PAGE.fullmatch(given)):
        return [*_on(match[1], release, texts)]
    if release and (match := DOCUMENT.match(given)):
        documents = {number: name for name, number in release.numbers.documents.items()}
        if match[1] not in documents:
            raise _none(f"document {match[1]}", documents, release)
        given = documents[match[1]] + given[match.end() :]
    if given in texts:
        return [(given, "")]
    if match := BLOCK.fullmatch(given):
        text, block = match[1], f"p-{int(match[2]):03}"
        held = [text] if text else [a for a in texts if block in texts[a] and "/" not in a]
        return [(address, block) for address in held if address in texts]
    if release and given in release.numbers.notes:  # one that was taken out since
        return [(given, "")]
    match = NUMBERED.fullmatch(given)
    return _numbered(match, book, release) if match else []


def _numbered(match: re.Match[str], book: Book, release: Release | None) -> list[Where]:
    text, kind, number = match.groups()
    if kind in {"leaf", "l.", "fol."}:  # the words tell where on it they stand
        own = {one.id: {row.leaf for row in one.record.value.leaves} for one in book.documents}
        return [(name, "") for name in own if number in own[name] and text in {None, name}]
    if release is None:
        return []
    rows = release.numbers.paragraphs if kind[0] in "¶p" else release.numbers.notes
    there = {address: n for address, n in rows.items() if text in {None, section_of(address)}}
    if number not in there.values():
        raise _none(f"{kind} {number}{f' in {text}' if text else ''}", there.values(), release)
    return [(a.partition("#")[0], a.partition("#")[2]) for a, n in there.items() if n == number]


def _on(page: str, release: Release, texts: Texts) -> Iterator[Where]:
    """What begins on a page, what may run on to it, and fields of what it opens."""
    pages = release.pages.pages
    if page not in pages.values():
        raise _none(f"text on p. {page}", pages.values(), release)
    before = [*pages][: [*pages.values()].index(page)]
    own = [address for address, label in pages.items() if label == page]
    for kind in (r"#p-\d", "/note/"):  # the last paragraph and the last note before may run on
        own[:0] = [a for a in before if re.search(kind, a)][-1:]
    for address in own:
        text, _, block = address.partition("#")
        fields = "manifest/" if text in {"title-page", "imprint"} else f"{text}/document/"
        if text in texts and (block or "/" in text):
            yield text, block
        elif not block:
            yield from ((name, "") for name in texts if name.startswith(fields))


def _none(said: str, there: Iterable[str], release: Release) -> EngrossError:
    some = [*there]
    has = f"it has {some[0]} to {some[-1]}" if some else "it has none"
    message = f"version {release.version} has no {said}; {has}"
    return stop([finding("L010", Place(f"releases/{release.version}"), message, FORMS)])
