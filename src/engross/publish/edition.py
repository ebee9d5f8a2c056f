"""A whole edition into dist, or dist as it was."""

import contextlib
import os
import re
import secrets
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from engross import catalog
from engross.disk import fs
from engross.disk.refused import environment_error, explained
from engross.model.check import Output
from engross.model.finding import Finding, Place
from engross.publish.lock import locked
from engross.publish.probe import try_folder
from engross.publish.receipt import SUMS, differences, digest_of, sums_of

BUILDS = "builds"
_OURS = (".stage-", ".old-", ".link-")
"""How names begin that a dead or interrupted build may have left."""


RECEIPT = "receipt.json"
_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_POINTER = re.compile(r"current|draft|[1-9]\d*\.\d+")


@dataclass(frozen=True, slots=True)
class Published:
    """What is in dist now."""

    path: Path
    """`dist/<slug>/current`, or the other link that was asked for."""
    digest: str
    """SHA-256 of SHA256SUMS; the build lies in `builds/<digest>`."""
    unchanged: bool
    """The link led to exactly these bytes before."""
    messages: tuple[str, ...] = ()
    """What was cleared up or fixed on the way."""


def publish(
    outputs: Sequence[Output],
    slug: str,
    dist: Path,
    pointer: str,
    receipt: bytes,
    *,
    wait: bool = False,
    say: Callable[[str], None] = lambda _: None,
    stale: Callable[[], Sequence[Finding]] = tuple,
) -> Published:
    """
    Put outputs, receipt and checksums into `dist/<slug>/` under the link `pointer`.

    `pointer` is `current`, `draft` or a version; a version's link is made once. Readers see the
    former edition or this one, never a mixture and never nothing, whatever ends this process. It
    may `wait` for another process that publishes, instead of giving up; `say` hears of what was
    cleared up; `stale` is asked under the lock why this is no longer what the book comes to.

    Raises:
        EngrossError: disk or permission (6), locked (7), a release with other bytes (4), or what
            `stale` says. Then every link is as it was.
    """
    files = _files(outputs, slug, pointer, receipt)
    digest = digest_of(files[SUMS])
    needed = sum(len(content) for content in files.values())
    edition = dist / slug
    messages: list[str] = []

    def tell(sentences: Sequence[str]) -> None:
        for sentence in sentences:
            messages.append(sentence)
            say(sentence)

    with explained(dist, needed):
        fs.make_all(dist)
    with locked(dist, slug, wait=wait, say=say), _terminable(), explained(dist, needed):
        fs.make_folders(edition / BUILDS, dist)
        tell(sweep(edition, builds=False))
        if reasons := list(stale()):
            raise catalog.stop(reasons)
        _refuse_pointer(edition, pointer, digest)
        before = referenced(edition).get(pointer)
        if damage := _made_whole(edition, files, digest):
            tell([f"fixed the build {digest[:12]}: {', '.join(damage)}"])
        if before != digest:
            link = edition / passing_name("link")
            fs.swap_link(edition / pointer, f"{BUILDS}/{digest}", link)  # the moment of change
        tell(sweep(edition))
    return Published(edition / pointer, digest, before == digest and not damage, tuple(messages))


def _made_whole(edition: Path, files: dict[str, bytes], digest: str) -> list[str]:
    """Write a build that is not there, or not as it was written; in words what was damaged."""
    build = edition / BUILDS / digest
    damage = differences(build, digest) if build.is_dir() else None
    if damage is None or damage:
        _write(edition, files, digest)
    return damage or []


def released(dist: Path) -> frozenset[str]:
    """The links of released versions in dist: `SLUG/VERSION`."""
    found = (path for path in dist.glob("*/[1-9]*") if _POINTER.fullmatch(path.name))
    return frozenset(f"{path.parent.name}/{path.name}" for path in found)


def _files(outputs: Sequence[Output], slug: str, pointer: str, receipt: bytes) -> dict[str, bytes]:
    """Everything that will be in the folder, by name; what breaks the rules here is a bug."""
    if not _SLUG.fullmatch(slug) or not _POINTER.fullmatch(pointer):
        raise ValueError(f"not to be published under {slug!r}, {pointer!r}")
    files = {RECEIPT: receipt}
    for output in outputs:
        parts = output.name.split("/")
        if any(part in {"", ".", ".."} for part in parts) or not output.name.isprintable():
            raise ValueError(f"not a name for an output: {output.name!r}")
        if output.name in {*files, SUMS}:
            raise ValueError(f"two outputs are called {output.name!r}")
        files[output.name] = output.content
    return files | {SUMS: sums_of(files)}


