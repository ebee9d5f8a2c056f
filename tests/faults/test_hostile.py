"""
A hostile book: whatever it names, nothing is asked of the network and no foreign byte gets in.

A server listens for requests, and a file outside the book holds a marker; both addresses stand in
every place where a book could ask for something.
"""

import io
import os
import shutil
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from tests.faults.program import ALONE, GOOD, SLUG, Tell, digest_of, need, run, small_book
from typer.testing import CliRunner

from engross.cli.app import app

TITLE = "templates/title-page.html"
MARKER = "CANARY-6d1f1c"
CONTENT = f"{MARKER}-content"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
INTRO = "# Introduction\n\n{} [@calendar, 3].\n"


def section(inside: str) -> str:
    return f"<section><h1>{{{{ manifest.title }}}}</h1>{inside}</section>"


HOSTILE: dict[str, dict[str, str | tuple[str, str]]] = {
    "css import": {"styles/book.css": "@import url({at});"},
    "css import as text": {"styles/book.css": "@import '{at}';"},
    "css background": {"styles/book.css": "body {{ background: url({at}) }}"},
    "css in quotation marks": {"styles/book.css": "body {{ background: url('{at}') }}"},
    "css escaped": {"styles/book.css": "body {{ background: u\\72l({at}) }}"},
    "css image-set": {"styles/book.css": "body {{ background: image-set('{at}' 1x) }}"},
    "css content": {"styles/print.css": "p::before {{ content: url({at}) }}"},
    "css list": {"styles/print.css": "ul {{ list-style-image: url({at}) }}"},
    "css token": {"styles/tokens.css": ":root {{ --ink: url({at}) }}"},
    "css of a house": {"styles/mine/print.css": "p {{ background: url({at}) }}"},
    "font": {"styles/book.css": "@font-face {{ font-family: F; src: url({at}) }}"},
    "font by name": {
        "styles/book.css": "@font-face {{ font-family: F; src: local(x), url({at}) }}"
    },
    "colour profile": {"styles/book.css": "@color-profile --x {{ src: url({at}) }}"},
    "picture": {"introduction.md": "# Introduction\n\n![A map]({at})\n"},
    "picture in a line": {"introduction.md": "# Introduction\n\nA ![map]({at}) here.\n"},
    "picture as title": {"introduction.md": "# Introduction ![A]({at})\n\nWords.\n"},
    "img": {TITLE: section('<img src="{at}" alt="A"/>')},
    "second of srcset": {TITLE: section('<img src="a.png" srcset="a.png 1x, {at} 2x" alt="A"/>')},
    "tab in an address": {TITLE: section('<img src="&#9;{at}" alt="A"/>')},
    "background of a table": {TITLE: section('<table background="{at}"><tr/></table>')},
    "image-set of an element": {
        TITLE: section("<p style='background: image-set(\"{at}\" 1x)'>A</p>")
    },
    "src of an element": {TITLE: section("<p style='background: src(\"{at}\")'>A</p>")},
    "comment as script": {
        TITLE: section("<p><!--> <script>fetch('{at}')</script> <img src='{at}'/> --></p>")
    },
    "svg mask": {TITLE: section(SVG + '<rect mask="url({at}#m)"/></svg>')},
    "web frame": {
        "templates/web/index.html": '<html><body><script src="{at}"></script></body></html>',
        "manifest.yaml": ("[epub, print]", "[epub, web]"),
    },
    "css token glued": {
        "styles/tokens.css": ":root {{ --ink: l }}",
        "styles/book.css": "p {{ background: urvar(--ink)('{at}') }}",
    },
    "srcset": {TITLE: section('<img src="a.png" srcset="{at}" alt="A"/>')},
    "link of a sheet": {TITLE: section('<link rel="stylesheet" href="{at}"/>')},
    "attachment": {TITLE: section('<link rel="attachment" href="{at}"/>')},
    "attached link": {TITLE: section('<a rel="attachment" href="{at}">A</a>')},
    "object": {TITLE: section('<object data="{at}"></object>')},
    "embed": {TITLE: section('<embed src="{at}"/>')},
    "iframe": {TITLE: section('<iframe src="{at}"></iframe>')},
    "base": {TITLE: section('<base href="{at}"/><img src="x" alt="A"/>')},
    "redirect": {TITLE: section('<meta http-equiv="refresh" content="0;{at}"/>')},
    "script": {TITLE: section('<script src="{at}"></script>')},
    "style": {TITLE: section("<style>@import url({at});</style>")},
    "style of an element": {TITLE: section('<p style="background: url({at})">A</p>')},
    "svg in the text": {TITLE: section(SVG + '<image xlink:href="{at}"/></svg>')},
    "svg use": {TITLE: section(SVG + '<use href="{at}#a"/></svg>')},
    "svg picture": {"a.svg": SVG + '<image xlink:href="{at}"/></svg>'},
    "svg sheet": {"a.svg": SVG + "<style>@import url({at});</style></svg>"},
    "svg instruction": {"a.svg": '<?xml-stylesheet href="{at}"?>' + SVG + "</svg>"},
    "svg fill": {"a.svg": SVG + '<rect fill="url({at}#a)"/></svg>'},
    "svg entity": {
        "a.svg": '<!DOCTYPE svg [<!ENTITY x SYSTEM "{at}">]>' + SVG + "<text>&x;</text></svg>"
    },
    "svg parameter entity": {
        "a.svg": '<!DOCTYPE svg [<!ENTITY % x SYSTEM "{at}"> %x;]>' + SVG + "</svg>"
    },
    "svg DTD": {"a.svg": '<!DOCTYPE svg SYSTEM "{at}">' + SVG + "</svg>"},
    "svg include": {
        "a.svg": SVG + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{at}"/></svg>'
    },
    "template include": {TITLE: '{{% include "{at}" %}}'},
    "template import": {TITLE: '{{% import "{at}" as x %}}'},
    "template extends": {TITLE: '{{% extends "{at}" %}}'},
    "yaml tag": {"sources.yaml": "sources: !include {at}\n"},
    "yaml python": {"sources.yaml": 'sources: !!python/object/apply:os.system ["cat {at}"]\n'},
    "prose by address": {"manifest.yaml": ("prose: introduction.md", "prose: {at}")},
    "cover by address": {
        "manifest.yaml": ("language: en", "language: en\ncover: {{image: '{at}'}}")
    },
    "house by address": {"manifest.yaml": ("language: en", "language: en\nstyle: '{at}'")},
    "tei by address": {"manifest.yaml": ("document: letter", "tei: '{at}'")},
    "received by address": {
        "documents/letter/document.yaml": ("file: received.txt", "file: '{at}'")
    },
}


