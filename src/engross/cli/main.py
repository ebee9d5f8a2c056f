"""The command line. Each command is a room of its own; this one opens the doors."""

import sys


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
    from engross.cli.app import app

    app(prog_name="engross")
