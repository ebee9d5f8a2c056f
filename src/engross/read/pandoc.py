"""Pandoc reads what word processors write: a process of its own, bounded in memory and time."""

import io
import json
import re
import subprocess
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engross.catalog import finding, stop
from engross.catalog.install import python
from engross.disk.passing import passing
from engross.model.finding import Finding, Place
from engross.read.limits import MIB

SECONDS = 60
"""Time by the clock; a text of 150,000 words takes two."""
HEAP = "-M1g"
"""Without it, a small file that unpacks to gigabytes has no end."""
WITHIN = 40 * MIB
"""Bytes of the XML in a file, unpacked; a text of 150,000 words has fifteen."""
PICTURES = 64 * MIB
"""Bytes of a file's pictures together."""
TITLE = re.compile(rb"title\w*\s*=\s*[{\"]", re.IGNORECASE)
"""Where a title begins in BibLaTeX."""
CODES = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+")
SHOWN = re.compile(rb"(\\u-?\d+) ?(?:\?|\\'[0-9a-fA-F]{2})")
"""A letter of an RTF file, with what older programs show in its place."""
ROW = re.compile(
    rb"\\row\b(?=(?:[\s{}]|\\(?!intbl|trowd|par\b)[a-z]+-?\d* ?)*+(?!\\intbl|\\trowd))"
)
"""The end of a table of an RTF file: a note that came next would take the table with it."""
FORMS = {".docx": "docx+styles", ".odt": "odt", ".rtf": "rtf", ".html": "html", ".htm": "html"}
"""What it is told that a file is, by the end of the name."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A file as pandoc understands it."""

    blocks: list[Any]
    """The blocks of pandoc's syntax tree, as JSON."""
    meta: dict[str, Any]
    """Paragraphs of styles such as Title, which it takes for data of the file."""
    pictures: dict[str, bytes]
    """By the name that the tree has for each."""
    version: str
    """Version of the program: another one may understand the file otherwise."""


def pandoc(name: str, suffix: str, content: bytes) -> Tree:
    """
    Read a file of a word processor, its tracked changes and comments included.

    Raises:
        EngrossError: pandoc is not installed, does not take the file, or meets its bounds.
    """
    program, version = installed(f"read {name}")
    with passing("pandoc") as folder:
        file = folder.write(f"file{suffix}", _coded(content) if suffix == ".rtf" else content)
        options = ["--track-changes=all", "-f", FORMS[suffix], "-t", "json"]
        options += [f"--extract-media={folder.path}", str(file)]
        try:
            made = run(program, options, b"", folder.path)
        except PandocError as error:
            raise stop([damaged(name, str(error)) if str(error) else _endless(name)]) from None
        found = [one for one in sorted(folder.path.rglob("*")) if one.is_file() and one != file]
        if sum(one.stat().st_size for one in found) > PICTURES:
            raise stop([_endless(name)])
        pictures = {str(one): one.read_bytes() for one in found}
    tree = json.loads(made)
    return Tree(tree["blocks"], tree["meta"], pictures, f"pandoc {version}")


def _coded(content: bytes) -> bytes:
    """
    An RTF file whose letters are Unicode: pandoc takes all code pages for cp1252.

    What older programs show in their place is a code, since behind a sign it swallows a space.
    """
    page = re.search(rb"\\ansicpg(125[013-8])\b", content)
    name = f"cp{page[1].decode()}" if page else ""

    def letters(codes: re.Match[bytes]) -> bytes:
        text = bytes.fromhex(codes[0].replace(b"\\'", b"").decode()).decode(name, "replace")
        return b"".join(b"\\u%d\\'??" % ord(letter) for letter in text)

    content = SHOWN.sub(rb"\1\\'??", content).replace(b"{\\*\\footnote", b"{\\footnote")
    content = ROW.sub(rb"\\row\\pard\\~\\par ", content)
    content = CODES.sub(letters, content) if name else content
    return content.replace(b"\\'??", b"\\'3f")


def bibliography(name: str, suffix: str, content: bytes) -> bytes:
    """
    The works of a BibLaTeX or RIS file as CSL-JSON.

    Raises:
        EngrossError: pandoc is not installed, or does not take the file.
    """
    program, _ = installed(f"read {name}")
    form = "ris" if suffix == ".ris" else "biblatex"
    text = _titled(content) if form == "biblatex" else content
    try:
        return run(program, ["-f", form, "-t", "csljson"], text)
    except PandocError as error:
        raise stop([damaged(name, str(error)) if str(error) else _endless(name)]) from None


class PandocError(Exception):
    """Pandoc gave up: its own words, or none where it met its bounds."""


def run(program: str, options: list[str], content: bytes, folder: Path | None = None) -> bytes:
    """
    Run pandoc in a folder, where it may write, without network and within bounds of memory and
    time.

    The content is given to it on standard input.

    Raises:
        PandocError: it did not do it.
    """
    try:
        done = subprocess.run(  # noqa: S603 - every file is named by us, and it asks no network
            [program, "+RTS", HEAP, "-RTS", "--sandbox", *options],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise PandocError from None
    if done.returncode == 251:
        raise PandocError
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").replace(f"{folder}/", "")
        raise PandocError((said.strip().splitlines() or ["no word of why"])[0])
    return done.stdout


def _titled(content: bytes) -> bytes:
    """A file of BibLaTeX with its titles in braces, which pandoc else writes in small letters."""
    found = [(at.end(), content[at.end() - 1 : at.end()]) for at in TITLE.finditer(content)]
    parts: list[bytes] = []
    done = 0
    for start, sign in found:
        depth, end = 0, start
        while end < len(content) and (depth or content[end : end + 1] not in (b"}", b'"')):
            depth += {b"{": 1, b"}": -1}.get(content[end : end + 1], 0)
            end += 1
        if start >= done and (content[end : end + 1] == b'"') == (sign == b'"'):
            parts += [content[done:start], b"{", content[start:end], b"}"]
            done = end
    return b"".join([*parts, content[done:]])


def installed(task: str) -> tuple[str, str]:
    """
    Pandoc's path and version, for a task: `read letter.docx`.

    Raises:
        EngrossError: it is not installed.
    """
    try:
        import pypandoc

        return pypandoc.get_pandoc_path(), str(pypandoc.get_pandoc_version())
    except (ImportError, OSError):
        fix = f"install it: {python('engross[pandoc]')}"
        raise stop([finding("E042", Place(), f"to {task}, pandoc is needed", fix)]) from None


def weigh(name: str, content: bytes) -> None:
    """
    Refuse a zip whose own list says that it unpacks to too much.

    Raises:
        EngrossError: it does (exit status 8).
    """
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = sum(one.file_size for one in archive.infolist() if one.filename.endswith(".xml"))
        if text > WITHIN or sum(one.file_size for one in archive.infolist()) > 10 * WITHIN:
            raise stop([_endless(name)])


def damaged(name: str, why: str) -> Finding:
    """What is said of a file that is not what its name says."""
    fix = "open it in the program that wrote it, and save it again"
    return finding("T015", Place(name), f"{name} cannot be read: {why}", fix)


def _endless(name: str) -> Finding:
    message = f"{name} is too large: its text unpacks to more than {WITHIN // MIB} MiB, or it takes"
    message += f" more than {SECONDS} seconds or 1 GiB of memory to read"
    return finding("X018", Place(name), message)
