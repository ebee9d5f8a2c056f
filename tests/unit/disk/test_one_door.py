"""Every change of the disk is made by one room, so that the tests of each call see all of them."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.bench.batch_books import write_books

import engross

SOURCE = Path(engross.__file__).parent
DOOR = SOURCE / "disk"
CHANGES = {
    *("write_text", "write_bytes", "mkdir", "rmdir", "unlink", "rename", "touch", "chmod"),
    *("symlink_to", "hardlink_to", "makedirs", "removedirs", "symlink", "link", "utime", "fchmod"),
    *("rmtree", "copyfile", "copytree", "copy2", "mkstemp", "mkdtemp", "truncate", "ftruncate"),
    *("TemporaryFile", "NamedTemporaryFile", "TemporaryDirectory", "SpooledTemporaryFile"),
}
"""Methods of paths, and functions of os, shutil and tempfile."""
WHOLE = {"os.remove", "os.replace", "shutil.move", "os.write", "os.chown"}
MODES = re.compile(r"(mode=)?'([wax][bt+]*|rb?\+)'|.*O_(CREAT|WRONLY|RDWR|TRUNC)\b.*")
"""Arguments of a call of `open` that may write."""


def changes(text: str) -> Iterator[str]:
    """The calls of a module that change the disk."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        said, last = ast.unparse(node.func), ast.unparse(node.func).rpartition(".")[2]
        words = [ast.unparse(each) for each in (*node.args, *node.keywords)]
        opens = last == "open" and any(MODES.fullmatch(word) for word in words)
        method = isinstance(node.func, ast.Attribute) and last in CHANGES
        onto = last == "replace" and said.startswith("Path(")
        writes = opens and "os.devnull" not in words
        if (method or said in WHOLE or onto or writes) and not said.startswith("fs."):
            yield ast.unparse(node)


def test_no_module_but_those_of_the_disk_changes_it() -> None:
    found = {
        f"{path.relative_to(SOURCE)}: {call}"
        for path in SOURCE.rglob("*.py")
        if DOOR not in path.parents
        for call in changes(path.read_text("utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    "call",
    [
        "path.write_text('x')",
        "os.remove(path)",
        "open(path, 'w')",
        "path.open(mode='ab')",
        "os.open(path, os.O_WRONLY | os.O_CREAT)",
        "tempfile.TemporaryDirectory()",
        "Path(a).replace(b)",
        "shutil.rmtree(path)",
    ],
)
def test_a_call_that_changes_the_disk_is_seen(call: str) -> None:
    assert list(changes(call)) == [call]


WATCH = '''
"""Build a book, empty its cache, and print who changed the disk but the rooms of the disk."""

import json, os, sys
from pathlib import Path

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate",
    "os.chmod", "os.utime", "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
seen, ours = set(), 0


def hear(event, args):
    global ours
    if event == "open":
        if not isinstance(args[2], int) or not args[2] & WRITES or args[0] == os.devnull:
            return
        if not isinstance(args[0], str | bytes | os.PathLike):  # a stream that is open
            return
    elif event not in CHANGES:
        return
    frame, names = sys._getframe(1), []
    while frame:
        names.append(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    if any(name.startswith("engross.disk") for name in names):
        ours += 1
    elif not any(name.startswith("filelock") for name in names):
        who = next((name for name in names if name.startswith("engross")), names[0])
        seen.add(f"{event} {args[0]} by {who}")


sys.addaudithook(hear)
from engross.commands.build import build
from engross.commands.clean import clean
from engross.commands.request import BuildRequest

outcome = build(BuildRequest(book=Path(sys.argv[1]), jobs=1))
clean(Path(sys.argv[1]))
print(json.dumps([outcome.exit_status, ours, sorted(seen)]))
'''


def test_a_whole_build_and_its_libraries_change_the_disk_through_the_one_room(
    tmp_path: Path,
) -> None:
    """But for the lock, which the lock's own library opens."""
    (book,) = write_books(tmp_path, 1, size=1, outputs="epub, print, metadata")
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, str(book)], capture_output=True, text=True, check=True
    )
    status, ours, others = json.loads(done.stdout)
    assert (status, others) == (0, [])
    assert ours > 100
