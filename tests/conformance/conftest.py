"""The memorandum as it is given away, built once for all tests of its files."""

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def epub_file(published: Path) -> Path:
    (found,) = published.glob("*.epub")
    return found


def need(name: str, reason: str) -> None:
    """Skip with the reason; where CI has set the tool up, fail."""
    if reason and os.environ.get("CI") == "true" and os.environ.get("ENGROSS_TOOLS") == "all":
        pytest.fail(f"{name}: {reason}")
    if reason:
        pytest.skip(f"{name}: {reason}")


@pytest.fixture(scope="session")
def npm_tool() -> None:
    """Node, a browser, and the packages of `tests/browser`."""
    from engross.check.tools.fetch import absent, modules

    need("checks in a browser", absent() or ("" if modules() else "type make tools"))


@pytest.fixture(scope="session")
def seen(
    npm_tool: None, epub_file: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> dict[str, object]:
    """What two reading systems and a plain browser saw of the EPUB."""
    from engross.check.tools.fetch import browser

    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    said = shared / "seen.json"
    with FileLock(f"{said}.lock"):
        if not said.is_file():
            folder = shared / "unzipped"
            with zipfile.ZipFile(epub_file) as archive:
                archive.extractall(folder)
            script = ROOT / "tests" / "browser" / "readers.mjs"
            command = ["node", script, browser(), epub_file, folder, said]
            ended = subprocess.run(
                list(map(str, command)), capture_output=True, text=True, check=False, timeout=900
            )
            assert ended.returncode == 0, ended.stderr
    return json.loads(said.read_text("utf-8"))
