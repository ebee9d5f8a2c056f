"""
Words that a style sheet takes from sight, found by resolving the cascade as a reader does.

The sheets of an EPUB or a web edition are applied to every element, each condition of media by
itself. What is drawn over something else only a picture tells, and is not looked for here, but for
what a sheet itself adds to an element and lays over the whole of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import cssselect2  # type: ignore[import-untyped]  # has no types
import tinycss2  # type: ignore[import-untyped]  # has no types
from lxml import etree

from engross.check.epub.opened import Opened
from engross.language import direction
from engross.verify import look as sight
from engross.verify.look import Declared, Look
from engross.verify.plain import TABLES, spaced
from engross.verify.report import Log
from engross.verify.standing import found_language

SHEET = {name: frozenset(row) for name, row in TABLES["sheets"].items()}
"""Elements, classes, values and rules, by what they are to the proof."""
OPENING = re.compile(
    r":(?:target|focus-within|focus-visible|focus|hover|active|checked|open)(?![\w-])|\[open\]"
)
"""What a reader does to open what is folded."""
CLASS = re.compile(r"\.([\w-]+)")
UNKNOWN = re.compile(r"(?<!:):(?!:)[a-z-]+(?:\([^()]*\))?")
ALWAYS = {*TABLES["sight"]["always"], *sight.SIDES}
"""Properties without which others cannot be judged."""
ROWS = frozenset({"facing-row", "facing-heads"})
"""Classes of what stands side by side, in the order that a sheet gives it."""
READER = """
:where(ol) { list-style-type: decimal }
:where(em, i, cite) { font-style: italic }
:where(strong, b, h1, h2, h3, h4, h5, h6, th) { font-weight: bold }
"""
"""What a reader's own sheet says: a list in a list of another numbering does not inherit it."""
INSTEAD = TABLES["instead"]
"""By property: others that a sheet may mark words by."""
UNSLANTED = frozenset({"ja", "zh", "ko"})
"""Languages whose letters have no italic."""

WAYS = frozenset({"ltr", "rtl"})
STRING = re.compile(r'"([^"]*)"')
SHEETS = "look at the style sheets, the book's own first"

Rule = tuple[str, tuple[Declared, ...]]
Matchers = tuple[cssselect2.Matcher, cssselect2.Matcher]
"""One for rules that hold, one for those that hold when a reader opens something."""


