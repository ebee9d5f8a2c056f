"""
Measure assembling: volumes of 300, 600 and 1,200 documents with a correction of each.

    python tests/bench/ledger.py        one or two minutes; `make scale` runs it first

CPU seconds of stage 3 alone, read and parsed before, and the exponent of its growth: 1 is linear.
Nothing here passes or fails.
"""

import json
import math
import tempfile
import time
from pathlib import Path

from volume import paragraphs, write_volume

from engross.assemble import assemble
from engross.cache.store import Store
from engross.read import open_book
from engross.workshop import assembled

COUNTS = (300, 600, 1_200)
ENTRY = """  - id: C-{number:04d}
    status: verified
    kind: transcription
    class: accidental
    at: {{address: d{number}, block: p-003, exact: {old}}}
    read: {new}
    reason: Made for measuring.
    decided: {{by: the bench, on: "2026-11-23"}}
"""


def ledger(count: int) -> str:
    """A correction of the first words of each document's first paragraph."""
    source = paragraphs()
    rows = [f'ledger: "1"\nedition: volume-{count}\nbase: {{}}\ncorrections:\n']
    for number in range(1, count + 1):
        words = " ".join(source[number * 7 % len(source)].split()[:6])
        old, new = json.dumps(words), json.dumps(f"{words} indeed")
        rows.append(ENTRY.format(number=number, old=old, new=new))
    return "".join(rows)


def seconds(count: int, folder: Path) -> float:
    """CPU seconds of assembling a volume with its ledger."""
    book = write_volume(folder, count, str(count))
    (book / "corrections.yaml").write_text(ledger(count), "utf-8")
    spent = 0.0

    def timed(*given: object) -> object:
        nonlocal spent
        start = time.process_time()
        made = assemble(*given)
        spent += time.process_time() - start
        return made

    assembled.assemble = timed
    state = assembled.assembled(open_book(book), Store(None))
    assert len(state.edition.changes.entries) == count, state.findings[:3]
    return spent


def main() -> None:
    """Print a row for each size."""
    before = None
    for count in COUNTS:
        with tempfile.TemporaryDirectory(prefix="engross-ledger-") as folder:
            spent = seconds(count, Path(folder) / "book")
        grown = f", exponent {math.log2(spent / before):.2f}" if before else ""
        print(f"{count:,} documents, {count:,} corrections: assembled in {spent:.2f} CPU s{grown}")
        before = spent


if __name__ == "__main__":
    main()
