"""What readers call a place: pages, printed numbers, leaves, lines; each as stretches of texts."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence

from engross.assemble.leaves import leaf_starts
from engross.catalog import finding, stop
from engross.commands.correct.place import Stretch
from engross.model.address import section_of
from engross.model.finding import EngrossError, Place
from engross.model.text import Run, leaves
from engross.parse.book import Book
from engross.release.frozen import Release
from engross.revision.texts import texts_of

FORMS = (
    "name a text, note, paragraph or field by its address (yamada#p-007), or what is printed in a "
    "release: p13, document 2, yamada ¶ 4, n. 12, leaf 124, line 7"
)
PAGE = re.compile(r"p(?:\.? ?|age )([ivxlcdm]+|\d+)", re.IGNORECASE)
DOCUMENT = re.compile(r"(?:(?:document|doc\.|no\.) ?)?(\d+[a-z]?)(?=$|[ ,#/¶])")
BLOCK = re.compile(r"(?:([a-z][a-z0-9/-]*)#)?p-0*(\d+)(?:/l-(\d+))?")
NUMBERED = re.compile(
    r"(?:([a-z][a-z0-9-]*)(?:[ #/,]+|(?=¶)))?"
    r"(¶|paragraph|para\.|(?:foot)?note|f?n\.|leaf|l\.|fol\.|line)[ /]?(\w[\w -]*)"
)
Texts = Mapping[str, Mapping[str, str]]


def stretches_of(given: str, book: Book, release: Release | None, texts: Texts) -> list[Stretch]:
    """
    Every place that a name can mean; none where it is no such name.

    Raises:
        EngrossError: the release has no such page or number.
    """
    if release and (match := PAGE.fullmatch(given)):
        return [*_on(match[1].lower(), release, texts)]
    if release and (match := DOCUMENT.match(given)):
        documents = {number: name for name, number in release.numbers.documents.items()}
        if match[1] not in documents:
            raise _none(f"document {match[1]}", [*documents], release)
        given = documents[match[1]] + given[match.end() :]
    if given in texts:
        return [Stretch(given, "")]
    if match := BLOCK.fullmatch(given):
        text, number, line = match.groups()
        block = f"p-{int(number):03}"
        held = [text] if text else [a for a in texts if block in texts[a] and "/" not in a]
        if not line:
            return [Stretch(address, block) for address in held if address in texts]
        lines = [one for address in held for one in _begun("n", line, address, book)]
        # In TEI each line of a poem is a block of its own.
        return [one for one in lines if one.block == block] or lines[:1]
    match = NUMBERED.fullmatch(given)
    return _numbered(match, book, release) if match else []


def _numbered(match: re.Match[str], book: Book, release: Release | None) -> list[Stretch]:
    """A printed number of a paragraph or a note, a leaf, a line of verse."""
    text, kind, number = match.groups()
    if kind in {"leaf", "l.", "fol.", "line"}:
        held = [text] if text else [a for a in texts_of(book) if "/" not in a]
        for key in ("label", "n") if kind == "l." else ("n",) if kind == "line" else ("label",):
            if found := [one for a in held for one in _begun(key, number, a, book)]:
                return found
        return []
    if release is None:
        return []
    numbers = release.numbers
    rows = numbers.paragraphs if kind[0] in "¶p" else numbers.notes
    own = {address: n for address, n in rows.items() if text in {None, section_of(address)}}
    found = [Stretch(*address.partition("#")[::2]) for address, n in own.items() if n == number]
    if not found:
        said = f"{kind} {number}{f' in {text}' if text else ''}"
        raise _none(said, [*own.values()], release)
    return found


def _begun(key: str, label: str, address: str, book: Book) -> Iterator[Stretch]:
    """From where a leaf (`label`) or a line of verse (`n`) begins to where the next one does."""
    text, marks = texts_of(book).get(address), list[tuple[str, int, str]]()
    verse = 0
    for leaf in leaves(text.blocks if text else ()):
        at, verse = 0, verse + 1 if leaf.role == "verse" else 0
        if verse and key == "n":
            marks.append((leaf.id, 0, str(verse)))
        for item in leaf.content:
            at += len(item.text) if isinstance(item, Run) else 0
            if not isinstance(item, Run) and item.kind == {"label": "break", "n": "line"}[key]:
                marks.append((leaf.id, at, item.get(key)))
    starts = (leaf_starts(one)[0] for one in book.documents if one.id == address and key == "label")
    marks += [(one.block, one.offset, one.point.get("label")) for own in starts for one in own]
    order = [*text.words] if text else []
    for at, (first, start, name) in enumerate(marks):
        last, end, _ = marks[at + 1] if marks[at + 1 :] else (order[-1], sys.maxsize, "")
        if _side(name) == _side(label):
            for block in order[order.index(first) : order.index(last) + 1]:
                begin = start if block == first else 0
                yield Stretch(address, block, begin, end if block == last else sys.maxsize)


def _side(label: str) -> str:
    """
    A leaf as it is compared.

    >>> _side("124 verso"), _side("124v")
    ('124v', '124v')
    """
    return re.sub(r"\s+|(?<=[vr])(?:erso|ecto)?\.?$", "", label.casefold())


def _on(page: str, release: Release, texts: Texts) -> Iterator[Stretch]:
    """What begins on a page, what may run on to it, and fields of what it opens."""
    rows = list(release.pages.pages.items())
    if page not in release.pages.pages.values():
        raise _none(f"text on p. {page}", [label for _, label in rows], release)
    first = next(index for index, (_, label) in enumerate(rows) if label == page)
    own = [address for address, label in rows if label == page]
    for kind in ("#", "/note/"):  # the last paragraph and the last note before may run on
        own[:0] = [a for a, _ in rows[:first] if kind in a and _blocks(a, texts)][-1:]
    for address in own:
        text = section_of(address)
        fields = "manifest/" if text in {"title-page", "imprint"} else f"{text}/document/"
        opened = [] if "#" in address else [a for a in texts if a.startswith(fields)]
        named = [address] if {*"#/"} & {*address} else []
        for one in [*named, *opened]:
            yield from (Stretch(one.partition("#")[0], block) for block in _blocks(one, texts))


def _blocks(address: str, texts: Texts) -> list[str]:
    text, _, block = address.partition("#")
    return [name for name in texts.get(text, ()) if block in {"", name}]


def _none(said: str, there: Sequence[str], release: Release) -> EngrossError:
    some = f"it has {there[0]} to {there[-1]}" if there else "it has none"
    message = f"version {release.version} has no {said}; {some}"
    return stop([finding("L010", Place(f"releases/{release.version}"), message, FORMS)])
