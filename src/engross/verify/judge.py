"""
Whether a generated place says the facts of the evidence, in order, and nothing else.

What stands between two facts is made of words of the catalogue, of literal words of the book's own
templates, and of punctuation: so nothing is added, and a fact that moved is not found.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from engross.language import Words
from engross.verify.furniture import Section
from engross.verify.plain import TABLES, bare
from engross.verify.report import Log

SLOT = "\ue000"
"""Stands where a page number will be printed."""
PAGES = r"(?:\d+|[ivxlc]+)(?:[\u2013,]+(?:\d+|[ivxlc]+))*,?"
"""The pages of a heading of the index."""
LITERAL = re.compile(r"'([^']+)'")
"""What a pattern of dates says of its own: the de of 23 de noviembre."""
BLANK = re.compile(r"\{[^}]*\}")
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.S)
DESIGNED = frozenset(TABLES["spoken"]["designed"])
"""Sections of which a book's own template may put the facts into any order."""
SAID = re.compile(r"\{\{.*?\}\}", re.S)
QUOTED = re.compile(r'"([^"]*)"|\'([^\']*)\'')


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a place must say."""

    words: str
    target: str = ""
    """The address that it leads to, by a link or a page number."""
    wanted: bool = True
    """Whether it must be there; else it may."""
    loose: str = ""
    """What is enough in a template of the book's own: the value without the words around it."""
    never: tuple[str, ...] = ()
    """What the catalogue has for the same value as something else: another role of a person."""
    follows: bool = False
    """Whether it stands behind the fact before it in such a template too."""
    pattern: str = ""
    """What it looks like, where the evidence does not say how it reads."""
    anchor: str = ""
    """The id of a row; all of it, up to the next one, is judged at once."""
    values: tuple[str, ...] = ()
    """What such a row says."""
    rank: int = 0
    """Where such a row stands among others; of one rank either may be first."""
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)
    """Words that a row may say in any form and order besides its values, folded."""
    places: tuple[tuple[str, str], ...] = ()
    """Pages of the index, which only a PDF can prove: first and last address of each."""


def each(*values: str | None) -> Iterator[Fact]:
    """A fact for each value that is there."""
    return (Fact(value) for value in values if value)


@dataclass(slots=True)
class Run:
    """The generated words of a section, white space aside."""

    text: str = ""
    slots: dict[int, str] = field(default_factory=dict)
    anchors: list[tuple[int, str]] = field(default_factory=list)
    edges: set[int] = field(default_factory=set)
    """Where one string ends and the next begins."""


def run_of(section: Section) -> Run:
    """What stands between the addresses of a section."""
    run, last = Run(), ""
    for item in section.items:
        sign = item.sign
        if sign is None:
            continue
        # the page behind a reference stands in brackets, and is furniture like them
        aside, last = last.startswith("("), sign.words if sign.kind == "furniture" else ""
        if sign.kind == "slot" and not aside:
            run.slots[len(run.text)] = sign.words
            run.text += SLOT
        elif sign.kind == "anchor":
            run.anchors.append((len(run.text), sign.words))
        elif sign.kind in {"text", "supplied"}:
            run.edges.add(len(run.text))
            run.text += bare(sign.words)
            run.edges.add(len(run.text))
    return run


