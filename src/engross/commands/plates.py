"""`engross plate`: pictures, or all those of a folder, enter the form of a document."""

import io
import os
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from engross.catalog import finding, stop
from engross.commands.ending import Run, command
from engross.commands.freeze import FORM, write_files
from engross.commands.outcome import Outcome
from engross.commands.request import PlateRequest
from engross.disk import fs
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.read import Limits, open_book, open_folder
from engross.read.bounded import within
from engross.read.images import KINDS, kind_of
from engross.revision.ledger_file import edited, quoted

CONVERTED = {"TIFF": (".tif", ".tiff"), "JPEG 2000": (".jp2", ".jpf", ".jpx", ".j2k")}
"""Kinds that archives keep and no reading system shows: they become PNGs of the same dots."""
SUFFIXES = {*KINDS, *(suffix for row in CONVERTED.values() for suffix in row)}
LEAF = re.compile(
    r"(?:^|.*[\W_])(?:l|ll|leaf|fol|folio|л)[ ._-]*0*(?P<number>\d+)[ ._-]*(?P<side>{0})?"
    r"|0*(?P<alone>\d+)[ ._-]*(?P<other>{0})?".format("ob|об|v|verso|r|recto"),
    re.IGNORECASE,
)
"""A name that says which leaf it shows: `124`, `124ob`, `f52-d596-l124ob`, `folio 12 v`."""
SIDES = {"об": "ob", "verso": "v", "recto": "r"}


def pictures(path: Path) -> list[Path]:
    """The pictures of a folder in the order of the numbers in their names; a file is its own."""
    if not path.is_dir():
        return [path]
    found = [path / name for name in fs.names(path)]
    return sorted((one for one in found if one.suffix.lower() in SUFFIXES), key=_order)


def _order(path: Path) -> tuple[tuple[str, int, str], ...]:
    """`leaf 9` before `leaf 10`, and `124` before `124ob`."""
    parts = re.findall(r"(\D*)(\d*)", path.stem.lower())
    return tuple((words, int(number or -1), number) for words, number in parts)


def leaf_of(name: str) -> str:
    """
    The leaf that a file's name says it shows; "" where it says none.

    >>> [leaf_of(one) for one in ("0124ob", "RGANI_52_596_l_124об", "Fol. 012 verso", "IMG_0124")]
    ['124ob', '124ob', '12v', '']
    """
    if (found := LEAF.fullmatch(name)) is None:
        return ""
    side = (found["side"] or found["other"] or "").lower()
    return (found["number"] or found["alone"]) + SIDES.get(side, side)


@command
def plate(run: Run, request: PlateRequest) -> Outcome:
    """Copy pictures into a document's folder and enter them among its plates, with digests."""
    sources = open_book(run.found.folder)
    forms = [one for one in sources.find(FORM) if request.document in {"", one.split("/")[1]}]
    if len(forms) != 1:
        known = ", ".join(one.split("/")[1] for one in sources.find(FORM))
        fix = f"say which with --document: {known}"
        raise stop([finding("C022", Place(), "it is not clear whose plates they are", fix)])
    files: dict[str, bytes] = {}
    rows = list(_rows(request, files))

    def enter(tree: Any) -> None:
        held = tree.setdefault("plates", [])
        for row in rows:
            known = next((one for one in held if one["file"] == row["file"]), None)
            if known is None:
                held.append({key: quoted(value) for key, value in row.items()})
            else:
                known["sha256"] = row["sha256"]

    text = edited(sources.need(forms[0]).content.decode(), enter)
    folder = PurePosixPath(forms[0]).parent
    made = {f"{folder}/{name}": content for name, content in files.items()}
    write_files(run.found.folder, {**made, forms[0]: text.encode()})
    lines = [f"{row['file']}: sha256 {row['sha256']}" for row in rows]
    return run.outcome(extra={"lines": lines, "changed": [*made, forms[0]]})


def _rows(request: PlateRequest, files: dict[str, bytes]) -> Iterator[dict[str, str]]:
    """The plates as a form has them; `files` takes what they show, by name."""
    whole = any(path.is_dir() for path in request.files)
    shown = [row for path in request.files for one in pictures(path) for row in _picture(one)]
    if not shown:
        message = f"there is no picture in {', '.join(map(str, request.files))}"
        raise stop([finding("F026", Place(), message, "name a folder with scans in it")])
    leaves = [leaf_of(stem) for stem, *_ in shown]
    if whole and not any(leaves):
        leaves = [str(number) for number in range(1, len(shown) + 1)]
    for (stem, name, content), said in zip(shown, leaves, strict=True):
        if name in files:
            fix = "give each file a name of its own, and take out what is there in two formats"
            raise stop([finding("F026", Place(name), f"two pictures would be {name}", fix)])
        files[name] = content
        words = stem.replace("-", " ").replace("_", " ")
        leaf = request.leaf or (said if whole else "")
        alt, caption = (
            one.replace("{leaf}", leaf).replace("{name}", words)
            for one in (request.alt, request.caption)
        )
        row = {"file": name, "sha256": SourceFile.of(name, content).sha256}
        row |= {"alt": alt or caption or words, "caption": caption or words}
        yield row | ({"leaf": leaf} if leaf else {})


def _picture(path: Path) -> Sequence[tuple[str, str, bytes]]:
    """What a file is called, and name and bytes as a book holds them; of a TIFF each page."""
    file = open_folder(path.parent).need(path.name)
    kind, suffix = kind_of(file.content), path.suffix.lower()
    if kind in CONVERTED:
        limits = Limits.from_environment(os.environ)
        work = partial(_pngs, path.name, file.content)
        pages = within(path.name, limits, work, len(file.content))
        several = [f"{path.stem} {number}" for number in range(1, len(pages) + 1)]
        stems = several if len(pages) > 1 else [path.stem]
        return [(stem, _name(stem, ".png"), one) for stem, one in zip(stems, pages, strict=True)]
    if KINDS.get(suffix) != kind:
        message = f"'{path.name}' is not a type of picture that an edition can show"
        fix = "save it as PNG, JPEG, GIF, WebP, SVG, TIFF or JPEG 2000"
        raise stop([finding("F026", Place(path.name), message, fix)])
    return [(path.stem, _name(path.stem, suffix), file.content)]


def _name(stem: str, suffix: str) -> str:
    plain = stem.lower().replace("об", "ob")  # the back of a leaf is another picture
    return f"leaves/{re.sub(r'[^a-z0-9]+', '-', plain).strip('-') or 'plate'}{suffix}"


def _pngs(name: str, content: bytes) -> list[bytes]:
    """Each page of a TIFF or JPEG 2000."""
    from PIL import Image, ImageSequence

    made = []
    try:
        with Image.open(io.BytesIO(content), formats=("TIFF", "JPEG2000")) as picture:
            for page in ImageSequence.Iterator(picture):
                target = io.BytesIO()
                plain = page.convert("RGB") if page.mode in {"CMYK", "LAB", "YCbCr"} else page
                plain.save(target, "PNG")
                made.append(target.getvalue())
    except (OSError, ValueError, SyntaxError) as fault:
        message = f"'{name}' is cut short or damaged: {fault}"
        raise stop([finding("F021", Place(name), message)]) from fault
    return made
