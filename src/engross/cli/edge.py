"""The last line of defence: expected failures have their status, all else leaves a report."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from engross.model.finding import EngrossError

BUG = 70
INTERRUPTED = 130
TERMINATED = 143


class TerminatedError(BaseException):
    """SIGTERM, as an exception, so that stages clean up behind themselves."""


def guarded(work: Callable[[], None]) -> int:
    """
    Run the command line and give its exit status.

    A fault that nobody expected writes a report file and gives 70.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        work()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
    except EngrossError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; what is in dist is as it was\n")
        return INTERRUPTED
    except TerminatedError:
        sys.stderr.write("terminated; what is in dist is as it was\n")
        return TERMINATED
    except BrokenPipeError:
        # The reader of our output has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        report = _report()
        sys.stderr.write(
            "engross met a fault that it did not expect; this is a bug of the program\n"
            f"    fix: send {report} to the project; what is in dist is as it was\n"
        )
        return BUG
    return 0


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
    path = Path(f"engross-report-{os.getpid()}.txt")
    try:
        path.write_text(words, "utf-8")
    except OSError:
        sys.stderr.write(words)
        return "the lines above"
    return path
