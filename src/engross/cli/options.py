"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

BookArgument = Annotated[
    Path | None,
    typer.Argument(help="A folder with manifest.yaml, or that file. Default: book/, else here."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="One line a stage, no colour, nothing redrawn.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors (exit 1).")]
