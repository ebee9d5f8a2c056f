"""What the program sets for its own process before a command runs."""

import gc
from collections.abc import Iterator

import pytest

from engross.cli import app, main


@pytest.fixture(autouse=True)
def own_counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "")  # set back afterwards
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_cycles_are_looked_for_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, int]] = []
    monkeypatch.setattr(app, "app", lambda **_: seen.append(gc.get_threshold()))
    main._app()
    assert seen == [main.GARBAGE]
    assert gc.isenabled()
