"""Where the checkers that come from npm are, and the browser that they drive."""

import json
import os
import shutil
from functools import cache
from pathlib import Path

from engross.check.tools.fetch import data, told

PLACE = "ENGROSS_NODE_MODULES"
"""Environment variable that names the folder `node_modules` where `doctor --install` did not."""
SHORT = {"@daisy/ace": "ace", "axe-core": "axe", "puppeteer-core": "axe"}
"""What `doctor --install` calls a package."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
