"""
Strict YAML: what a person types into a form, and nothing of the language's machinery.

Every scalar is text; the schemas say what a text means. The only module that imports PyYAML.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from engross import catalog
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.read.text import decode, refused_character

Tree = dict[str, "Tree"] | list["Tree"] | str | None
Path = tuple[str | int, ...]

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = {"", "~", "null"}
"""Unquoted scalars that mean: no value."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands, and its key if it has one: (line, column), both from 1."""

    key: tuple[int, int]
    """The value's own place for an item of a list."""
    value: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Yaml:
    """A YAML file as it stands: mappings, lists and texts, and where each began."""

    value: Tree
    spots: Mapping[Path, Spot]
    """By path, as ("notes", 3, "at", "exact"); () is the whole file."""
    findings: tuple[Finding, ...] = ()
    """Warnings only."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet."""

    tree: dict[str, Tree] | list[Tree]
    path: Path
    key: str | None = None
    """The key of a mapping whose value comes next; None when a key comes next."""
    key_at: tuple[int, int] = (0, 0)
    lines: dict[str, int] = field(default_factory=dict)
    skipped: bool = False
    """The next value is read past: its key was refused."""


def parse_yaml(file: SourceFile, nesting: int = 20) -> Yaml | tuple[Finding, ...]:
    """
    Read a YAML file, or say everything that is wrong with it.

    Faults of meaning (a key twice, an alias) do not end the reading; a fault of syntax does.
    """
    text, findings = decode(file)
    if text is None:
        return findings
    reader = _Reader(file.path, nesting)
    reader.read(text)
    if reader.findings:
        return tuple(sorted(reader.findings, key=lambda found: found.place)) + findings
    return Yaml(reader.value, reader.spots, findings)


def _at(mark: object) -> tuple[int, int]:
    """A mark of PyYAML, which counts from 0; its two parsers have marks of two classes."""
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1


