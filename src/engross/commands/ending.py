"""How every command ends: in one outcome, whatever happened on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from engross.commands.book import FoundBook, find_book
from engross.commands.outcome import Outcome
from engross.disk.refused import of_the_machine
from engross.model.finding import EngrossError
from engross.workshop.progress import Known, Listener, Progress, silent

P = ParamSpec("P")


@dataclass(slots=True)
class Run:
    """One run of a command: the book that is meant, and what is known of it by now."""

    found: FoundBook
    progress: Progress = field(default_factory=Progress)
    known: Known = field(default_factory=Known)
    extra: dict[str, Any] = field(default_factory=dict)
    """Further members of the JSON object, whatever the end."""

    def outcome(self, **facts: Any) -> Outcome:
        """What it came to: the facts given, beside all that is known of the edition."""
        known = {
            "edition": self.known.edition,
            "version": self.known.version,
            "released": self.known.released,
            "published": self.found.published(self.known.edition),
            "seconds": self.progress.seconds,
            "book": self.found.shown,
            "extra": self.extra,
        }
        return Outcome(**{**known, **facts})


def ended(found: FoundBook, work: Callable[[Run], Outcome], listen: Listener = silent) -> Outcome:
    """
    Do a command's work; whatever stops it becomes an outcome with every finding.

    What only a bug can bring about, and an interruption, go on upwards with a note of what is in
    dist, which the edge prints.
    """
    run = Run(found, Progress(listen))
    try:
        return work(run)
    except EngrossError as fault:
        error = fault
    except OSError as fault:
        refused = of_the_machine(fault)
        if refused is None:
            _note(fault, run)
            raise
        error = refused
    except BaseException as ending:
        _note(ending, run)
        raise
    return run.outcome(findings=error.findings, exit_status=error.exit_status)


def command(work: Callable[Concatenate[Run, P], Outcome]) -> Callable[P, Outcome]:
    """Make a command of what it does with a run, on the book that its request names."""

    @wraps(work)
    def called(*args: P.args, **kwargs: P.kwargs) -> Outcome:
        asked = (*args, *kwargs.values())
        request: Any = next(one for one in asked if hasattr(one, "book"))
        found = find_book(request.book, getattr(request, "out", None))
        return ended(found, lambda run: work(run, *args, **kwargs))

    return called


def _note(ending: BaseException, run: Run) -> None:
    """The last line of a run that was cut off, and what `--json` has of it."""
    published = run.found.published(run.known.edition)
    ending.add_note(f"in dist: {published}, whole" if published else "dist is as it was")
    ending.published = published  # type: ignore[attr-defined]  # read by the edge
