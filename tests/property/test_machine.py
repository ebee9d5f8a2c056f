"""
Edit, correct, build, release, verify, in any order: nothing is lost and nothing is half done.

After every step dist holds what it held or the whole new edition, every release has the bytes that
it was released with, and what was built is proved.
"""

import datetime
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.faults.program import SLUG, Tell, retitle, shown, small_book
from typer.testing import CliRunner

from engross.cli.app import app
from engross.publish.receipt import differences

SLIPS = [
    ("Monday", "Tuesday"),
    ("Thursday", "Wednesday"),
    ("Friday", "Saturday"),
    ("nobody", "no one"),
    ("Moscow", "Leningrad"),
]


class Desk(RuleBasedStateMachine):
    """An editor at work, who does things in no sensible order."""

    steps = corrections = releases = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="engross-machine-"))
        self.book = small_book(self.folder)
        self.dist = self.folder / "dist"
        self.day = datetime.date(2026, 11, 24)
        self.left = list(SLIPS)
        self.released: dict[str, str] = {}
        self.path = os.environ.get("PATH", "")
        os.environ["PATH"] = "/nowhere"  # outside checkers would only take time here

    def teardown(self) -> None:
        os.environ["PATH"] = self.path
        shutil.rmtree(self.folder)

    def engross(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        type(self).steps += 1
        before = shown(self.dist)
        result = CliRunner().invoke(app, [*arguments, "--json"])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        answer = json.loads(result.stdout)
        assert result.exit_code in range(10)
        if result.exit_code:
            assert answer["findings"]
            assert shown(self.dist) == before
        return result.exit_code, answer

    @rule(number=st.integers(0, 99))
    def edit(self, number: int) -> None:
        """The editor rewrites a title, which a release freezes."""
        retitle(self.book, f"Letter {number}")

    @rule(number=st.integers(0, 9))
    def edit_the_introduction(self, number: int) -> None:
        path = self.book / "introduction.md"
        path.write_text(f"# Introduction\n\nWords {number} [@calendar, 3].\n", "utf-8")

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        if self.left:
            old, new = data.draw(st.sampled_from(self.left))
            reason = ["--reason", "A slip.", "--on", self.day.isoformat()]
            status, _ = self.engross(
                "correct", "letter", old, new, *reason, "--book", str(self.book)
            )
            if status == 0:
                self.left.remove((old, new))
                type(self).corrections += 1

    @rule()
    def build(self) -> None:
        status, answer = self.engross("build", str(self.book))
        if status == 0:
            assert answer["published"]

    @rule()
    def release(self) -> None:
        self.day += datetime.timedelta(1)
        accept = [
            "--accept",
            "V009",
            "--accept",
            "V018",
            "--reason",
            "the tool is not on this machine",
        ]
        status, answer = self.engross(
            "release", str(self.book), "--date", self.day.isoformat(), *accept
        )
        if status == 0:
            version = answer["version"]
            type(self).releases += 1
            assert version not in self.released
            self.released[version] = str((self.dist / SLUG / version).readlink())

    @rule()
    def verify(self) -> None:
        if shown(self.dist) is not None:
            status, answer = self.engross("verify", str(self.dist / SLUG / "current"))
            assert status == 0, answer["findings"]

    @invariant()
    def releases_stand(self) -> None:
        for version, target in self.released.items():
            link = self.dist / SLUG / version
            assert str(link.readlink()) == target
            assert differences(link.resolve(), target.removeprefix("builds/")) == []

    @invariant()
    def what_is_in_dist_is_whole(self) -> None:
        shown(self.dist)


def work(examples: int, steps: int, tell: Tell) -> None:
    Desk.steps = Desk.corrections = Desk.releases = 0
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    tell("sessions", examples)
    tell("commands", Desk.steps)
    tell("corrections", Desk.corrections)
    tell("releases", Desk.releases)
    assert Desk.steps > examples


def test_a_few_sessions_lose_nothing(record_property: Tell) -> None:
    work(3, 8, record_property)


@pytest.mark.slow
def test_many_sessions_lose_nothing(record_property: Tell) -> None:
    work(int(os.environ.get("ENGROSS_SESSIONS", "60")), 20, record_property)
