"""The cache: never needed, never believed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engross.cache.store import Store

KEYS = [f"{n:064x}" for n in range(6)]


def test_what_was_put_is_there_for_another_store(tmp_path: Path) -> None:
    Store(tmp_path).put(KEYS[0], b"pages")
    assert Store(tmp_path).get(KEYS[0]) == b"pages"


def test_a_store_without_a_folder_keeps_nothing() -> None:
    store = Store(None)
    store.put(KEYS[0], b"pages")
    assert store.get(KEYS[0]) is None


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 40])
def test_a_damaged_entry_is_noticed_and_removed(tmp_path: Path, damage: bytes) -> None:
    store = Store(tmp_path)
    store.put(KEYS[0], b"pages of a part, well over forty bytes of them")
    path = next(tmp_path.glob("??/*"))
    path.write_bytes(damage)
    assert store.get(KEYS[0]) is None
    assert (store.damaged, path.exists()) == ([KEYS[0]], False)


def test_one_wrong_bit_is_damage(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEYS[0], b"pages")
    path = next(tmp_path.glob("??/*"))
    path.write_bytes(path.read_bytes()[:-1] + b"S")
    assert store.get(KEYS[0]) is None


def test_over_its_cap_a_store_drops_what_was_used_longest_ago(tmp_path: Path) -> None:
    store = Store(tmp_path, cap=3 * 132)
    for age, key in enumerate(KEYS):
        store.put(key, b"x" * 100)
        path = tmp_path / key[:2] / key
        os.utime(path, ns=(age, age))
    assert store.get(KEYS[0]) is not None  # used now
    store.trim()
    assert [key for key in KEYS if store.get(key)] == [KEYS[0], KEYS[4], KEYS[5]]


def test_a_disk_that_takes_nothing_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = Store(tmp_path / "file")
    store.put(KEYS[0], b"pages")
    assert store.get(KEYS[0]) is None


def test_no_unfinished_file_is_ever_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEYS[0], b"pages")
    assert [path.name for path in tmp_path.glob("??/*")] == [KEYS[0]]


def test_two_builds_may_use_one_store_while_each_drops_what_is_old(tmp_path: Path) -> None:
    code = """
import hashlib, sys
from pathlib import Path
from engross.cache.store import Store
store = Store(Path(sys.argv[1]), cap=4000)
wrong = 0
for turn in range(400):
    body = str(turn % 20).encode() * 200
    key = hashlib.sha256(body).hexdigest()
    kept = store.get(key)
    wrong += kept is not None and kept != body
    store.put(key, body)
    store.trim()
print(wrong, len(store.damaged))
"""
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert [build.communicate()[0] for build in builds] == ["0 0\n", "0 0\n"]
    assert [build.returncode for build in builds] == [0, 0]
    assert not list(tmp_path.glob("??/.new-*"))


def test_the_engine_s_own_code_is_part_of_the_key(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from engross.make.typeset import versions

    before = versions.own()
    copy = tmp_path / "typeset"
    shutil.copytree(Path(versions.__file__).parent, copy)
    monkeypatch.setattr(versions, "__file__", str(copy / "versions.py"))
    assert versions.own() == before
    for name in ("press.py", "engine/fit.py", "engine/protrusions.tsv"):
        file = copy / name
        file.write_bytes(file.read_bytes() + b"\n")
        assert versions.own() != before, name
        before = versions.own()