@dataclass(slots=True)
class Sheets:
    """Rules of all sheets of an edition, by the condition of media that they hold under."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    hiding: set[str] = field(default_factory=set)
    """Names of animations that hide something."""
    others: list[str] = field(default_factory=list)
    """Sheets that these take in, which nobody has read."""
    compiled: dict[tuple[str, frozenset[str]], Matchers] = field(default_factory=dict)
    """The same as they are matched, by condition and properties."""

    def add(self, text: str) -> None:
        """Read a sheet."""
        rules = tinycss2.parse_stylesheet(text, True, True)
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword.endswith("keyframes"):
                frames = tinycss2.parse_rule_list(rule.content or [], True, True)
                steps = [row for one in frames for row in _said(getattr(one, "content", []))]
                if any(sight.suspect(row) and row.name != "color" for row in steps):
                    self.hiding.add(tinycss2.serialize(rule.prelude).strip().lower())
        self._rules(rules, "", "")

    def _rules(self, rules: Sequence[Any], media: str, above: str) -> None:
        for rule in rules:
            kind = getattr(rule, "type", "")
            inner = getattr(rule, "content", None) or []
            named = tinycss2.serialize(rule.prelude).strip() if hasattr(rule, "prelude") else ""
            if kind == "at-rule" and rule.lower_at_keyword == "import":
                self.others.append(named)
            elif kind == "at-rule" and rule.lower_at_keyword == "counter-style":
                way = Declared("list-style-type", f"@counter-style {named}", important=True)
                if named.lower() in SHEET["counted"]:
                    self.rules.setdefault(media, []).append(("li", (way,)))
            elif kind == "at-rule" and rule.lower_at_keyword in SHEET["groups"]:
                condition = f"{media} {named}".strip()
                self._rules(tinycss2.parse_rule_list(inner, True, True), condition, above)
            elif kind == "qualified-rule":
                selector = tinycss2.serialize(rule.prelude)
                if above:  # a rule in a rule
                    own = selector if "&" in selector else f"& {selector}"
                    selector = own.replace("&", f":is({above})")
                if found := tuple(self._known(_said(inner))):
                    self.rules.setdefault(media, []).append((selector, found))
                if any(getattr(token, "type", "") == "{} block" for token in inner):
                    self._rules(tinycss2.parse_blocks_contents(inner, True, True), media, selector)

    def _known(self, rows: Iterator[Declared]) -> Iterator[Declared]:
        for row in rows:
            hides = row.name == "animation" and self.hiding & set(row.value.split())
            yield replace(row, value="hides") if hides else row

    def conditions(self, classes: set[str]) -> Iterator[tuple[str, list[Rule]]]:
        """
        The rules without a condition, then those with each condition added.

        A condition finds nothing new that can only show more than the plain rules, or speaks of
        classes alone that a page does not have.
        """
        plain = self.rules.get("", [])
        yield "", plain
        for media, rules in self.rules.items():
            if media and any(
                {*CLASS.findall(text)} <= classes
                and any(sight.suspect(row) or sight.plain(row) for row in rows)
                for selector, rows in rules
                for text in (selector.split(",") if "(" not in selector else [""])
            ):
                yield media, plain + rules


def _said(content: Sequence[Any] | str) -> Iterator[Declared]:
    return sight.declared(iter(tinycss2.parse_blocks_contents(content, True, True)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the sheets of a book's own do to words on pages besides how they look."""

    signs: str = ""
    """The ornaments that they draw beside words."""
    cased: bool = False
    """Whether they make letters small or capital."""
    capped: bool = False
    """Whether they set the first letter of a text apart."""

    @classmethod
    def by(cls, texts: Sequence[str]) -> Self:
        """Read the sheets; what says something, such as a question mark, is no ornament."""
        sheets = Sheets()
        for text in texts:
            sheets.add(text)
        rows = [row for rules in sheets.rules.values() for _, said in rules for row in said]
        said = STRING.findall(" ".join(row.value for row in rows if row.name == "content"))
        signs = {one for one in "".join(said) if not (one.isalnum() or sight.SIGNS.match(one))}
        cased = any(row.name == "text-transform" for row in rows)
        capped = any(":first-letter" in one for one in texts)
        return cls("".join(sorted(signs)).strip(), cased, capped)

    def undone(self, text: str, values: Iterable[str]) -> str:
        """A text of a page with the values in it in small and capital letters of their own."""
        by = {value.casefold(): value for value in values if self.cased}
        parts = "|".join(map(re.escape, sorted(by, key=len, reverse=True)))
        return re.sub(parts, lambda one: by[one[0].casefold()], text, flags=re.I) if by else text


UNDRAWN = Drawn()
"""What a book without sheets of its own does."""


def unseen(tree: etree._Element, sheets: Sheets) -> Iterator[tuple[etree._Element, str]]:
    """The elements of a page whose own words nobody sees, each once, with the reason."""
    told: set[etree._Element] = set()
    styles = {element.get("style", "") for element in tree.iter(etree.Element)}
    styled = [row for style in styles for row in _said(style)]
    styled += [sight.HIDDEN] if any(one.get("hidden") is not None for one in tree.iter()) else []
    classes = {name for one in tree.iter(etree.Element) for name in one.get("class", "").split()}
    for media, rules in sheets.conditions(classes):
        every = [row for _, rows in rules for row in rows] + styled
        names = {row.name for row in every if sight.suspect(row)}
        if plain := {row.name for row in every if sight.plain(row)}:
            names |= {*plain, *(name for row in INSTEAD.values() for name in row)}
        if not names:
            continue
        if any("var(" in row.value for row in every):
            names = sight.WATCHED | {row.name for row in every}
        key = media, frozenset(names | ALWAYS)
        if key not in sheets.compiled:
            sheets.compiled[key] = _matchers(rules, key[1])
        matcher, opening = sheets.compiled[key]
        for element, why in _walk(tree, matcher, opening):
            if told.isdisjoint((element, *element.iterancestors())) and _judged(element):
                told.add(element)
                yield element, why


