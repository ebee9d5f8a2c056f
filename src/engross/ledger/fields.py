"""
Words that stand in fields: `manifest/title`, `yamada/document/place/name`.

A field is a text of one block, so the ledger quotes and corrects it like any other. Names, dates of
files, paths and switches are no words: they are not corrected, they are set.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import ValidationError

from engross.catalog import finding
from engross.ledger.edits import Edit, corrected, place_corrections
from engross.ledger.entries import Entries
from engross.model.finding import Finding, Place
from engross.schema.base import Model
from engross.schema.registers import REGISTERS

M = TypeVar("M", bound=Model)

BLOCK = "p-001"
"""What the one block of a field is called, as that of a note is."""
TABLES: dict[str, list[str]] = tomllib.loads(
    files(__package__).joinpath("fields.toml").read_text("utf-8")
)
"""Fields of `manifest` and of a `document` that readers see, `*` being a place in a list."""
ON_TITLE_PAGE = frozenset({"title", "subtitle", "short-title", "people", "series", "volume"})
"""Fields of the manifest that are looked for on the title page; all others in the imprint."""
LINE = 12
"""Words of the longest field or row of a register that readers are told of whole."""
TITLES = frozenset({"manifest/title", "manifest/subtitle"})
"""What names the edition: a substantive change of it makes a new one."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A file whose fields are corrected."""

    address: str
    """What stands before the field's own name: `manifest`, `yamada/document`."""
    patterns: tuple[str, ...]


OF_MANIFEST = Fields("manifest", tuple(TABLES["manifest"]))


def of_document(identity: str) -> Fields:
    """The fields of a document's record."""
    return Fields(f"{identity}/document", tuple(TABLES["document"]))


def is_field(address: str, fields: Fields) -> bool:
    """
    Whether an address names a field that the ledger may correct, be it filled or not.

    >>> is_field("manifest/people/2/note", OF_MANIFEST), is_field("manifest/version", OF_MANIFEST)
    (True, False)
    """
    own = address.removeprefix(f"{fields.address}/")
    return own != address and any(
        re.fullmatch(pattern.replace("*", r"[1-9]\d*"), own) for pattern in fields.patterns
    )


def is_line(address: str, words: str) -> bool:
    """Whether a field or a row of a register is short enough to be quoted whole."""
    return "/" in address and "/note/" not in address and len(words.split()) <= LINE


def shown_in(address: str) -> str:
    """
    The section that shows a field or a row of a register; another address is its own.

    >>> shown_in("manifest/subtitle"), shown_in("manifest/rights/terms")
    ('title-page', 'imprint')
    """
    section, _, field = address.partition("/")
    if section == "manifest":
        return "title-page" if field.partition("/")[0] in ON_TITLE_PAGE else "imprint"
    return section if section in REGISTERS or field.startswith("document/") else address


def is_group(address: str, fields: Fields) -> bool:
    """
    Whether an address names what fields are part of, which an entry without words may record.

    >>> is_group("manifest/people", OF_MANIFEST), is_group("manifest/people/2", OF_MANIFEST)
    (True, True)
    """
    own = address.removeprefix(f"{fields.address}/").split("/")
    groups = {tuple(pattern.split("/")[: len(own)]) for pattern in fields.patterns}
    named = tuple("*" if step.isdigit() else step for step in own)
    return address == fields.address or (address.startswith(fields.address) and named in groups)


def field_texts(model: Model, fields: Fields) -> dict[str, str]:
    """Each field that says something, by address, in the order of the schema."""
    found = {
        f"{fields.address}/{'/'.join(path)}": text
        for path, text in strings(model.model_dump(mode="json", by_alias=True))
    }
    return {name: text for name, text in found.items() if is_field(name, fields)}


