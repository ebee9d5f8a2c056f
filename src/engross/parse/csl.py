"""What CSL brings into a book: styles, and works as reference managers export them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engross.catalog import finding
from engross.model.address import slug_of
from engross.model.finding import Finding, Place
from engross.model.forms import Style
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.parse.yaml import Spot
from engross.read.xml import parse_xml
from engross.schema.base import ID
from engross.schema.registers import SourceItem, Sources

MARKUP = re.compile(r"</?(i|b|sc|sub|sup|span)\b[^<>]*>")
"""That of CSL within titles; italics are written as Markdown has them."""
LEFT_OUT = frozenset({"abstract", "source", "citation-key", "id"})
"""Variables of an export that say nothing of the work, and the id, which comes first."""
DATES = ("issued", "accessed", "event-date", "original-date", "submitted")
WORKS = "sources.json"
"""A library of CSL-JSON that a book has beside `sources.yaml` or in its place."""
NAMESPACE = "{http://purl.org/net/xbiblio/csl}"


def style_of(name: str, content: bytes) -> Style | str:
    """A complete style from its file, or what is wrong with it, as the end of a sentence."""
    from lxml import etree

    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError as error:
        return f"cannot be read: {error.msg}"
    if root.tag != f"{NAMESPACE}style":
        return "is no CSL style"
    if root.find(f"{NAMESPACE}citation") is None:
        links = root.iter(f"{NAMESPACE}link")
        parent = next((one.get("href", "") for one in links if "parent" in one.get("rel", "")), "")
        name = parent.rpartition("/")[2] or "another style"
        return f"says nothing itself: it stands for {name}, which has to be in the book instead"
    return Style(name, content, root.get("class") == "note")


def read_works(file: SourceFile, own: Parsed[Any] | None) -> Parsed[Sources] | tuple[Finding, ...]:
    """The sources of a book: those of `sources.yaml`, then those of a library."""
    works = works_of(file)
    if isinstance(works, Finding):
        return (works,)
    own = own or Parsed(Sources(), file.path)
    items = list(own.value.sources)
    parts: dict[tuple[str | int, ...], Parsed[Any]] = {}
    findings: list[Finding] = []
    for line, row in works:
        place = Place(file.path, line, 1)
        text = json.dumps(row, ensure_ascii=False)
        read = load(SourceItem, SourceFile.of(file.path, text.encode()))
        if not isinstance(read, Parsed):
            findings += [replace(found, place=place) for found in read]
            continue
        spot = Spot((line, 1), (line, 1))
        parts["sources", len(items)] = replace(read, spots={(): spot}, findings=())
        items.append(read.value)
    if findings:
        return tuple(findings)
    return replace(own, value=Sources(sources=tuple(items)), parts=parts)


def works_of(file: SourceFile) -> list[tuple[int, dict[str, Any]]] | Finding:
    """Each work of a file of CSL-JSON with its line, as `sources.yaml` has it."""
    try:
        text = file.content.decode("utf-8-sig")
        items = json.loads(text)
        if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
            raise ValueError("it is no list of works")
    except (ValueError, RecursionError) as error:
        fix = "export the library as CSL JSON, or as BibLaTeX in a .bib file"
        return finding("T015", Place(file.path), f"cannot be read: {error}", fix)
    return [(line, _row(item)) for line, item in zip(_lines(text, len(items)), items, strict=True)]


def _lines(text: str, count: int) -> Iterator[int]:
    """The line in which each of so many works of a list begins."""
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    for _ in range(count):
        at = text.index("{", at)
        yield text.count("\n", 0, at) + 1
        _, at = decoder.raw_decode(text, at)


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    """A work as `sources.yaml` has it; the short title of CSL is no siglum, and keeps its name."""
    identity = str(item.get("citation-key") or item.get("id", ""))
    if not re.fullmatch(ID, identity):
        identity = slug_of(identity)
    row: dict[str, Any] = {"id": identity}
    for key, value in item.items():
        name = {"title-short": "shortTitle"}.get(key, key.replace("_", "-"))
        if key in LEFT_OUT or value in ("", None, [], {}):
            continue
        if isinstance(value, dict) and key not in DATES:
            continue  # what a program keeps for itself
        if isinstance(value, list):
            value = [_name(one) if isinstance(one, dict) else one for one in value]
        elif isinstance(value, dict):
            value = _date(value)
        if isinstance(value, str):
            value = MARKUP.sub(lambda at: "*" if at[1] == "i" else "", value)
        row[name] = value
    return row


def _name(name: Mapping[str, Any]) -> dict[str, str]:
    """A person; particles stand with the name that they are said with."""
    parts = {key: str(value) for key, value in name.items()}
    family = f"{parts.get('non-dropping-particle', '')} {parts.get('family', '')}".strip()
    given = f"{parts.get('given', '')} {parts.get('dropping-particle', '')}".strip()
    row = {"family": family, "given": given, "suffix": parts.get("suffix", "")}
    row["literal"] = parts.get("literal", "")
    return {key: value for key, value in row.items() if value}


def _date(date: Mapping[str, Any]) -> dict[str, Any]:
    if "date-parts" in date:
        return {"date-parts": date["date-parts"]}
    return {"raw": str(date.get("raw") or date.get("literal") or "")}
