"""
Many workers, by Dask: local processes, or a cluster that runs elsewhere.

No more books are handed out than there are workers. So a worker that dies takes one book with it,
which is tried elsewhere, and a book that kills its workers brings no other under suspicion. The
scheduler may die as well: what was published stays, and the next run finds it in dist.
"""

import hashlib
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any
from urllib.request import ProxyHandler, build_opener

from engross.batch.work import Account, Task, build_one
from engross.catalog import finding, stop
from engross.model.finding import Finding, Place

DEATHS = 2
"""Workers that a book may take with it before it is set aside, to be tried alone at the end."""
RETRIES = 2
MEMORY = "1GiB"
"""Limit of a local worker; Dask restarts one that comes near it."""
TICK = 2.0
"""Seconds after which the cluster is looked at again: workers come and go."""
OPEN = "; it has no TLS: whoever reaches its port can run programs as you"
ANSWER = "10s"
"""How long a scheduler may take to answer."""
QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.scheduler.work-stealing": False,  # a worker never has a second book to give away
    "distributed.worker.multiprocessing-method": "forkserver",  # Dask is loaded once for all
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
"""Dask's watches over its own processes: by default they cost two idle workers 9 % of a core."""


def run(client: Any, tasks: Sequence[Task], say: Callable[[str], None]) -> Iterator[Account]:
    """Build all books; those whose workers died are tried once more, one at a time."""
    suspects: list[Task] = []
    for task, future in _flight(client, tasks, say):
        if _killed(future):
            suspects.append(task)
        else:
            yield _account(task, future)
    for task in suspects:
        for _, future in _flight(client, [task], say):
            yield _account(task, future)


def _flight(
    client: Any, tasks: Sequence[Task], say: Callable[[str], None]
) -> Iterator[tuple[Task, Any]]:
    """Each task with its finished future, as they finish."""
    waiting = deque(tasks)
    flying: dict[str, tuple[Task, Any]] = {}
    landed: SimpleQueue[str] = SimpleQueue()
    places, looked = _places(client), time.monotonic()
    if not places:
        say("the cluster has no worker yet; waiting for one")
    while waiting or flying:
        if time.monotonic() - looked > TICK:
            now, looked = _places(client), time.monotonic()
            if now != places:
                say(f"the cluster has {_counted(now)} now")
            places = now
        while waiting and len(flying) < max(places, 1):
            task = waiting.popleft()
            # Two who ask one cluster for the same edition at once get one build.
            key = f"edition-{hashlib.sha256(repr(task).encode()).hexdigest()[:32]}"
            future = client.submit(_remote, task, key=key, retries=RETRIES)
            flying[future.key] = task, future
            future.add_done_callback(lambda done: landed.put(done.key))
        try:
            task, future = flying.pop(landed.get(timeout=TICK))
        except Empty:
            if _gone(client):
                break
            continue
        yield task, future
        future.release()
        if _gone(client):
            break
    for task, future in (*flying.values(), *((task, None) for task in waiting)):
        yield task, future


def _places(client: Any) -> int:
    """How many books can be built at once; a worker builds one, whatever threads it has."""
    try:
        return len(client.nthreads())
    except (OSError, TimeoutError, RuntimeError):
        return 0


def _counted(places: int) -> str:
    return f"{places} worker{'s' if places != 1 else ''}"


def _gone(client: Any) -> bool:
    return bool(client.status != "running")


def _remote(task: Task) -> Account:
    from distributed import get_worker

    return build_one(task, str(get_worker().name))


def _killed(future: Any) -> bool:
    return future is not None and future.status == "error" and _name(future) == "KilledWorker"


def _name(future: Any) -> str:
    return type(future.exception()).__name__


def _account(task: Task, future: Any) -> Account:
    """What the worker said, or why nobody said anything."""
    if future is not None and future.status == "finished":
        account = future.result()
        assert isinstance(account, Account)
        return account
    if future is None or future.status != "error":
        lost = finding("E034", Place(), "the cluster went away before this book was built")
        return _lost(task, lost, 6)
    if _killed(future):
        deaths = future.exception().allowed_failures + 1
        words = f"its worker died {2 * deaths} times, the last {deaths} with this book alone"
        return _lost(task, finding("X020", Place(), words), 8)
    bug = f"{_name(future)}: {future.exception()}"
    return Account(task.folder, "lost", bug=bug, exit_status=70)


def _lost(task: Task, why: Finding, status: int) -> Account:
    return Account(task.folder, "lost", findings=(why,), exit_status=status)


@contextmanager
def client(jobs: int, scheduler: str, say: Callable[[str], None]) -> Iterator[Any]:
    """
    A client of the scheduler at an address, or of a new one with local workers.

    Raises:
        EngrossError: there is no Dask, or nobody at the address (6).
    """
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        words = "more than one worker needs Dask, which is not installed"
        raise stop([finding("E030", Place(), words)]) from error
    # What Dask has to say of workers that died is in the accounts, where it matters.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set({"distributed.scheduler.allowed-failures": DEATHS})
    dask.config.set({"distributed.comm.timeouts.connect": ANSWER})
    if not scheduler:
        with _local(jobs) as cluster, Client(cluster, set_as_default=False) as found:
            say(f"{jobs} local workers")
            yield found
        return
    try:
        found = Client(scheduler, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        fix = "start one with `dask scheduler`, and workers with `dask worker ADDRESS`"
        words = f"no scheduler answers at {scheduler}"
        raise stop([finding("E031", Place(), words, fix)]) from error
    with found:
        open_ = "" if scheduler.startswith("tls://") else OPEN
        say(f"cluster {scheduler} with {_counted(_places(found))}{_dashboard(found)}{open_}")
        yield found


def _local(jobs: int) -> Any:
    import dask
    from distributed import LocalCluster

    dask.config.set(QUIET)
    return LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        processes=True,
        memory_limit=MEMORY,
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # which answers nothing
        security=True,  # with keys of this run alone: the port is open to every account
        silence_logs="CRITICAL",
    )


def _dashboard(client: Any) -> str:
    """Where Dask's own page of the work is; without bokeh there is only an excuse for one."""
    try:
        link = str(client.dashboard_link)
        with build_opener(ProxyHandler({})).open(link, timeout=2) as page:
            up = b"needs bokeh" not in page.read(1000)
    except (OSError, ValueError, KeyError, AttributeError):
        return ""
    return f", dashboard at {link}" if up else ""
