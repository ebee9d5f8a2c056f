"""The engine's libraries are found by their file names, and no other program is asked."""

import ctypes.util
import subprocess
import sys

import pytest

from engross.make.typeset.engine.worker import by_file_name

LOAD = """
import subprocess, sys
def asked(*_, **__):
    raise SystemExit("another program was asked")
subprocess.Popen = asked
from engross.make.typeset.engine.worker import by_file_name
with by_file_name():
    from engross.make.typeset.engine import weasy
print(weasy.ffi.NULL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Python asks no program")
def test_the_engine_is_loaded_without_another_program() -> None:
    run = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_python_s_own_search_is_there_again_afterwards() -> None:
    find = ctypes.util.find_library
    with pytest.raises(OSError, match="no library"), by_file_name():
        raise OSError("no library")
    assert ctypes.util.find_library is find
