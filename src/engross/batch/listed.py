"""The editions that a catalogue lists, as their published folders have them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engross.batch.work import Account
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.schema.manifest import Manifest

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


def listed(accounts: Iterable[Account]) -> Iterator[Listed]:
    """The whole editions of a batch that have something to read."""
    for account in accounts:
        folder = Path(account.published)
        source = folder / "evidence" / "manifest.yaml"
        if not account.whole or not source.is_file():
            continue
        parsed = load(Manifest, SourceFile.of("manifest.yaml", source.read_bytes()))
        files = tuple(
            (path.name, TYPES[path.suffix])
            for path in sorted(folder.iterdir())
            if path.suffix in TYPES
        )
        if isinstance(parsed, Parsed) and files:
            sums = (folder / "SHA256SUMS").read_bytes()
            yield Listed(parsed.value, folder, hashlib.sha256(sums).hexdigest(), files)


def relative(target: Path, folder: Path) -> str:
    """From the catalogue's folder to a file, POSIX; links to `current` stay as they are."""
    return Path(os.path.relpath(target.absolute(), folder.absolute())).as_posix()
