"""A scheduler and two workers as processes of their own; processes killed in the middle."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.bench.batch_books import write_books
from tests.e2e.cluster import Cluster, cluster

POISON = '''
"""Let the book in the folder `poison` end the process that builds it."""

import os
from engross.commands import build as room


def build(request):
    if request.book.name == "poison":
        os._exit(9)
    return room.plain(request)


if not hasattr(room, "plain"):  # Dask runs this file more than once
    room.plain, room.build = room.build, build
'''


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "poison.py").write_text(POISON)
    with cluster(folder / "run", 2, folder / "poison.py") as two:
        yield two


class Batch:
    """A batch on a cluster, read line by line while it goes."""

    def __init__(self, folder: Path, address: str) -> None:
        command = [sys.executable, "-m", "engross", "batch", "books/*", "--json"]
        self.process = subprocess.Popen(
            [*command, "--scheduler", address], cwd=folder, stdout=subprocess.PIPE, text=True
        )
        self.rows: list[dict[str, Any]] = []

    def __iter__(self) -> Iterator[int]:
        """How many books are finished, after each."""
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.rows.append(json.loads(line))
                if self.rows[-1]["event"] == "book":
                    yield self.rows[-1]["finished"]
        self.process.wait()

    @property
    def books(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["event"] == "book"]

    @property
    def faults(self) -> list[str]:
        """What was said of the books that are not whole."""
        return [
            " ".join((row["folder"], row["state"], row["bug"], *map(str, row["findings"])))
            for row in self.books
            if row["state"] not in {"done", "reused"}
        ]


def whole(folder: Path) -> list[str]:
    """The names of the books that have an edition in dist."""
    return sorted(path.parents[2].name for path in folder.glob("books/*/dist/*/current"))


def test_separate_processes_build_and_the_paths_are_those_of_the_asking_machine(
    running: Cluster, tmp_path: Path
) -> None:
    list(write_books(tmp_path / "books", 3, size=1, outputs="epub"))
    batch = Batch(tmp_path, running.address)
    assert list(batch) == [1, 2, 3]
    assert batch.process.returncode == 0
    assert batch.rows[0]["message"] == (
        f"cluster {running.address} with 2 workers; it has no TLS: "
        "whoever reaches its port can run programs as you"
    )
    assert {row["worker"] for row in batch.books} == {"w0", "w1"}
    for row in batch.books:
        assert Path(row["published"]).is_dir()
        assert Path(row["outputs"][0]["path"]).is_file()


def test_workers_killed_in_the_middle_twice_lose_no_book(running: Cluster, tmp_path: Path) -> None:
    list(write_books(tmp_path / "books", 8, size=1, outputs="epub"))
    batch = Batch(tmp_path, running.address)
    killed = []
    for finished in batch:
        if finished in (2, 4):
            killed.append(running.pids()[finished // 4])
            running.kill(finished // 4)
    assert len(set(killed)) == 2
    assert batch.faults == []
    assert len(batch.books) == 8
    assert batch.process.returncode == 0
    assert len(whole(tmp_path)) == 8
    assert not set(killed) & set(running.pids())


def test_a_book_that_kills_its_worker_is_reported_and_all_others_are_whole(
    running: Cluster, tmp_path: Path
) -> None:
    books = list(write_books(tmp_path / "books", 6, size=1, outputs="epub"))
    books[1].rename(books[1].with_name("poison"))
    batch = Batch(tmp_path, running.address)
    assert len(list(batch)) == 6
    # A worker may die when a book of its own is in dist and not yet told: it is met again there.
    lost = [row for row in batch.books if row["state"] not in {"done", "reused"}]
    assert [(Path(row["folder"]).name, row["state"], row["exit_status"]) for row in lost] == [
        ("poison", "lost", 8)
    ]
    assert [(row["code"], row["message"]) for row in lost[0]["findings"]] == [
        ("X020", "its worker died 2 times, the last 1 with this book alone")
    ]
    assert batch.process.returncode == 8
    assert whole(tmp_path) == [f"book-000{n}" for n in (1, 3, 4, 5, 6)]


@pytest.mark.slow
def test_after_the_scheduler_is_killed_a_second_run_does_the_rest_only(tmp_path: Path) -> None:
    list(write_books(tmp_path / "books", 5, size=1, outputs="epub"))
    with cluster(tmp_path / "run") as two:
        batch = Batch(tmp_path, two.address)
        for finished in batch:
            if finished == 3:
                os.kill(two.scheduler.pid, signal.SIGKILL)
    assert batch.process.returncode == 6
    lost = [row for row in batch.books if row["state"] == "lost"]
    assert 1 <= len(lost) <= 2
    said = {(row["findings"][0]["code"], row["findings"][0]["message"]) for row in lost}
    assert said == {("E034", "the cluster went away before this book was built")}
    before = {
        name: (tmp_path / "books" / name / "dist").stat().st_mtime_ns for name in whole(tmp_path)
    }
    with cluster(tmp_path / "again") as two:
        again = Batch(tmp_path, two.address)
        assert len(list(again)) == 5
    assert again.process.returncode == 0
    states = {Path(row["folder"]).name: row["state"] for row in again.books}
    assert {name for name, state in states.items() if state == "reused"} >= set(before)
    assert len(before) >= 3
    assert len(whole(tmp_path)) == 5
