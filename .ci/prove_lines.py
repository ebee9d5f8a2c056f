"""A pytest plugin for .ci/prove.py: a JSON line for each test that came to an end, at once."""

import json
import os
from pathlib import Path
from typing import Any

TOLD = "ENGROSS_PROVED"
"""Names the environment variable that names the file."""


def pytest_collection_finish(session: Any) -> None:
    """Say which tests will be run."""
    write({"wanted": [item.nodeid for item in session.items]})


def pytest_xdist_node_collection_finished(ids: list[str]) -> None:
    """Say the same where worker processes collect."""
    write({"wanted": ids})


def pytest_runtest_logreport(report: Any) -> None:
    """Say what came of a test: once it has run, or earlier or later if something went wrong."""
    if report.when != "call" and report.passed:
        return
    why = report.longrepr[2].removeprefix("Skipped: ") if report.skipped else ""
    came = "holds" if report.passed else f"not run: {why}" if report.skipped else "FAILED"
    counts = ", ".join(f"{name} {value}" for name, value in report.user_properties)
    write({"id": report.nodeid, "came": came, "counts": counts, "seconds": report.duration})


def write(row: dict[str, object]) -> None:
    """Add a line; the worker processes of xdist report to the one that may write."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    with Path(os.environ[TOLD]).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(row) + "\n")
