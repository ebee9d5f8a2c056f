"""Removing what no link leads to."""

import os
import secrets
from pathlib import Path

from engross.disk import fs
from engross.publish.lock import locked

BUILDS = "builds"
_OURS = (".stage-", ".old-", ".link-")
"""How names begin that a dead or interrupted build may have left."""


def passing_name(kind: str) -> str:
    """A name that no other build has: `.stage-4711-a1b2c3d4`; kinds are stage, old and link."""
    return f".{kind}-{os.getpid()}-{secrets.token_hex(4)}"


def referenced(edition: Path) -> dict[str, str]:
    """Link names and the digests of the builds that they lead to."""
    found = {}
    for name in fs.names(edition):
        target = fs.link_target(edition / name)
        if target is not None and target.startswith(f"{BUILDS}/"):
            found[name] = target.removeprefix(f"{BUILDS}/")
    return found


def sweep(edition: Path, *, builds: bool = True) -> list[str]:
    """
    Remove what interrupted builds left and, if asked, builds that no link leads to.

    To be called under the edition's lock. A build is renamed before it is emptied, so that a
    folder under `builds/` is always whole. What cannot be removed is left for next time.

    Returns: a sentence for each thing removed.
    """
    said: list[str] = []
    try:
        leftovers = [edition / name for name in fs.names(edition) if name.startswith(_OURS)]
        kept = set(referenced(edition).values())
        for name in fs.names(edition / BUILDS) if (edition / BUILDS).is_dir() else []:
            path = edition / BUILDS / name
            if name.startswith(_OURS):
                leftovers.append(path)
            elif builds and name not in kept:
                moved = edition / BUILDS / passing_name("old")
                fs.rename(path, moved)
                fs.remove_tree(moved)
                said.append(f"removed the build {name[:12]}, which no link leads to")
        for path in leftovers:
            fs.remove_tree(path)
            said.append(f"removed {path.name}, left by an interrupted build")
    except OSError as fault:
        said.append(f"could not clear up in {edition}: {os.strerror(fault.errno or 0)}")
    return said


def clear(dist: Path) -> tuple[str, ...]:
    """
    Remove from every edition in `dist` what no link leads to; editions stay as readers see them.

    Raises:
        EngrossError: an edition is being published (exit status 7).

    Returns: a sentence for each thing removed, with the edition before it.
    """
    said: list[str] = []
    for name in fs.names(dist) if dist.is_dir() else []:
        if (dist / name / BUILDS).is_dir():
            with locked(dist, name, wait=False, say=said.append):
                said += [f"{name}: {sentence}" for sentence in sweep(dist / name)]
    return tuple(said)
