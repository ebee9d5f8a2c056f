"""A whole edition into dist: layout, links, modes, what is refused and in which words."""

import errno
import hashlib
import json
import os
import resource
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from tests.unit.publish.shelf import SLUG, Disk, digest, in_child, leftovers, put, refuse, shown

from engross.disk import fs
from engross.model.check import Output
from engross.model.finding import EngrossError
from engross.publish import clear, probe, publish


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return tmp_path / "dist"


def test_the_first_publication_makes_everything_it_needs(dist: Path) -> None:
    published = put(dist, "A")
    assert published.path == dist / SLUG / "current"
    assert published.digest == digest("A")
    assert not published.unchanged
    assert published.messages == ()
    assert str((dist / SLUG / "current").readlink()) == f"builds/{digest('A')}"
    assert (published.path / "evidence" / "yamada" / "received.txt").read_text() == "received A"
    assert leftovers(dist) == []


def test_checksums_cover_every_file_but_themselves_and_satisfy_sha256sum(dist: Path) -> None:
    published = put(dist, "A")
    lines = (published.path / "SHA256SUMS").read_text().splitlines()
    assert [line[66:] for line in lines] == [
        "evidence/yamada/received.txt",
        "metadata/empty.txt",
        "receipt.json",
        f"{SLUG}.epub",
    ]
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
                   cwd=published.path, check=True)  # fmt: skip


def test_modes_do_not_depend_on_the_umask(dist: Path) -> None:
    before = os.umask(0o077)
    try:
        published = put(dist, "A")
    finally:
        os.umask(before)
    found = {
        stat.S_IMODE(path.lstat().st_mode)
        for path in (dist / SLUG).rglob("*")
        if not path.is_symlink() and path.is_file()
    }
    folders = [dist, dist / SLUG, published.path, published.path / "evidence" / "yamada"]
    assert found == {0o644}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o755}
    assert stat.S_IMODE((dist / ".locks").stat().st_mode) == 0o700


def test_the_same_bytes_are_unchanged_and_nothing_is_written(dist: Path) -> None:
    put(dist, "A")
    before = {path: path.lstat().st_mtime_ns for path in (dist / SLUG).rglob("*")}
    again = put(dist, "A")
    assert again.unchanged
    assert {path: path.lstat().st_mtime_ns for path in (dist / SLUG).rglob("*")} == before


def test_a_new_edition_moves_the_link_and_the_former_build_is_swept(dist: Path) -> None:
    put(dist, "A")
    said: list[str] = []
    published = put(dist, "B", say=said.append)
    sentence = f"removed the build {digest('A')[:12]}, which no link leads to"
    assert published.messages == (sentence,)
    assert said == [sentence]
    assert shown(dist) == digest("B")
    assert leftovers(dist) == []


def test_draft_and_release_keep_their_own_builds(dist: Path) -> None:
    put(dist, "A")
    put(dist, "A", "1.0")
    put(dist, "B", "draft")
    put(dist, "C")
    assert [shown(dist, name) for name in ("1.0", "draft", "current")] == [
        digest("A"),
        digest("B"),
        digest("C"),
    ]
    assert leftovers(dist) == []


def test_a_release_is_never_overwritten(dist: Path) -> None:
    put(dist, "A", "1.0")
    assert put(dist, "A", "1.0").unchanged
    with pytest.raises(EngrossError) as caught:
        put(dist, "B", "1.0")
    assert caught.value.exit_status == 4
    assert str(caught.value) == (
        f"engross: V001 {dist}/{SLUG}/1.0 is released with other bytes: {digest('A')[:12]}, and "
        f"these are {digest('B')[:12]}\n"
        "    fix: a release is never overwritten: give the edition a new version"
    )
    assert shown(dist, "1.0") == digest("A")
    assert leftovers(dist) == []


def test_a_folder_in_the_links_place_is_not_touched(dist: Path) -> None:
    (dist / SLUG / "current").mkdir(parents=True)
    with pytest.raises(EngrossError) as caught:
        put(dist, "A")
    assert caught.value.exit_status == 6
    assert str(caught.value) == (
        f"engross: E007 {dist}/{SLUG}/current is not a link, so it was not put there by engross\n"
        "    fix: move it away and run the command again"
    )
    assert (dist / SLUG / "current").is_dir()


