"""Writing the ledger and the manifest: comments, order and quoting of a file stay as they are."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engross.disk import fs
from engross.disk.refused import written
from engross.schema.ledger import Correction

PATH = "corrections.yaml"
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


def edited(text: str, change: Callable[[Any], None]) -> str:
    """The text of a YAML file after `change` has had its way with the tree."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = yaml.load(text)
    change(tree)
    target = io.StringIO()
    yaml.dump(tree, target)
    return target.getvalue()


def with_entry(text: str, correction: Correction) -> str:
    """The ledger with one more entry at its end."""

    def change(tree: Any) -> None:
        from ruamel.yaml.comments import CommentedSeq

        rows = tree.get("corrections")
        if not rows:
            rows = tree["corrections"] = CommentedSeq()
            rows.fa.set_block_style()
        row = _entry(correction)
        rows.append(row)
        if len(rows) > 1:
            rows.yaml_set_comment_before_after_key(len(rows) - 1, before="\n")

    return edited(text, change)


def with_values(text: str, identity: str, values: Mapping[str, Any]) -> str:
    """The ledger with some values of one entry replaced or added."""

    def change(tree: Any) -> None:
        for row in tree["corrections"]:
            if row["id"] == identity:
                for key, value in values.items():
                    row[key] = _value(value)

    return edited(text, change)


def with_fields(text: str, fields: Mapping[str, str]) -> str:
    """
    A YAML file with other values of some fields, which are named with dots: `rights.status`.

    Raises:
        ValueError: a field lies within one that is no mapping.
    """

    def change(tree: Any) -> None:
        from ruamel.yaml.comments import CommentedMap

        for name, value in fields.items():
            *around, last = name.split(".")
            node = tree
            for key in around:
                if not isinstance(node.get(key), CommentedMap):
                    if node.get(key):
                        raise ValueError(f"'{key}' is no mapping")
                    node[key] = CommentedMap()
                node = node[key]
            node[last] = _value(value)

    return edited(text, change)


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
