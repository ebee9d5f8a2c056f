"""`engross check`: read, parse and assemble; every finding, no typesetting."""

from pathlib import Path

from engross.cache.store import Store
from engross.commands.book import find_book
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome, status_of
from engross.read import open_book
from engross.workshop.assembled import assembled
from engross.workshop.progress import Listener, silent


def check(book: Path | None, *, strict: bool = False, listen: Listener = silent) -> Outcome:
    """Judge an editor's files; the outcome's `published` says what is in dist, untouched."""

    def work(run: Run) -> Outcome:
        run.extra["texts"] = {}
        with run.progress.stage("read"):
            sources = open_book(run.found.folder)
        state = assembled(sources, Store(run.found.cache), progress=run.progress, known=run.known)
        run.extra["texts"] = state.edition.digests
        findings = (*state.findings, *sources.changed())
        return run.outcome(findings=findings, exit_status=status_of(findings, strict=strict))

    return ended(find_book(book), work, listen)
