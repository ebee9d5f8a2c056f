"""`engross explain`: the catalog's pages for a person, by code or by words."""

import re
import sys
from collections.abc import Mapping
from dataclasses import asdict

from engross.catalog import Entry, codes, finding, stop
from engross.catalog.nearest import did_you_mean
from engross.cli.show import print_json
from engross.language import Words
from engross.model.finding import Place
from engross.schema.manifest import GENERATED


def explain(words: str, *, json: bool) -> int:
    """
    Print the entry of a code, those that have all the words, or all with their titles.

    Raises:
        EngrossError: there is no such code, or no entry has the words.
    """
    entries, wanted = codes(), words.upper()
    if wanted == "SECTIONS":
        rows = {name: Words("en").titles()[name] for name in GENERATED if name != "documents"}
        rows["documents"] = "every folder of documents/, each a document"
        print_json({"sections": rows}) if json else _rows(rows)
        return 0
    if re.fullmatch(r"[A-Z]\d{1,3}", wanted) and wanted not in entries:
        family = [one for one in entries if one[0] == wanted[0]]  # its letter is remembered best
        hint = did_you_mean(wanted, family or entries, 50)
        message = f"there is no code {wanted}{hint}"
        raise stop([finding("C003", Place(), message, "engross explain lists them")])
    if wanted in entries:
        print_json(asdict(entries[wanted])) if json else sys.stdout.write(page(entries[wanted]))
        return 0
    said = {e: f"{e.title} {e.meaning} {e.example} {e.fix}".upper() for e in entries.values()}
    found = [one for one, text in said.items() if all(w in text for w in wanted.split())]
    if not found:
        message = f"no finding speaks of '{words}'"
        fix = "try fewer or other words; engross explain lists all codes"
        raise stop([finding("C003", Place(), message, fix)])
    if json:
        print_json({"codes": [asdict(entry) for entry in found]})
    else:
        _rows({f"{one.code}  {one.severity:7}": one.title for one in found})
    return 0


def _rows(rows: Mapping[str, str]) -> None:
    width = max(map(len, rows))
    sys.stdout.write("".join(f"{name:{width}}  {said}\n" for name, said in rows.items()))


def page(entry: Entry) -> str:
    """An entry as text: title, meaning, example, fix."""
    return (
        f"{entry.code}: {entry.title}\n"
        f"{entry.severity}, found at the stage {entry.stage}, exit status {entry.exit_status}\n\n"
        f"{entry.meaning}\n\nExample\n{_indented(entry.example)}\n\nFix\n{_indented(entry.fix)}\n"
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