def lettered(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first three letters; a shorter one by itself."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[word[:3]].append(word)
    return found


class Vocabulary:
    """The words that may stand between facts."""

    def __init__(self, words: Words, own: Iterable[str] = ()) -> None:
        """Take the words of an edition, and the literal words of templates."""
        said = [one for forms in words.catalogue.entries.values() for one in forms]
        said += [words.listed(["{a}", "{b}"]), words.listed(["{a}", "{b}", "{c}"]), "note"]
        patterns = ("day-pattern", "month-pattern", "yearless-pattern")
        said += [one for key in patterns for one in LITERAL.findall(words.say(key))]
        months = (words.month(n, alone=alone) for n in range(1, 13) for alone in (False, True))
        pieces = {bare(piece) for one in said for piece in BLANK.split(one)}
        pieces |= set(months)
        for template in own:
            pieces |= {bare(piece) for piece in CODE.split(template)}
            for code in SAID.findall(template):
                pieces |= {bare(a or b) for a, b in QUOTED.findall(code)}
        self.pieces: dict[str, list[str]] = defaultdict(list)
        for piece in pieces:
            # without its punctuation a piece is found beside any other
            short = piece.strip(".,;:()[]\u2013")
            forms = {piece, short if len(short) > 1 else "", piece[:1].upper() + piece[1:]}
            for form in filter(None, forms):
                self.pieces[form[:3]].append(form)

    def strange(self, text: str, *more: Mapping[str, Sequence[str]]) -> str:
        """
        The rest of a text from where nothing accounts for it; "" where all is accounted for.

        Args:
            text: without white space.
            more: further words that may stand there, folded, by their first three letters.
        """
        reached, folded = {0}, text.casefold()
        for at, character in enumerate(text):
            if at not in reached:
                continue
            if not character.isalnum():
                reached.add(at + 1)
            for end in (at + 1, at + 2, at + 3):
                known = self.pieces.get(text[at:end], ())
                reached |= {at + len(piece) for piece in known if text.startswith(piece, at)}
                known = [word for words in more for word in words.get(folded[at:end], ())]
                reached |= {at + len(word) for word in known if folded.startswith(word, at)}
        return "" if len(text) in reached else text[max(reached) :]


@dataclass(slots=True)
class Judge:
    """Holds the generated words of one section against facts."""

    section: Section
    known: Vocabulary
    log: Log
    own: bool
    """Whether the book brings the template, so that the words around values are its own."""
    pages: list[tuple[str, tuple[tuple[str, str], ...], str]] = field(default_factory=list)
    """Headings of the index, the places that each has, and what is printed for them."""
    run: Run = field(init=False)

    def __post_init__(self) -> None:
        self.run = run_of(self.section)

    def judge(self, facts: Sequence[Fact]) -> None:
        """Find each fact behind the one before it, and nothing strange between them."""
        rows = self.rows(facts)
        at, before = 0, Fact("")
        for number, fact in enumerate(rows):
            if fact.anchor:
                following = rows[number + 1] if number + 1 < len(rows) else None
                start, end = self._stretch(fact, following)
            else:
                start, end = self._find(fact, at)
            strange = start >= at and self.known.strange(self._words(at, start))
            if start < at or (not fact.wanted and strange):
                if fact.wanted:
                    self._missing(fact.words or fact.values[0], before)
                continue
            self._between(at, start, before)
            if fact.anchor:
                self._row(fact, start, end)
            elif fact.places:
                self.pages.append((before.words, fact.places, self.run.text[start:end]))
            for words in fact.never if self.own else ():
                if (other := self._find(Fact(words), at)[0]) >= 0 and other <= start:
                    self._missing(fact.words, Fact(words))
            at, before = end, Fact(fact.anchor) if fact.anchor else fact
        self._between(at, len(self.run.text), before)

    def rows(self, facts: Sequence[Fact]) -> list[Fact]:
        """The facts, those with an id in the order in which their ids stand."""
        order = {name: n for n, (_, name) in enumerate(self.run.anchors)}
        rows: list[Fact] = []
        if self.own and self.section.kind in DESIGNED:
            return self._designed(facts)  # a page of the book's own design
        there = [fact for fact in facts if fact.wanted or not fact.anchor or fact.anchor in order]
        for _, some in groupby(there, key=lambda fact: bool(fact.anchor)):
            found = sorted(some, key=lambda fact: order.get(fact.anchor, -1) % (len(order) + 1))
            for early, late in pairwise(found):
                if early.rank > late.rank:
                    self._missing(early.anchor, Fact(late.anchor))
            rows += found
        return rows

    def _designed(self, facts: Sequence[Fact]) -> list[Fact]:
        """The facts in the order in which they stand; the longest is found first, none in it."""
        taken: dict[int, tuple[int, int]] = {}
        forms = [(fact.words, n) for n, fact in enumerate(facts)]
        forms += [(fact.loose, n) for n, fact in enumerate(facts) if fact.loose]
        for words, n in sorted(forms, key=lambda form: -len(form[0])):
            start, end = self._find(replace(facts[n], words=words, loose=""), 0)
            while any(start < b and a < end for a, b in taken.values()):
                start, end = self._find(replace(facts[n], words=words, loose=""), start + 1)
            if start >= 0:
                taken.setdefault(n, (start, end))
        last, places = len(self.run.text), list[int]()
        for n, fact in enumerate(facts):
            places.append(places[-1] if fact.follows else taken.get(n, (last, 0))[0])
        return [facts[n] for n in sorted(range(len(facts)), key=places.__getitem__)]

    def _stretch(self, fact: Fact, following: Fact | None) -> tuple[int, int]:
        """Where a row begins and ends."""
        starts = [at for at, name in self.run.anchors if name == fact.anchor]
        if not starts:
            return -1, -1
        ends = [at for at, _ in self.run.anchors if at > starts[0]]
        end = min(ends, default=len(self.run.text))
        if following and following.words:
            found = self.run.text.rfind(bare(following.words), starts[0], end)
            end = found if found > 0 else end
        return starts[0], end

    def _row(self, fact: Fact, start: int, end: int) -> None:
        self._slots(start, end, fact)
        words = self._words(start, end)
        values = [bare(value).casefold() for value in fact.values]
        for value, form in zip(fact.values, values, strict=True):
            if form not in words.casefold():
                self._missing(value, Fact(fact.anchor))
        self._accounted(words, fact.extra, lettered(values))

    def _find(self, fact: Fact, at: int) -> tuple[int, int]:
        text = self.run.text
        if fact.pattern:
            found = re.compile(fact.pattern).search(text, at)
            return found.span() if found else (-1, -1)
        for form in [bare(fact.words), *([bare(fact.loose)] if self.own and fact.loose else [])]:
            start = text.find(form, at)
            while start >= 0 and self._cut(start, start + len(form)):
                start = text.find(form, start + 1)
            if start >= 0:
                return start, start + len(form)
        return -1, -1

    def _cut(self, start: int, end: int) -> bool:
        """Whether a stretch begins or ends within a number."""
        text, edges = self.run.text, self.run.edges
        return any(
            at not in edges and text[at - 1 : at].isdigit() and text[at : at + 1].isdigit()
            for at in (start, end)
        )

    def _between(self, start: int, end: int, before: Fact) -> None:
        self._slots(start, end, before)
        self._accounted(self._words(start, end))

    def _slots(self, start: int, end: int, fact: Fact) -> None:
        goals = [goal for at, goal in sorted(self.run.slots.items()) if start <= at < end]
        named = fact.words or fact.anchor
        for goal in goals:
            if goal != fact.target:
                words = f"gives the page of '{goal}' behind '{named[:40]}'"
                self.log.fault("P006", f"'{self.section.address}' {words}")
        if self.run.slots and fact.target and not goals:
            words = f"gives no page behind '{named[:40]}'"
            self.log.fault("P006", f"'{self.section.address}' {words}")

    def _words(self, start: int, end: int) -> str:
        return self.run.text[start:end].replace(SLOT, "")

    def _accounted(self, words: str, *more: Mapping[str, Sequence[str]]) -> None:
        if strange := self.known.strange(words, *more):
            says = f"'{self.section.address}' says '{strange[:60]}'"
            message = f"{says}, which neither evidence nor catalogue has"
            self.log.fault("P023", message, TEMPLATE)

    def _missing(self, words: str, before: Fact) -> None:
        after = f" behind '{before.words[:40]}'" if before.words else ""
        message = f"'{self.section.address}' does not say '{words[:60]}'{after}"
        self.log.fault("P023", message, TEMPLATE)


TEMPLATE = "look at the template of this section, in templates/ of the book or in the program"
