"""The one place that starts an outside checker."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ended:
    """A child that ran to its end, whatever it found."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A child that gave no answer: not installed, too slow, or killed."""

    reason: str


def run(command: Sequence[str], folder: Path, seconds: float = 120) -> Ended | Absent:
    """
    Run a program in `folder` and wait for it, `seconds` at most.

    It sees no locale, time zone or home of the person who runs it, so that its messages are the
    same everywhere; it and the children it started are gone when this returns.
    """
    program = shutil.which(command[0])
    if program is None:
        return Absent(f"{Path(command[0]).name} is not installed")
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    with (
        subprocess.Popen(  # noqa: S603 - fixed programs, and names of files that we wrote
            [program, *command[1:]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as child
    ):
        try:
            out, err = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return Absent(f"{Path(program).name} gave no answer in {seconds:g} s")
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode < 0:
        return Absent(f"{Path(program).name} was killed by signal {-child.returncode}")
    return Ended(child.returncode, out, err)
