"""
A folder of made things, each under the digest of what made it.

It is never needed: a missing, damaged or removed entry is made again. Two builds may use one
folder, since entries are written beside and renamed, and an entry's bytes depend on its key alone.
"""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import Protocol

from engross.disk import fs


class Keeper(Protocol):
    """What keeps bytes by key, as the cache's store does."""

    def get(self, key: str) -> bytes | None:
        """Give what was put under the key, if it is still there."""

    def put(self, key: str, body: bytes) -> None:
        """Keep the bytes, if possible."""


CAP = 512 << 20
"""Bytes that a store keeps before it drops what was used longest ago."""


class Store:
    """Bytes by key; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, cap: int = CAP) -> None:
        self.folder = folder
        self.cap = cap
        self.damaged: list[str] = []
        """Keys of entries that were not what had been written; they were removed."""
        self.written = 0

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key; None if there are none, or not the ones that were put."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            content = fs.read_file(path)
            body = content[32:]
            if content[:32] != hashlib.sha256(body).digest():
                self.damaged.append(key)
                fs.remove_tree(path)
                return None
            fs.touch(path)
        except OSError:
            return None
        return body

    def put(self, key: str, body: bytes) -> None:
        """Keep bytes under a key; a full or read-only disk is no fault, the entry is not kept."""
        if self.folder is None:
            return
        path = self._path(key)
        passing = path.with_name(f".new-{os.getpid()}-{secrets.token_hex(4)}")
        with contextlib.suppress(OSError):
            fs.make_all(path.parent)
            whole = hashlib.sha256(body).digest() + body
            fs.replace_file(path, whole, passing, sync=False)
            self.written += len(body)

    def trim(self) -> None:
        """Drop the entries that were used longest ago, until the rest fits under the cap."""
        if self.folder is None or not self.written:
            return
        rows = []
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                state = path.stat()
                rows.append((state.st_mtime_ns, state.st_size, path))
        total = sum(size for _, size, _ in rows)
        for _, size, path in sorted(rows):
            if total <= self.cap:
                break
            with contextlib.suppress(OSError):
                fs.remove_tree(path)
            total -= size

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / key
