"""
Whatever a document is made of, it builds and is proved.

Documents are drawn over the model's own blocks and inlines, many of them in one book, which is
typeset once. One that fails is found by building each alone, and told with its transcript.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engross.commands.build import build
from engross.commands.request import BuildRequest
from engross.model.finding import EngrossError
from engross.model.text import Leaf, leaves
from engross.parse.markdown import parse_markdown

WORDS = ("the", "harbour", "of", "Nagasaki", "1961", "re-opened", "office", "d’être", "£5,000")
WORDS += ("Moscow,", "“peace”", "[sic]", "and", "so", "on", "efficient", "Ōsaka", "a", "I")
SIGNS = ("of\u2060it", "shelf\u200cful", "co\u00adop", "www.example.org/a/long/address?id=1&b=2")
WORD = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(SIGNS))
ROLES = st.sampled_from(["heading", "dateline", "marginal", "salute", "closer", "signature"])


@st.composite
def line(draw: st.DrawFn, longest: int = 12) -> str:
    """Some words, a few of them emphasised."""
    words = draw(st.lists(WORD, min_size=1, max_size=longest))
    at = draw(st.integers(0, len(words) * 3))
    if at < len(words):
        mark = draw(st.sampled_from(["*", "**", "***"]))
        words[at] = f"{mark}{words[at]}{mark}"
    return "So " + " ".join(words)


def indented(text: str, by: int) -> str:
    return "\n".join(" " * by + row if row else row for row in text.split("\n"))


@st.composite
def paragraph(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 6)) == 0:  # long enough to turn a page now and then
        return " ".join(draw(st.lists(line(), min_size=8, max_size=25)))
    return "\\\n".join(draw(st.lists(line(), min_size=1, max_size=3)))


@st.composite
def listing(draw: st.DrawFn, depth: int) -> str:
    start = draw(st.sampled_from([0, 0, 1, 1, 5, 98]))
    rows = []
    for number in range(draw(st.integers(1, 4))):
        sign = f"{start + number}. " if start else "- "
        inner = [draw(line())]
        if depth and draw(st.booleans()):
            inner.append(draw(block(depth - 1)))
        rows.append(sign + indented("\n\n".join(inner), len(sign))[len(sign) :])
    text = "\n".join(rows)
    numbering = draw(st.sampled_from(["", "", "a", "A", "i", "I", "α"])) if start else ""
    return f"::: list {{type={numbering}}}\n{text}\n:::" if numbering else text


@st.composite
def table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 4))
    rows = draw(st.integers(1, 45 if draw(st.integers(0, 5)) == 0 else 5))
    cell = st.one_of(st.sampled_from(["7", "48,310", "–", "ditto", "12 May"]), line(3))
    made = [[draw(cell) for _ in range(columns)] for _ in range(rows + 1)]
    rule = draw(st.sampled_from(["---", ":--", "--:", ":-:"]))
    lines = [f"| {' | '.join(row)} |" for row in made]
    text = "\n".join([lines[0], f"|{f'{rule}|' * columns}", *lines[1:]])
    return f"::: table {{size=small}}\n{text}\n:::" if draw(st.booleans()) else text


@st.composite
def verse(draw: st.DrawFn) -> str:
    stanzas = []
    for _ in range(draw(st.integers(1, 4))):
        indents = draw(st.lists(st.integers(0, 9), min_size=1, max_size=12))
        stanzas.append("\n".join(" " * indent + draw(line(9)) for indent in indents))
    head = draw(st.sampled_from(["::: verse", "::: verse {lines=5}", "::: verse {lines=1}"]))
    return f"{head}\n" + "\n\n".join(stanzas) + "\n:::"


@st.composite
def quotation(draw: st.DrawFn, depth: int) -> str:
    inner = "\n\n".join(draw(st.lists(block(depth - 1), min_size=1, max_size=2)))
    return "\n".join(f"> {row}".rstrip() for row in inner.split("\n"))


@st.composite
def fenced(draw: st.DrawFn) -> str:
    return f"::: {draw(ROLES)}\n{draw(paragraph())}\n:::"


def block(depth: int) -> st.SearchStrategy[str]:
    """A block with others in it, so many levels deep."""
    plain = [paragraph(), paragraph(), table(), verse(), st.just("***")]
    return st.one_of(*plain, listing(depth), quotation(depth)) if depth else st.one_of(*plain)


@dataclass(frozen=True)
class Drawn:
    """A document of the generator."""

    transcript: str
    notes: tuple[str, ...]


@st.composite
def documents(draw: st.DrawFn) -> Drawn:
    opening = draw(paragraph())
    outer = st.one_of(block(3), block(3), fenced())
    blocks = [opening, *draw(st.lists(outer, max_size=7))]
    notes = st.lists(st.lists(block(1), min_size=1, max_size=3).map("\n\n".join), max_size=4)
    return Drawn("\n\n".join(blocks) + "\n", tuple(draw(notes)))


MANIFEST = """edition: drawn
title: Drawn Documents
version: "1.0"
date: "2026-11-30"
language: en
identifier: urn:uuid:00000000-0000-4000-8000-000000000000
rights: {{status: cleared, statement: In the public domain.}}
sections:
  - title-page
{documents}outputs: [epub, print]
"""
RECORD = """id: {name}
received:
  file: received.md
  sha256: {digest}
  format: markdown
  lines: [{{lines: "1-{lines}", use: transcript}}]