def _refuse_pointer(edition: Path, pointer: str, digest: str) -> None:
    there = edition / pointer
    led_to = fs.link_target(there)
    if led_to is None and there.exists():
        message = f"{there} is not a link, so it was not put there by engross"
        fix = "move it away and run the command again"
        raise environment_error("E007", message, fix)
    if pointer[0].isdigit() and led_to not in {None, f"{BUILDS}/{digest}"}:
        old = (led_to or "").rpartition("/")[2]
        message = f"{there} is released with other bytes: {old[:12]}, and these are {digest[:12]}"
        fix = "a release is never overwritten: give the edition a new version"
        raise catalog.stop([catalog.finding("V001", Place(), message, fix)])


def _write(edition: Path, files: dict[str, bytes], digest: str) -> None:
    """Stage, sync, read back, rename: afterwards `builds/<digest>` is whole and on disk."""
    builds = edition / BUILDS
    stage = builds / passing_name("stage")
    try:
        fs.make_folder(stage)
        try_folder(stage, edition.parent)
        fs.write_files(stage, files)
        fs.sync_tree(stage)
        if wrong := differences(stage, digest):
            message = f"{builds} gave back other bytes than were written: {', '.join(wrong)}"
            fix = "look after the disk, or publish elsewhere with --out DIR"
            raise environment_error("E008", message, fix)
        if (builds / digest).exists():
            # Only a damaged build is replaced, which had no whole edition to lose.
            fs.rename(builds / digest, builds / passing_name("old"))
        fs.rename(stage, builds / digest)
        fs.sync_folder(builds)
        fs.sync_folder(edition)
        fs.sync_folder(edition.parent)
    except BaseException:
        # What cannot be removed now is swept by the next build.
        with contextlib.suppress(OSError):
            fs.remove_tree(stage)
        raise


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM unwind the stack as Ctrl-C does, so that the stage is removed (status 143)."""
    alone = threading.current_thread() is not threading.main_thread()
    if alone or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def passing_name(kind: str) -> str:
    """A name that no other build has: `.stage-4711-a1b2c3d4`; kinds are stage, old and link."""
    return f".{kind}-{os.getpid()}-{secrets.token_hex(4)}"


def referenced(edition: Path) -> dict[str, str]:
    """Link names and the digests of the builds that they lead to."""
    found = {}
    for name in fs.names(edition):
        target = fs.link_target(edition / name)
        if target is not None and target.startswith(f"{BUILDS}/"):
            found[name] = target.removeprefix(f"{BUILDS}/")
    return found


def sweep(edition: Path, *, builds: bool = True) -> list[str]:
    """
    Remove what interrupted builds left and, if asked, builds that no link leads to.

    To be called under the edition's lock. A build is renamed before it is emptied, so that a
    folder under `builds/` is always whole. What cannot be removed is left for next time.

    Returns: a sentence for each thing removed.
    """
    said: list[str] = []
    try:
        leftovers = [edition / name for name in fs.names(edition) if name.startswith(_OURS)]
        kept = set(referenced(edition).values())
        for name in fs.names(edition / BUILDS) if (edition / BUILDS).is_dir() else []:
            path = edition / BUILDS / name
            if name.startswith(_OURS):
                leftovers.append(path)
            elif builds and name not in kept:
                moved = edition / BUILDS / passing_name("old")
                fs.rename(path, moved)
                fs.remove_tree(moved)
                said.append(f"removed the build {name[:12]}, which no link leads to")
        for path in leftovers:
            fs.remove_tree(path)
            said.append(f"removed {path.name}, left by an interrupted build")
    except OSError as fault:
        said.append(f"could not clear up in {edition}: {os.strerror(fault.errno or 0)}")
    return said


def clear(dist: Path) -> tuple[str, ...]:
    """
    Remove from every edition in `dist` what no link leads to; editions stay as readers see them.

    Raises:
        EngrossError: an edition is being published (exit status 7).

    Returns: a sentence for each thing removed, with the edition before it.
    """
    said: list[str] = []
    for name in fs.names(dist) if dist.is_dir() else []:
        if (dist / name / BUILDS).is_dir():
            with locked(dist, name, wait=False, say=said.append):
                said += [f"{name}: {sentence}" for sentence in sweep(dist / name)]
    return tuple(said)
