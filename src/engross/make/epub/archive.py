"""The ZIP archive of an EPUB: sorted, one date, `mimetype` first and stored."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache

from engross.cache.keeper import Keeper

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The one date of all entries: the first that a ZIP archive can hold."""
LEVEL = 9
LARGE = 1 << 16
"""Bytes from which on an entry's compressed form is kept: faces and pictures, seldom changed."""


def zipped(files: Mapping[str, bytes], store: Keeper | None = None) -> bytes:
    """
    The archive of some files, by their names.

    Its bytes do not depend on what the store has: large entries are found there, or put there.
    """
    target = io.BytesIO()
    names = ["mimetype", *sorted(name for name in files if name != "mimetype")]
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            content = files[name]
            if name == "mimetype":
                archive.writestr(entry, content)
            elif store is None or len(content) < LARGE:
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED, LEVEL)
            else:
                archive.writestr(entry, _deflated(content, store))
                _declare(entry, content, target)
    return target.getvalue()


def _deflated(content: bytes, store: Keeper) -> bytes:
    """What `zipfile` makes of a content, kept from one build to the next."""
    made = f"deflated {LEVEL} {zlib.ZLIB_RUNTIME_VERSION} {hashlib.sha256(content).hexdigest()}"
    key = hashlib.sha256(made.encode()).hexdigest()
    kept = store.get(key)
    if kept is None or not _inflates(kept, content):
        kept = _compressed(content)
        store.put(key, kept)
    return kept


@lru_cache(maxsize=8)  # the books of a batch have faces in common
def _compressed(content: bytes) -> bytes:
    work = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return work.compress(content) + work.flush()


def _inflates(kept: bytes, content: bytes) -> bool:
    """Whether a form that was kept is one of this content; the folder may be a stranger's."""
    work = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        return work.decompress(kept, len(content) + 1) == content and work.eof
    except zlib.error:
        return False


def _declare(entry: zipfile.ZipInfo, content: bytes, target: io.BytesIO) -> None:
    """Say of an entry whose stored bytes are compressed ones what they are compressed from."""
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.file_size = len(content)
    entry.CRC = zlib.crc32(content)
    end = target.tell()
    target.seek(entry.header_offset)
    target.write(entry.FileHeader(zip64=False))
    target.seek(end)
