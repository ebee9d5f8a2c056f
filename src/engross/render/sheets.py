"""
The sheets of a house style: found, overridden by the book's, and with their tokens resolved.

A house is a folder of sheets. `tokens.css` holds custom properties of `:root` and nothing else;
a block under `@media` holds what one medium has of its own. The other sheets use them as
`var(--name)`. Every house stands on the default one and says only what it has otherwise. A book
overrides token by token (its `tokens.css`) and sheet by sheet (a sheet of the same name). A volume,
which has more than one document or a TEI file, has `volume.css` besides, so that what volumes alone
need leaves every other edition's bytes as they are. What a house only adds stands in its
`house.css`, behind the sheets of every medium but the cover; a book's `book.css` is added behind
all others.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import tinycss2  # type: ignore[import-untyped]  # has no types

from engross.catalog import finding, stop
from engross.catalog.nearest import did_you_mean
from engross.model.finding import Finding, Place
from engross.read.css import judge_sheet

DEFAULT_HOUSE = "documentary"
TOKENS = "tokens.css"
VOLUME_SHEET = "volume.css"
HOUSE_SHEET = "house.css"
BOOK_SHEET = "book.css"

SheetMedium = Literal["print", "screen", "epub", "web", "cover", "wrap"]
SHEETS: Mapping[SheetMedium, tuple[str, ...]] = {
    "print": ("shared.css", "print.css"),
    "screen": ("shared.css", "print.css", "screen.css"),
    "epub": ("shared.css", "epub.css"),
    "web": ("shared.css", "web.css"),
    "cover": ("cover.css",),
    "wrap": ("cover.css", "wrap.css"),
}
"""Which sheets a medium reads, in order, behind the tokens."""

VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
NAMES = frozenset({TOKENS, VOLUME_SHEET, HOUSE_SHEET, BOOK_SHEET}.union(*SHEETS.values()))
"""Every sheet that a house or a book may bring."""
LONG = 100_000
"""Characters that the values of a line, or of a token, may come to."""


def styles(
    house: str,
    medium: SheetMedium,
    book_sheets: Mapping[str, str] | None = None,
    *,
    volume: bool = False,
) -> str:
    """
    Give one sheet for a medium: tokens resolved to values, so that no reader needs `var()`.

    For pages and the web the tokens stand in front once more, as properties of `:root`, where
    the join and a browser can look them up.

    Args:
        house: the manifest's `style`.
        medium: what the sheet is for.
        book_sheets: the book's own sheets by name below `styles/`: `tokens.css`, or
            `HOUSE/tokens.css` for a house of its own.
        volume: whether the edition is a volume.

    Raises:
        EngrossError: no such house, an unknown token, or a sheet that cannot be read.
    """
    return _styles(house, medium, tuple(sorted((book_sheets or {}).items())), volume)


@lru_cache(64)
def _styles(
    house: str, medium: SheetMedium, sheets: tuple[tuple[str, str], ...], volume: bool
) -> str:
    """The same; every build asks for the same sheets several times, and a batch for each book."""
    findings: list[Finding] = []
    book_sheets = dict(sheets)
    own = _own(house, book_sheets)
    if not shipped(house) and not any(name.startswith(f"{house}/") for name in book_sheets):
        raise stop([_no_house(house)])
    stack = (DEFAULT_HOUSE, house)
    base = {name: text for layer in stack for name, text in shipped(layer).items()}
    layers = [(f"styles/{name}/{TOKENS}", shipped(name)) for name in dict.fromkeys(stack)]
    general, special = _layered(layers, medium, findings)
    book_general, book_special = _layered([(f"styles/{TOKENS}", own)], medium, findings)
    known = general | special
    strange = [name for name in book_general | book_special if name not in known]
    findings += [_unknown(name, known, f"styles/{TOKENS}") for name in strange]
    # What a medium has of its own stands until it is changed for that medium.
    tokens = general | book_general | special | book_special
    names = [*SHEETS[medium]]
    inside = medium not in {"cover", "wrap"}
    names += [VOLUME_SHEET] if volume and inside else []
    names += [HOUSE_SHEET] if inside else []
    names += [BOOK_SHEET] if BOOK_SHEET in own else []
    parts = [_resolve(own.get(name, base.get(name, "")), tokens, name, findings) for name in names]
    for name, part in zip(names, parts, strict=True) if own else ():
        # Once more with the values in it: `u` and a token may come to `url`.
        findings += judge_sheet(f"styles/{name}", part)
    if medium not in {"epub", "web"}:
        # The engine names a line of the whole; this tells whose line it is.
        parts = [
            f"/* sheet styles/{name} */\n{part}" if name in own else part
            for name, part in zip(names, parts, strict=True)
        ]
    if findings:
        raise stop(findings)
    if medium in {"print", "screen", "web"}:
        resolved = {name: _value(value, tokens) for name, value in tokens.items()}
        parts.insert(0, ":root {" + "".join(f" {n}: {v};" for n, v in resolved.items()) + " }\n")
    return "\n".join(part.strip() for part in parts if part.strip()) + "\n"


@cache
def shipped(house: str) -> Mapping[str, str]:
    """The sheets of a house that comes with the program; empty where there is none."""
    folder = _houses().joinpath(house)
    if not re.fullmatch(r"[a-z][a-z0-9-]*", house) or not folder.is_dir():
        return {}
    return {
        entry.name: entry.read_text("utf-8")
        for entry in sorted(folder.iterdir(), key=lambda item: item.name)
        if entry.name.endswith(".css")
    }


def houses() -> tuple[str, ...]:
    """The names of the shipped houses."""
    return tuple(sorted(entry.name for entry in _houses().iterdir() if entry.is_dir()))


def _houses() -> Traversable:
    """`engross/styles` of a wheel, or `styles/` at the top of an editable checkout."""
    inside = files("engross").joinpath("styles")
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "styles"


def _own(house: str, sheets: Mapping[str, str]) -> dict[str, str]:
    """A book's sheets by their bare names; those of its own house count before general ones."""
    general = {name: text for name, text in sheets.items() if "/" not in name}
    prefix = f"{house}/"
    return general | {
        name.removeprefix(prefix): text for name, text in sheets.items() if name.startswith(prefix)
    }


