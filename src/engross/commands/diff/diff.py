"""`engross diff`: two states of an edition, held against each other."""

import os
from functools import partial
from pathlib import Path

from engross.commands.book import find_book
from engross.commands.diff.report import as_json, html, lines
from engross.commands.diff.sides import read_side, weight
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.disk.refused import written
from engross.read import Limits
from engross.read.bounded import within
from engross.release.compare import compare


def diff(
    old: str, new: str, book: Path | None = None, out: Path | None = None, page: Path | None = None
) -> Outcome:
    """
    Compare and say what differs; with `page`, write the report with pictures there.

    Differences are no fault: the exit status is 0 when both sides could be read.
    """

    def work(run: Run) -> Outcome:
        limits = Limits.from_environment(os.environ)
        sizes = {given: weight(given, run.found) for given in (old, new)}
        (before, old_pdf), (after, new_pdf) = (
            within(given, limits, partial(read_side, given, run.found), sizes[given])
            for given in (old, new)
        )
        compared = compare(before, after)
        said = lines(compared)
        extra = {"difference": as_json(compared), "lines": said or ["nothing differs"]}
        if page is not None:
            drawn = partial(html, compared, old_pdf, new_pdf)
            content = within(new, limits, drawn, sum(sizes.values())).encode()
            with written(str(page)):
                fs.remove_tree(page)
                fs.write_file(page, content)
            extra |= {"lines": [*said, f"report: {page}"], "report": str(page)}
        return run.outcome(extra=extra)

    return ended(find_book(book, out), work)
