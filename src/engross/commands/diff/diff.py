"""`engross diff`: two states of an edition, held against each other."""

from pathlib import Path

from engross.commands.book import find_book
from engross.commands.diff.report import as_json, html, lines
from engross.commands.diff.sides import read_side
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.disk.refused import written
from engross.model.finding import EngrossError
from engross.release.compare import compare


def diff(
    old: str, new: str, book: Path | None = None, out: Path | None = None, page: Path | None = None
) -> Outcome:
    """
    Compare and say what differs; with `page`, write the report with pictures there.

    Differences are no fault: the exit status is 0 when both sides could be read.
    """
    found = find_book(book, out)
    try:
        before, old_pdf = read_side(old, found)
        after, new_pdf = read_side(new, found)
        compared = compare(before, after)
        said = lines(compared)
        if page is not None:
            content = html(compared, old_pdf, new_pdf).encode()
            with written(str(page)):
                fs.remove_tree(page)
                fs.write_file(page, content)
            said.append(f"report: {page}")
    except EngrossError as error:
        return Outcome(findings=error.findings, exit_status=error.exit_status, book=found.shown)
    extra = {"difference": as_json(compared), "lines": said or ["nothing differs"]}
    if page is not None:
        extra["report"] = str(page)
    return Outcome(book=found.shown, extra=extra)
