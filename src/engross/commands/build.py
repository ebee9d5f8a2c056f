"""`engross build`: nothing to do, or the seven stages; either way an outcome."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from engross.catalog import finding, stop
from engross.commands.book import FoundBook, find_book
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest, Known
from engross.commands.unchanged import recall, remember
from engross.model.finding import EngrossError, Place
from engross.workshop.progress import Listener, Progress, silent

if TYPE_CHECKING:
    from engross.make.typeset.engines import Engines


def standing(published: str | None) -> str:
    """The last line of a run that was cut off."""
    return f"in dist: {published}, whole" if published else "dist is as it was"


SCARCE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE}
SCARCE |= {errno.ENOMEM, errno.EIO, errno.EAGAIN, errno.EACCES, errno.EPERM, errno.ENOLCK}


def of_the_machine(fault: OSError) -> EngrossError | None:
    """A system's refusal outside dist, in words; None for one that only a bug can bring about."""
    if fault.errno not in SCARCE:
        return None
    message = f"the machine refused what the work needs: {os.strerror(fault.errno)}"
    fix = "make room, or name another folder for passing files: TMPDIR=DIR engross build"
    return stop([finding("E009", Place(), message, fix)])


def build(request: BuildRequest, listen: Listener = silent) -> Outcome:
    """
    Make an edition and publish it, whole or not at all.

    Whatever is wrong comes back in the outcome with its exit status; `published` says what is in
    dist then. A build of what was built already, from the same files by the same program, is
    recognised before anything heavy is loaded.
    """
    found = find_book(request.book, request.out)
    progress = Progress(listen)
    known = Known()
    try:
        if request.cache and (outcome := recall(request, found)):
            return outcome
        with engines(request, found) as working:
            from engross.commands.stages import stages

            finished = stages(replace(request, engines=working), found, progress, known)
    except (EngrossError, OSError) as fault:
        error = fault if isinstance(fault, EngrossError) else of_the_machine(fault)
        if error is None:
            fault.add_note(standing(found.published(known.edition)))
            raise
        return Outcome(
            edition=known.edition,
            version=known.version,
            released=known.released,
            published=found.published(known.edition),
            findings=error.findings,
            seconds=progress.seconds,
            exit_status=error.exit_status,
            book=found.shown,
        )
    except BaseException as ending:  # it goes on upwards: the edge prints what stands in dist
        ending.add_note(standing(found.published(known.edition)))
        raise
    if request.cache:
        remember(request, found, finished.outcome, finished.sources)
    return finished.outcome


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
    from engross.make.typeset.engines import Engines

    own = Engines()
    if not (request.cache and (found.folder / ".engross" / "cache").is_dir()):
        own.start()
    try:
        yield own
    finally:
        own.close()