def correct_fields(
    model: M, fields: Fields, corrections: Entries
) -> tuple[M, tuple[Edit, ...], tuple[Finding, ...]]:
    """
    Apply the ledger's entries to the fields of one file.

    Returns:
        The file as corrected, or as it was where a correction cannot be; the edits, in the order of
        the fields, with the words that readers are told; and what was wrong.
    """
    corrections = corrections.under(fields.address.partition("/")[0])
    named = {entry.at.address for entry, _ in corrections}
    if not any(is_field(address, fields) for address in named):
        return model, (), ()
    edits: list[Edit] = []
    findings: list[Finding] = []
    values: dict[str, str] = {}
    spots = {correction.id: place for correction, place in corrections}
    for address, text in field_texts(model, fields).items():
        placed = place_corrections(address, {BLOCK: text}, corrections)
        unfit = [found for edit in placed.edits for found in _unfit(edit, spots)]
        findings += [*placed.findings, *unfit]
        if placed.edits and not (placed.findings or unfit):
            for edit in placed.edits:
                new = corrected({BLOCK: text}, [edit])[BLOCK]
                edits.append(replace(edit, old=text, new=new) if is_line(address, text) else edit)
            values[address] = corrected({BLOCK: text}, placed.edits)[BLOCK]
    findings += _empty(model, fields, corrections)
    if not values:
        return model, (), tuple(findings)
    rows = model.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for address, text in values.items():
        put(rows, steps_of(address.removeprefix(f"{fields.address}/").split("/")), text)
    try:
        return type(model).model_validate(rows), tuple(edits), tuple(findings)
    except ValidationError as invalid:
        findings += [
            _invalid(row, edits, spots) for row in invalid.errors(include_url=False) if edits
        ]
        return model, (), tuple(findings)


def strings(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text in a tree of mappings and lists, with the steps that lead to it."""
    rows: Iterator[tuple[str, Any]]
    if isinstance(value, Mapping):
        rows = ((str(key).replace("_", "-"), part) for key, part in value.items())
    elif isinstance(value, list):
        rows = ((str(number), part) for number, part in enumerate(value, 1))
    else:
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            yield path, str(value)
        return
    for key, part in rows:
        yield from strings(part, (*path, key))


def steps_of(path: Sequence[str]) -> tuple[str | int, ...]:
    """
    The keys and places of a file by the steps of an address.

    >>> steps_of(["people", "2", "file-as"])
    ('people', 1, 'file_as')
    """
    return tuple(int(step) - 1 if step.isdigit() else step.replace("-", "_") for step in path)


def put(rows: Any, path: Sequence[str | int], text: str) -> None:
    """Write a field into a tree of mappings and lists."""
    *above, last = path
    for step in above:
        rows = rows[step]
    rows[last] = text


def _unfit(edit: Edit, spots: Mapping[str, Place]) -> Iterator[Finding]:
    entry = edit.correction
    if entry.kind != "apparatus" or entry.show != "corr" or entry.join:
        yield finding(
            "L025",
            spots[entry.id],
            f"{entry.id}: a field of a file has no note and no paragraphs, so it takes the new "
            "words alone",
        )


def _empty(model: Model, fields: Fields, corrections: Entries) -> Iterator[Finding]:
    """Entries that quote words of a field that says nothing."""
    there = field_texts(model, fields)
    for entry, place in corrections:
        address = entry.at.address
        if is_field(address, fields) and address not in there:
            message = f'{entry.id}: "{entry.at.exact}" is not in {address}, which says nothing'
            fix = "quote words of a field that is filled; to fill one, enter it with kind structure"
            yield finding("L001", place, message, fix)


def _invalid(row: Any, edits: Sequence[Edit], spots: Mapping[str, Place]) -> Finding:
    steps = [str(step + 1) if isinstance(step, int) else step for step in row["loc"]]
    own = "/".join(steps).replace("_", "-")
    edit = next((one for one in edits if one.correction.at.address.endswith(f"/{own}")), edits[0])
    name = edit.correction.id
    return finding(
        "L026",
        spots[name],
        f'{name}: {edit.correction.at.address} cannot read "{edit.new}": {row["msg"]}',
    )
