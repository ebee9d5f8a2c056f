"""The scheduler of a batch on this machine takes nobody who has not the keys of this run."""

import os
import subprocess
import sys

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


ATTACK = """
import os, sys
from distributed import Client
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
for scheme in ("tcp", "tls"):
    try:
        address = sys.argv[1].replace("tls", scheme)
        Client(address, timeout="3s", set_as_default=False).run_on_scheduler(os.getuid)
    except Exception as refused:
        print(scheme, os.getuid(), type(refused).__name__)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another account as well")
@pytest.mark.filterwarnings("ignore")
def test_another_account_of_the_machine_runs_nothing_in_the_scheduler() -> None:
    from engross.batch.cluster import client

    with client(1, "", lambda _: None) as ours:
        command = [sys.executable, "-c", ATTACK, ours.scheduler_info()["address"]]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line.split() for line in ended.stdout.splitlines()]
    assert [row[:2] for row in said] == [["tcp", "65534"], ["tls", "65534"]], ended.stderr
    assert {row[2] for row in said} <= {"CommClosedError", "OSError", "TypeError", "ValueError"}
