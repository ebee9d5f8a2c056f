"""Whatever ends a build, dist holds a whole edition: the former one or the new one."""

import itertools
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.faults.program import Tell
from tests.unit.publish.shelf import (
    FAULTS,
    SLUG,
    Disk,
    die,
    digest,
    in_child,
    leftovers,
    put,
    refuse,
    send,
    shown,
    start,
)

from engross.disk import fs
from engross.model.finding import EngrossError

CALLS_AT_LEAST = 60
"""A publication makes more calls than this; fewer, and the tests below would see nothing."""


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return tmp_path / "dist"


def prepare(dist: Path) -> None:
    """The former edition, released and current."""
    put(dist, "A", "1.0")
    put(dist, "A")


def status_of(task: Callable[[], Any]) -> int:
    """The exit status that a task would end with; any other exception is a failure."""
    try:
        task()
    except EngrossError as error:
        return error.exit_status
    return 0


def assert_whole_and_mendable(dist: Path, k: int) -> None:
    assert shown(dist) in {digest("A"), digest("B")}, f"after call {k}"
    assert shown(dist, "1.0") == digest("A"), f"after call {k}"
    put(dist, "B")
    assert shown(dist) == digest("B"), f"after call {k}"
    assert shown(dist, "1.0") == digest("A"), f"after call {k}"
    assert leftovers(dist) == [], f"after call {k}"


def for_every_call(
    dist: Path, attempt: Callable[[Path, Disk], None], act: Callable[..., Any], step: int = 1
) -> int:
    """Try with the fault at call 1, 2, 3 … until a publication ends before it; the last call."""
    for k in itertools.count(1, step):
        here = dist / str(k)
        prepare(here)
        disk = Disk(k, act)
        attempt(here, disk)
        if not disk.acted:
            return k - 1
        assert_whole_and_mendable(here, k)
    raise AssertionError


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything but the disk's own waiting, which no test of this file can see."""
    monkeypatch.setattr(fs, "call", Disk(0, die))


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.usefixtures("quick")
def test_no_failing_call_leaves_half_an_edition(
    dist: Path, monkeypatch: pytest.MonkeyPatch, name: str, record_property: Tell
) -> None:
    refused = 0

    def attempt(here: Path, disk: Disk) -> None:
        nonlocal refused
        with monkeypatch.context() as patched:
            patched.setattr(fs, "call", disk)
            status = status_of(lambda: put(here, "B"))
        assert status in {0, 6}
        if status:
            assert disk.acted
            assert not [left for left in leftovers(here) if left.startswith(".stage")]
            refused += 1

    calls = for_every_call(dist, attempt, refuse(FAULTS[name]))
    record_property("calls that failed", calls)
    assert calls > CALLS_AT_LEAST
    assert refused > CALLS_AT_LEAST // 2


@pytest.mark.usefixtures("quick")
def test_no_call_that_is_the_last_leaves_half_an_edition(dist: Path, record_property: Tell) -> None:
    def attempt(here: Path, disk: Disk) -> None:
        status = in_child(lambda: put(here, "B"), disk)
        assert status in {0, 99}
        disk.calls = disk.k if status == 99 else 0

    calls = for_every_call(dist, attempt, die)
    record_property("calls at which a build died", calls)
    assert calls > CALLS_AT_LEAST


def signal_at_calls(dist: Path, number: signal.Signals, status: int, step: int) -> int:
    seen = set()

    def attempt(here: Path, disk: Disk) -> None:
        ended = in_child(lambda: put(here, "B"), disk)
        seen.add(ended)
        # Before the lock is held nothing is there to be removed, and SIGTERM just ends us.
        assert ended in {0, status, -int(number)}
        disk.calls = 0 if ended == 0 else disk.k
        if ended == status:
            assert [left for left in leftovers(here) if left.startswith(".stage")] == []

    calls = for_every_call(dist, attempt, send(number), step)
    assert calls > CALLS_AT_LEAST
    assert status in seen
    return calls


SIGNALS = [(signal.SIGTERM, 143), (signal.SIGINT, 130)]


@pytest.mark.parametrize(("number", "status"), SIGNALS)
@pytest.mark.usefixtures("quick")
def test_a_signal_at_each_tenth_call_removes_the_stage(
    dist: Path, number: signal.Signals, status: int
) -> None:
    signal_at_calls(dist, number, status, step=10)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "status"), SIGNALS)
@pytest.mark.usefixtures("quick")
def test_a_signal_at_any_call_removes_the_stage(
    dist: Path, number: signal.Signals, status: int, record_property: Tell
) -> None:
    record_property("calls with a signal", signal_at_calls(dist, number, status, step=1))


