"""Another account of the machine reaches the port of a preview, and nothing behind it."""

import asyncio
from types import SimpleNamespace

import pytest

starlette = pytest.importorskip("starlette", reason="the extra preview is not installed")


def ask(path: str, host: str = "127.0.0.1:8731") -> int:
    """The status of the answer to one question."""
    from engross.preview.server import application

    shown = SimpleNamespace(print=b"", files={"index.html": b"words"}, book={})
    said: list[int] = []

    async def one() -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                said.append(int(str(message["status"])))

        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", host.encode())],
            "scheme": "http",
            "server": ("127.0.0.1", 8731),
            "http_version": "1.1",
            "root_path": "",
        }
        await application(SimpleNamespace(shown=shown), "secret")(scope, receive, send)  # type: ignore[arg-type]

    asyncio.run(one())
    return said[0]


@pytest.mark.parametrize("path", ["/", "/web/index.html", "/state", "/guess/web/index.html"])
def test_without_the_secret_every_path_is_nowhere(path: str) -> None:
    assert ask(path) == 404


def test_with_the_secret_the_edition_is_shown_to_this_machine_alone() -> None:
    assert ask("/secret/web/index.html") == 200
    assert [ask("/secret/web/index.html", host) for host in ("", "example.org")] == [400, 400]


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "٣", "0x1", "1"])
def test_a_page_that_is_not_there_is_nowhere(number: str) -> None:
    assert ask(f"/secret/page/{number}.png") == 404
