"""What the tags of a reading PDF say beside its words: languages, notes, and the names of links."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pikepdf import Array, Dictionary, Name

from engross.model.address import section_of
from engross.verify.bidi import leftward
from engross.verify.ground import Ground
from engross.verify.pages import JUMP, PageText
from engross.verify.plain import bare, paper
from engross.verify.said import Expected

SAYING = ("/ActualText", "/Alt", "/E")
"""By what an element gives other words than those that it holds."""
SIGN = "corrections#"
"""Where the sign at a corrected word leads, which is furniture."""
EITHER = "either"
"""Stands for the language of words that are marked as of two."""
MORE = 24
"""Signs of the house that may stand among the words of a link, such as `[?]` or a page's number."""
EDGE = 0.5
"""Points that half a character may stand outside of the box of its link."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link: where it leads, and the words that it lies on, white space aside."""

    goal: str
    words: str = ""

    def agrees(self, other: "Way") -> bool:
        """Whether it lies on the words of another; marks and numbers may be among them."""
        mine, wanted = self.words.casefold(), paper(other.words).casefold()
        if leftward(wanted) or not wanted:
            return bool(mine)
        rest = iter(mine)
        return len(mine) <= len(wanted) + MORE and all(letter in rest for letter in wanted)


def kids_of(element: Any) -> list[Any]:
    """What an element holds: elements, links, and numbers of words."""
    below = element.get("/K")
    return list(below) if isinstance(below, Array) else [below]


def elements(root: Any) -> Iterator[Any]:
    """Every element below one, in the order of reading."""
    for kid in kids_of(root):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def spoken_for(root: Any) -> Iterator[str]:
    """What is said in the place of words; pictures alone have words of their own."""
    for element in elements(root):
        kind = str(element.S)[1:]
        for key in SAYING:
            if key in element and (key, kind) != ("/Alt", "Figure"):
                yield f"say '{str(element[key])[:40]}' in the place of the words of a {kind}"


def tongues_in(element: Any, language: str) -> Iterator[str]:
    """The language of each stretch of words."""
    own = str(element.get("/Lang", language))
    for kid in kids_of(element):
        if not isinstance(kid, Dictionary):
            yield own
        elif "/S" in kid:
            yield from tongues_in(kid, own)


def tongues(address: str, expected: Expected, main: str) -> Iterator[str]:
    """The same of a text, by the evidence; notes stand where they are called first."""
    called: set[str] = set()

    def of(one: str) -> Iterator[str]:
        said = expected.said[one]
        letters = [said.language or main] * len(bare(said.text))
        rows = [(a - b, a, b, tongue) for a, b, kind, tongue in said.marks if kind == "language"]
        for size, start, end, tongue in sorted(rows):  # what stands in another comes after it
            # which of two of one stretch is the inner one, the marks do not say
            many = sum(row[1:3] == (start, end) for row in rows) > 1
            letters[start:end] = [EITHER if many else tongue] * -size
        reached = 0
        for at, note in (*sorted(said.calls), (len(letters), "")):
            yield from (name for name, _ in groupby(letters[reached:at]))
            reached = at
            if note and note not in called:
                called.add(note)
                yield from of(note)

    for block in expected.blocks.get(address, ()):
        yield from of(block)


def foreign(found: Iterable[str], wanted: Iterable[str], main: str, more: set[str]) -> str:
    """
    The first language that is not marked in its turn, or without evidence; "" where all is right.

    `more` are those in which generated words of the section may be.
    """
    rows = [[name for name, _ in groupby(x for x in row if x != main)] for row in (found, wanted)]
    if EITHER in rows[1]:
        return ""
    rest = iter(rows[0])
    lost = (name for name in rows[1] if name not in rest)
    strange = (name for name in rows[0] if name not in {*rows[1], *more})
    return next(lost, "") or next(strange, "")


def under(page: PageText, box: tuple[float, float, float, float]) -> str:
    """The words on which a box lies, in the order of drawing."""
    left, low, right, high = box
    found = []
    for line, stand in zip(page.lines, page.stands, strict=True):
        # the lines of a turned table go upwards, and have their base lines below 0
        across, down = ((low, high), (-right, -left)) if stand.base < 0 else (box[::2], box[1::2])
        if down[0] - JUMP <= stand.base <= down[1] + JUMP and len(stand.boxes) == len(line):
            found += [
                character
                for character, (start, end, base) in zip(line, stand.boxes, strict=True)
                if down[0] <= base <= down[1]
                and across[0] - EDGE <= (start + end) / 2 <= across[1] + EDGE
            ]
    return "".join(found)


def links(element: Any, pages: Mapping[Any, PageText]) -> Iterator[tuple[Any, Way]]:
    """The annotations of the links in an element, in the order of reading."""
    for kid in kids_of(element):
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
            link = kid.Obj
            goal = str(link.Dest if "/Dest" in link else link.A.get("/URI", ""))
            left, low, right, high = (float(edge) for edge in link.Rect)
            page = pages.get(kid.Pg.objgen)
            yield link, Way(goal, under(page, (left, low, right, high)) if page else "")
        elif isinstance(kid, Dictionary) and "/S" in kid:
            yield from links(kid, pages)


def ways(ways: Iterable[Way]) -> Iterator[Way]:
    """The links of a section one after the other, without what a template adds."""
    before = Way("")
    for way in ways:
        # a link over two lines is two; behind one stands the page of the block that it leads into
        goal = way.goal
        if goal == before.goal or ("#" in goal and before.goal.startswith(f"{goal}-")):
            before = Way(before.goal, before.words + way.words)
        elif not goal.startswith(SIGN):
            if before.goal:
                yield before
            before = way
    if before.goal:
        yield before


def links_of(address: str, expected: Expected, sections: Collection[str]) -> Iterator[Way]:
    """The links of a text, those of a note where it is called first."""
    called: set[str] = set()

    def of(one: str) -> Iterator[Way]:
        said = expected.said[one]
        words = bare(said.text)
        rows = [(a, b, goal) for a, b, kind, goal in said.marks if kind == "link"]
        rows += [(at, 0, note) for at, note in said.calls]
        # calls of one place in order, before a link that begins there
        for start, end, goal in sorted(rows, key=lambda row: (row[0], bool(row[1]))):
            section, _, inner = goal.partition("#")
            if end and ":" in section:
                yield Way(goal, words[start:end])
            elif end and section_of(goal) in sections:
                led = f"{section}#{inner.replace('/', '-')}" if inner else section
                yield Way(led, words[start:end])
            elif not end and goal not in called:
                called.add(goal)
                yield from of(goal)

    for block in expected.blocks.get(address, ()):
        yield from of(block)


def misnamed(
    link: Any, goal: str, ground: Ground, titles: Mapping[str, str], labels: Mapping[str, str]
) -> str:
    """What a link is called that is not the name of its goal; "" where it is."""
    told = str(link.get("/Contents", ""))
    if ":" in goal.partition("#")[0]:
        return "" if told in ("", goal) else told
    say, expected, names = ground.words.say, ground.expected, [""]
    page = say("page-mark", label=labels[goal]) if goal in labels else ""
    title = titles.get(section_of(goal), goal)
    names += [page, title, f"{title}, {page}"]
    if number := expected.numbers.get(goal.replace("#note-", "/note/")):
        names.append(say("note-label", number=number))
    if (said := expected.said.get(goal)) and said.paragraph:
        names.append(say("paragraph-label", number=said.paragraph))
    return "" if told in names else told
