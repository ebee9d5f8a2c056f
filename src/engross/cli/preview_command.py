"""`engross preview`, as typer sees it."""

import contextlib
import secrets
import sys
from typing import Annotated

import typer

from engross.cli.options import BookArgument, JsonOption

PORT = 8731


def preview(
    book: BookArgument = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = PORT,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    json: JsonOption = False,
) -> None:
    """Show the edition on a local page that follows each save, with all findings."""
    from engross.commands.book import find_book
    from engross.commands.preview import ready

    folder = find_book(book).folder
    ready(port)
    from engross.preview.server import HOST, serve, told_to_open

    secret = secrets.token_urlsafe(16)
    address = f"http://{HOST}:{port}/{secret}/"
    if json:
        from engross.cli.show import print_json
        from engross.commands.outcome import Outcome

        print_json(Outcome(book=str(folder), extra={"address": address}).as_json())
        sys.stdout.flush()
    with told_to_open(address) if open_ else contextlib.nullcontext():
        serve(folder, port, secret, lambda words: sys.stderr.write(f"{words}\n"))
