"""The sample files, read once."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from engross.model.source import SourceFile
from engross.parse.tei import TeiVolume, read_tei

DATA = Path(__file__).parents[2] / "data" / "tei"
HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>'


@cache
def _file(name: str) -> SourceFile:
    return SourceFile.of(f"{name}.xml", (DATA / f"{name}.xml").read_bytes())


@cache
def _volume(name: str) -> TeiVolume:
    return read_tei(_file(name))


@pytest.fixture
def file() -> Callable[[str], SourceFile]:
    """A sample file by name."""
    return _file


@pytest.fixture
def volume() -> Callable[[str], TeiVolume]:
    """A sample file by name, read."""
    return _volume


@pytest.fixture
def inside() -> Callable[[str], SourceFile]:
    """A file whose body holds the given XML, all on line 1."""
    return lambda xml: SourceFile.of("t.xml", f"{HEAD}{xml}</body></text></TEI>".encode())