class _Reader:
    def __init__(self, path: str, nesting: int) -> None:
        self.path, self.nesting = path, nesting
        self.value: Tree = None
        self.spots: dict[Path, Spot] = {(): Spot((1, 1), (1, 1))}
        self.findings: list[Finding] = []
        self.open: list[_Open] = []
        self.quiet: set[int] = set()
        """Lines in which a scalar goes on: their indentation is the text's own."""

    def fault(self, code: str, line: int, column: int, message: str, fix: str) -> None:
        self.findings.append(catalog.finding(code, Place(self.path, line, column), message, fix))

    def read(self, text: str) -> None:
        if mark := re.search("^<<<<<<< ", text, re.MULTILINE):
            at = text.count("\n", 0, mark.start()) + 1
            self.fault("M010", at, 1, "git left two versions here", "keep what both say")
            return
        documents = 0
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.second_document(event)
                        break
                elif not self.take(event):
                    return
        except yaml.MarkedYAMLError as fault:
            self.syntax(fault, text)
            return
        for number, line in enumerate(text.split("\n"), 1):
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if "\t" in indent and line.strip() and number not in self.quiet:
                self.tab(number, indent.index("\t") + 1)

    def second_document(self, event: yaml.Event) -> None:
        line, _ = _at(event.start_mark)
        self.fault(
            "M009",
            line,
            1,
            "a second YAML document begins here",
            "delete the line '---', or put the rest into a file of its own",
        )

    def take(self, event: yaml.Event) -> bool:
        """Take one event in; False ends the reading."""
        at = _at(event.start_mark)
        if isinstance(event, yaml.NodeEvent):
            self.refuse_machinery(event, at)
        match event:
            case yaml.ScalarEvent():
                self.quiet.update(range(at[0] + 1, _at(event.end_mark)[0] + 1))
                self.scalar(event, at)
            case yaml.AliasEvent():
                self.place_value(None, at)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(self.open) >= self.nesting:
                    self.fault(
                        "X011",
                        *at,
                        f"mappings and lists stand more than {self.nesting} deep in each other",
                        f"write it flatter, or run with ENGROSS_LIMITS=nesting={self.nesting * 2}",
                    )
                    return False
                tree: dict[str, Tree] | list[Tree] = (
                    {} if isinstance(event, yaml.MappingStartEvent) else []
                )
                self.open.append(_Open(tree, self.place_value(tree, at)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.open.pop()
        return True

    def refuse_machinery(self, event: yaml.NodeEvent, at: tuple[int, int]) -> None:
        if isinstance(event, yaml.AliasEvent):
            fix = "write the value out again, or in quotation marks if the asterisk is text"
            self.fault("M005", *at, f"'*{event.anchor}' is an alias; aliases are not allowed", fix)
        elif event.anchor is not None:
            fix = "delete it, or put the value in quotation marks if the ampersand is text"
            self.fault("M005", *at, f"'&{event.anchor}' is an anchor; anchors are not allowed", fix)
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            fix = "delete it, or put the value in quotation marks if the exclamation mark is text"
            self.fault("M006", *at, f"'{shown}' is a tag; tags are not allowed", fix)

    def scalar(self, event: yaml.ScalarEvent, at: tuple[int, int]) -> None:
        plain = event.style in (None, "")
        if event.style == '"' and (character := refused_character(event.value)):
            # Written as an escape, so the file itself holds only letters.
            message = f"an escape stands for {character}, which no edition can print"
            self.fault("F011", *at, message, "delete it; write a new line as \\n")
        if self.open and isinstance(self.open[-1].tree, dict) and self.open[-1].key is None:
            self.key(self.open[-1], event.value, at, plain)
            return
        self.place_value(None if plain and event.value in _NOTHING else event.value, at)

    def key(self, mapping: _Open, key: str, at: tuple[int, int], plain: bool) -> None:
        mapping.key, mapping.key_at, mapping.skipped = key, at, False
        if plain and key == "<<":
            fix = "write the keys out"
            self.fault("M007", *at, "'<<' merges another mapping; merge keys are not allowed", fix)
            mapping.skipped = True
        elif not key:
            self.fault("M010", *at, "a key is empty", "write the key before the colon")
            mapping.skipped = True
        elif key in mapping.lines:
            self.fault(
                "M004",
                *at,
                f"key '{key}' stands twice, in line {mapping.lines[key]} and in line {at[0]}",
                "delete one of the two",
            )
            mapping.skipped = True
        else:
            mapping.lines[key] = at[0]

    def place_value(self, value: Tree, at: tuple[int, int]) -> Path:
        """Put a value where it belongs; its path."""
        if not self.open:
            self.value, self.spots[()] = value, Spot(at, at)
            return ()
        holder = self.open[-1]
        if isinstance(holder.tree, list):
            path: Path = (*holder.path, len(holder.tree))
            holder.tree.append(value)
            self.spots[path] = Spot(at, at)
            return path
        if holder.key is None:  # a mapping, a list or an alias stands where a key should
            self.fault(
                "M010",
                *at,
                "a key is not plain text",
                "write the key as a word; put text that begins with [ or { in quotation marks",
            )
            holder.key, holder.key_at, holder.skipped = "", at, True
            return (*holder.path, "")
        path = (*holder.path, holder.key)
        if not holder.skipped:
            holder.tree[holder.key] = value
            self.spots[path] = Spot(holder.key_at, at)
        holder.key = None
        return path

    def tab(self, line: int, column: int) -> None:
        self.fault("M008", line, column, f"line {line}: tab", "indent with spaces")

    def syntax(self, fault: yaml.MarkedYAMLError, text: str) -> None:
        """Say a fault of syntax in the words of someone who fills in a form."""
        mark = fault.problem_mark or fault.context_mark
        line, column = _at(mark)
        problem = fault.problem or "cannot be read"
        lines = text.split("\n")
        here = lines[line - 1] if line <= len(lines) else ""
        if "\t" in here[: len(here) - len(here.lstrip(" \t"))]:
            self.tab(line, here.index("\t") + 1)
            return
        if "end of stream" not in problem and (opened := _unclosed(lines[:line])):
            fix = 'close it: "…" (within it, write \\" for a quotation mark)'
            self.fault("M010", *opened, "a quotation mark opens here and is not closed", fix)
            return
        for row in told("syntax"):
            if re.search(row["says"], problem):
                began, _ = _at(fault.context_mark or mark)
                message = row["message"].replace("{began}", str(began))
                self.fault("M010", line, column, message, row["fix"])
                return
        about = f" ({fault.context})" if fault.context else ""
        self.fault(
            "M010",
            line,
            column,
            f"not YAML: {problem}{about}",
            "compare indentation, colons and quotation marks with the lines around",
        )


def _unclosed(lines: list[str]) -> tuple[int, int] | None:
    """Where a text in quotation marks begins that runs into the key of a following line."""
    for number, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
        for opened in OPENING.finditer(line):
            sign, rest = opened[1], line[opened.end() :].replace('\\"', "")
            if sign not in rest and KEY.match(after):
                return number, opened.start(1) + 1
    return None


OPENING = re.compile(r"(?:[:,\[{]|^\s*-)\s+([\"'])")
KEY = re.compile(r"\s*(?:- )?[\w-]+:(?:\s|$)")


@cache
def told(table: str) -> list[dict[str, str]]:
    """Rows of `yaml.toml`: what PyYAML or a schema says, in an editor's words, and what to do."""
    tables = files(__package__).joinpath("yaml.toml").read_text("utf-8")
    return tomllib.loads(tables)[table]  # type: ignore[no-any-return]  # lists of texts alone