title: {{supplied: Document {name}}}
dates: {{event: ""}}
language: en
source: {{repository: Example Archive}}
"""


def write(folder: Path, drawn: list[Drawn]) -> Path:
    """A book of these documents."""
    names = [f"d{number}" for number in range(1, len(drawn) + 1)]
    for name, one in zip(names, drawn, strict=True):
        home = folder / "documents" / name
        home.mkdir(parents=True)
        text = one.transcript
        digest = hashlib.sha256(text.encode()).hexdigest()
        (home / "received.md").write_text(text, "utf-8")
        (home / "transcript.md").write_text(text, "utf-8")
        record = RECORD.format(name=name, digest=digest, lines=text.count("\n"))
        (home / "document.yaml").write_text(record, "utf-8")
        (home / "notes.yaml").write_text(noted(one), "utf-8")
    listed = "".join(f"  - {{document: {name}}}\n" for name in names)
    (folder / "manifest.yaml").write_text(MANIFEST.format(documents=listed), "utf-8")
    return folder


def noted(drawn: Drawn) -> str:
    """Its notes, each at the first words of a block that has them once, from the first on."""
    body = parse_markdown(drawn.transcript, "", dialect="transcript")
    found = [leaf for leaf in leaves(body.blocks) if isinstance(leaf, Leaf) and leaf.text]
    rows = []
    for number, (leaf, text) in enumerate(zip(found, drawn.notes, strict=False)):
        rows.append(
            f"  - id: n{number}\n    at: {{block: {leaf.id}, exact: {json.dumps(leaf.text)}}}\n"
            f"    text: |\n{indented(text, 6)}\n"
        )
    return "notes:\n" + "".join(rows) if rows else "notes: []\n"


def faults(folder: Path, drawn: list[Drawn]) -> list[str]:
    try:
        found = build(BuildRequest(book=write(folder, drawn), kinds=("epub", "print"))).findings
    except EngrossError as error:
        found = error.findings
    return [str(one) for one in found if one.is_error]


def prove(folder: Path, drawn: list[Drawn]) -> None:
    """Build them in one book; where that fails, tell the first that fails alone."""
    if not (told := faults(folder / "all", drawn)):
        return
    for number, one in enumerate(drawn):
        if alone := faults(folder / f"alone-{number}", [one]):
            pytest.fail("\n".join([*alone[:4], "", one.transcript, "", *one.notes]))
    pytest.fail("only together: " + "\n".join(told[:4]))


QUIET = settings(
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)


@settings(QUIET, max_examples=3, derandomize=True)
@given(st.lists(documents(), min_size=20, max_size=20))
def test_sixty_documents_of_every_kind_build_and_are_proved(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Drawn]
) -> None:
    prove(tmp_path_factory.mktemp("drawn"), drawn)


@pytest.mark.slow
@settings(QUIET, max_examples=80)
@given(st.lists(documents(), min_size=25, max_size=25))
def test_two_thousand_documents_build_and_are_proved(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Drawn]
) -> None:
    prove(tmp_path_factory.mktemp("drawn"), drawn)
