"""Clearing a whole dist, as `engross clean` does."""

from collections.abc import Callable
from pathlib import Path

from engross.disk import fs
from engross.publish.lock import locked
from engross.publish.sweep import BUILDS, sweep


def clear(
    dist: Path, *, wait: bool = False, say: Callable[[str], None] = lambda _: None
) -> tuple[str, ...]:
    """
    Remove from every edition in `dist` what no link leads to; editions stay as readers see them.

    Raises:
        EngrossError: an edition is being published (exit status 7).

    Returns: a sentence for each thing removed, with the edition before it.
    """
    said: list[str] = []
    for name in fs.names(dist) if dist.is_dir() else []:
        if not (dist / name / BUILDS).is_dir():
            continue
        with locked(dist, name, wait=wait, say=say):
            said += [f"{name}: {sentence}" for sentence in sweep(dist / name)]
    return tuple(said)
