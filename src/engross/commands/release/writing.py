"""What a release changes in a book: ledger, manifest, the folder of its record; and in git."""

import subprocess
from collections.abc import Mapping
from itertools import count
from typing import Any

from engross.catalog import finding, stop
from engross.commands.book import FoundBook
from engross.commands.correct.opened import OpenLedger
from engross.disk import fs
from engross.disk.refused import written
from engross.model.finding import EngrossError, Finding, Place
from engross.read import decode
from engross.read.sources import Instead
from engross.revision.ledger_file import PATH, edited, file_with, flow_row, quoted, replace_file


def marked_files(
    opened: OpenLedger, version: str, day: str, *, first: bool
) -> dict[str, bytes | str]:
    """
    Ledger and manifest as the release leaves them; as text: the path to which a file is moved.

    Entries that were named from their content get the next free numbers, in the ledger's order.
    """
    base = {document.id: document.received.sha256 for document in opened.book.documents}

    entries = opened.ledger.corrections if opened.ledger else ()
    free = count(max((row.number or 0 for row in entries), default=0) + 1)
    numbers = {row.id: f"C-{next(free):04d}" for row in entries if row.number is None}

    def enter(row: Any) -> None:
        for key in ("id", "supersedes"):
            if row.get(key) in numbers:
                row[key] = numbers[row[key]]
        if row["status"] == "verified" and not row.get("released_in"):
            row["released_in"] = quoted(version)

    def mark(tree: Any) -> None:
        for row in tree.get("corrections") or ():
            enter(row)
        for name, digest in base.items():
            tree["base"].setdefault(name, digest)
        days = list(tree.get("releases") or ())
        if all(row["version"] != version for row in days):
            _append_release(tree, version, day)

    def move(tree: Any) -> None:
        tree["version"] = quoted(version)
        if first:
            tree["date"] = quoted(day)

    file = opened.sources.file("manifest.yaml")
    manifest = "" if isinstance(file, Finding) else decode(file)[0] or ""
    found: dict[str, bytes | str] = {
        PATH: edited(opened.files[PATH], mark).encode(),
        "manifest.yaml": edited(manifest, move).encode(),
    }
    for row in entries:
        path = file_with(opened.files, row.id)
        if path == PATH or (row.released_in and row.number is not None):
            continue
        new = f"corrections/{numbers.get(row.id, row.id)}.yaml"
        found[new] = edited(opened.files[path], enter).encode()
        if path != new:
            found[path] = new
    return found


def _append_release(tree: Any, version: str, day: str) -> None:
    row = flow_row({"version": version, "on": day})
    if tree.get("releases"):
        tree["releases"].append(row)
        return
    position = list(tree).index("corrections") if "corrections" in tree else len(tree)
    tree.insert(position, "releases", [row])


def try_writing(found: FoundBook, version: str, instead: Instead) -> None:
    """
    Ask, before anything is published, whether the book's folders take what a release writes.

    Raises:
        EngrossError: one of them does not (E010).
    """
    folder = found.folder.resolve()
    for path in sorted([*instead, f"releases/{version}"]):
        there = (folder / path).parent
        trial = there / f".{PATH}.new"
        with written(path):
            fs.make_folders(there, folder)
            fs.remove_tree(trial)
            fs.write_file(trial, b"")
            fs.remove_tree(trial)


def write_release(
    found: FoundBook, version: str, instead: Instead, files: Mapping[str, bytes]
) -> None:
    """
    Ledger and manifest first, then the record: its folder appears whole and counts.

    Raises:
        EngrossError: the system refuses one of them (E010).
    """
    folder = found.folder.resolve()
    for path, content in sorted(instead.items()):
        if isinstance(content, str):  # read by what it holds: each step leaves a ledger in order
            with written(content):
                fs.rename(folder / path, folder / content)
    for path, content in sorted(instead.items()):
        if isinstance(content, bytes):
            replace_file(folder, path, content.decode(), f".{PATH}.new")
    with written(f"releases/{version}"):
        releases = folder / "releases"
        fs.make_folders(releases, folder)
        stage = releases / f".new-{version}"
        fs.remove_tree(stage)
        fs.make_folder(stage)
        fs.write_files(stage, files)
        fs.sync_tree(stage)
        fs.rename(stage, releases / version)
        fs.sync_folder(releases)


def ask_git(found: FoundBook, tag: str) -> None:
    """
    Ask, before anything is published, whether git would take a release.

    Raises:
        EngrossError: it is not there, the book is in no repository, or the tag is taken (E011).
    """
    _git(found, "rev-parse", "--show-toplevel")
    _git(found, "var", "GIT_COMMITTER_IDENT")
    if _git(found, "tag", "--list", tag):
        raise _refused(f"the tag {tag} is there already")


def tag_release(found: FoundBook, tag: str, message: str) -> str:
    """Commit what stands in the book's folder, dist and cache aside, and tag it; in words."""
    _git(found, "add", "--all", "--", ".", ":(exclude)dist", ":(exclude).engross")
    _git(found, "commit", "--message", message, "--", ".")
    _git(found, "tag", "--annotate", tag, "--message", message)
    return f"committed and tagged as {tag}"


def _git(found: FoundBook, *words: str) -> str:
    command = ["git", "-C", str(found.folder), *words]
    try:
        done = subprocess.run(  # noqa: S603 - git, with words of our own
            command, capture_output=True, text=True, check=False
        )
    except OSError as fault:
        raise _refused("it is not installed") from fault
    if done.returncode:
        raise _refused(" ".join((done.stderr or done.stdout).split()))
    return done.stdout.strip()


def _refused(said: str) -> EngrossError:
    fix = "correct it, and commit by hand what is released already; or leave --git out"
    return stop([finding("E011", Place(), f"git: {said}", fix)])
