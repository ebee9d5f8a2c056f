"""Whether a preview can begin."""

import socket
from importlib.util import find_spec

from engross.catalog import finding, stop
from engross.catalog.install import python
from engross.model.finding import Place

NEEDED = ("starlette", "uvicorn", "watchfiles")
"""The packages of the extra `preview`."""


def ready(port: int) -> None:
    """
    Look for the packages and the port.

    Raises:
        EngrossError: a package is missing, or another program has the port.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = f"the preview needs {', '.join(missing)}, not installed here"
        fix = f"install them: {python('engross[preview]')}"
        raise stop([finding("E040", Place(), message, fix)])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            message = f"port {port} is taken by another program"
            fix = f"choose another: engross preview --port {port + 1}"
            raise stop([finding("E041", Place(), message, fix)]) from None
