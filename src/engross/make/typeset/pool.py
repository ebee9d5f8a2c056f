"""
Worker processes: started when first needed, watched, replaced when they die.

A unit whose worker dies is tried once more; a unit that takes too long is not.
"""

import contextlib
import hashlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

from engross.disk import fs
from engross.disk.passing import Passing, unnamed
from engross.make.typeset import fonts
from engross.make.typeset.crossing import Fault, Job, Look, encode
from engross.make.typeset.engine import worker
from engross.make.typeset.values import House, Limits
from engross.model.font import FontFile

RENEWED = 150
"""Jobs after which a worker makes way for a new one: the engine's memory grows with its work."""
NO_MEMORY = (
    "Cannot allocate memory",
    "Resource temporarily unavailable",
    "failed to allocate",
    "failed to map segment",
    "MemoryError",
)
"""What libraries say when they reach the limit of the address space, before they give up."""
PROGRAM = Path(__file__).parents[3]
"""Where this very program lies, which the workers run too, wherever it was imported from."""
REASONS = {-signal.SIGXCPU: "late", worker.FULL: "full"}


class Worker:
    """One process and the pipe to it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.said = unnamed(environment["TMPDIR"])
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "engross.make.typeset.engine.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            env=environment,
            bufsize=-1,
        )
        self.jobs = 0
        self.full = False
        """Whether a stopped worker complained of memory."""
        self.last = ""
        """The last line that a stopped worker had to say."""
        self.looks: list[str] = []
        """Keys of the houses that it knows, the one in use last."""

    def look(self, house: Look) -> None:
        """Let the next jobs be set in a house; its sheets and assets travel once."""
        key = house.key
        if self.looks and self.looks[-1] == key:
            return
        assert self.process.stdin is not None
        worker.write(self.process.stdin, key if key in self.looks else house)
        self.looks = [*(known for known in self.looks if known != key), key]

    def ask(self, job: Job, house: Look) -> bytes | str:
        """The bytes of a part; or why there are none: `late`, `full` or `dead`."""
        source, target = self.process.stdout, self.process.stdin
        assert source is not None
        assert target is not None
        deadline = time.monotonic() + job.seconds + worker_start(job)
        try:
            self.look(house)
            worker.write(target, job)
            ready, _, _ = select.select([source], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                self.stop()
                return "late"
            answer = worker.read(source)
        except (EOFError, BrokenPipeError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
            self.stop()
            if self.full:
                return "full"
            return REASONS.get(self.process.returncode, "dead")
        assert isinstance(answer, bytes)
        return answer

    def stop(self) -> None:
        """End the process; it holds nothing that would be lost."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self.process.wait()
        self.said.seek(0)
        words = self.said.read().decode("utf-8", "replace")
        self.full = any(sign in words for sign in NO_MEMORY)
        spoken = [line.strip() for line in words.splitlines() if line.strip(" -")]
        errors = [line for line in spoken if "Error: " in line]
        self.last = (errors or spoken or [""])[-1]
        self.said.close()


def worker_start(job: Job) -> float:
    """Seconds to allow a worker for loading the engine, on top of a unit's own."""
    return 30.0 if job.seconds >= 1 else 0.0


class Hands:
    """Worker processes that see a set of faces, whatever houses they work for."""

    def __init__(self, faces: Sequence[FontFile] = ()) -> None:
        self.faces = {face.digest: face for face in faces}
        self.idle: SimpleQueue[Worker] = SimpleQueue()
        self.folder: Passing | None = None
        self.ready = False

    def start(self) -> None:
        """Start a worker before its faces are known: it loads the engine meanwhile."""
        self.folder = Passing("fonts")
        self.idle.put(Worker(self._environment()))

    def close(self) -> None:
        """End all workers and remove their folder."""
        while not self.idle.empty():
            self.idle.get().stop()
        if self.folder is not None:
            self.folder.close()
            self.folder = None
        self.ready = False

    def take(self) -> Worker:
        """An idle worker, or a new one."""
        try:
            return self.idle.get_nowait()
        except Empty:
            return Worker(self._environment())

    def prepare(self) -> None:
        """Lay the faces out where the workers, and only they, look for fonts."""
        if self.ready:
            return
        self.ready = True
        if self.folder is None:
            self.folder = Passing("fonts")
        folder = self.folder.path
        fs.make_folder(folder / "fonts")
        for digest, face in self.faces.items():
            self.folder.write(f"fonts/{digest}.ttf", face.content)
        text = fonts.configuration(folder / "fonts", folder / "cache")
        self.folder.write("fonts.conf", text.encode())

    def _environment(self) -> dict[str, str]:
        folder = self.folder and self.folder.path
        return {
            "FONTCONFIG_FILE": str(folder and folder / "fonts.conf"),
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "PATH": os.environ.get("PATH", ""),
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(PROGRAM),
            "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
            "TZ": "UTC",
            "TMPDIR": str(folder),
        }


