"""What `engross doctor` says of a machine that lacks things."""

import ctypes
import json
import re
from pathlib import Path

import pytest

from engross import __version__
from engross.cli.doctor import doctor
from engross.commands import doctor as examined
from engross.model.finding import EngrossError


def test_a_missing_checker_leaves_the_machine_fit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(examined.shutil, "which", lambda name: None if name == "qpdf" else name)
    monkeypatch.setattr(examined, "verapdf_archive", lambda: Path("verapdf.jar"))
    assert doctor(json=False, plain=True) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("missing  qpdf                       the check of every PDF's syntax")
    assert lines[at + 1] == "    fix: apt-get install qpdf"
    assert re.fullmatch(
        rf"engross {__version__}: this machine can make editions; "
        r"(1 thing is|\d+ things are) missing for all checks",
        lines[-1],
    )


def test_a_missing_library_makes_the_machine_unfit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(name: str) -> object:
        if name.startswith("libpango"):
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    monkeypatch.setattr(ctypes, "CDLL", load)
    assert doctor(json=True, plain=False) == 6
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    assert [row for row in said["parts"] if not row["found"] and row["need"] == "build"] == [
        {
            "name": f"lib{name}.so.0",
            "need": "build",
            "found": False,
            "detail": f"lib{name}.so.0: cannot open shared object file",
            "fix": f"apt-get install lib{package}",
        }
        for name, package in (("pango-1.0", "pango-1.0-0"), ("pangoft2-1.0", "pangoft2-1.0-0"))
    ]


def test_every_declared_package_is_looked_for() -> None:
    names = {part.name for part in examined.examine()}
    assert {"weasyprint", "pikepdf", "ruamel-yaml", "font EB Garamond", "java"} <= names
    assert "starlette" not in names


def test_a_missing_verapdf_says_what_fetches_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(examined, "verapdf_archive", lambda: "veraPDF is not there")
    assert doctor(json=False, plain=True) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("missing  veraPDF                    the judge of the reading PDF")
    assert lines[at + 1] == "    fix: engross doctor --install verapdf"


def test_a_checker_that_cannot_be_fetched_is_told_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engross.check.tools.fetch.shutil.which", lambda _: None)
    with pytest.raises(EngrossError) as caught:
        doctor("verapdf", json=False, plain=True)
    assert [str(found) for found in caught.value.findings] == [
        "engross: E043 verapdf was not fetched: mvn fetches it, and is not installed: apt-get "
        "install maven\n    fix: install what fetches it, look at the network, and type the "
        "command again"
    ]
    assert caught.value.exit_status == 6
