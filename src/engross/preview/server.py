"""The local page: loopback only, told of each save, and closed with the command."""

import contextlib
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from engross.disk.passing import passing
from engross.preview.drawing import Drawing

HOST = "127.0.0.1"
FORWARD = '<!DOCTYPE html><meta http-equiv="refresh" content="0; url={}">'


def application(drawing: Drawing, secret: str) -> Any:
    """
    The pages as an ASGI application; it watches the folder as long as it runs.

    Every path begins with the secret: other accounts of the machine reach the port, and do not know
    it.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from engross.preview.answers import Answers

    answers = Answers(drawing)
    return Starlette(
        routes=answers.routes(secret),
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
        lifespan=answers.life,
    )


@contextlib.contextmanager
def told_to_open(address: str) -> Iterator[None]:
    """
    Let the browser open an address in a moment, for the block.

    Every account may read a browser's command line: it names a file that only we can read.
    """
    with passing("preview") as folder:
        page = folder.write("open.html", FORWARD.format(address).encode())
        threading.Timer(1.0, webbrowser.open, [page.as_uri()]).start()
        yield


def serve(folder: Path, port: int, secret: str, say: Callable[[str], object]) -> None:
    """
    Show a book until the command is interrupted.

    Raises:
        ImportError: the extra `preview` is not installed.
        OSError: the port is taken.
    """
    import uvicorn

    drawing = Drawing(folder)
    drawing.draw()
    say(f"preview: http://{HOST}:{port}/{secret}/ (Ctrl-C ends it)")
    try:
        uvicorn.run(
            application(drawing, secret),
            host=HOST,
            port=port,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
    finally:
        drawing.engines.close()
