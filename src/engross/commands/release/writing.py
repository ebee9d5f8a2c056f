"""What a release changes in a book: ledger, manifest, and the folder of its record."""

from collections.abc import Mapping
from typing import Any

from engross.commands.book import FoundBook
from engross.commands.correct.correct import OpenLedger
from engross.disk import fs
from engross.disk.refused import written
from engross.model.finding import Finding
from engross.read import decode
from engross.revision.ledger_file import PATH, edited, flow_row, quoted, replace_file


def marked_files(opened: OpenLedger, version: str, day: str, *, first: bool) -> dict[str, bytes]:
    """Ledger and manifest as the release leaves them."""
    base = {document.id: document.received.sha256 for document in opened.book.documents}

    def mark(tree: Any) -> None:
        rows = [
            row
            for row in tree.get("corrections") or ()
            if row["status"] == "verified" and not row.get("released_in")
        ]
        for row in rows:
            row["released_in"] = quoted(version)
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
    return {
        PATH: edited(opened.text, mark).encode(),
        "manifest.yaml": edited(manifest, move).encode(),
    }


def _append_release(tree: Any, version: str, day: str) -> None:
    row = flow_row({"version": version, "on": day})
    if tree.get("releases"):
        tree["releases"].append(row)
        return
    position = list(tree).index("corrections") if "corrections" in tree else len(tree)
    tree.insert(position, "releases", [row])


def write_release(
    found: FoundBook, version: str, instead: Mapping[str, bytes], files: Mapping[str, bytes]
) -> None:
    """
    Ledger and manifest first, then the record: its folder appears whole and counts.

    Raises:
        EngrossError: the system refuses one of them (E010).
    """
    folder = found.folder.resolve()
    for path, content in sorted(instead.items()):
        replace_file(folder, path, content.decode(), f".{path}.new")
    with written(f"releases/{version}"):
        releases = folder / "releases"
        fs.make_folders(releases, folder)
        stage = releases / f".new-{version}"
        fs.remove_tree(stage)
        fs.make_folder(stage)
        for name, content in sorted(files.items()):
            fs.make_folders((stage / name).parent, stage)
            fs.write_file(stage / name, content)
        fs.sync_tree(stage)
        fs.rename(stage, releases / version)
        fs.sync_folder(releases)
