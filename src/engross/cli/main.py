"""The command line. Each command is a room of its own; this one opens the doors."""

import gc
import os
import sys
from typing import Any

GARBAGE = (10_000, 200, 5)
"""
When Python looks for cycles. With its own counts it looks 200 times while a small book is built,
which takes a twelfth of the time, and the process ends soon. Nor is what is older looked at again
before two million more are there: a volume has as many, and nearly all are in use.
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

    try:
        status = app(prog_name="engross", standalone_mode=False)
    except Exception as fault:
        status = _misused(fault)
    if status:
        sys.exit(status)


def _misused(fault: Any) -> int:
    """Tell of a command line that typer does not understand, as typer does and as a finding."""
    if not hasattr(fault, "format_message"):  # its class has another name in each of its versions
        raise fault
    fault.show()
    if "--json" in sys.argv[1:]:
        from engross.catalog import finding, stop
        from engross.model.finding import Place

        raise stop([finding("C003", Place(), fault.format_message(), "see engross --help")])
    status: int = fault.exit_code
    return status
