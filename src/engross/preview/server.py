"""The local page: loopback only, told of each save, and closed with the command."""

import asyncio
import contextlib
import html
import json
import mimetypes
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from engross.disk.passing import passing
from engross.make.web.site import page_name
from engross.model.address import section_of
from engross.preview.drawing import Drawing, Shown
from engross.preview.places import address_of
from engross.render import anchor

HOST = "127.0.0.1"
FORWARD = '<!DOCTYPE html><meta http-equiv="refresh" content="0; url={}">'
QUIET = 1.5
"""Seconds without a save before EPUB and print are made: typing goes first."""
OWN = frozenset({".engross", "dist", ".git", "_build"})
"""Folders in which a change is none of the editor's."""
DIGITS = 6
"""Of a page's number."""
SCALE = 1.6
"""Of a page's picture: 115 dots an inch."""


def application(drawing: Drawing, secret: str) -> Any:
    """
    The pages as an ASGI application; it watches the folder as long as it runs.

    Args:
        drawing: of the book.
        secret: the first part of every path: other accounts of the machine reach the port, and do
            not know it.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.requests import Request
    from starlette.responses import Response, StreamingResponse
    from starlette.routing import Route

    changed = asyncio.Condition()

    async def tell() -> None:
        async with changed:
            changed.notify_all()

    async def follow() -> None:
        """Draw at each save: the text at once, EPUB and print when they are ready."""
        from watchfiles import awatch

        slow = asyncio.create_task(asyncio.to_thread(_until_new, drawing))
        slow.add_done_callback(lambda _: asyncio.ensure_future(tell()))
        async for changes in awatch(drawing.folder, debounce=80, step=40, rust_timeout=1000):
            if all(OWN & set(Path(path).parts) for _, path in changes):
                continue
            await asyncio.to_thread(drawing.draw)
            await tell()
            if slow.done() and drawing.shown.good:
                slow = asyncio.create_task(asyncio.to_thread(_until_new, drawing))
                slow.add_done_callback(lambda _: asyncio.ensure_future(tell()))

    @contextlib.asynccontextmanager
    async def life(_: object) -> AsyncIterator[None]:
        task = asyncio.create_task(follow())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def frame(_: Request) -> Response:
        page = files("engross.preview").joinpath("frame.html").read_text("utf-8")
        return Response(page, media_type="text/html")

    async def state(_: Request) -> Response:
        return Response(json.dumps(described(drawing)), media_type="application/json")

    async def events(request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            yield f"data: {drawing.shown.number}\n\n"
            while not await request.is_disconnected():
                async with changed:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(changed.wait(), 5)
                yield f"data: {drawing.shown.number}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def web(request: Request) -> Response:
        return _file(drawing.shown.files.get(request.path_params["name"]), request)

    async def book(request: Request) -> Response:
        return _file(drawing.shown.book.get(request.path_params["name"]), request)

    async def page(request: Request) -> Response:
        number = request.path_params["number"]
        known = int(number) if len(number) <= DIGITS and number.isdecimal() else 0
        picture = await asyncio.to_thread(drawn_page, drawing.shown.print, known)
        return _file(picture, request, "image/png")

    def _file(content: bytes | None, request: Request, kind: str = "") -> Response:
        if content is None:
            return Response("not there", 404, media_type="text/plain")
        name = request.path_params.get("name", "")
        guessed = (
            "application/xhtml+xml" if name.endswith(".xhtml") else mimetypes.guess_type(name)[0]
        )
        return Response(
            content,
            media_type=kind or guessed or "application/octet-stream",
            headers={"Cache-Control": "no-store"},
        )

    return Starlette(
        routes=[
            Route(f"/{secret}/{path}", answer)
            for path, answer in (
                ("", frame),
                ("state", state),
                ("events", events),
                ("web/{name:path}", web),
                ("epub/{name:path}", book),
                ("page/{number}.png", page),
            )
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
        lifespan=life,
    )


def _until_new(drawing: Drawing) -> Shown:
    """Draw slowly until nothing has been saved meanwhile."""
    while True:
        time.sleep(QUIET)
        before = drawing.marks
        shown = drawing.draw_slowly()
        if drawing.marks is before or not drawing.shown.good:
            return shown


def described(drawing: Drawing) -> dict[str, Any]:
    """What the frame shows beside the pages."""
    shown = drawing.shown
    rows = []
    for found in shown.findings:
        address = address_of(found, drawing.marks)
        place = f"{page_name(section_of(address))}#{anchor(address)}" if address else ""
        rows.append(
            {
                "severity": str(found.severity),
                "place": str(found.place),
                "code": found.code,
                "message": found.message,
                "fix": found.fix,
                "page": place,
            }
        )
    return {
        "number": shown.number,
        "good": shown.good,
        "late": shown.late,
        "findings": rows,
        "epub": sorted(
            (name for name in shown.book if name.endswith(".xhtml")),
            key=lambda name: (not name.endswith("/nav.xhtml"), name.removesuffix(".xhtml")),
        ),
        "pages": count(shown.print),
        "title": html.escape(drawing.folder.name),
    }


def count(pdf: bytes) -> int:
    """How many pages there are to be shown."""
    if not pdf:
        return 0
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def drawn_page(pdf: bytes, number: int) -> bytes | None:
    """A page as a PNG, from 1; None where there is no such page."""
    if not 1 <= number <= count(pdf):
        return None
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[number - 1].render(scale=SCALE).to_pil()
    finally:
        document.close()
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


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
