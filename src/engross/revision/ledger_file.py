"""Writing the ledger and the manifest: comments, order and quoting of a file stay as they are."""

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engross.disk import fs
from engross.disk.refused import written
from engross.parse.ledger import HEAD
from engross.schema.ledger import Correction

PATH = HEAD
Files = Mapping[str, str]
"""The text of a ledger's files by path: its head, and entries that stand apart."""
AT = ("address", "block", "prefix", "exact", "suffix", "block_sha256")
"""The keys of a place, in the order in which one reads them."""
NEW = """\
# The ledger: every change to the frozen text, recorded once and never deleted.
# `engross correct` writes new entries; after a release, withdraw an entry instead of removing it.

ledger: "1"
edition: {edition}
base:
{base}

corrections: []
"""


def new_ledger(edition: str, base: Mapping[str, str]) -> str:
    """A ledger without entries; `base` has the digest of each received file."""
    rows = "\n".join(f"  {name}: {digest}" for name, digest in base.items())
    return NEW.format(edition=edition, base=rows)


def edited(text: str, change: Callable[[Any], object]) -> str:
    """The text of a YAML file after `change` has had its way with the tree."""
    tree = _yaml().load(text)
    change(tree)
    return _text(tree)


def touched(text: str, change: Callable[[Any], object]) -> str:
    """The same, but the text as it was written where the tree stays as it is."""
    made = edited(text, change)
    return text if made == edited(text, lambda _: None) else made


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _text(tree: Any) -> str:
    target = io.StringIO()
    _yaml().dump(tree, target)
    return target.getvalue()


def stand_apart(files: Files) -> bool:
    """Whether each entry has a file of its own: there are such, or the head has no list."""
    return len(files) > 1 or not re.search(r"^corrections:", files[PATH], re.MULTILINE)


def named(entry: Correction, known: Iterable[Correction], files: Files) -> Correction:
    """
    An entry with its id: the number after the highest one.

    Apart, it is named from what it says, so that two editors never take the same number; its
    release gives it one.
    """
    if not stand_apart(files):
        number = max((row.number or 0 for row in known), default=0) + 1
        return entry.model_copy(update={"id": f"C-{number:04d}"})
    said = entry.model_dump_json(exclude={"id"}).encode()
    return entry.model_copy(update={"id": f"C-new-{hashlib.sha256(said).hexdigest()[:8]}"})


def file_with(files: Files, identity: str) -> str:
    """The path of the file in which an entry stands."""
    stands = re.compile(rf"""^\W*id:\s*["']?{identity}\b""", re.MULTILINE)
    return next(
        (path for path, text in files.items() if path != PATH and stands.search(text)), PATH
    )


def split(files: Files) -> dict[str, str]:
    """The same ledger with each entry in a file of its own."""
    rows: list[Any] = []
    head = edited(files[PATH], lambda tree: rows.extend(tree.pop("corrections", None) or ()))
    entries = {f"corrections/{row['id']}.yaml": f"{_text(row).rstrip()}\n" for row in rows}
    return {**files, PATH: head, **entries}


def joined(files: Files) -> dict[str, str]:
    """The same ledger in one file."""

    def change(tree: Any) -> None:
        rows = _rows(tree)
        for path in sorted(files.keys() - {PATH}):
            _append(rows, _yaml().load(files[path]))

    return {PATH: edited(files[PATH], change)}


def with_entry(files: Files, correction: Correction) -> dict[str, str]:
    """The ledger with one more entry: at its end, or in a file of its own."""
    row = _entry(correction)
    if stand_apart(files):
        return {**files, f"corrections/{correction.id}.yaml": _text(row)}
    return {**files, PATH: edited(files[PATH], lambda tree: _append(_rows(tree), row))}


