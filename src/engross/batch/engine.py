"""
Who builds: this process alone, local worker processes, or a Dask cluster that runs elsewhere.

Dask is imported only where there is more than one worker. It retries a book whose worker died, and
gives a book up that has killed several. The scheduler may die as well: what was published stays,
and the next run finds it in dist.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engross.batch.work import Account, Task, build_one
from engross.catalog import finding, stop
from engross.model.finding import Place

DEATHS = 2
"""Workers that a book may take with it before it is given up."""
RETRIES = 2
MEMORY = "1GiB"
"""Limit of a local worker; Dask restarts one that comes near it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many, and where."""

    jobs: int = 1
    scheduler: str = ""
    """Address of a running scheduler, `tcp://…`; empty: local workers."""


Listener = Callable[[str], None]


def run(tasks: Sequence[Task], plan: Plan, say: Listener) -> Iterator[Account]:
    """
    Build every book and give each account as soon as it is there.

    Raises:
        EngrossError: the cluster cannot be reached, or Dask is not installed (6).
    """
    if not plan.scheduler and plan.jobs <= 1:
        for task in tasks:
            yield build_one(task, "local")
        return
    with _client(plan, say) as client:
        yield from _distributed(client, tasks)


def _distributed(client: Any, tasks: Sequence[Task]) -> Iterator[Account]:
    from distributed import as_completed

    futures = {
        client.submit(
            _remote, task, key=f"{task.folder}-{index}", pure=False, retries=RETRIES
        ): task
        for index, task in enumerate(tasks)
    }
    for future in as_completed(list(futures), loop=client.loop, raise_errors=False):
        task = futures.pop(future)
        if future.status == "finished":
            yield future.result()
        elif future.status == "error":
            yield _lost(task, future.exception())
        else:
            yield Account(
                task.folder,
                "lost",
                findings=("the cluster went away before this book was built",),
                exit_status=6,
            )
        future.release()


def _remote(task: Task) -> Account:
    from distributed import get_worker

    return build_one(task, str(get_worker().name))


def _lost(task: Task, fault: BaseException | None) -> Account:
    kind = type(fault).__name__
    words = (
        f"its worker died {DEATHS + 1} times; the other books went on"
        if kind == "KilledWorker"
        else f"{kind}: {fault}"
    )
    return Account(task.folder, "lost", findings=(words,), exit_status=8)


@contextmanager
def _client(plan: Plan, say: Listener) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise stop(
            [
                finding(
                    "E030",
                    Place(),
                    "more than one worker needs Dask, which is not installed",
                    "install engross[cluster], or use -j 1",
                )
            ]
        ) from error
    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": DEATHS,
            "distributed.worker.daemon": False,
            "distributed.comm.timeouts.connect": "10s",
        }
    )
    if plan.scheduler:
        try:
            client = Client(plan.scheduler, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise stop(
                [
                    finding(
                        "E031",
                        Place(),
                        f"no scheduler answers at {plan.scheduler}",
                        "start one with `dask scheduler`, and workers with `dask worker ADDRESS`",
                    )
                ]
            ) from error
        with client:
            say(f"cluster {plan.scheduler}, dashboard {client.dashboard_link}")
            yield client
        return
    with (
        LocalCluster(
            n_workers=plan.jobs,
            threads_per_worker=1,
            processes=True,
            memory_limit=MEMORY,
            dashboard_address=None,
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        say(f"{plan.jobs} local workers")
        yield client
