"""A whole edition into dist, or dist as it was."""

import contextlib
import re
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
from engross.publish import sums
from engross.publish.lock import locked
from engross.publish.probe import try_folder
from engross.publish.sweep import BUILDS, passing_name, referenced, sweep

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
    digest = sums.digest_of(files[sums.NAME])
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
    damage = _damage(edition, digest)
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
        if output.name in {*files, sums.NAME}:
            raise ValueError(f"two outputs are called {output.name!r}")
        files[output.name] = output.content
    return files | {sums.NAME: sums.sums_of(files)}


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


def _damage(edition: Path, digest: str) -> list[str] | None:
    """How the build on disk differs from what it should be; None where there is none."""
    build = edition / BUILDS / digest
    return sums.differences(build, digest) if build.is_dir() else None


def _write(edition: Path, files: dict[str, bytes], digest: str) -> None:
    """Stage, sync, read back, rename: afterwards `builds/<digest>` is whole and on disk."""
    builds = edition / BUILDS
    stage = builds / passing_name("stage")
    try:
        fs.make_folder(stage)
        try_folder(stage, edition.parent)
        for name, content in sorted(files.items()):
            fs.make_folders((stage / name).parent, stage)
            fs.write_file(stage / name, content)
        fs.sync_tree(stage)
        if wrong := sums.differences(stage, digest):
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
