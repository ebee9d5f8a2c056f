"""The editions that a catalogue lists, as their published folders have them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from engross.batch.work import Account
from engross.ledger.fields import OF_MANIFEST, correct_fields
from engross.model.source import SourceFile
from engross.parse.ledger import ledger_files, read_ledger
from engross.parse.load import Parsed, load
from engross.read import open_folder
from engross.revision.entries import entries_of
from engross.schema.base import Model
from engross.schema.ledger import Ledger
from engross.schema.manifest import Manifest

M = TypeVar("M", bound=Model)
TYPES = {".epub": "application/epub+zip", ".pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition in dist."""

    manifest: Manifest
    folder: Path
    digest: str
    """SHA-256 of its SHA256SUMS: other bytes, other digest."""
    files: tuple[tuple[str, str], ...]
    """Name and media type of each file that a reader opens."""
    released: bool = False
    """Whether the ledger says that its version was released."""


def listed(accounts: Iterable[Account]) -> Iterator[Listed]:
    """The whole editions of a batch that have something to read."""
    for account in accounts:
        folder = Path(account.published)
        evidence = folder / "evidence"
        if not account.whole or not (evidence / "manifest.yaml").is_file():
            continue
        ledger = _ledger(evidence)
        manifest = _corrected(evidence, ledger)
        if manifest is None:
            continue
        files = tuple(
            (path.name, TYPES[path.suffix])
            for path in sorted(folder.iterdir())
            if path.suffix in TYPES and not path.name.startswith(f"{manifest.edition}-cover-")
        )
        if files:
            sums = (folder / "SHA256SUMS").read_bytes()
            digest = hashlib.sha256(sums).hexdigest()
            days = ledger.value.releases if ledger else ()
            released = any(one.version == manifest.version for one in days)
            yield Listed(manifest, folder, digest, files, released)


def _corrected(evidence: Path, ledger: Parsed[Ledger] | None) -> Manifest | None:
    """The manifest with what the ledger corrects in it."""
    manifest = _read(Manifest, evidence / "manifest.yaml")
    if manifest is None:
        return None
    return correct_fields(manifest.value, OF_MANIFEST, entries_of(ledger))[0]


def _ledger(evidence: Path) -> Parsed[Ledger] | None:
    sources = open_folder(evidence)
    files = [sources.file(path) for path in ledger_files(sources)]
    found = [file for file in files if isinstance(file, SourceFile)]
    parsed = read_ledger(found) if found and len(found) == len(files) else ()
    return parsed if isinstance(parsed, Parsed) else None


def _read(model: type[M], path: Path) -> Parsed[M] | None:
    if not path.is_file():
        return None
    parsed = load(model, SourceFile.of(path.name, path.read_bytes()))
    return parsed if isinstance(parsed, Parsed) else None


def relative(target: Path, folder: Path) -> str:
    """From the catalogue's folder to a file, POSIX; links to `current` stay as they are."""
    return Path(os.path.relpath(target.absolute(), folder.absolute())).as_posix()
