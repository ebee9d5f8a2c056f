"""Checkers that no Python package carries: fetched into the user's own folder."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from engross.catalog.install import system
from engross.disk import fs

PLACE = "ENGROSS_NODE_MODULES"
"""Environment variable that names the folder `node_modules` where `doctor --install` did not."""
SHORT = {"@daisy/ace": "ace", "axe-core": "axe", "puppeteer-core": "axe"}
"""What `doctor --install` calls a package."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


VERAPDF = "1.28.2"
BROWSER = ("@daisy/ace@1.4.6", "axe-core@4.14.1", "puppeteer-core@24.43.1")
"""What judges in a browser, and what drives it; as the project's own tests have them."""
PROGRAMS = {"verapdf": ("mvn", "maven"), "ace": ("npm", "npm"), "axe": ("npm", "npm")}
"""What can be fetched: the program that does it, and the Debian package that has that."""


def told(what: str) -> str:
    """
    The command that fetches a checker.

    >>> told("verapdf")
    'engross doctor --install verapdf'
    """
    return f"engross doctor --install {what}"


def data() -> Path:
    """Where fetched checkers lie, whether or not there are any."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(base) / "engross"


def fetch(what: str) -> str:
    """
    Fetch one of `PROGRAMS` by the user's own Maven or npm; why it was not, else nothing.

    That the file is the pinned one is asked where it is used.
    """
    if what not in PROGRAMS:
        return f"it is none of {', '.join(PROGRAMS)}"
    program, package = PROGRAMS[what]
    if shutil.which(program) is None:
        return f"{program} fetches it, and is not installed: {system(package)}"
    place = data()
    fs.make_all(place)
    if program == "mvn":
        wanted = f"-Dartifact=org.verapdf.apps:greenfield-apps:{VERAPDF}"
        command = ["mvn", "-q", "-B", "dependency:copy", wanted, f"-DoutputDirectory={place}"]
    else:
        command = ["npm", "install", "--prefix", str(place), "--ignore-scripts", *BROWSER]
    done = subprocess.run(  # noqa: S603 - a fixed command
        command, capture_output=True, text=True, check=False, cwd=place
    )
    said = (done.stderr or done.stdout).strip().splitlines() or ["no word of why"]
    return f"{program} gave up: {said[-1]}" if done.returncode else ""


@cache
def modules() -> Path | None:
    """The folder `node_modules` that holds the checkers, if there is one."""
    named = os.environ.get(PLACE)
    homes = (Path(__file__).parents[4] / "tests/browser", data())
    places = [Path(named)] if named else [home / "node_modules" for home in homes]
    return next((one.resolve() for one in places if one.is_dir()), None)


def package(name: str) -> tuple[Path, str] | str:
    """A package's folder and version, or why there is none."""
    home = modules()
    if home is None or not (home / name / "package.json").is_file():
        return f"{name} is not there: `{told(SHORT[name])}` fetches it"
    described = json.loads((home / name / "package.json").read_text("utf-8"))
    return home / name, str(described["version"])


def browser() -> str | None:
    """The first browser of the Chromium family on this machine."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def absent() -> str:
    """Why nothing that needs a browser can run; empty where it can."""
    if shutil.which("node") is None:
        return "Node is not installed"
    return "" if browser() else "no browser of the Chromium family is installed"
