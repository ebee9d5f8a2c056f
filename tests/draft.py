"""The memorandum's edition as it was before its first release: what most tests begin with."""

import re
import shutil
from pathlib import Path

BOOK = Path(__file__).parent.parent / "book"
SLUG = "khrushchev-yamada-1961"
OUTPUTS = "[epub, print, screen]"
"""What tests make of it, unless they ask for more."""
DAY = "2026-11-23"
"""On which it was prepared, whenever the edition itself was released since."""
LEFT = shutil.ignore_patterns(".engross", "dist", "releases")


def draft_of_book(folder: Path) -> Path:
    """A copy of the edition in `folder`, never released, to be changed at will."""
    shutil.copytree(BOOK, folder, ignore=LEFT)
    ledger = folder / "corrections.yaml"
    first, *_ = ledger.read_text("utf-8").partition("\n  - id: C-0002")  # what 1.1 entered
    text = re.sub(r"\n *released_in: .*", "", first.rstrip("\n") + "\n")
    ledger.write_text(re.sub(r"\nreleases:\n(  .*\n)+", "\n", text), "utf-8")
    manifest = folder / "manifest.yaml"
    wanted = re.sub(r"\noutputs: .*", f"\noutputs: {OUTPUTS}", manifest.read_text("utf-8"))
    wanted = re.sub(r'\nversion: "[^"]*"', '\nversion: "1.0"', wanted)
    manifest.write_text(re.sub(r'\ndate: "[^"]*"', f'\ndate: "{DAY}"', wanted), "utf-8")
    return folder