def test_a_published_file_that_was_altered_is_mended_by_the_next_build(dist: Path) -> None:
    published = put(dist, "A")
    (published.path / f"{SLUG}.epub").write_text("altered")
    (published.path / "note.txt").write_text("mine")
    (published.path / "metadata" / "empty.txt").unlink()
    again = put(dist, "A")
    assert not again.unchanged
    assert again.messages[0] == (
        f"fixed the build {digest('A')[:12]}: metadata/empty.txt is missing, "
        f"note.txt does not belong there, {SLUG}.epub has other bytes"
    )
    assert shown(dist) == digest("A")
    assert leftovers(dist) == []


def test_what_dead_builds_left_is_swept_with_a_message(dist: Path) -> None:
    put(dist, "A")
    stage = dist / SLUG / "builds" / ".stage-1-00"
    (stage / "evidence").mkdir(parents=True)
    (stage / "evidence" / "half").write_text("x")
    (dist / SLUG / ".link-1-00").symlink_to("builds/nothing")
    assert put(dist, "A").messages == (
        "removed .link-1-00, left by an interrupted build",
        "removed .stage-1-00, left by an interrupted build",
    )
    assert leftovers(dist) == []


@pytest.mark.parametrize(
    ("code", "message", "fix"),
    [
        (
            errno.ENOSPC,
            "E002 disk full: need 1.0 MiB in {dist}",
            "make room there, or publish elsewhere with --out DIR",
        ),
        (
            errno.EDQUOT,
            "E002 disk full: need 1.0 MiB in {dist}",
            "make room there, or publish elsewhere with --out DIR",
        ),
        (
            errno.EACCES,
            "E003 {dist} cannot be written: Permission denied",
            "give yourself permission to write there, or publish elsewhere with --out DIR",
        ),
        (
            errno.EROFS,
            "E003 {dist} cannot be written: Read-only file system",
            "give yourself permission to write there, or publish elsewhere with --out DIR",
        ),
        (
            errno.EIO,
            "E004 {dist} cannot be written: Input/output error",
            "look after the disk, or publish elsewhere with --out DIR",
        ),
    ],
)
def test_what_the_system_refuses_is_said_with_a_way_out(
    dist: Path, monkeypatch: pytest.MonkeyPatch, code: int, message: str, fix: str
) -> None:
    put(dist, "A")
    monkeypatch.setattr(fs, "call", Disk(20, refuse(code)))
    with pytest.raises(EngrossError) as caught:
        put(dist, "B")
    assert caught.value.exit_status == 6
    assert str(caught.value) == f"engross: {message.format(dist=dist)}\n    fix: {fix}"
    assert shown(dist) == digest("A")
    assert leftovers(dist) == []


def test_a_file_size_limit_ends_like_a_full_disk(dist: Path) -> None:
    put(dist, "A")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        big = [Output("epub", "big.epub", b"0" * 8192)]
        publish(big, SLUG, dist, "current", b"receipt")

    assert in_child(limited) == 6
    assert shown(dist) == digest("A")
    assert leftovers(dist) == []


