"""`engross explain CODE`: the catalog's page for a person."""

import difflib
import sys
from dataclasses import asdict

from engross.catalog import Entry, codes, finding, stop
from engross.cli.show import print_json
from engross.model.finding import Place


def explain(code: str, *, json: bool) -> int:
    """
    Print one entry, or all codes with their titles.

    Raises:
        EngrossError: there is no such code.
    """
    entries = codes()
    wanted = code.upper()
    if not wanted:
        if json:
            print_json({"codes": [asdict(entry) for entry in entries.values()]})
        else:
            for entry in entries.values():
                sys.stdout.write(f"{entry.code}  {entry.severity:7}  {entry.title}\n")
        return 0
    if wanted not in entries:
        family = [one for one in entries if one[0] == wanted[0]]  # its letter is remembered best
        close = difflib.get_close_matches(wanted, family or entries, 3, 0.5)
        hint = f"; did you mean {', '.join(close)}?" if close else ""
        message = f"there is no code {wanted}{hint}"
        raise stop([finding("C003", Place(), message, "engross explain lists them")])
    entry = entries[wanted]
    if json:
        print_json(asdict(entry))
    else:
        sys.stdout.write(page(entry))
    return 0


def page(entry: Entry) -> str:
    """An entry as text: title, meaning, example, mend."""
    return (
        f"{entry.code}: {entry.title}\n"
        f"{entry.severity}, found at the stage {entry.stage}, exit status {entry.exit_status}\n\n"
        f"{entry.meaning}\n\nExample\n{_indented(entry.example)}\n\nFix\n{_indented(entry.mend)}\n"
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
