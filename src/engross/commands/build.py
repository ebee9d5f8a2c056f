"""`engross build`: nothing to do, or the seven stages; either way an outcome."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from engross.commands.book import FoundBook, find_book
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.commands.unchanged import recall, remember
from engross.workshop.progress import Listener, silent

if TYPE_CHECKING:
    from engross.make.typeset.pool import Engines


def build(request: BuildRequest, listen: Listener = silent) -> Outcome:
    """
    Make an edition and publish it, whole or not at all.

    Whatever is wrong comes back in the outcome with its exit status; `published` says what is in
    dist then. A build of what was built already, from the same files by the same program, is
    recognised before anything heavy is loaded.
    """

    def work(run: Run) -> Outcome:
        kept = request.cache and not request.pages  # which another build in dist may change
        if kept and (outcome := recall(request, run.found)):
            return outcome
        with engines(request, run.found) as working:
            from engross.commands.stages import stages
            from engross.commands.task import task

            finished = stages(replace(request, engines=working), run, task(request))
        if kept:
            remember(request, run.found, finished.outcome, finished.sources)
        return finished.outcome

    return ended(find_book(request.book, request.out), work, listen)


@contextmanager
def engines(request: BuildRequest, found: FoundBook) -> "Iterator[Engines]":
    """
    The request's typesetting processes, or new ones.

    Without a cache there will be work for one: it loads the engine while the book is read. With
    one there may be none, and a process that nobody asks costs more than all the rest.
    """
    if request.engines is not None:
        yield request.engines
        return
    from engross.make.typeset.pool import Engines

    with Engines() as own:
        if not (request.cache and (found.folder / ".engross" / "cache").is_dir()):
            own.start()
        yield own
