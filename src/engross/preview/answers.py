"""What the preview's page asks for, and what it is told of each save."""

import asyncio
import contextlib
import html
import json
import mimetypes
import time
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from engross.commands.diff.report import drawn
from engross.make.web.site import page_name
from engross.model.address import section_of
from engross.preview.drawing import Drawing, Shown
from engross.preview.places import address_of
from engross.render import anchor

QUIET = 1.5
"""Seconds without a save before EPUB and print are made: typing goes first."""
OWN = frozenset({".engross", "dist", ".git", "_build"})
"""Folders in which a change is none of the editor's."""
DIGITS = 6
"""Most digits that a page's number has."""
SCALE = 1.6
"""By how much a page's picture is enlarged: 115 dots an inch."""


class Answers:
    """The answers for one drawing; it is drawn again at each save as long as `life` runs."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.changed = asyncio.Condition()

    def routes(self, secret: str) -> list[Route]:
        """Every path below the secret, and what answers there."""
        rows = (
            ("", self.frame),
            ("state", self.state),
            ("events", self.events),
            ("web/{name:path}", self.web),
            ("epub/{name:path}", self.book),
            ("page/{number}.png", self.page),
        )
        return [Route(f"/{secret}/{path}", answer) for path, answer in rows]

    @contextlib.asynccontextmanager
    async def life(self, _: object) -> AsyncIterator[None]:
        """Watch the folder for as long as the server runs."""
        task = asyncio.create_task(self._follow())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _follow(self) -> None:
        """Draw at each save: the text at once, EPUB and print when they are ready."""
        from watchfiles import awatch

        slow = self._slowly()
        folder = self.drawing.folder
        async for changes in awatch(folder, debounce=80, step=40, rust_timeout=1000):
            if all(OWN & set(Path(path).parts) for _, path in changes):
                continue
            await asyncio.to_thread(self.drawing.draw)
            await self._tell()
            if slow.done() and self.drawing.shown.good:
                slow = self._slowly()

    def _slowly(self) -> "asyncio.Task[Shown]":
        slow = asyncio.create_task(asyncio.to_thread(_until_new, self.drawing))
        slow.add_done_callback(lambda _: asyncio.ensure_future(self._tell()))
        return slow

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def frame(self, _: Request) -> Response:
        """The page that holds all the others."""
        page = files("engross.preview").joinpath("frame.html").read_text("utf-8")
        return Response(page, media_type="text/html")

    async def state(self, _: Request) -> Response:
        """Findings, and what there is to show."""
        return Response(json.dumps(described(self.drawing)), media_type="application/json")

    async def events(self, request: Request) -> Response:
        """The number of what is shown, again at each change."""

        async def stream() -> AsyncIterator[str]:
            yield f"data: {self.drawing.shown.number}\n\n"
            while not await request.is_disconnected():
                async with self.changed:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self.changed.wait(), 5)
                yield f"data: {self.drawing.shown.number}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def web(self, request: Request) -> Response:
        """A file of the web edition."""
        return _file(self.drawing.shown.files.get(request.path_params["name"]), request)

    async def book(self, request: Request) -> Response:
        """A file of the EPUB."""
        return _file(self.drawing.shown.book.get(request.path_params["name"]), request)

    async def page(self, request: Request) -> Response:
        """A printed page as a picture."""
        number = request.path_params["number"]
        known = int(number) if len(number) <= DIGITS and number.isdecimal() else 0
        picture = await asyncio.to_thread(drawn_page, self.drawing.shown.print, known)
        return _file(picture, request, "image/png")


def _file(content: bytes | None, request: Request, kind: str = "") -> Response:
    if content is None:
        return Response("not there", 404, media_type="text/plain")
    name = request.path_params.get("name", "")
    guessed = "application/xhtml+xml" if name.endswith(".xhtml") else mimetypes.guess_type(name)[0]
    return Response(
        content,
        media_type=kind or guessed or "application/octet-stream",
        headers={"Cache-Control": "no-store"},
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

    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)


def drawn_page(pdf: bytes, number: int) -> bytes | None:
    """A page as a PNG, from 1; None where there is no such page."""
    return drawn(pdf, [number], SCALE, grey=False).get(number) if pdf else None
