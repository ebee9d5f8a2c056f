"""Who builds: this process alone, or the workers of a cluster, local or elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engross.batch.work import Account, Task, build_one


@dataclass(frozen=True, slots=True)
class Plan:
    """How many, and where."""

    jobs: int = 1
    scheduler: str = ""
    """Address of a running scheduler, `tcp://…`; empty: local workers."""

    @property
    def alone(self) -> bool:
        """Whether this process does everything; Dask is not imported then."""
        return not self.scheduler and self.jobs <= 1


Listener = Callable[[str], None]


def run(tasks: Sequence[Task], plan: Plan, say: Listener) -> Iterator[Account]:
    """
    Build every book and give each account as soon as it is there.

    Raises:
        EngrossError: the cluster cannot be reached, or Dask is not installed (6).
    """
    if plan.alone:
        for task in tasks:
            yield build_one(task, "0")
        return
    from engross.batch import cluster

    with cluster.client(plan.jobs, plan.scheduler, say) as client:
        yield from cluster.run(client, tasks, say)
