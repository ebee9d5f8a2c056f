"""Where words that were taken down lie sealed, and the proof that they lie nowhere else."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from engross.commands.book import shown
from engross.disk import fs
from engross.disk.refused import explained
from engross.ledger.sealed import Sealed
from engross.model.check import Checked, Status
from engross.model.finding import Finding
from engross.schema.ledger import Correction
from engross.verify.report import Log, Report
from engross.verify.sealed import prove_sealed

NAME, WORDS = "sealed", "sealed.json"
KEYS = ("words", "pictures", "stay")
"""What a sealed file says of what nobody may read, in the order of `Sealed`."""
SHORT = 12
"""Digits of the digest in the name of a folder."""


def sealed_folder(dist: Path, edition: str, digest: str) -> Path:
    """Beside dist: it is published with nothing."""
    return dist.parent / NAME / edition / digest[:SHORT]


def write_sealed(folder: Path, files: Mapping[str, bytes]) -> None:
    """
    Lay down what was taken out, where git does not take it along.

    Raises:
        EngrossError: the system refuses it.
    """
    with explained(folder.parent):
        fs.make_all(folder)
        fs.write_file(folder.parent.parent / ".gitignore", b"*\n")
        fs.write_files(folder, files)


def seal_published(dist: Path, edition: str, version: str, entries: Sequence[Correction]) -> str:
    """
    Move what was published before a version to the words that it holds, which the version has not.

    Returns:
        Where it lies now; empty where no entry takes anything down.

    Raises:
        EngrossError: the system refuses it.
    """
    folders = [
        sealed_folder(dist, edition, entry.taken_down.sha256) / "dist"
        for entry in entries
        if entry.taken_down and not entry.released_in
    ]
    if not folders:
        return ""
    own, to = dist / edition, folders[-1]
    kept = {"builds", "bags", "current", "outbox", version, (own / version).resolve().name}
    with explained(to.parent):
        for part in (own, own / "builds", own / "bags"):
            for name in fs.names(part) if part.is_dir() else ():
                if name not in kept and not name.startswith("."):
                    goal = to / part.relative_to(own) / name
                    fs.make_all(goal.parent)
                    fs.rename(part / name, goal)
    return shown(to)


def without_sealed(
    dist: Path, edition: str, entries: Sequence[Correction], files: Mapping[str, bytes]
) -> tuple[list[Checked], list[Finding]]:
    """Hold files against all that was taken down; what is not at hand is not checked."""
    logs = []
    for entry in entries:
        if entry.taken_down is None:
            continue
        log = Log(entry.id)
        path = sealed_folder(dist, edition, entry.taken_down.sha256) / WORDS
        content = fs.read_file(path) if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() == entry.taken_down.sha256:
            said = json.loads(content)
            words, pictures, stay = (tuple(said[key]) for key in KEYS)
            prove_sealed(files, Sealed(words, pictures, stay), log)
        else:
            why = f"{shown(path)} is not at hand"
            log.checks.append(Checked("taken down", entry.id, Status.NOT_CHECKED, why))
        logs.append(log)
    report = Report.of(logs)
    return list(report.checks), list(report.findings)
