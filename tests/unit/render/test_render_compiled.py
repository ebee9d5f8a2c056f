"""Shipped templates are compiled once; whatever is kept of them can be lost, old or damaged."""

import sys
from pathlib import Path

import jinja2
import pytest

from engross.render import environment
from engross.render.environment import Templates

NAME = "parts/word.html"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled forms go; there is one shipped template, and none in memory."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    ship(monkeypatch, "One {{ word }}.")
    return tmp_path


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the templates that Jinja2 compiles."""
    seen: list[str] = []
    work = jinja2.Environment.compile

    def counted(self: jinja2.Environment, source: str, name: str, filename: str) -> object:
        seen.append(name)
        return work(self, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    return seen


def ship(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(environment, "shipped", lambda: {NAME: text})


def said(own: dict[str, str] | None = None) -> object:
    (made,) = Templates(own or {}).render_all([(NAME, {"word": "word"})])
    return made


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_shipped_template_is_compiled_once(folder: Path, compilations: list[str]) -> None:
    assert [said(), said(), said()] == ["One word."] * 3
    assert compilations == [NAME]
    assert [path.suffix for path in kept(folder)] == [".pyc"]


def test_a_template_that_changed_is_compiled_anew(
    folder: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said()
    ship(monkeypatch, "Another {{ word }}.")
    assert said() == "Another word."
    assert compilations == [NAME, NAME]
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("other", ["jinja2", "python", "settings"])
def test_what_another_compiler_made_is_not_used(
    folder: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    said()
    match other:
        case "jinja2":
            monkeypatch.setattr(jinja2, "__version__", "0.1")
        case "python":
            monkeypatch.setattr(sys, "version", "0.1")
        case "settings":
            monkeypatch.setitem(environment.SETTINGS, "trim_blocks", False)
    assert said() == "One word."
    assert compilations == [NAME, NAME]


@pytest.mark.parametrize("place", [0, 40, 150, -1])
def test_a_damaged_form_is_compiled_anew(folder: Path, compilations: list[str], place: int) -> None:
    said()
    (path,) = kept(folder)
    body = bytearray(path.read_bytes())
    body[place] ^= 1
    path.write_bytes(body)
    assert said() == "One word."
    assert compilations == [NAME, NAME]


def test_an_empty_form_is_compiled_anew(folder: Path, compilations: list[str]) -> None:
    said()
    (path,) = kept(folder)
    path.write_bytes(b"")
    assert said() == "One word."
    assert compilations == [NAME, NAME]


def test_a_link_is_not_followed(folder: Path, compilations: list[str]) -> None:
    said()
    (path,) = kept(folder)
    path.symlink_to(path.rename(folder / "elsewhere"))
    assert said() == "One word."
    assert compilations == [NAME, NAME]


def test_where_nothing_can_be_written_templates_are_compiled_each_time(
    folder: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_bytes(b"")
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "file"))
    assert [said(), said()] == ["One word."] * 2
    assert compilations == [NAME, NAME]


def test_nothing_is_written_where_python_may_write_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said() == "One word."
    assert kept(folder) == []


def test_beside_a_book_s_own_templates_nothing_is_kept_or_taken(
    folder: Path, compilations: list[str]
) -> None:
    said()
    assert said({"templates/other.html": "Other"}) == "One word."
    assert compilations == [NAME, NAME]
    assert len(kept(folder)) == 1


def test_the_forms_lie_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = environment.compiled_path("document.html")
    assert path is not None
    assert path.parent == Path(environment.__file__).parents[1] / "templates" / "__pycache__"
