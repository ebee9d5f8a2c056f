"""The command line. Each command is a room of its own; this one opens the doors."""

import gc
import os
import sys

GARBAGE = (10_000, 20, 50)
"""
When Python looks for cycles. With its own counts it looks 200 times while a small book is built,
which takes a twelfth of the time, and the process ends soon.
"""


def run() -> None:
    """
    Run the program and end the process with the design's exit status.

    `--version` answers before anything heavy is imported.
    """
    from engross.cli.edge import guarded

    sys.exit(guarded(_version if sys.argv[1:] == ["--version"] else _app))


def _version() -> None:
    from engross import __version__

    sys.stdout.write(f"engross {__version__}\n")


def _app() -> None:
    gc.set_threshold(*GARBAGE)
    # Plugins of pydantic that happen to be installed beside us have no say in an edition, and are
    # not searched for among all packages. Before anything imports pydantic.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from engross.cli.app import app

    app(prog_name="engross")