class Pool:
    """Work for one house; several pools may share hands."""

    def __init__(self, house: House, limits: Limits, hands: Hands) -> None:
        self.house, self.limits, self.hands = house, limits, hands
        faces = [(f.digest, f.family, f.weight, f.italic) for f in house.fonts]
        self.look = Look(_key(house), house.sheets, dict(house.assets), faces, limits.memory)

    def run(self, jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, bytes]]:
        """Typeset the jobs and give each with its part, in the order of the jobs."""
        self.hands.prepare()
        if workers <= 1 or len(jobs) <= 1:
            for job in jobs:
                yield job, self._one(job)
            return
        order = sorted(range(len(jobs)), key=lambda n: -len(jobs[n].html))
        with ThreadPoolExecutor(workers) as threads:
            pending = {n: threads.submit(self._one, jobs[n]) for n in order}
            for n, job in enumerate(jobs):
                yield job, pending[n].result()

    def _one(self, job: Job) -> bytes:
        """The part of one unit, or one that says why there is none."""
        why = ""
        for _ in range(2):
            hand = self.hands.take()
            answer = hand.ask(job, self.look)
            if isinstance(answer, bytes):
                hand.jobs += 1
                if hand.jobs < RENEWED:
                    self.hands.idle.put(hand)
                else:
                    hand.stop()
                return answer
            if answer == "late":
                return _none(job, "X001", f"takes longer than {job.seconds:g} seconds")
            if answer == "full":
                return _none(job, "X002", "needs more memory than its limit")
            why = f": {hand.last}" if hand.last else ""
        return _none(job, "X003", f"ended the typesetting process twice{why}")


def _key(house: House) -> str:
    """What tells two houses apart in a worker."""
    whole = hashlib.sha256(repr(house.sheets).encode())
    for url, body in sorted(house.assets.items()):
        whole.update(f"{url} {hashlib.sha256(body).hexdigest()}\n".encode())
    whole.update(repr(sorted(face.digest for face in house.fonts)).encode())
    return whole.hexdigest()


def _none(job: Job, code: str, what: str) -> bytes:
    return encode(None, [Fault(code, job.address, f"{job.address} {what}")])


Progress = Callable[[int, int], None]
"""Called with the units done and the units wanted."""


class Engines:
    """Workers by the faces that they see; whoever makes one closes it."""

    def __init__(self) -> None:
        self.hands: dict[tuple[str, ...], Hands] = {}
        self.early: Hands | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start a worker now, so that the engine is loaded while the book is read."""
        self.early = Hands()
        self.early.start()

    def pool(
        self, house: House, faces: Iterable[FontFile] = (), limits: Limits | None = None
    ) -> Pool:
        """Workers for a house; `faces` are of other houses that these will work for as well."""
        every = {face.digest: face for face in (*house.fonts, *faces)}
        key = tuple(sorted(every))
        if key not in self.hands:
            hands, self.early = self.early or Hands(), None
            hands.faces = every
            self.hands[key] = hands
        return Pool(house, limits or Limits(), self.hands[key])

    def close(self) -> None:
        """End all workers."""
        if self.early is not None:
            self.early.close()
            self.early = None
        while self.hands:
            self.hands.popitem()[1].close()
