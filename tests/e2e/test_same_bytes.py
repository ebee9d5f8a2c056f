"""Same input, same bytes: whatever the process, the place, the clock's zone and the workers."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OTHER = {
    "PYTHONHASHSEED": "4711",
    "TZ": "Asia/Tokyo",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "SOURCE_DATE_EPOCH": "1",
}


def build(book: Path, out: Path, *flags: str, cwd: Path, umask: int = 0o022, **env: str) -> dict:
    """Build a book in a process of its own; the JSON that it printed."""
    run = subprocess.run(
        [sys.executable, "-m", "engross", "build", str(book), "--out", str(out), "--json", *flags],
        cwd=cwd,
        env={**os.environ, **env},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)


def digests(out: Path) -> dict[str, str]:
    """SHA-256 of every file that is in dist, by path."""
    current = out / "khrushchev-yamada-1961" / "current"
    assert current.is_dir()
    return {
        str(path.relative_to(current)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(current.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(book: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The edition as built once, clean, with one worker."""
    out = tmp_path_factory.mktemp("first") / "dist"
    build(book, out, "--no-cache", "-j", "1", cwd=book.parent)
    found = digests(out)
    assert {"SHA256SUMS", "receipt.json"} <= set(found)
    assert len(found) > 15
    return found


def test_another_process_place_zone_seed_umask_and_two_workers_give_the_same_bytes(
    book_copy: Path, first: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "elsewhere"
    build(book_copy, out, "--no-cache", "-j", "2", cwd=tmp_path, umask=0o077, **OTHER)
    assert digests(out) == first


@pytest.mark.slow
def test_a_cache_changes_nothing_but_the_work(
    book_copy: Path, first: dict[str, str], tmp_path: Path
) -> None:
    cold = build(book_copy, tmp_path / "a", cwd=tmp_path)
    warm = build(book_copy, tmp_path / "b", cwd=tmp_path)
    assert digests(tmp_path / "a") == digests(tmp_path / "b") == first
    assert cold["units"]["typeset"] == cold["units"]["total"]
    assert warm["units"]["typeset"] == 0


@pytest.fixture
def warm(book: Path, tmp_path: Path) -> Path:
    """A copy of the book, with what building it kept."""
    return Path(shutil.copytree(book, tmp_path / "warm"))


@pytest.mark.slow
def test_a_changed_note_costs_one_unit_and_gives_the_bytes_of_a_clean_build(
    warm: Path, tmp_path: Path
) -> None:
    notes = warm / "documents" / "yamada" / "notes.yaml"
    old, new = "The day of Yamada’s credentials", "The very day of Yamada’s credentials"
    text = notes.read_text()
    assert text.count(old) == 1
    notes.write_text(text.replace(old, new))
    after = build(warm, tmp_path / "a", cwd=tmp_path)
    changed = {"yamada", "imprint", "colophon"}  # the last two print the digest of the inputs
    assert after["units"]["typeset"] == len(changed)
    build(warm, tmp_path / "b", "--no-cache", cwd=tmp_path)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


@pytest.mark.slow
def test_the_same_build_again_is_unchanged(warm: Path, tmp_path: Path) -> None:
    once = build(warm, tmp_path / "a", cwd=tmp_path)
    again = build(warm, tmp_path / "a", cwd=tmp_path)
    assert again["published"] == once["published"]
    assert [made["sha256"] for made in again["outputs"]] == [
        made["sha256"] for made in once["outputs"]
    ]
    assert again["units"] == {**once["units"], "typeset": 0, "reused": once["units"]["total"]}
