"""
Write the parts of the manual that the program knows best: schemas, findings, files, commands.

`python .ci/docs/generate.py` writes them; a test holds that what is written is what would be.
"""

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import typer.main

from engross.catalog import Entry, codes
from engross.cli.app import app
from engross.commands.answers import answer_schemas
from engross.schema.base import Model
from engross.schema.published import FILES, NAMES, json_schema, json_schemas

ROOT = Path(__file__).parent.parent.parent
HEAD = "<!-- Written by .ci/docs/generate.py from the program; do not edit. -->\n\n"

FAMILIES = {
    "C": "Usage",
    "M": "YAML files",
    "T": "Transcript, evidence, Markdown",
    "N": "Notes and anchors",
    "R": "Registers, references, citations",
    "S": "Templates and style sheets",
    "I": "TEI",
    "L": "The ledger",
    "V": "Versions and releases",
    "F": "Files refused or missing",
    "G": "Fonts and glyphs",
    "E": "The machine",
    "K": "The lock",
    "X": "Limits",
    "P": "Proof",
    "Q": "Quality of an EPUB or a web page",
    "W": "Preflight of a printed file",
}
"""In the order of the stages that find them: input first, finished files last."""

EXIT = (
    ("0", "done"),
    ("1", "`--strict`, or a check of quality, found problems"),
    ("2", "the command was not understood"),
    ("3", "bad input: manifest, text, notes, registers"),
    ("4", "the ledger or the version"),
    ("5", "a file is missing or was refused"),
    ("6", "the machine: disk, permission, library, font"),
    ("7", "another build holds the lock"),
    ("8", "a limit was exceeded"),
    ("9", "a proof failed"),
    ("70", "a bug of the program; a report file lies beside"),
    ("130, 143", "interrupted"),
)

PLACES = {
    "document": "documents/ID/document.yaml",
    "notes": "documents/ID/notes.yaml",
    "profile": "profiles/NAME.yaml",
}

FINDINGS = """# Findings

Every fault that engross tells has a code, which is never given to another fault. A finding names
file, line and column, says what is wrong in your own words, and how to fix it:

```
book/documents/yamada/notes.yaml:14:11: error N001 note 'kurile' quotes 'Kunashir', which is not…
    fix: copy the words from transcript.md, spelling and quotation marks included
```

`engross explain CODE` prints its entry. Errors block publishing, warnings only with
`--strict`. Where several codes meet, the earliest stage decides the exit status, then the lowest
number. The stages are read, parse, assemble, render, make, check, publish.
"""

COMMANDS = """# Commands

`check` judges your files, `verify` checks published editions, `doctor` checks this machine. `BOOK`
is a folder with `manifest.yaml`, or that file; without one, `book/` is taken, else the current
folder. `init` is `new`, `render` is `build`, `serve` is `preview`.

Progress and messages go to standard error; with `--json` one JSON object goes to standard output
(`batch`: a line a book), in the form of a schema: {schemas}. `NO_COLOR`, `--plain` and streams
that are no terminal are honoured.
"""

MANIFEST = """# The manifest

`manifest.yaml` says what the edition is, who had a part in it, whether it may be given away, what
it holds, and what is to be made of it. It is strict YAML: every value is text until its field
says otherwise, no key stands twice, and there are no aliases and no tags.

The first line of the file names the [schema](json/manifest.json), with which editors such as VS
Code complete and check while you type:

```yaml
# yaml-language-server: $schema=.schema/manifest.json
```

A bold name has to be there."""

OTHER_FILES = """# The other files

A register is read when it is there, and printed where the manifest's `sections` name it. Each
file's first line may name its schema. The texts (transcript, introduction) are described in
[How texts are written](texts.md)."""


def pages() -> dict[str, str]:
    """Every generated file, by its path below docs/."""
    found = {f"json/{name}.json": text for name, text in json_schemas().items()}
    found |= {f"json/commands/{name}.json": text for name, text in answer_schemas().items()}
    found["findings.md"] = HEAD + "\n".join(findings()) + "\n"
    for letter, title in FAMILIES.items():
        found[f"findings/{letter.lower()}.md"] = HEAD + "\n".join(family(letter, title)) + "\n"
    found["commands.md"] = HEAD + "\n".join(commands()) + "\n"
    found["manifest.md"] = HEAD + "\n".join(manifest()) + "\n"
    found["files.md"] = HEAD + "\n".join(files()) + "\n"
    beside = runpy.run_path(str(ROOT / ".ci/docs/printers.py"))
    found["printers.md"] = HEAD + beside["printers"]()
    return found


def findings() -> Iterator[str]:
    """The page that leads to those of the families."""
    entries = codes()
    strange = {code[0] for code in entries} - FAMILIES.keys()
    if strange:
        raise SystemExit(f"families without a title: {sorted(strange)}")
    yield FINDINGS
    yield "| codes | concern | how many |"
    yield "|---|---|---|"
    for letter, title in FAMILIES.items():
        count = sum(code.startswith(letter) for code in entries)
        yield f"| {letter} | [{title}](findings/{letter.lower()}.md) | {count} |"
    yield ""
    yield "| exit status | meaning |"
    yield "|---|---|"
    yield from (f"| {number} | {words} |" for number, words in EXIT)


