"""Every string field of a book's files takes a bad address: it is refused, or it is only text."""

import itertools
import json
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from lxml import etree, html
from pydantic import BaseModel, ValidationError
from tests.small import judged, small

from engross.assemble.edition import Edition
from engross.check.tools.fetch import browser
from engross.make.records.facts import facts
from engross.make.web import Site, make_web
from engross.model.address import leads, plain
from engross.model.finding import EngrossError
from engross.render import render, styles
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest
from engross.schema.notes import Notes, Queries, SignOffs
from engross.schema.registers import REGISTERS

SCHEMES = ("javascript", "data", "file", "vbscript", "blob", "http", "JaVaScRiPt", "view-source")
BAD = [
    f"{before}{scheme}{between}{{at}}/{'x' * n}</title>--><script src='{{at}}'></script>"
    for n, (scheme, before, between) in enumerate(
        itertools.product(SCHEMES, ("", " ", "\u200b", "'\"> "), (":", "\u00ad:"))
    )
]
FILES = {
    "sources.yaml": """\
sources:
  - {id: calendar, type: book, title: A Calendar, URL: "https://example.org/"}
""",
    "persons.yaml": """\
persons:
  - {id: ann, name: Ann Sample, names: [{text: Анна, language: ru}], in_text: [Ann]}
""",
    "chronology.yaml": "events: [{date: '1961', text: A year.}]\n",
    "abbreviations.yaml": "abbreviations: [{abbr: doc., expansion: document}]\n",
    "index.yaml": """\
entries:
  - {heading: Paragraphs, at: [{address: paper, exact: first}],
     entries: [{heading: Words, at: [{address: paper, exact: paragraph}]}]}
""",
    "documents/paper/notes.yaml": """\
notes: [{id: one, at: {exact: first}, text: A note.}]
readings: [{id: two, at: {exact: paragraph}, probably: section}]
""",
    "queries.yaml": """\
queries: [{id: who, at: {address: paper, exact: first}, question: 'Who?'}]
""",
    "signoffs.yaml": """\
signoffs: [{kind: proofread, address: paper, by: Ann, 'on': '2026-11-30', sha256: "%s"}]
"""
    % ("0" * 64),
}
FOLLOWED = ("href", "src", "srcset", "action", "data", "poster", "style", "background")


def models(kind: object) -> Iterator[type[BaseModel]]:
    """The models that a field's type names."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from models(part)


def words(data: Any, model: type[BaseModel]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each mapping of a file with each of its fields that takes words."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        inner = [*models(field.annotation)]
        if not inner and "str" in str(field.annotation):
            yield data, key
        held = data.get(key)
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict) and inner:
                yield from words(one, inner[0])


def hostile(folder: Path, at: str, turn: int) -> tuple[Edition, int]:
    """A book with as many bad addresses as it takes, and how many it took."""
    book = small(folder, "\n".join(["document: paper", *REGISTERS]), FILES)
    taken = 0
    files: list[tuple[str, type[BaseModel]]] = [
        ("manifest.yaml", Manifest),
        *((f"{name}.yaml", model) for name, model in REGISTERS.items()),
        ("documents/paper/document.yaml", DocumentRecord),
        ("documents/paper/notes.yaml", Notes),
        ("queries.yaml", Queries),
        ("signoffs.yaml", SignOffs),
    ]
    bad = itertools.islice(itertools.cycle(BAD), turn, None)
    for name, model in files:
        path = book / name
        data = yaml.safe_load(path.read_text("utf-8"))
        for mapping, key in words(data, model):
            before = dict(mapping)
            mapping[key] = next(bad).format(at=at)
            try:
                model.model_validate(data)
                path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
                refused = any(found.is_error for found in judged(book)[1])
            except (ValidationError, EngrossError):
                refused = True
            if refused:
                mapping.clear()
                mapping.update(before)
                path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
            taken += not refused
    return judged(book)[0], taken


def site(edition: Edition, folder: Path) -> dict[str, bytes]:
    pages = render(edition, "web")
    sheet = styles("documentary", "web", volume=True)
    made = make_web(Site(facts(edition, pages, paged=False), sheet), pages, ())
    for one in made:
        path = folder / one.name.removeprefix("web/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
    return {one.name: one.content for one in made if one.name.endswith(".html")}


def followed(page: bytes | str) -> Iterator[str]:
    """What software would follow of a page, and every script's words."""
    tree = html.fromstring(page)
    for node in tree.iter(etree.Element):
        for name in FOLLOWED:
            if name in node.attrib:
                yield str(node.get(name))


def judge(folder: Path, turn: int) -> None:
    edition, taken = hostile(folder / "book", "http://127.0.0.1:9", turn)
    assert taken >= 40
    pages = [*site(edition, folder / "web").values()]
    pages += [one.html.encode() for medium in ("epub", "page") for one in render(edition, medium)]
    assert b"127.0.0.1:9" in b"".join(pages)
    for page in pages:
        for address in followed(page):
            assert leads(plain(address)), address
            # What stands after the resolver's own address can only be a name there.
            assert "127.0.0.1" not in address or address.startswith("https://doi.org/")
        assert not re.search(rb"<script[^>]*127", page)


def test_no_bad_address_in_any_field_stands_where_software_follows_it(tmp_path: Path) -> None:
    judge(tmp_path, 0)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(1, len(BAD)))
def test_no_field_takes_any_of_sixty_spellings(turn: int, tmp_path: Path) -> None:
    judge(tmp_path, turn)


@pytest.mark.slow
@pytest.mark.skipif(browser() is None, reason="no Chromium is on this machine")
def test_a_browser_asks_for_nothing_and_runs_nothing_of_a_hostile_book(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        edition, _ = hostile(tmp_path / "book", f"http://127.0.0.1:{listener.getsockname()[1]}", 0)
        pages = site(edition, tmp_path / "web")
        for one in render(edition, "epub"):
            (tmp_path / "web" / f"{len(pages)}.xhtml").write_text(one.html, "utf-8")
            pages[f"web/{len(pages)}.xhtml"] = b""
        (tmp_path / "web" / "probe.html").write_text("<p>", "utf-8")
        for name in pages:
            command = [str(browser()), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
                f"--user-data-dir={tmp_path}/profile", (tmp_path / name).as_uri()]  # fmt: skip
            ended = subprocess.run(command, capture_output=True, timeout=300, check=False)
            assert ended.returncode == 0
            assert b"</body>" in ended.stdout or b"</section>" in ended.stdout
        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.accept()