def _judged(element: etree._Element) -> bool:
    """Whether an element is part of a section, and no help for finding one's way."""
    if SHEET["aids"] & set(element.get("class", "").split()):
        return False
    tags = [etree.QName(one).localname for one in (element, *element.iterancestors())]
    return tags[0] in {"html", "body"} or "section" in tags


def _matchers(rules: Sequence[Rule], names: frozenset[str]) -> Matchers:
    matcher, opening = cssselect2.Matcher(), cssselect2.Matcher()
    for text, said in rules:
        rows = [row for row in said if row.name in names]
        for one in (text.split(",") if "(" not in text else [text]) if rows else ():
            bare = OPENING.sub("", one)
            target = opening if bare != one else matcher
            for form in (bare, UNKNOWN.sub("", bare)):  # a condition that we do not know may hold
                try:
                    selectors = cssselect2.compile_selector_list(form)
                except cssselect2.SelectorError:
                    continue
                for selector in selectors:
                    target.add_selector(selector, rows)
                break
    return matcher, opening


def _walk(
    tree: etree._Element, matcher: cssselect2.Matcher, opening: cssselect2.Matcher
) -> Iterator[tuple[etree._Element, str]]:
    looks: dict[object, Look] = {}
    lines: list[tuple[etree._Element, str]] = []
    blocks: set[object] = set()
    wrapper = cssselect2.ElementWrapper.from_html_root(tree)
    for here in wrapper.iter_subtree():
        element = here.etree_element
        if not isinstance(element.tag, str):
            continue
        style, pseudo = _style(here, matcher)
        above = looks.get(element.getparent(), Look())
        style = sight.resolved(style, above) if style else style
        look = sight.look_of(style, above) if style else above
        if look.hidden and not above.hidden:
            opened, _ = _style(here, opening, own=False)
            if opened and not sight.look_of({**style, **opened}, above).hidden:
                look = replace(look, hidden="")
        tag, classes = etree.QName(element).localname, {*element.get("class", "").split()}
        looks[element] = look
        if style.get("display") in SHEET["blocks"]:
            blocks.add(element)
        if "row-reverse" in style.get("flex-direction", "") and not classes & ROWS:
            yield element, "'flex-direction: row-reverse'"
        if tag == "br" and look.hidden:
            lines.append((element, look.hidden))
        for name, values in pseudo.items():
            if why := _added(name, sight.resolved(values, look), look, element):
                yield element, f"{why} of ::{name}"
        if why := _odd(tag, classes, style, element) or _unmarked(tag, style, above, element):
            yield element, why
        if "content" in style and sight.bad("content", style["content"]):
            yield element, f"'content: {style['content']}'"
        elif (why := _counted(tag, element, style, look)) or (
            (why := look.hidden or look.faint) and _own(element)
        ):
            yield element, why
    for line, why in lines:  # a line may end by its block as well as by the break behind it
        if line.getnext() not in blocks and line.getprevious() not in blocks:
            parent = line.getparent()
            yield parent if parent is not None else line, f"{why} of a line break"


def _odd(tag: str, classes: set[str], style: dict[str, str], element: etree._Element) -> str:
    """What shows a whole element otherwise than it reads, though each of its words is there."""
    way, line = style.get("direction", ""), style.get("text-decoration", "")
    if way in WAYS and way != direction(found_language(element) or "en"):
        return f"'direction: {way}'"
    if "line-through" in line and not SHEET["struck"] & {tag, *classes}:
        return f"'text-decoration: {line}'"
    rules = TABLES["odd"].get(tag, {}).items()
    return next(
        (f"'{n}: {style[n]}'" for n, odd in rules if re.match(odd, style.get(n, "auto"))), ""
    )


