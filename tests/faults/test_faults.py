"""
The table of bad input: one folder a row, holding only what differs from a small good book.

`case.toml` of a row says what is done to the book, which command is run, and everything that it
must then say: exit status and all findings. `dist` and the book always stay as they were.
"""

import errno
import hashlib
import io
import json
import os
import re
import shutil
import struct
import tomllib
import zlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from typer.testing import CliRunner

from engross.disk import fs
from engross.model.check import Output
from engross.publish import publish
from engross.publish.lock import locked

HERE = Path(__file__).parent
GOOD = HERE / "_book"
RELEASED = HERE / "_released"
ROWS = sorted(path.parent for path in HERE.glob("*/case.toml"))


def change(book: Path, one: dict[str, Any]) -> None:
    """One change to the good book, as a table `[[change]]` of a case describes it."""
    target = book / one["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    if "old" in one:
        text = target.read_text("utf-8")
        assert text.count(one["old"]) == 1, f"{one['old']!r} stands {text.count(one['old'])} times"
        target.write_text(text.replace(one["old"], one["new"]), "utf-8")
    elif "text" in one:
        target.write_text(one["text"], "utf-8")
    elif "add" in one:
        target.write_text(target.read_text("utf-8") + one["add"], "utf-8")
    elif "hex" in one:
        target.write_bytes(bytes.fromhex(one["hex"]))
    elif "encoding" in one:
        target.write_bytes(target.read_text("utf-8").encode(one["encoding"]))
    elif "repeat" in one:
        target.write_text(one["repeat"] * one["times"], "utf-8")
    elif "link" in one:
        target.unlink(missing_ok=True)
        target.symlink_to(one["link"])
    elif "bytes" in one:
        os.truncate(target, one["bytes"]) if target.exists() else target.write_bytes(
            bytes(one["bytes"])
        )
    elif "png" in one:
        target.write_bytes(png(*one["png"]))
    elif "font" in one:
        target.write_bytes(font(**one["font"]))
    elif one.get("is") == "pipe":
        os.mkfifo(target)
    elif one.get("is") == "folder":
        target.mkdir()
    elif one.get("is") == "removed":
        target.unlink()
    else:
        raise AssertionError(f"not a change: {one}")


def png(width: int, height: int) -> bytes:
    """A whole picture in black, one bit a pixel: some kilobytes that unpack to a great deal."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    rows = b"".join(packer.compress(row * 100) for _ in range(height // 100))
    body = rows + packer.compress(row * (height % 100)) + packer.flush()
    chunks = [(b"IHDR", head), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def font(name: str, allows: int = 0, spoilt: int = 0) -> bytes:
    """
    A face of the pinned package that no house names.

    Args:
        name: `XCharter-Regular.otf`.
        allows: what its maker permits, as `OS/2.fsType` has it.
        spoilt: the place of a byte that is not as it was made; 0 for none.
    """
    content = (Path(str(files("rendercv_fonts"))) / name.partition("-")[0] / name).read_bytes()
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as face:
        face["OS/2"].fsType = allows
        made = io.BytesIO()
        face.save(made)
    body = bytearray(made.getvalue())
    if spoilt:
        body[spoilt] ^= 0xFF
    return bytes(body)


def tree(folder: Path) -> dict[str, str]:
    """Everything in a folder by its path: links by where they lead, files by what they hold."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "not a file"
    ours = {".engross", ".locks"}
    return {name: what for name, what in found.items() if not ours & set(name.split("/"))}


def said(report: dict[str, Any]) -> str:
    """The findings of a report as a person reads them."""
    lines = []
    for found in report["findings"]:
        place = ":".join(str(part) for key in ("path", "line", "column") if (part := found[key]))
        lines.append(f"{place or 'engross'}: {found['code']} {found['message']}")
        lines.append(f"    fix: {found['fix']}")
    return "\n".join(lines)


def run(command: list[str]) -> tuple[int, dict[str, Any]]:
    from engross.cli.app import app

    result = CliRunner().invoke(app, [*command, "--json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the good book and a former edition of it in dist."""
    shutil.copytree(GOOD, tmp_path / "book")
    former = [Output("epub", "letter-1961.epub", b"the former edition")]
    publish(former, "letter-1961", tmp_path / "dist", "current", b"{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENGROSS_LIMITS", raising=False)
    return tmp_path


def test_the_good_book_has_no_fault(desk: Path) -> None:
    status, report = run(["check", "book", "--strict"])
    assert said(report) == ""
    assert status == 0
    assert report["published"] == "dist/letter-1961/current"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bad_input_is_told_whole_and_harms_nothing(
    row: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    case = tomllib.loads((row / "case.toml").read_text("utf-8"))
    if case.get("released"):  # version 1.0 of the good book
        shutil.copytree(RELEASED, desk / "book", dirs_exist_ok=True)
    if (row / "book").is_dir():
        shutil.copytree(row / "book", desk / "book", dirs_exist_ok=True)
    for one in case.get("change", ()):
        change(desk / "book", one)
    for name, value in case.get("environment", {}).items():
        monkeypatch.setenv(name, value)
    before = tree(desk)
    status, report = run(case.get("command", ["check", "book"]))
    if request.config.getoption("--golden"):
        write(row / "case.toml", status, said(report))
    else:
        assert said(report) == case["says"].strip("\n")
        assert status == case["exit"]
    assert tree(desk) == before
    assert report["ok"] == (status == 0)
    assert report["published"] in {"dist/letter-1961/current", None}


def write(path: Path, status: int, says: str) -> None:
    """Put what was said into a case, for a person to read in the diff."""
    text = path.read_text("utf-8")
    head = re.split(r"(?m)^exit = ", text)[0].rstrip("\n")
    tail = re.search(r"(?ms)^\[.*", text)
    escaped = says.replace("\\", "\\\\").replace('"""', '""\\"')
    body = f'exit = {status}\nsays = """\n{escaped}\n"""\n'
    path.write_text(f"{head}\n{body}\n{tail[0] if tail else ''}".rstrip("\n") + "\n", "utf-8")


BUILD = ["build", "book", "--to", "epub"]


def assert_refused(desk: Path, wanted: str, status: int) -> None:
    """A build ends with one finding and a status, and the former edition stays."""
    before = tree(desk)
    ended, report = run(BUILD)
    assert said(report) == wanted
    assert ended == status
    assert tree(desk) == before
    assert report["published"] == "dist/letter-1961/current"


def test_a_build_beside_another_is_told_who_is_at_work(desk: Path) -> None:
    with locked(desk / "dist", "letter-1961"):
        assert_refused(
            desk,
            f"engross: K001 'letter-1961' is being published by process {os.getpid()} on "
            f"{os.uname().nodename}\n    fix: let it finish, or wait for it with --wait",
            7,
        )


def test_a_full_disk_ends_a_build_with_the_former_edition_in_dist(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(function: Callable[..., Any], *args: Any) -> Any:
        here = function is os.write and desk in Path(f"/proc/self/fd/{args[0]}").readlink().parents
        if here and len(args[1]) > 10_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return function(*args)

    monkeypatch.setattr(fs, "call", full)
    before = tree(desk)
    status, report = run(BUILD)
    assert re.fullmatch(
        r"engross: E002 disk full: need \d+\.\d MiB in .*dist\n"
        r"    fix: make room there, or publish elsewhere with --out DIR",
        said(report),
    )
    assert status == 6
    assert tree(desk) == before


def test_something_else_in_the_links_place_is_not_touched(desk: Path) -> None:
    (desk / "dist" / "letter-1961" / "draft").mkdir()
    assert_refused(
        desk,
        f"engross: E007 {desk}/dist/letter-1961/draft is not a link, so it was not put there by "
        "engross\n    fix: move it away and run the command again",
        6,
    )


def test_a_file_saved_during_the_build_stops_it(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engross.commands import task

    true_make = task.make

    def make_while_someone_saves(*args: Any) -> Any:
        (desk / "book" / "introduction.md").write_text("# Other\n")
        return true_make(*args)

    monkeypatch.setattr(task, "make", make_while_someone_saves)
    (desk / "book" / "introduction.md").write_text("# Introduction\n\nWords [@calendar].\n")
    status, report = run(BUILD)
    assert said(report) == (
        "book/introduction.md: F006 'introduction.md' changed while the book was read\n"
        "    fix: save your work and run the command again"
    )
    assert status == 3
    assert report["published"] == "dist/letter-1961/current"
    assert not (desk / "dist" / "letter-1961" / "draft").exists()


def test_every_row_has_a_name_of_its_own_number() -> None:
    assert ROWS
    for row in ROWS:
        assert re.fullmatch(r"\d{3}[a-z]?-[a-z0-9-]+", row.name), row.name
