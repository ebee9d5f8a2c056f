"""The program as a process: started, killed, starved, and what it left."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engross.model.check import Output
from engross.publish import publish
from engross.publish.receipt import differences

GOOD = Path(__file__).parent / "_book"
SLUG = "letter-1961"
ENGROSS = [sys.executable, "-P", "-m", "engross"]
ALONE = ["unshare", "--user", "--map-root-user", "--net"]
"""A network namespace of its own has no interface that is up."""
UNPRIVILEGED = ["unshare", "--user"]
"""Without a mapping root has no rights over files but those that their modes give."""


def permitted(prefix: list[str]) -> bool:
    """Whether this machine lets a process have namespaces of its own."""
    if shutil.which(prefix[0]) is None:
        return False
    return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0


def need(prefix: list[str]) -> list[str]:
    if not permitted(prefix):
        pytest.skip(f"{' '.join(prefix)} is not permitted on this machine")
    return prefix


def small_book(folder: Path, outputs: str = "epub", title: str = "A Letter") -> Path:
    """The good book, with few outputs, so that many builds take little."""
    book = folder / "book"
    shutil.copytree(GOOD, book)
    manifest = book / "manifest.yaml"
    text = manifest.read_text("utf-8")
    assert "outputs: [epub, print]" in text
    text = text.replace("outputs: [epub, print]", f"outputs: [{outputs}]")
    manifest.write_text(text.replace("title: A Letter", f"title: {title}"), "utf-8")
    return book


def retitle(book: Path, title: str) -> None:
    """Another edition of the same book."""
    manifest = book / "manifest.yaml"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    lines = [f"title: {title}\n" if line.startswith("title: ") else line for line in lines]
    manifest.write_text("".join(lines), "utf-8")


def environment(folder: Path) -> dict[str, str]:
    """A process's surroundings, with a folder for passing files that can be looked into."""
    passing = folder / "tmp"
    passing.mkdir(exist_ok=True)
    return {
        **os.environ,
        # Outside checkers judge a build's files elsewhere; here they would only take time.
        "PATH": "/nowhere",
        "TMPDIR": str(passing),
        "PYTHONDONTWRITEBYTECODE": "1",
        "USER": "canary-user",
        "LOGNAME": "canary-user",
        "HOME": str(folder / "canary-home"),
    }


def start(folder: Path, *arguments: str, prefix: list[str] = [], **more: Any) -> Any:  # noqa: B006 - read only
    """Start the program in a folder."""
    if prefix:
        more["env"] = {**environment(folder), "PATH": os.environ["PATH"]}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
    return subprocess.Popen(
        [*prefix, *ENGROSS, *arguments], cwd=folder, **{"env": environment(folder), **given}
    )


def run(folder: Path, *arguments: str, **more: Any) -> tuple[int, str]:
    """Run the program to its end; status, and what it said on standard error."""
    process = start(folder, *arguments, **more)
    _, said = process.communicate()
    return process.returncode, said


def shown(dist: Path) -> str | None:
    """The digest of the edition that readers find, whole, or the test fails."""
    link = dist / SLUG / "current"
    if not link.is_symlink():
        assert not link.exists()
        return None
    target = str(link.readlink())
    found = target.removeprefix("builds/")
    assert differences(dist / SLUG / target, found) == []
    return found


def passing(dist: Path) -> list[str]:
    """Stages and temporary links that somebody left."""
    names = [path.name for path in dist.rglob("*") if path.name.startswith(".")]
    beside = [path.name for path in dist.parent.iterdir() if path.name.startswith(".engross")]
    return [name for name in names if name != ".locks"] + beside


def former(dist: Path) -> str:
    """Some edition in dist, and its digest."""
    return publish(
        [Output("epub", f"{SLUG}.epub", b"the former edition")], SLUG, dist, "current", b"{}"
    ).digest


def digest_of(folder: Path) -> str:
    """Of all that a published folder holds."""
    return hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()


def report_of(said: str) -> dict[str, Any]:
    return dict(json.loads(said))


Tell = Callable[[str, object], None]
