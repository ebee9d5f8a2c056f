"""SECURITY.md is true sentence by sentence: each names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_promise_names_tests_that_are_there() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    promises = re.split(r"(?m)^\d+\. ", text.partition("**What it does not")[0])[1:]
    assert len(promises) == 10
    for promise in promises:
        named = re.findall(r"`(tests/[\w./]+)`", promise)
        assert named, promise
        assert [path for path in named if not (ROOT / path).exists()] == []