def with_values(files: Files, identity: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The ledger with some values of one entry replaced or added."""

    def change(tree: Any) -> None:
        for row in tree.get("corrections", ()) if path == PATH else [tree]:
            if row["id"] == identity:
                for key, value in values.items():
                    row[key] = _value(value)

    path = file_with(files, identity)
    return {**files, path: edited(files[path], change)}


def _rows(tree: Any) -> Any:
    from ruamel.yaml.comments import CommentedSeq

    if not tree.get("corrections"):
        tree["corrections"] = CommentedSeq()
        tree["corrections"].fa.set_block_style()
    return tree["corrections"]


def _append(rows: Any, row: Any) -> None:
    rows.append(row)
    if len(rows) > 1:
        rows.yaml_set_comment_before_after_key(len(rows) - 1, before="\n")


def with_fields(text: str, fields: Mapping[str, Any]) -> str:
    """
    A YAML file with other values of some fields, which are named with dots: `rights.status`.

    Numbers in a name count the items of a list from 1: `people.2.name`, `subjects.1`.

    Raises:
        ValueError: a field lies within one that holds none, or leaves out items of a list.
    """

    def change(tree: Any) -> None:
        for name, value in fields.items():
            *around, last = name.split(".")
            node = tree
            for key, inner in zip(around, name.split(".")[1:], strict=True):
                node = _part(node, key, inner)
            node[_key(node, last)] = _value(value)

    return edited(text, change)


def _part(node: Any, key: str, inner: str) -> Any:
    """The mapping or list at a key, made where there is none; `inner` is looked for in it."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    at = _key(node, key)
    kind = CommentedSeq if inner.isdecimal() else CommentedMap
    if not node[at]:
        node[at] = kind()
    if not isinstance(node[at], kind):
        raise ValueError(f"'{key}' has no '{inner}'")
    return node[at]


def _key(node: Any, name: str) -> str | int:
    """The key or the index of a part, which is there then, if empty."""
    if not isinstance(node, list):
        node.setdefault(name, None)
        return name
    if not 1 <= int(name) <= len(node) + 1:
        raise ValueError(f"the list has {len(node)} items, and '{name}' is not the next one")
    if int(name) > len(node):
        node.append(None)
    return int(name) - 1


def with_rows(text: str, key: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """A YAML file with more rows at the end of one of its lists."""

    def change(tree: Any) -> None:
        from ruamel.yaml.comments import CommentedSeq

        if not tree.get(key):
            tree[key] = CommentedSeq()
        tree[key].extend(_value(row) for row in rows)

    return edited(text, change)


def replace_file(folder: Path, path: str, content: str, temporary: str) -> None:
    """
    Put new content in the place of a file in one step; the old file stays if anything fails.

    Raises:
        EngrossError: the system refuses it (E010).
    """
    with written(path):
        fs.make_folders((folder / path).parent, folder)
        fs.replace_file(folder / path, content.encode(), folder / temporary)


def flow_row(row: Mapping[str, str]) -> Any:
    """A short mapping, to be written in one line."""
    from ruamel.yaml.comments import CommentedMap

    made = CommentedMap((key, quoted(value)) for key, value in row.items())
    made.fa.set_flow_style()
    return made


def quoted(text: str) -> Any:
    """A text that YAML would else read as a number or a day."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    return DoubleQuotedScalarString(text)


def _entry(correction: Correction) -> Any:
    """What the entry says, in the order of the schema, without what nobody said."""
    row = correction.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    at = row.pop("at")
    result = {}
    for key, value in row.items():
        result[key] = value
        if key == "class":
            result["at"] = {name: at[name] for name in AT if name in at}
    if correction.read is not None:
        result["read"] = correction.read
    return _value(result)


def _value(value: Any) -> Any:
    """Plain values as ruamel.yaml writes them: short mappings in a line, doubtful texts quoted."""
    from ruamel.yaml.comments import CommentedMap

    if isinstance(value, Mapping):
        row = CommentedMap((key, _value(part)) for key, part in value.items())
        if set(value) == {"by", "on"}:
            row.fa.set_flow_style()
        return row
    if isinstance(value, list):
        return [_value(part) for part in value]
    text = str(value)
    doubtful = not text or text != text.strip() or not text[0].isalpha()
    return quoted(text) if doubtful else text
