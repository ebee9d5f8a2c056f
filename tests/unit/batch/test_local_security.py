"""The scheduler of a batch on this machine takes nobody who has not the keys of this run."""

import os

import pytest

pytest.importorskip("distributed", reason="the extra cluster is not installed")


@pytest.mark.filterwarnings("ignore")
def test_who_has_no_key_runs_nothing_in_the_scheduler() -> None:
    from distributed import Client

    from engross.batch.cluster import client

    with client(1, "", lambda _: None) as ours:
        address = ours.scheduler_info()["address"]
        assert address.startswith("tls://127.0.0.1:")
        assert ours.submit(os.getpid).result() != os.getpid()
        for scheme in ("tcp", "tls"):
            with pytest.raises((OSError, ValueError, TypeError)):
                Client(
                    address.replace("tls", scheme), timeout="2s", set_as_default=False
                ).run_on_scheduler(os.getuid)
