"""The last line of defence: expected failures have their status, all else leaves a report."""

import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from engross.model.finding import EngrossError, Finding

BUG = 70
INTERRUPTED = 130
TERMINATED = 143
UNHEARD = 6
"""The environment does not take what we have to say."""


class TerminatedError(BaseException):
    """SIGTERM, as an exception, so that stages clean up behind themselves."""


UNTOUCHED = "dist is as it was"
"""The last line where no command said more."""
DONE = "what is in dist is whole, and new if that was asked for"
"""The last line where the work may have been done and could not be told."""


class InterruptError(TerminatedError):
    """Ctrl-C; a KeyboardInterrupt would be caught and silenced on its way here."""


class UnheardError(OSError):
    """Standard output takes nothing: its disk is full, or its device has gone."""


class Told(io.FileIO):
    """Standard output, of which a fault is known from that of any other file."""

    def write(self, words: Any, /) -> int:
        """
        Write to the stream.

        Raises:
            UnheardError: it is not taken.
        """
        try:
            return super().write(words)
        except BrokenPipeError:
            raise
        except OSError as fault:
            raise UnheardError(fault.errno, fault.strerror) from fault


def guarded(work: Callable[[], None]) -> int:
    """
    Run the command line and give its exit status.

    A fault that nobody expected writes a report file and gives 70. The last line always says what
    is in dist.
    """
    _open_standard()
    signal.signal(signal.SIGTERM, _terminate)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    status = BUG
    try:
        status = _judged(work)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 0 if status == BUG else status
    except UnheardError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        said = os.strerror(fault.errno or 0)
        sys.stderr.write(f"standard output cannot be written: {said}\n{DONE}\n")
        status = UNHEARD
    return status


def _judged(work: Callable[[], None]) -> int:
    try:
        work()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
    except EngrossError as error:
        return _ended(error, error.exit_status, str(error), error.findings)
    except (KeyboardInterrupt, InterruptError) as ending:
        return _ended(ending, INTERRUPTED, f"interrupted\n{_in_dist(ending)}")
    except TerminatedError as ending:
        return _ended(ending, TERMINATED, f"terminated\n{_in_dist(ending)}")
    except (BrokenPipeError, UnheardError):
        raise
    except Exception as fault:
        from engross.disk.refused import of_the_machine

        refused = of_the_machine(fault) if isinstance(fault, OSError) else None
        if refused is not None:
            return _ended(fault, refused.exit_status, str(refused), refused.findings)
        words = f"internal error, a bug in engross\n    fix: send {_report()} to the project"
        return _ended(fault, BUG, f"{words}\n{_in_dist(fault)}")
    return 0


def _ended(
    ending: BaseException, status: int, words: str, findings: tuple[Finding, ...] = ()
) -> int:
    """Tell of an end that no command told of; with `--json` in the same object as all others."""
    sys.stderr.write(f"{words}\n")
    if "--json" in sys.argv[1:]:
        from engross.cli.show import print_json
        from engross.commands.outcome import Outcome

        published = getattr(ending, "published", None)
        ended = {"ended": words.partition("\n")[0]}
        outcome = Outcome(published=published, findings=findings, exit_status=status, extra=ended)
        print_json(outcome.as_json(), lines="batch" in sys.argv[1:])
    return status


def _in_dist(ending: BaseException) -> str:
    """What a command noted on its way out."""
    notes: list[str] = getattr(ending, "__notes__", [])
    return (notes or [UNTOUCHED])[0]


def _open_standard() -> None:
    """Give streams that were closed by the caller a place, so that no file takes their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None or sys.stdout is sys.__stdout__:
        terminal = os.isatty(1)
        encoding = sys.stdout.encoding if sys.stdout is not None else "utf-8"
        stream = io.BufferedWriter(Told(1, "w", closefd=False))
        sys.stdout = io.TextIOWrapper(stream, encoding, line_buffering=terminal)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise InterruptError


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise TerminatedError


def _report() -> Path | str:
    from engross import __version__

    words = "".join(
        [
            f"engross {__version__}\n",
            f"python {sys.version.split()[0]} on {sys.platform}\n",
            f"arguments: {' '.join(sys.argv[1:])}\n\n",
            traceback.format_exc(),
        ]
    )
    from engross.disk import fs

    path = Path(f"engross-report-{os.getpid()}.txt")
    try:
        fs.write_file(path, words.encode(), sync=False)
    except OSError:
        sys.stderr.write(words)
        return "the lines above"
    return path
