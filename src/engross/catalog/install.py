"""What to type to get something that is missing: for this system, and for this installation."""

import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path

OTHERWISE = json.loads(files(__package__).joinpath("install.json").read_text("utf-8"))
"""Packages that are called otherwise than in Debian, by what installs them."""


def system(debian: str) -> str:
    """The command that installs packages of the system, by their names in Debian."""
    there = [one for one in OTHERWISE if shutil.which(one) and not shutil.which("apt-get")]
    program = there[0] if there else "apt-get"
    names = [OTHERWISE.get(program, {}).get(name, name) for name in debian.split()]
    return " ".join([program, "install", *filter(None, dict.fromkeys(names))])


def python(requirement: str) -> str:
    """The command that adds a Python package to where engross is installed."""
    here = Path(sys.prefix)
    if "/pipx/venvs/" in here.as_posix():
        return f"pipx inject engross '{requirement}'"
    if "/uv/tools/" in here.as_posix():
        return f"uv tool install --with '{requirement}' engross"
    config = here / "pyvenv.cfg"  # uv makes environments without pip
    own = config.is_file() and "\nuv = " in config.read_text("utf-8", "replace")
    return f"{'uv ' if own else ''}pip install '{requirement}'"
