"""Fetch a checker that no Python package carries into the user's own folder of data."""

import os
import shutil
import subprocess
from pathlib import Path

from engross.catalog.install import system
from engross.disk import fs

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
