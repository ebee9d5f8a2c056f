"""A Dask scheduler and workers as processes of their own, on the loopback."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

DEADLINE = 120
"""Seconds for a cluster to come up on a busy machine."""


class Cluster:
    """One scheduler, and workers that a nanny starts again."""

    def __init__(self, folder: Path, workers: int, preload: Path | None = None) -> None:
        self.folder = folder
        self.workers = workers
        self.preload = preload
        self.nannies: list[subprocess.Popen[bytes]] = []
        self.file = folder / "scheduler.json"
        # A book that kills one worker is set aside at once: the tests need not wait for three.
        self.environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")

    def wait(self) -> None:
        """Until the scheduler has all workers."""
        self._wait(self.file.exists)
        more = ("--preload", str(self.preload)) if self.preload else ()
        words = ("--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", *more)
        for number in range(self.workers):
            self.nannies.append(self._start("worker", "--name", f"w{number}", *words))
        from distributed import Client

        with Client(self.address, timeout=DEADLINE, set_as_default=False) as asked:
            asked.wait_for_workers(self.workers, timeout=DEADLINE)

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def pids(self) -> list[int]:
        """Of each worker, the process under the nanny that builds; 0 where there is none now."""
        return [_below(nanny.pid) for nanny in self.nannies]

    def kill(self, number: int) -> None:
        """As the system kills a process for want of memory."""
        self._wait(lambda: self.pids()[number])
        os.kill(self.pids()[number], signal.SIGKILL)

    def close(self) -> None:
        for process in (*self.nannies, self.scheduler):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, kind: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + kind, *words]
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(
                [*command, "--scheduler-file", str(self.file)],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(self, ready: object) -> None:
        end = time.monotonic() + DEADLINE
        while not ready():  # type: ignore[operator]  # a function without arguments
            if time.monotonic() > end:
                raise TimeoutError((self.folder / "scheduler.log").read_text())
            time.sleep(0.05)


def _below(nanny: int) -> int:
    """The worker among a nanny's children; another is multiprocessing's tracker."""
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{nanny}/task").glob("*/children"):
            for child in thread.read_text().split():
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
    return 0


@contextlib.contextmanager
def cluster(folder: Path, workers: int = 2, preload: Path | None = None) -> Iterator[Cluster]:
    folder.mkdir()
    running = Cluster(folder, workers, preload)
    try:
        running.wait()
        yield running
    finally:
        running.close()
