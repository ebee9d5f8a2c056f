"""`engross plate`, `freeze`, `set` and `sources`: files of a book, written by the program."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from engross.cli.ledger_commands import end
from engross.cli.options import BookArgument, JsonOption, PlainOption, asks
from engross.commands.request import PlateRequest

commands = typer.Typer()


@commands.command(
    epilog="Examples: engross plate book scans/124.tif --leaf 124 · engross plate book scans/ "
    '--alt "Leaf {leaf} of the typescript" · engross plate book plan.png --document yamada '
    '--alt "A plan of the harbour" --caption "The harbour"'
)
@asks(PlateRequest)
def plate(
    request: PlateRequest,
    files: Annotated[
        list[Path], typer.Argument(help="PNG, JPEG, GIF, WebP, SVG; TIFF, JPEG 2000; folders.")
    ],
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """
    Add pictures to the plates of a document, each with its digest.

    Those of a folder come in the order of the numbers in their names; where the names say leaves,
    these are entered, else their places in the row.
    """
    from engross.commands.plates import plate as command

    if any(path.is_dir() for path in files) and not request.alt and sys.stdin.isatty():
        asked = typer.prompt("What does each picture show", default="Leaf {leaf}", err=True)
        request = replace(request, alt=asked)
    end(command(replace(request, files=tuple(files))), json=json, plain=plain)


@commands.command(epilog="Examples: engross freeze · engross freeze book")
def freeze(book: BookArgument = None, json: JsonOption = False, plain: PlainOption = False) -> None:
    """
    Enter digests; before the first release, take over slips of your own transcription.

    Your own transcription says `own: true` under `received`; the earlier text stays in `earlier/`.
    """
    from engross.commands.freeze import freeze as command

    end(command(book), json=json, plain=plain)


@commands.command(
    "set",
    epilog="Examples: engross set book rights.status=cleared · "
    "engross set editions/* series='Sample Papers' rights.licence=CC-BY-4.0",
)
def set_(
    words: Annotated[
        list[str], typer.Argument(help="Books, then fields of their manifests: FIELD=VALUE.")
    ],
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Change fields in the manifests of many books; comments stay, and all change or none."""
    from engross.commands.fields import set_fields

    books = [Path(word) for word in words if "=" not in word]
    fields = dict(word.split("=", 1) for word in words if "=" in word)
    if not books or not fields:
        missing = "BOOK" if not books else "FIELD=VALUE"
        raise typer.BadParameter("is missing", param_hint=missing)
    end(set_fields(books, fields), json=json, plain=plain)


@commands.command(
    epilog="Examples: engross sources library.json · engross sources library.bib --book book"
)
def sources(
    file: Annotated[Path, typer.Argument(help="CSL-JSON, BibLaTeX (.bib) or RIS, as exported.")],
    book: Annotated[Path | None, typer.Option(help="The book. Default: book/, else here.")] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Add the works of a reference manager's export to sources.yaml."""
    from engross.commands.sources import take_over

    end(take_over(file, book), json=json, plain=plain)
