"""Each fix names a command that exists where engross is installed."""

import shutil
import sys
from pathlib import Path

import pytest

from engross.catalog.install import python, system


@pytest.mark.parametrize(
    ("prefix", "config", "wanted"),
    [
        ("venv", "home = /usr/bin\n", "pip install 'engross[pandoc]'"),
        ("venv", "home = /usr/bin\nuv = 0.9.1\n", "uv pip install 'engross[pandoc]'"),
        ("share/pipx/venvs/engross", "", "pipx inject engross 'engross[pandoc]'"),
        ("share/uv/tools/engross", "", "uv tool install --with 'engross[pandoc]' engross"),
    ],
)
def test_a_package_is_added_to_where_engross_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str, config: str, wanted: str
) -> None:
    place = tmp_path / prefix
    place.mkdir(parents=True)
    (place / "pyvenv.cfg").write_text(config)
    monkeypatch.setattr(sys, "prefix", str(place))
    assert python("engross[pandoc]") == wanted


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ("apt-get", "apt-get install libpango-1.0-0 libpangoft2-1.0-0 qpdf"),
        ("", "apt-get install libpango-1.0-0 libpangoft2-1.0-0 qpdf"),
        ("dnf", "dnf install pango qpdf"),
        ("brew", "brew install pango qpdf"),
    ],
)
def test_a_system_package_has_the_name_that_the_system_gives_it(
    monkeypatch: pytest.MonkeyPatch, there: str, wanted: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name == there else None)
    assert system("libpango-1.0-0 libpangoft2-1.0-0 qpdf") == wanted
