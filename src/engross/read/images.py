"""
Pictures, looked at before anything prints them: whole, what their name says, not too large.

The bytes are unpacked in a process of its own (`unpack`); nothing of a picture is trusted here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath

from engross import catalog
from engross.cache.store import Store
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.read import svg
from engross.read.limits import Limits, raise_words, setting, size

KINDS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".gif": "GIF",
    ".webp": "WebP",
    ".svg": "SVG",
}
"""What a picture must be, by the end of its name."""
WAIT = 120
"""Seconds of the clock for one call of the other process, and as many again for each picture."""
AT_ONCE = 64 << 20
"""Bytes of pictures that go to one process."""

Asked = tuple[SourceFile, Place]
"""A picture, and the place in the book that shows it."""


def judge(pictures: Sequence[Asked], limits: Limits, store: Store) -> list[Finding]:
    """What is wrong with pictures, at the places that show them; sound ones are remembered."""
    found: list[Finding] = []
    dots: list[Asked] = []
    for file, place in pictures:
        suffix = PurePosixPath(file.path).suffix.lower()
        wanted, held = KINDS.get(suffix, ""), kind_of(file.content)
        if not wanted:
            says = f"'{file.path}' is not a type of picture that an edition can show"
            fix = "save it as PNG, JPEG, GIF, WebP or SVG"
            found.append(catalog.finding("F026", place, says, fix))
        elif held != wanted:
            says = f"'{file.path}' holds {held}, not {wanted}"
            fix = "save the picture itself under that name, or give it the name of its kind"
            found.append(catalog.finding("F022", place, says, fix))
        elif wanted == "SVG":
            found += _drawing(file, place, limits)
        elif store.get(_key(file, limits)) is None:
            dots.append((file, place))
    for (file, place), answer in _unpacked(dots, limits.pixels):
        if fault := _fault(file, place, answer, limits.pixels):
            found.append(fault)
        else:
            store.put(_key(file, limits), b"sound")
    return found


def kind_of(content: bytes) -> str:
    """What the first bytes say that a file is, in the words of a message."""
    heads = {
        b"\x89PNG\r\n\x1a\n": "PNG",
        b"\xff\xd8\xff": "JPEG",
        b"GIF8": "GIF",
        b"%PDF": "PDF",
        b"II*\0": "TIFF",
        b"MM\0*": "TIFF",
        b"\0\0\0\x0cjP  ": "JPEG 2000",
        b"\xff\x4f\xff\x51": "JPEG 2000",
    }
    for head, kind in heads.items():
        if content.startswith(head):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if start.startswith(b"<"):
        return "SVG" if b"svg" in start or b"<!doctype" in start else "XML"
    return "something else" if content else "nothing"


def _drawing(file: SourceFile, place: Place, limits: Limits) -> Iterator[Finding]:
    if len(file.content) > limits.text:
        says = f"'{file.path}' has {size(len(file.content))}; the limit for SVG (text) is "
        fix = f"make it smaller, or run with {raise_words('text', len(file.content))}"
        yield catalog.finding("X010", place, says + size(limits.text), fix)
        return
    for code, message, fix in svg.faults(file.path, file.content):
        yield catalog.finding(code, place, message, fix)


def _fault(
    file: SourceFile, place: Place, answer: dict[str, object] | None, limit: int
) -> Finding | None:
    if answer is None:
        return catalog.finding(
            "X013",
            place,
            f"'{file.path}' took more memory or time than a picture may",
            "save it again, smaller, as PNG or JPEG",
        )
    width, height = int(str(answer["width"])), int(str(answer["height"]))
    if answer["fault"]:
        return catalog.finding(
            "F021", place, f"'{file.path}' is cut short or damaged: {answer['fault']}"
        )
    if width * height > limit:
        return catalog.finding(
            "X012",
            place,
            f"'{file.path}' has {width * height:,} pixels ({width} × {height}); "
            f"the limit (pixels) is {limit:,}",
            f"make it smaller, or run with {setting('pixels', width * height)}",
        )
    return None


def _unpacked(
    pictures: Sequence[Asked], pixels: int
) -> Iterator[tuple[Asked, dict[str, object] | None]]:
    """Each picture with what the other process said; None where it ended at that picture."""
    rest = list(pictures)
    while rest:
        taken, total = 0, 0
        while taken < len(rest) and (not taken or total < AT_ONCE):
            total += len(rest[taken][0].content)
            taken += 1
        answers = _ask([file.content for file, _ in rest[:taken]], pixels)
        yield from zip(rest, answers, strict=False)
        if len(answers) < taken:
            yield rest[len(answers)], None
            answers.append({})
        rest = rest[len(answers) :]


def _ask(bodies: Sequence[bytes], pixels: int) -> list[dict[str, object]]:
    """The answers of one process, fewer than asked for where it ended before."""
    frames = b"".join(len(body).to_bytes(8, "big") + body for body in bodies)
    command = [sys.executable, "-P", "-m", "engross.read.unpack", str(pixels)]
    wait = WAIT * (1 + len(bodies))
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    try:
        said = subprocess.run(  # noqa: S603 - our own module, and nothing of the book but bytes
            command, input=frames, capture_output=True, timeout=wait, env=environment, check=False
        ).stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    return [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]


def _key(file: SourceFile, limits: Limits) -> str:
    rows = f"picture {file.sha256} {limits.pixels} {version('pillow')}"
    return sha256(rows.encode()).hexdigest()