def _unmarked(tag: str, style: dict[str, str], above: Look, element: etree._Element) -> str:
    """What shows marked words of a text as those around them."""
    classes = element.get("class", "").split()
    for name in filter(None, map(sight.MARKED.get, (tag, *classes))):
        value = style.get(name, "auto")
        around = {"font-style": above.slant, "font-weight": above.weight}.get(name, "normal")
        if not sight.PLAIN.match(value) or not sight.PLAIN.match(around):
            continue
        ways = INSTEAD.get(name, INSTEAD["words"])
        other = any(not sight.PLAIN.match(style.get(way, "none")) for way in ways)
        every = [element, *element.iterancestors()]
        text = any(one.get("data-address") for one in every)
        made = any(
            "data-furniture" in one.attrib or "noteref" in one.get("class", "") for one in every
        )
        if text and not (other or made or found_language(element)[:2] in UNSLANTED):
            return f"'{name}: {value}'"
    return ""


def _added(name: str, values: dict[str, str], look: Look, element: etree._Element) -> str:
    """What a sheet puts before or behind words, or does to the first of them, that is a fault."""
    if name in {"before", "after", "marker"}:
        if "content" in values and sight.bad("content", values["content"]):
            return f"'content: {values['content']}'"
        said = "".join(STRING.findall(values.get("content", "")))
        within = (one.get("data-address") for one in (element, *element.iterancestors()))
        if sight.SIGNS.search(said) and any(within):
            return f"'content: {values['content']}'"
        return "'background'" if sight.covers(values) else ""
    first = sight.look_of(values, look)
    return "" if look.hidden or look.faint else first.hidden or first.faint


def _counted(tag: str, element: etree._Element, style: dict[str, str], look: Look) -> str:
    """What counts the items of a list otherwise than its mark-up."""
    if tag not in {"ol", "li"}:
        return ""
    holder = element if tag == "ol" else element.getparent()
    classes = set(holder.get("class", "").split()) if holder is not None else set()
    if "ordered" not in classes:
        return ""
    named = next((one for one in classes if one.startswith(("lower-", "upper-"))), "decimal")
    if look.listed and look.listed not in {named, "initial", "unset"} and tag == "li":
        return f"'list-style-type: {look.listed}'"
    again = next((one for one in sight.COUNTERS if "list-item" in style.get(one, "")), "")
    return f"'{again}: {style[again]}'" if again else ""


def _own(element: etree._Element) -> bool:
    """Whether an element has words besides those of the elements in it, or is a picture."""
    if etree.QName(element).localname == "img":
        return True
    return any((w or "").strip() for w in (element.text, *(child.tail for child in element)))


def _style(
    here: cssselect2.ElementWrapper, matcher: cssselect2.Matcher, *, own: bool = True
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What the cascade gives an element, with its `own` attributes, and its pseudo-elements."""
    rows: dict[str, list[tuple[tuple[object, ...], Declared]]] = {}
    for specificity, order, pseudo, said in matcher.match(here):
        for row in said:
            key = (row.important, 0, specificity, order)
            rows.setdefault(pseudo or "", []).append((key, row))
    if own and here.etree_element.get("hidden") is not None:
        rows.setdefault("", []).append(((False, -1, (0, 0, 0), 0), sight.HIDDEN))
    for row in _said(here.etree_element.get("style", "") if own else ""):
        rows.setdefault("", []).append(((row.important, 1, (0, 0, 0), 0), row))
    found = {
        name: {row.name: row.value for _, row in sorted(mine, key=lambda pair: pair[0])}
        for name, mine in rows.items()
    }
    return found.pop("", {}), found


def prove_seen(book: Opened, log: Log) -> None:
    """Look for words that an EPUB or a web edition hides, or shows otherwise."""
    since, sheets = len(log.findings), Sheets()
    for sheet in (READER, *book.sheets):
        sheets.add(sheet)
    for other in sheets.others:
        log.fault("P009", f"a sheet takes in {other[:60]}, which nobody has read", SHEETS)
    for name, document in book.documents.items():
        for element, why in unseen(document.root, sheets):
            within = (one.get("data-address") for one in (element, *element.iterancestors()))
            place = ", ".join([name, *[one for one in within if one][:1]])
            message = f"{place}: '{tell(element)}' is not seen as it reads, by {why}"
            log.fault("P009", message, SHEETS)
    log.check("visible", len(book.documents), "files", since)


def tell(element: etree._Element) -> str:
    """The first words of an element, for a message."""
    return spaced("".join(map(str, element.itertext())))[:40]