def test_a_disk_that_gives_back_other_bytes_is_not_trusted(
    dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(dist, "A")
    true_write = os.write

    def forget(handle: int, content: memoryview) -> int:
        true_write(handle, bytes(content).replace(b"received B", b"received ?"))
        return len(content)

    monkeypatch.setattr(os, "write", forget)
    with pytest.raises(EngrossError) as caught:
        put(dist, "B")
    assert caught.value.exit_status == 6
    assert str(caught.value) == (
        f"engross: E008 {dist}/{SLUG}/builds gave back other bytes than were written: "
        "evidence/yamada/received.txt has other bytes\n"
        "    fix: look after the disk, or publish elsewhere with --out DIR"
    )
    assert shown(dist) == digest("A")
    assert leftovers(dist) == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("symlink", "it has no symbolic links"),
        ("rename", "a link is not renamed in one step"),
    ],
)
def test_a_file_system_that_cannot_do_it_is_noticed_first(
    dist: Path, monkeypatch: pytest.MonkeyPatch, broken: str, said: str
) -> None:
    def refuse_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    def copy_instead(old: Path, new: Path) -> None:
        if Path(old).is_symlink():
            Path(new).unlink(missing_ok=True)
            Path(new).symlink_to(Path(old).readlink())
        else:
            true_rename(old, new)

    true_rename = os.rename
    instead = {"symlink": refuse_links, "rename": copy_instead}[broken]
    monkeypatch.setattr(os, broken, instead)
    for attempt in (lambda: probe(dist), lambda: put(dist, "A")):
        with pytest.raises(EngrossError) as caught:
            attempt()
        assert caught.value.exit_status == 6
        assert str(caught.value) == (
            f"engross: E005 the file system of {dist} cannot publish safely: {said}\n"
            "    fix: publish to a local disk with --out DIR, and copy the folder from there"
        )
    assert shown(dist) is None
    assert leftovers(dist) == []


def test_a_probe_leaves_nothing_behind_and_makes_no_dist(dist: Path) -> None:
    probe(dist)
    assert list(dist.parent.iterdir()) == []


def test_a_probe_clears_what_a_dead_one_left(dist: Path) -> None:
    here = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
    (dist.parent / f".engross-probe-{here}-999999999-ab" / "first").mkdir(parents=True)
    kept = [f".engross-probe-{here}-{os.getpid()}-ab", ".engross-probe-0badcafe-999999999-ab"]
    for name in kept:  # a living process of this machine, and a process of another machine
        (dist.parent / name).mkdir()
    probe(dist)
    assert sorted(path.name for path in dist.parent.iterdir()) == sorted(kept)


def test_a_planted_lock_folder_is_refused(dist: Path, tmp_path: Path) -> None:
    dist.mkdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (dist / ".locks").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EngrossError) as caught:
        put(dist, "A")
    assert caught.value.exit_status == 6
    assert str(caught.value) == (
        f"engross: E006 {dist}/.locks is not a folder that only you can write to\n"
        "    fix: remove it; it is made again"
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_relative_dist_is_published_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert put(Path("dist"), "A").path == Path("dist") / SLUG / "current"
    assert shown(tmp_path / "dist") == digest("A")


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "", ".", "a/./b", "a\nb", "receipt.json"])
def test_an_output_with_a_dangerous_name_is_a_bug(dist: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"not a name for an output|two outputs are called"):
        publish([Output("epub", name, b"")], SLUG, dist, "current", b"")
    assert not dist.exists()


@pytest.mark.parametrize(("slug", "pointer"), [("../x", "current"), (SLUG, "builds"), (SLUG, "")])
def test_a_dangerous_slug_or_link_is_a_bug(dist: Path, slug: str, pointer: str) -> None:
    with pytest.raises(ValueError, match="not to be published under"):
        publish([], slug, dist, pointer, b"")
    assert not dist.exists()


def test_the_holder_of_a_lock_is_named_as_json(dist: Path) -> None:
    put(dist, "A")
    who = json.loads((dist / ".locks" / f"{SLUG}.holder").read_bytes())
    assert who == {"pid": os.getpid(), "host": os.uname().nodename}


def test_clearing_keeps_what_readers_see(dist: Path) -> None:
    put(dist, "A", "1.0")
    put(dist, "B")
    (dist / SLUG / "builds" / ("0" * 64)).mkdir()
    (dist / SLUG / "builds" / ".stage-1-00").mkdir()
    (dist / "notes-of-mine").mkdir()
    assert clear(dist) == (
        f"{SLUG}: removed the build 000000000000, which no link leads to",
        f"{SLUG}: removed .stage-1-00, left by an interrupted build",
    )
    assert shown(dist) == digest("B")
    assert shown(dist, "1.0") == digest("A")
    assert leftovers(dist) == []
    assert clear(dist) == ()
    assert (dist / "notes-of-mine").is_dir()


def test_clearing_where_nothing_is_does_nothing(dist: Path) -> None:
    assert clear(dist) == ()
    assert not dist.exists()
