"""The memorandum's edition as it was before its first release: what most tests begin with."""

import re
import shutil
from pathlib import Path

BOOK = Path(__file__).parent.parent / "book"
LEFT = shutil.ignore_patterns(".engross", "dist", "releases")


def draft_of_book(folder: Path) -> Path:
    """A copy of the edition in `folder`, never released, to be changed at will."""
    shutil.copytree(BOOK, folder, ignore=LEFT)
    ledger = folder / "corrections.yaml"
    text = re.sub(r"\n *released_in: .*", "", ledger.read_text("utf-8"))
    ledger.write_text(re.sub(r"\nreleases:\n(  .*\n)+", "\n", text), "utf-8")
    return folder
