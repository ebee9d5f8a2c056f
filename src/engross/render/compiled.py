"""
Compiled templates, kept where Python keeps compiled modules: in `__pycache__` beside their source.

Who can write there can change the program itself, so what lies there is trusted as its modules are.
Nothing is ever kept in a book's folder, which may come from a stranger. Python's own switches hold:
`PYTHONDONTWRITEBYTECODE` and `PYTHONPYCACHEPREFIX`. Where nothing can be written, as in an install
that belongs to the system, templates are compiled in each run.
"""

import contextlib
import hashlib
import os
import secrets
import sys
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path

from engross.disk import fs


def place(name: str) -> Path | None:
    """Where the compiled form of a shipped template lies; None where there is no such place."""
    source = files("engross").joinpath("templates", name)
    if not isinstance(source, Path) or sys.implementation.cache_tag is None:
        return None
    return Path(cache_from_source(str(source)))


def kept(name: str) -> bytes | None:
    """What was put under a template's name; None if there is nothing, or not what was put."""
    path = place(name)
    if path is None:
        return None
    try:
        whole = fs.read_file(path)
    except OSError:
        return None
    digest, body = whole[:32], whole[32:]
    return body if hashlib.sha256(body).digest() == digest else None


def keep(name: str, body: bytes) -> None:
    """Put the compiled form of a template there for the next run; where that fails, it is not."""
    path = place(name)
    if path is None or sys.dont_write_bytecode:
        return
    passing = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        fs.make_all(path.parent)
        fs.replace_file(path, hashlib.sha256(body).digest() + body, passing, sync=False)