def family(letter: str, title: str) -> Iterator[str]:
    """The page of the codes that begin with a letter."""
    yield f"# {letter}: {title}"
    for code, row in codes().items():
        if code.startswith(letter):
            yield from _entry(row)


def _entry(row: Entry) -> Iterator[str]:
    yield ""
    yield f"## {row.code}: {row.title}"
    yield ""
    yield f"*{row.severity}; stage {row.stage}; exit status {row.exit_status}*"
    yield ""
    yield _escaped(" ".join(row.meaning.split()))
    yield ""
    yield "```"
    yield row.example
    yield "```"
    yield ""
    yield f"**Fix.** {_escaped(' '.join(row.fix.split()))}"


def commands() -> Iterator[str]:
    group = typer.main.get_command(app)
    links = [f"[{name}](json/commands/{name}.json)" for name in answer_schemas()]
    yield COMMANDS.format(schemas=", ".join(links)).rstrip()
    for name, command in sorted(group.commands.items()):
        yield ""
        yield f"## engross {name}"
        yield ""
        yield _escaped(command.help or "")
        yield ""
        yield "| | |"
        yield "|---|---|"
        for parameter in command.params:
            yield _parameter(parameter)
        if command.epilog:
            yield ""
            words = command.epilog.removeprefix("Examples: ").removeprefix("Example: ")
            yield "```console"
            yield from (f"$ {line.strip()}" for line in words.split(" · "))
            yield "```"
    yield ""
    yield "## Exit statuses"
    yield ""
    yield "| status | meaning |"
    yield "|---|---|"
    yield from (f"| {number} | {words} |" for number, words in EXIT)


def _parameter(parameter: typer.core.TyperOption) -> str:
    if parameter.param_type_name == "argument":
        name = (parameter.metavar or parameter.name or "").upper()
        words = f"`{name}`"
    else:
        words = ", ".join(f"`{option}`" for option in [*parameter.opts, *parameter.secondary_opts])
    return f"| {words} | {_cell(getattr(parameter, 'help', '') or '')} |"


def manifest() -> Iterator[str]:
    yield MANIFEST
    yield from _tables(FILES["manifest"])


def files() -> Iterator[str]:
    yield OTHER_FILES
    for name, model in FILES.items():
        if name == "manifest":
            continue
        place = PLACES.get(name, f"{NAMES.get(name, name)}.yaml")
        yield ""
        yield f"## {place}"
        yield ""
        about = " ".join((sys.modules[model.__module__].__doc__ or "").split())
        if model.__module__.endswith("registers"):
            about = " ".join((model.__doc__ or "").split())
        yield f"{_escaped(about)} [Schema](json/{name}.json)."
        yield from _tables(model, "###")


def _tables(model: type[Model], mark: str = "##") -> Iterator[str]:
    schema = json_schema(model)
    parts = {"": schema, **schema.get("$defs", {})}
    for name, part in parts.items():
        if "properties" not in part:
            continue
        if name:
            yield ""
            yield f"{mark} {name}"
            if part.get("description"):
                yield ""
                yield _escaped(" ".join(part["description"].split()))
        yield ""
        yield "| field | value | meaning |"
        yield "|---|---|---|"
        required = set(part.get("required", ()))
        for field, row in part["properties"].items():
            shown = f"**`{field}`**" if field in required else f"`{field}`"
            words = " ".join(row.get("description", "").split())
            if (
                "default" in row
                and row["default"] not in (None, "", [], {})
                and not isinstance(row["default"], list | dict)
            ):
                words = f"{words} Default: `{row['default']}`.".strip()
            yield f"| {shown} | {_type(row)} | {_cell(words)} |"


def _type(row: dict[str, object]) -> str:
    if "$ref" in row:
        return str(row["$ref"]).rpartition("/")[2]
    if "enum" in row:
        return ", ".join(f"`{value}`" for value in row["enum"])
    if "const" in row:
        return f"`{row['const']}`"
    if "anyOf" in row:
        kinds = [_type(part) for part in row["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if row.get("type") == "array":
        return f"list of {_type(row.get('items', {}))}"
    if row.get("type") == "object":
        return "mapping"
    return {"string": "text", "integer": "number", "boolean": "true, false"}.get(
        str(row.get("type")), "any"
    )


def _cell(words: str) -> str:
    """Words of a table."""
    return _escaped(words).replace("|", "\\|")


def _escaped(words: str) -> str:
    """Keep what looks like HTML or a link from being taken for it."""
    parts = words.split("`")
    return "`".join(
        part if number % 2 else part.replace("<", "&lt;").replace("](", "]\\(")
        for number, part in enumerate(parts)
    )


def main() -> None:
    docs = ROOT / "docs"
    wanted = pages()
    for path, text in wanted.items():
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for stale in (*docs.glob("json/**/*.json"), *docs.glob("findings/*.md")):
        if stale.relative_to(docs).as_posix() not in wanted:
            stale.unlink()
    print(f"{len(wanted)} files in docs")


if __name__ == "__main__":
    main()