@pytest.mark.usefixtures("quick")
def test_a_first_publication_that_fails_shows_nothing(
    dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for k in itertools.count(1):
        here = dist / str(k)
        disk = Disk(k, refuse(FAULTS["ENOSPC"]))
        with monkeypatch.context() as patched:
            patched.setattr(fs, "call", disk)
            assert status_of(lambda here=here: put(here, "B")) in {0, 6}
        if not disk.acted:
            break
        assert shown(here) in {None, digest("B")}
        put(here, "B")
        assert shown(here) == digest("B")
        assert leftovers(here) == []
    assert k > CALLS_AT_LEAST


def kill_at_random(dist: Path, times: int, seed: int) -> set[str]:
    """Kill builds at random moments; whether the former edition or the new one was there then."""
    chance = random.Random(seed)
    prepare(dist)
    began = time.monotonic()
    put(dist, "B", "draft")
    takes = time.monotonic() - began
    whole = {digest("A")}
    killed, outcomes = 0, set()
    for turn in range(times):
        text = f"turn {turn}"
        whole.add(digest(text))
        pid = start(lambda text=text: put(dist, text))
        time.sleep(chance.uniform(0, 2 * takes))
        os.kill(pid, signal.SIGKILL)
        killed += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        outcomes.add("new" if shown(dist) == digest(text) else "former")
        assert shown(dist) in whole
        assert shown(dist, "1.0") == digest("A")
    assert killed
    put(dist, "B")
    assert shown(dist) == digest("B")
    assert leftovers(dist) == []
    return outcomes


def test_a_dozen_kills_leave_a_whole_edition_each(dist: Path) -> None:
    kill_at_random(dist, 12, seed=1961)


@pytest.mark.slow
def test_three_hundred_kills_leave_a_whole_edition_each(dist: Path, record_property: Tell) -> None:
    record_property("kills", 300)
    assert kill_at_random(dist, 300, seed=914) == {"former", "new"}


def test_eight_builds_at_once_that_wait_all_publish(dist: Path) -> None:
    children = [start(lambda n=n: put(dist, f"text {n}", wait=True)) for n in range(8)]
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    assert ends == [0] * 8
    assert shown(dist) in {digest(f"text {n}") for n in range(8)}
    assert leftovers(dist) == []


def test_eight_builds_at_once_publish_or_say_that_they_are_locked(dist: Path) -> None:
    children = [start(lambda n=n: put(dist, f"text {n}")) for n in range(8)]
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    assert set(ends) <= {0, 7}
    assert 0 in ends
    assert shown(dist) in {digest(f"text {n}") for n in range(8) if ends[n] == 0}
    put(dist, "B")
    assert leftovers(dist) == []


def held(dist: Path) -> tuple[int, int]:
    """A child that holds the lock until the pipe's end is closed: its pid, and that end."""
    ready_in, ready_out = os.pipe()
    go_in, go_out = os.pipe()

    def hold() -> None:
        from engross.publish.lock import locked

        os.close(go_out)
        with locked(dist, "yamada-1961"):
            os.write(ready_out, b"x")
            os.read(go_in, 1)

    pid = start(hold)
    os.close(go_in)
    os.close(ready_out)
    assert os.read(ready_in, 1) == b"x"
    os.close(ready_in)
    return pid, go_out


def test_a_second_build_is_told_who_is_at_work(dist: Path) -> None:
    prepare(dist)
    pid, release = held(dist)
    with pytest.raises(EngrossError) as caught:
        put(dist, "B")
    assert caught.value.exit_status == 7
    assert str(caught.value) == (
        f"engross: K001 'yamada-1961' is being published by process {pid} on "
        f"{os.uname().nodename}\n"
        "    fix: let it finish, or wait for it with --wait"
    )
    assert shown(dist) == digest("A")
    os.close(release)
    os.waitpid(pid, 0)
    put(dist, "B")
    assert shown(dist) == digest("B")


def test_waiting_says_for_whom_and_then_publishes(dist: Path) -> None:
    prepare(dist)
    pid, release = held(dist)
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        if len(said) == 1:
            os.close(release)

    put(dist, "B", wait=True, say=say)
    os.waitpid(pid, 0)
    assert said[0] == f"waiting for process {pid} on {os.uname().nodename}"
    assert shown(dist) == digest("B")


def test_a_lock_dies_with_its_holder(dist: Path) -> None:
    prepare(dist)
    pid, release = held(dist)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(release)
    put(dist, "B")
    assert shown(dist) == digest("B")


def test_editions_do_not_lock_each_other(dist: Path) -> None:
    from engross.publish import publish

    prepare(dist)
    pid, release = held(dist)
    publish([], "another", dist, "current", b"receipt")
    os.close(release)
    os.waitpid(pid, 0)
    assert (dist / "another" / "current" / "receipt.json").read_bytes() == b"receipt"


def test_the_disk_has_every_byte_before_a_name_leads_to_it(
    dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a loss of power cannot be tried for: the order in which the disk is made to wait."""
    prepare(dist)
    opened: dict[int, str] = {}
    steps: list[tuple[str, str]] = []

    def call(function: Callable[..., Any], *args: Any) -> Any:
        result = function(*args)
        if function is os.open:
            opened[result] = Path(args[0]).name
        elif function is os.write:
            steps.append(("write", opened[args[0]]))
        elif function is os.fsync:
            steps.append(("sync", opened[args[0]]))
        elif function is os.rename:
            steps.append(("rename", Path(args[1]).name))
        return result

    monkeypatch.setattr(fs, "call", call)
    put(dist, "B")
    appears = steps.index(("rename", digest("B")))
    shows = steps.index(("rename", "current"))
    # The stage is tried first, and so it waits before anything is in it as well.
    whole = max(n for n, step in enumerate(steps) if step[1].startswith(".stage"))
    assert steps[whole][0] == "sync"
    for name in (f"{SLUG}.epub", "received.txt", "receipt.json", "SHA256SUMS"):
        at = steps.index(("sync", name))
        assert steps.index(("write", name)) < at < whole < appears
    assert steps.index(("sync", "yamada")) < steps.index(("sync", "evidence")) < appears
    assert appears < steps.index(("sync", "builds")) < shows
    assert ("sync", SLUG) in steps[shows:]