def _layered(
    layers: Iterable[tuple[str, Mapping[str, str]]], medium: str, findings: list[Finding]
) -> tuple[dict[str, str], dict[str, str]]:
    """The tokens of several sheets, later ones over earlier: of all media, and of this one."""
    general: dict[str, str] = {}
    special: dict[str, str] = {}
    for path, sheets in layers:
        _read_tokens(sheets.get(TOKENS, ""), path, medium, general, special, findings)
    return general, special


def _read_tokens(
    css: str,
    path: str,
    medium: str,
    general: dict[str, str],
    special: dict[str, str],
    findings: list[Finding],
) -> None:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            general |= _properties(rule.content, path, findings)
        elif rule.type == "at-rule" and rule.at_keyword == "media":
            named = {part.strip() for part in tinycss2.serialize(rule.prelude).split(",")}
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if medium in named:
                for block in inner:
                    special |= _properties(block.content, path, findings)
        else:
            message = getattr(rule, "message", "only :root and @media may stand here")
            message = f"the sheet of tokens cannot be read: {message}"
            fix = (
                "write :root { --name: value; }, or the same inside @media print, screen, "
                "epub, web or cover"
            )
            findings.append(
                finding("S011", Place(path, rule.source_line, rule.source_column), message, fix)
            )


def _properties(content: list[object], path: str, findings: list[Finding]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration" and item.name.startswith("--"):
            found[item.name] = tinycss2.serialize(item.value).strip()
        else:
            message = "the sheet of tokens holds something that is no token"
            fix = "put rules into book.css; tokens.css has only names that begin with --"
            findings.append(
                finding("S011", Place(path, item.source_line, item.source_column), message, fix)
            )
    return found


def _resolve(css: str, tokens: Mapping[str, str], name: str, findings: list[Finding]) -> str:
    lines = css.split("\n")
    for number, line in enumerate(lines, 1):
        findings += [
            _unknown(match[1], tokens, f"styles/{name}", number)
            for match in VARIABLE.finditer(line)
            if match[1] not in tokens
        ]
        lines[number - 1] = _value(line, tokens)
    if sum(map(len, lines)) > len(css) + 100 * LONG:
        raise stop([_too_long(f"styles/{name}")])
    return "\n".join(lines)


def _value(text: str, tokens: Mapping[str, str]) -> str:
    """Replace variables by values, which may name others, at most ten deep."""
    limit = len(text) + LONG
    for _ in range(10):
        grown = sum(len(tokens.get(match[1], "")) for match in VARIABLE.finditer(text))
        if len(text) + grown > limit:
            raise stop([_too_long(f"styles/{TOKENS}")])
        text, count = VARIABLE.subn(lambda match: tokens.get(match[1], match[0]), text)
        if not count:
            break
    return text


def _too_long(path: str) -> Finding:
    message = f"the tokens that stand here come to more than {LONG:,} characters"
    return finding("X019", Place(path), message, "let no token name others again and again")


def _unknown(name: str, tokens: Mapping[str, str], path: str, line: int = 0) -> Finding:
    return finding(
        "S010", Place(path, line), f"there is no token '{name}'{did_you_mean(name, tokens)}"
    )


def _no_house(house: str) -> Finding:
    message = f"there is no house style '{house}'"
    fix = f"use {' or '.join(houses())}, or add a folder styles/{house} with a tokens.css"
    return finding("S012", Place("manifest.yaml"), message, fix)
