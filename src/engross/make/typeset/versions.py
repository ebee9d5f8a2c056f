"""The versions that a page depends on, without loading the engine."""

import ctypes
import hashlib
import platform
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "fonttools", "pyphen", "tinycss2", "cssselect2", "pillow")
LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), "pango_version_string"),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "hb_version_string"),
}


@cache
def engine() -> tuple[tuple[str, str], ...]:
    """Name and version of everything that lays out a unit, our own code by digest."""
    rows = [(name, version(name)) for name in PACKAGES]
    rows += [(name, library(*where)) for name, where in LIBRARIES.items()]
    rows += [("python", platform.python_version()), ("zlib", zlib.ZLIB_RUNTIME_VERSION)]
    return (*rows, ("engross", own()))


def library(files: tuple[str, ...], function: str) -> str:
    """What a shared library says of itself; `unknown` where it cannot be found by these names."""
    for name in files:
        try:
            call = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        call.restype = ctypes.c_char_p
        said = call()
        return said.decode("ascii") if isinstance(said, bytes) else "unknown"
    return "unknown"


def own() -> str:
    """The digest of this package's modules."""
    whole = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *here.glob("engine/*.py"), *here.glob("engine/*.tsv")]):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
