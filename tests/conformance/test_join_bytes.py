"""The same volume gives the same bytes, however it was made; and qpdf has nothing to say of it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MAKE = """
import hashlib, json, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.unit.typeset.small_house import SHEET, note, paragraph, prose, slot, unit
from engross.cache.store import Store
from engross.make.typeset import fonts, press
from engross.make.typeset.values import Plan
from engross.make.typeset.writing.write import write
from engross.make.typeset.values import House

press.SMALL = 1  # so that two workers are used for a small volume
_, folder, jobs, word, target = sys.argv
names = ["alpha", "beta", "gamma"]
units = [unit("contents", "".join(f"<p>{{name}} {{slot(name)}}</p>" for name in names))]
for name in names:
    words = prose(1000 if name == "beta" else 9)
    notes = note(name, "n", f"{{word}}, p. {{slot('gamma')}} {{words}}")
    text = paragraph(name, 1, prose(700)) + paragraph(name, 2, f"Once{{notes}} more.")
    units.append(unit(name, text, verso="The Volume", recto=name, opening="recto"))
house = House((SHEET,), fonts.pinned("EB Garamond"))
store = Store(Path(folder) if folder else None)
made = press.typeset(units, house, store=store, jobs=int(jobs), stamp="Proof")
for medium in ("print", "screen"):
    file = write(made, Plan(medium, "The Volume", ("A. Author",), created="1961-09-14"))
    Path(target + medium).write_bytes(file)
print(made.typeset, made.reused)
"""


def run(
    target: Path, *, folder: Path | str = "", jobs: int = 1, word: str = "See", **world: str
) -> tuple[str, str]:
    """What a process says and the digest of what it made, in a world of its own."""
    cwd = world.pop("cwd", str(target.parent))
    mask = int(world.pop("umask", "022"), 8)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            MAKE.format(root=str(ROOT)),
            str(folder),
            str(jobs),
            word,
            str(target),
        ],
        capture_output=True,
        text=True,
        cwd=cwd,
        umask=mask,
        env=os.environ | world,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    whole = hashlib.sha256()
    for medium in ("print", "screen"):
        whole.update(Path(f"{target}{medium}").read_bytes())
    return done.stdout.strip(), whole.hexdigest()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("clean")
    said, digest = run(folder / "out-")
    assert said == "4 0"
    return folder, digest


def test_cached_two_workers_and_another_world_give_the_same_bytes(
    clean: tuple[Path, str], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    away = tmp_path / "elsewhere"
    away.mkdir()
    world = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    first = run(tmp_path / "a-", folder=cache, jobs=2, cwd=str(away), umask="077", **world)
    second = run(tmp_path / "b-", folder=cache, PYTHONHASHSEED="8")
    assert first == ("4 0", clean[1])
    assert second == ("0 4", clean[1])


def test_an_incremental_build_equals_a_clean_one(clean: tuple[Path, str], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(tmp_path / "old-", folder=cache)
    incremental = run(tmp_path / "new-", folder=cache, word="Compare")
    afresh = run(tmp_path / "fresh-", word="Compare")
    assert incremental[1] == afresh[1] != clean[1]
    assert (incremental[0], afresh[0]) == ("3 1", "4 0")


def test_a_damaged_cache_gives_the_same_bytes(clean: tuple[Path, str], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run(tmp_path / "old-", folder=cache)
    entries = sorted(cache.glob("??/*"))
    assert len(entries) >= 5  # four units and the sampler
    for number, path in enumerate(entries):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number % 2 else b"\0" + content[1:])
    said, digest = run(tmp_path / "new-", folder=cache)
    assert (said, digest) == ("4 0", clean[1])


@pytest.mark.tools
@pytest.mark.parametrize("medium", ["print", "screen"])
def test_qpdf_has_nothing_to_say(clean: tuple[Path, str], qpdf_tool: str, medium: str) -> None:
    done = subprocess.run(
        [qpdf_tool, "--check", str(clean[0] / f"out-{medium}")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "No syntax or stream encoding errors found" in done.stdout