class Canary:
    """Counts those who knock."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.knocks = 0
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        while True:
            try:
                guest, _ = self.server.accept()
            except OSError:
                return
            self.knocks += 1
            guest.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/{MARKER}.png"


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    one = Canary()
    yield one
    one.server.close()


def lay(book: Path, files: dict[str, str | tuple[str, str]], at: str) -> None:
    """Put hostile files into the good book."""
    for name, what in files.items():
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(what, tuple):
            old, new = what
            text = path.read_text("utf-8")
            assert text.count(old) == 1
            path.write_text(text.replace(old, new.format(at=at)), "utf-8")
        else:
            path.write_text(what.format(at=at), "utf-8")
        if name.endswith(".svg"):
            (book / "introduction.md").write_text(f"# Introduction\n\n![A map]({name})\n", "utf-8")
        if name.startswith("styles/mine"):
            manifest = book / "manifest.yaml"
            manifest.write_text(manifest.read_text("utf-8") + "style: mine\n", "utf-8")


def everything(folder: Path) -> Iterator[bytes]:
    """All bytes that were made: files, members of archives, streams of PDFs, unpacked."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            body = path.read_bytes()
            yield path.name.encode() + body
            if body.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(body)) as archive:
                    yield from (archive.read(name) for name in archive.namelist())
            elif body.startswith(b"%PDF"):
                with pikepdf.open(io.BytesIO(body)) as pdf:
                    for one in pdf.objects:
                        yield one.read_bytes() if isinstance(one, pikepdf.Stream) else b""
                        yield (
                            one.unparse(resolved=True)
                            if not isinstance(one, pikepdf.Stream)
                            else b""
                        )


def refuse(way: str, canary: Canary, folder: Path, addresses: int) -> None:
    """Build the good book with one hostile reference, once for each form of its address."""
    secret = folder / "secret" / f"{MARKER}.png"
    secret.parent.mkdir()
    secret.write_text(CONTENT, "utf-8")
    knocks = canary.knocks
    ways = [canary.address, str(secret), secret.as_uri(), f"../secret/{secret.name}"]
    for number, at in enumerate(ways[:addresses]):
        book = folder / str(number) / "book"
        shutil.copytree(GOOD, book)
        lay(book, HOSTILE[way], at)
        result = CliRunner().invoke(app, ["build", str(book), "--json"])
        assert result.exit_code in {3, 5}, (at, result.stdout)
        assert CONTENT not in result.output
        made = [body for body in everything(book.parent) if CONTENT.encode() in body]
        assert made == []
        assert not (book.parent / "dist" / SLUG).exists()
    assert canary.knocks == knocks


@pytest.mark.parametrize("way", HOSTILE)
def test_nothing_is_fetched_and_no_foreign_file_is_read(
    way: str, canary: Canary, tmp_path: Path
) -> None:
    refuse(way, canary, tmp_path, 2)


@pytest.mark.slow
def test_no_hostile_reference_of_any_form_is_followed(
    canary: Canary, tmp_path: Path, record_property: Tell
) -> None:
    for number, way in enumerate(HOSTILE):
        folder = tmp_path / str(number)
        folder.mkdir()
        refuse(way, canary, folder, 4)
    record_property("hostile references refused", 4 * len(HOSTILE))
    record_property("requests", canary.knocks)


def test_a_link_of_the_web_is_printed_and_not_followed(
    canary: Canary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = small_book(tmp_path, "epub, print")
    words = INTRO.format(f"See [the page]({canary.address})")
    (book / "introduction.md").write_text(words, "utf-8")
    monkeypatch.chdir(tmp_path)
    knocks = canary.knocks
    assert CliRunner().invoke(app, ["build", "book"]).exit_code == 0
    assert canary.knocks == knocks
    assert any(canary.address.encode() in body for body in everything(tmp_path / "dist"))


def test_a_whole_edition_is_made_where_there_is_no_network(tmp_path: Path) -> None:
    """In a namespace without interfaces, where any look-up would fail, the same bytes are made."""
    alone = need(ALONE)
    for name, prefix in (("with", []), ("without", alone)):
        folder = tmp_path / name
        folder.mkdir()
        small_book(folder, "epub, print, screen, cover, web, metadata")
        status, said = run(folder, "build", "book", prefix=prefix)
        assert status == 0, said
    made = [digest_of(tmp_path / name / "dist" / SLUG / "current") for name in ("with", "without")]
    assert made[0] == made[1]
    assert_no_path(tmp_path)


def assert_no_path(folder: Path) -> None:
    """Nothing that was made names this machine, its user, or where the book lay."""
    words = {str(folder), "canary-user", "canary-home", os.uname().nodename, str(Path.cwd())}
    words = {word for word in words if len(word) > 4}
    for path in folder.glob("*/dist"):
        for body in everything(path):
            assert [word for word in words if word.encode() in body] == []
