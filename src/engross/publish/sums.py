"""SHA256SUMS: what a published folder holds, as `sha256sum -c` reads it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from engross.disk import fs

NAME = "SHA256SUMS"


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """One line for each file, sorted by name; the list itself is not in it."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    return "".join(sorted(lines, key=lambda line: line[66:])).encode()


def digest_of(sums: bytes) -> str:
    """The one number that stands for a whole edition."""
    return hashlib.sha256(sums).hexdigest()


def differences(folder: Path, digest: str) -> list[str]:
    """
    What a folder has that its digest does not promise, or the other way round, in words.

    Everything is read back from disk. Empty: the folder is exactly what was made.
    """
    try:
        sums = fs.read_file(folder / NAME)
    except FileNotFoundError:
        return [f"{NAME} is missing"]
    if digest_of(sums) != digest:
        return [f"{NAME} is not the one that was written"]
    promised = {line[66:]: line[:64] for line in sums.decode().splitlines()}
    present = set(fs.files_below(folder)) - {NAME}
    found = [f"{name} is missing" for name in sorted(promised.keys() - present)]
    found += [f"{name} does not belong there" for name in sorted(present - promised.keys())]
    for name in sorted(present & promised.keys()):
        path = folder / name
        if path.is_symlink() or not path.is_file():
            found.append(f"{name} is not a regular file")
        elif hashlib.sha256(fs.read_file(path)).hexdigest() != promised[name]:
            found.append(f"{name} has other bytes")
    return found
