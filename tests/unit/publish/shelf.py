"""A dist folder under test: what is published, and the disk that fails at one call."""

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engross.disk import fs
from engross.model.check import Output
from engross.publish import Published, publish
from engross.publish.receipt import differences, digest_of, sums_of

SLUG = "yamada-1961"


def outputs(text: str) -> list[Output]:
    """A small edition; every file of it differs between two texts."""
    return [
        Output("epub", f"{SLUG}.epub", f"epub {text}".encode()),
        Output("evidence", "evidence/yamada/received.txt", f"received {text}".encode()),
        Output("metadata", "metadata/empty.txt", b""),
    ]


def put(dist: Path, text: str, pointer: str = "current", **more: Any) -> Published:
    """Publish the small edition."""
    return publish(outputs(text), SLUG, dist, pointer, f"receipt {text}".encode(), **more)


def digest(text: str) -> str:
    """What the small edition of a text is called under `builds/`."""
    files = {output.name: output.content for output in outputs(text)}
    return digest_of(sums_of({**files, "receipt.json": f"receipt {text}".encode()}))


def shown(dist: Path, pointer: str = "current") -> str | None:
    """The digest that a reader of dist finds, whole, or the test fails; None: nothing is there."""
    link = dist / SLUG / pointer
    if not link.is_symlink():
        assert not link.exists()
        return None
    target = str(link.readlink())
    folder, _, found = target.rpartition("/")
    assert folder == "builds", target
    assert differences(dist / SLUG / target, found) == []
    return found


def leftovers(dist: Path) -> list[str]:
    """What a reader has no use for: stages, temporary links, builds without a link."""
    edition = dist / SLUG
    if not edition.is_dir():
        return []
    used = {path.readlink().name for path in edition.iterdir() if path.is_symlink()}
    names = [path.name for path in edition.iterdir() if path.name.startswith(".")]
    builds = edition / "builds"
    names += [path.name for path in builds.iterdir() if path.name not in used]
    return names + [path.name for path in dist.parent.iterdir() if path.name.startswith(".engross")]


class Disk:
    """Stands in for `fs.call`: does something else at the k-th call, or from it on."""

    def __init__(self, k: int, act: Callable[[Callable[..., Any], tuple[Any, ...]], Any]) -> None:
        self.k, self.act, self.calls = k, act, 0

    def __call__(self, function: Callable[..., Any], *args: Any) -> Any:
        self.calls += 1
        if self.calls == self.k:
            return self.act(function, args)
        if function is os.fsync:
            return None  # it cannot matter to these tests, and it costs most of their time
        return function(*args)

    @property
    def acted(self) -> bool:
        return self.calls >= self.k


def refuse(code: int) -> Callable[[Callable[..., Any], tuple[Any, ...]], Any]:
    """The call fails; a write leaves half of its bytes behind, as a full disk does."""

    def act(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        if function is os.write and len(args[1]) > 1:
            os.write(args[0], args[1][: len(args[1]) // 2])
        raise OSError(code, os.strerror(code))

    return act


def die(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """The process ends without a word, a write half done."""
    if function is os.write and len(args[1]) > 1:
        os.write(args[0], args[1][: len(args[1]) // 2])
    os._exit(99)


def send(number: signal.Signals) -> Callable[[Callable[..., Any], tuple[Any, ...]], Any]:
    """The call is made, and a signal comes with it."""

    def act(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        try:
            return function(*args)
        finally:
            os.kill(os.getpid(), number)

    return act


def in_child(task: Callable[[], Any], disk: Disk | None = None) -> int:
    """Run a task in a child process; its exit status, or minus the signal that ended it."""
    pid = start(task, disk)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def start(task: Callable[[], Any], disk: Disk | None = None) -> int:
    """Start a task in a child process; 98 is an exception that nobody expected."""
    pid = os.fork()
    if pid:
        return pid
    status = 98
    try:
        # The child is not pytest: signals do here what they do in a program of its own.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if disk is not None:
            fs.call = disk  # type: ignore[assignment]  # the child's own copy
        task()
        status = 0
    except KeyboardInterrupt:
        status = 130
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    except Exception as fault:
        status = getattr(fault, "exit_status", 98)
        if status == 98:
            import traceback

            traceback.print_exc()
    finally:
        os._exit(status)


FAULTS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "EROFS": errno.EROFS}
