"""Options that several commands have, and those that a request declares by its fields."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from engross.commands.request import BOOK, Argument, Option

BY_NAME = inspect.Parameter.KEYWORD_ONLY


def _shown(name: str, way: Option) -> Any:
    """What typer is told of a field."""
    if isinstance(way, Argument):
        return typer.Argument(help=way.words)
    flags = way.flags or (f"--{name.strip('_').replace('_', '-')}",)
    return typer.Option(*flags, help=way.words, min=way.least)


def _parameters(request: type, names: tuple[str, ...]) -> Iterator[inspect.Parameter]:
    """The fields of a request that the command line asks for."""
    for one in fields(request):
        for way in getattr(one.type, "__metadata__", ()):
            if not names or one.name in names:
                default = inspect.Parameter.empty if one.default is MISSING else one.default
                kind: Any = Annotated[one.type, _shown(one.name, way)]
                yield inspect.Parameter(one.name, BY_NAME, default=default, annotation=kind)


def comma_list(words: str) -> tuple[str, ...]:
    """The words between the commas."""
    return tuple(word.strip() for word in words.split(",") if word.strip())


def asks(request: type, *names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """
    Let a command ask for the fields of a request, all of them or some, and have it made of them.

    The command takes the request first, and options of its own by name.
    """

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        asked = list(_parameters(request, names))
        _, *own = inspect.signature(command).parameters.values()

        def called(**values: Any) -> None:
            given = {one.name: values.pop(one.name) for one in asked}
            command(request(**given), **values)

        rows = [*asked, *(one.replace(kind=BY_NAME) for one in own)]
        called.__name__, called.__doc__ = command.__name__, command.__doc__
        called.__signature__ = inspect.Signature(rows)  # type: ignore[attr-defined]  # typer asks
        called.__annotations__ = {one.name: one.annotation for one in rows}
        return called

    return decorated


BookArgument = Annotated[Path | None, _shown("book", BOOK)]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="One line a stage, no colour, nothing redrawn.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors (exit 1).")]
