"""engross as it is installed: the wheel that its source archive builds, away from the clone."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from tests.e2e.test_newcomer import Walk, play

from engross.new.write import samples

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source archive, which is built from the clone."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("built")
    build = "from hatchling.build import build_{0}; build_{0}({1!r})"
    run = [sys.executable, "-c"]
    subprocess.run([*run, build.format("sdist", str(folder))], cwd=ROOT, check=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(folder, filter="data")
    source = folder / archive.name.removesuffix(".tar.gz")
    subprocess.run([*run, build.format("wheel", str(folder))], cwd=source, check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.slow
def test_the_wheel_holds_all_that_a_book_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for wanted in (
        "engross/styles/documentary/tokens.css",
        "engross/templates/document.html",
        "engross/templates/words/de.toml",
        *(f"engross/new/samples/{name}/manifest.yaml" for name in samples()),
    ):
        assert any(name.endswith(wanted) for name in names), wanted
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "book/"))]


@pytest.mark.slow
def test_the_tutorial_runs_from_the_wheel_without_any_other_program(
    wheel: Path, tmp_path: Path
) -> None:
    """No Java, no Node, no qpdf, no Ghostscript: nothing is on the path but engross."""
    place = tmp_path / "installed"
    venv.create(place, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    others = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "others.pth").write_text("\n".join(others) + "\n")
    command = place / "bin/engross"
    command.write_text(f"#!{place}/bin/python\nfrom engross.cli.main import run\nrun()\n")
    command.chmod(0o755)
    told = subprocess.run(
        [place / "bin/python", "-c", "import engross; print(engross.__file__)"],
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
    )
    assert told.stdout.startswith(str(packages))
    walked = play(Walk(tmp_path, path=f"{place}/bin"))
    failed = {command: walked.said[command] for command, status in walked.statuses if status}
    assert not failed
