"""Digests of the program itself: they recognise a build, and explain why bytes are others."""

import hashlib
import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def program_digests() -> dict[str, str]:
    """
    SHA-256 of the program's files and of the shipped houses'.

    Taken once: what a process runs is what was there when it began.
    """
    folders = {"program": PACKAGE, "houses": PACKAGE.parents[1] / "styles"}
    return {name: _digest(folder) for name, folder in folders.items()}


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(
        Path(place, name)
        for place, _, names in os.walk(folder)
        for name in names
        if not name.endswith(".pyc")
    ):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(folder)} {content}\n".encode())
    return whole.hexdigest()
