"""
Whatever a document is made of, it builds and is proved.

Documents are drawn over the model's own blocks and inlines, many of them in one book, which is
typeset once. One that fails is found by building each alone, and told with its transcript.
"""

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from engross.commands.build import build
from engross.commands.request import BuildRequest
from engross.model.finding import EngrossError
from engross.model.text import leaves
from engross.parse.markdown import parse_markdown

WORDS = ("the", "harbour", "of", "Nagasaki", "1961", "re-opened", "office", "d’être", "£5,000")
WORDS += ("Moscow,", "“peace”", "[sic]", "and", "so", "on", "efficient", "Ōsaka", "a", "I") * 2
WORDS += ("of\u2060it", "shelf\u200cful", "co\u00adop", "www.example.org/a/long/address?id=1&b=2")
WORDS += (
    "op\u00a0cit.",
    "5\u202f000",
    "re\u2011open",
    "\\*",
    "\\[9\\]",
    "A\\_b",
    "½",
    "№\u00a07",
    "—",
    "…",
)
WORDS += (
    "Дом",
    "λόγος",
    "e\u0301te\u0301",
    "\u200ethus",
    "H2O",
    "‘tis",
    "#1",
    "<b>",
    "&amp;",
    "^a^",
)
ROLES = ("heading", "dateline", "marginal", "salute", "closer", "signature")
ROLES += ("participants", "certification", "attachment")
SIZES = {"1.png": (40, 30), "2.png": (300, 900), "3.jpg": (1500, 200)}
"""Pictures and their dots: small, higher than half a page, wider than the line."""
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" viewBox="0 0 200 60">
<defs><linearGradient id="a"><stop offset="0" stop-color="#c00"/><stop offset="1"
stop-color="#fff"/></linearGradient></defs><rect width="200" height="60" fill="url(#a)"/></svg>"""
KINDS = {"png": "PNG", "jpg": "JPEG"}
CELLS = ("7", "48,310", "–", "ditto", "12 May")


def indented(text: str, by: int) -> str:
    return "\n".join(" " * by + row if row else row for row in text.split("\n"))


class Pen:
    """Writes documents, as its seed says: Hypothesis draws that, and no word for itself."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.folder = "plates"
        """Where the pictures lie that a block may show."""
        self.pictures: tuple[str, ...] = (*SIZES, "4.svg")
        self.calls: list[str] = []
        """Of footnotes, in prose: each is to stand somewhere."""

    def line(self, longest: int = 12) -> str:
        """Some words, a few of them emphasised."""
        words = self.draw.choices(WORDS, k=self.draw.randint(1, longest))
        at = self.draw.randint(0, len(words) * 3)
        if at < len(words):
            mark = self.draw.choice(["*", "**", "***"])
            words[at] = f"{mark}{words[at]}{mark}"
        call = self.calls.pop() if self.calls and self.draw.random() < 0.1 else ""
        return f"So {' '.join(words)}{call}"

    def paragraph(self) -> str:
        if self.draw.randint(0, 6) == 0:  # long enough to turn a page now and then
            return " ".join(self.line() for _ in range(self.draw.randint(8, 25)))
        return "\\\n".join(self.line() for _ in range(self.draw.randint(1, 3)))

    def listing(self, depth: int) -> str:
        """A list; now and then one that a paragraph interrupts."""
        start = self.draw.choice([0, 0, 1, 1, 5, 98])
        count = self.draw.randint(1, 4)
        text = self.items(depth, start, count)
        if start and self.draw.random() < 0.25:
            return f"{text}\n\n{self.line()}\n\n{self.items(depth, start + count, 2)}"
        return text

    def items(self, depth: int, start: int, count: int) -> str:
        rows = []
        for number in range(count):
            sign = f"{start + number}. " if start else "- "
            inner = [self.line()]
            if depth and self.draw.random() < 0.5:
                inner.append(self.block(depth - 1))
            rows.append(sign + indented("\n\n".join(inner), len(sign))[len(sign) :])
        text = "\n".join(rows)
        signs = ["", "", "a", "A", "i", "I", "α"] if 0 < start < 98 else [""]
        numbering = self.draw.choice(signs)
        fence = ":::" + ":" * depth  # longer than those within it
        return f"{fence} list {{type={numbering}}}\n{text}\n{fence}" if numbering else text

    def table(self) -> str:
        columns = self.draw.randint(1, 4)
        rows = self.draw.choice([1, 2, 3, 4, 45] if columns == 2 else [1, 2, 3, 4])
        made = [[self.cell() for _ in range(columns)] for _ in range(rows + 1)]
        rule = self.draw.choice(["---", ":--", "--:", ":-:"])
        lines = [f"| {' | '.join(row)} |" for row in made]
        text = "\n".join([lines[0], f"|{f'{rule}|' * columns}", *lines[1:]])
        looks = ["", "", "size=small", "size=small", "turn=true", "size=small turn=true"]
        look = self.draw.choice(looks)
        return f"::: table {{{look}}}\n{text}\n:::" if look else text

    def cell(self) -> str:
        return self.draw.choice(CELLS) if self.draw.random() < 0.5 else self.line(3)

    def verse(self) -> str:
        stanzas = []
        for _ in range(self.draw.randint(1, 3)):
            indents = [self.draw.randint(0, 9) for _ in range(self.draw.randint(1, 12))]
            stanzas.append("\n".join(" " * indent + self.line(9) for indent in indents))
        head = self.draw.choice(["::: verse", "::: verse {lines=5}", "::: verse {lines=1}"])
        return f"{head}\n" + "\n\n".join(stanzas) + "\n:::"

    def quotation(self, depth: int) -> str:
        inner = "\n\n".join(self.block(depth - 1) for _ in range(self.draw.randint(1, 2)))
        return "\n".join(f"> {row}".rstrip() for row in inner.split("\n"))

    def figure(self) -> str:
        shown = [f"![A drawing]({self.folder}/{self.draw.choice(self.pictures)})"]
        shown += [self.paragraph() for _ in range(self.draw.randint(0, 1))]
        return "::: figure\n" + "\n\n".join(shown) + "\n:::"

    def block(self, depth: int) -> str:
        """A block with others in it, so many levels deep."""
        kinds = ["paragraph", "paragraph", "table", "verse", "rule", "figure"]
        kinds += ["listing", "listing", "quotation"] if depth else []
        match self.draw.choice(kinds):
            case "listing":
                return self.listing(depth)
            case "quotation":
                return self.quotation(depth)
            case "figure":
                return self.figure()
            case "table":
                return self.table()
            case "verse":
                return self.verse()
            case "rule":
                return "***"
        return self.paragraph()

    def outer(self) -> str:
        """A block of the text itself, which alone may have a role."""
        if self.draw.random() < 0.25:
            return f"::: {self.draw.choice(ROLES)}\n{self.paragraph()}\n:::"
        if self.draw.random() < 0.1:
            return f"# {self.line(6)}"
        return self.block(2)


@dataclass(frozen=True)
class Drawn:
    """A document of the generator."""

    transcript: str
    notes: tuple[str, ...]
    seed: int = 0
    """Of the places where notes hang and leaves begin; 0: notes hang from the first blocks on."""
    begins: tuple[str, ...] = ()
    """Blocks with which leaves of the original begin."""
    prose: bool = False
    """Whether it is of the editors' own; it has its notes in itself."""


def document(seed: int) -> Drawn:
    pen = Pen(seed)
    if prose := seed % 5 == 0:
        pen.folder, pen.calls = "shown", [f"[^{n}]" for n in range(pen.draw.randint(0, 4))]
    calls = list(pen.calls)
    blocks = [pen.paragraph(), *(pen.outer() for _ in range(pen.draw.randint(1, 4)))]
    blocks += [f"At last{''.join(pen.calls)}."]
    pen.folder, pen.calls = "shown", []
    count = len(calls) if prose else pen.draw.randint(0, 4)
    notes = ["\n\n".join(pen.block(1) for _ in range(pen.draw.randint(1, 3))) for _ in range(count)]
    if prose:
        blocks += [
            f"{call}: {pen.line()}\n\n{indented(text, 4)}"
            for call, text in zip(calls, notes, strict=True)
        ]
        return Drawn("\n\n".join(blocks) + "\n", (), prose=True)
    return Drawn("\n\n".join(blocks) + "\n", tuple(notes), seed)


MANIFEST = """edition: drawn
title: Drawn Documents
version: "1.0"
date: "2026-11-30"
language: en
identifier: urn:uuid:00000000-0000-4000-8000-000000000000
rights: {{status: cleared, statement: In the public domain.}}
sections:
  - title-page
{documents}outputs: [epub, print, screen]
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
plates:
"""


@cache
def pictures() -> dict[str, bytes]:
    """A picture of each size, without symmetry."""
    made = {"4.svg": DRAWING}
    for name, size in SIZES.items():
        target = io.BytesIO()
        Image.linear_gradient("L").rotate(30).resize(size).save(target, KINDS[name[-3:]])
        made[name] = target.getvalue()
    return made


def write(folder: Path, drawn: list[Drawn]) -> Path:
    """A book of these documents."""
    (folder / "shown").mkdir(parents=True)
    for picture, content in pictures().items():
        (folder / "shown" / picture).write_bytes(content)
    names = [f"d{number}" for number in range(1, len(drawn) + 1)]
    for name, one in zip(names, drawn, strict=True):
        home = folder / "documents" / name
        text = one.transcript
        if one.prose:
            (folder / f"{name}.md").write_text(text, "utf-8")
            continue
        home.mkdir(parents=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        (home / "received.md").write_text(text, "utf-8")
        (home / "transcript.md").write_text(text, "utf-8")
        record = RECORD.format(name=name, digest=digest, lines=text.count("\n"))
        (home / "plates").mkdir()
        for picture, content in pictures().items():
            (home / "plates" / picture).write_bytes(content)
            row = {"file": f"plates/{picture}", "alt": "A leaf", "caption": "A leaf"}
            row["sha256"] = hashlib.sha256(content).hexdigest()
            record += f"  - {json.dumps(row)}\n"
        (home / "document.yaml").write_text(record + turned(one), "utf-8")
        (home / "notes.yaml").write_text(noted(one), "utf-8")
    listed = "".join(
        f"  - {{prose: {name}.md, id: {name}, title: Section {name}}}\n"
        if one.prose
        else f"  - {{document: {name}}}\n"
        for name, one in zip(names, drawn, strict=True)
    )
    (folder / "manifest.yaml").write_text(MANIFEST.format(documents=listed), "utf-8")
    return folder


def places(drawn: Drawn) -> list[dict[str, str]]:
    """Where its notes hang: behind some words of some blocks, in their order."""
    body = parse_markdown(drawn.transcript, "", dialect="transcript")
    found = [leaf for leaf in leaves(body.blocks) if leaf.text]
    draw, many = Random(drawn.seed), len(drawn.notes)
    if drawn.seed:
        found = sorted(draw.choices(found, k=many), key=found.index)
    rows = []
    for leaf, _ in zip(found, drawn.notes, strict=False):
        words = leaf.text.split()
        said = " ".join(words[: draw.randint(1, len(words))] if drawn.seed else words)
        exact = said if " ".join(words).count(said) == 1 else " ".join(words)
        rows.append({"block": leaf.id, "exact": exact})
    return rows


def noted(drawn: Drawn) -> str:
    """Its notes."""
    rows = [
        f"  - id: n{number}\n    at: {json.dumps(at)}\n    text: |\n{indented(text, 6)}\n"
        for number, (at, text) in enumerate(zip(places(drawn), drawn.notes, strict=False))
    ]
    return "notes:\n" + "".join(rows) if rows else "notes: []\n"


def turned(drawn: Drawn) -> str:
    """Leaves of the original, which begin where notes of another draw would hang."""
    rows = [{"block": block} for block in drawn.begins]
    if drawn.seed % 3:
        moved = Drawn(drawn.transcript, ("",) * (drawn.seed % 5), drawn.seed + 1)
        rows = list({at["block"]: at for at in places(moved) if at["block"] != "p-001"}.values())
    named = [{"leaf": str(number), **at} for number, at in enumerate(rows, 2)]
    return f"leaves: {json.dumps([{'leaf': '1', 'block': 'p-001'}, *named])}\n" if rows else ""


def faults(folder: Path, drawn: list[Drawn]) -> list[str]:
    try:
        # whole, since what is asked for in part is not proved
        found = build(BuildRequest(book=write(folder, drawn))).findings
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


SEEDS = st.integers(1, 2**48)
QUIET = settings(deadline=None, phases=[Phase.generate], database=None)


@settings(QUIET, max_examples=1, derandomize=True)
@given(st.lists(SEEDS, min_size=20, max_size=20, unique=True))
def test_twenty_documents_of_every_kind_build_and_are_proved(
    tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    prove(tmp_path_factory.mktemp("drawn"), [document(seed) for seed in seeds])


@pytest.mark.slow
@settings(QUIET, max_examples=80)
@given(st.lists(SEEDS, min_size=25, max_size=25, unique=True))
def test_two_thousand_documents_build_and_are_proved(
    tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    prove(tmp_path_factory.mktemp("drawn"), [document(seed) for seed in seeds])


TURNED = [f"| {' | '.join([f'Some words {n}'] * 8)} |" for n in range(5)]
LONG = " ".join(["a cell of many words"] * 9)
FOUND = {
    "a picture in a note": Drawn("Words.\n", ("See it.\n\n![A leaf](shown/2.png)",)),
    "a joiner before the call of a note": Drawn("Words of\u2060it.\n", ("A note.",)),
    "a table in a note": Drawn("Words.\n", (f"| {LONG} | {LONG} |\n|--|--|\n| 7 | {LONG} |",)),
    "a page of nothing but notes": Drawn("Words.\n", ("- Words.\n" * 60,) * 2, 3),
    "notes of one word, longer than a page": Drawn("Words.\n", ("- A.\n" * 90, "A.", "B."), 3),
    "notes of one row, of half a page each": Drawn(
        f"| Words | More |\n|--|--|\n| {LONG} | {LONG} |\n",
        ("A.", "B.", "- A.\n" * 25, "- B.\n" * 25),
    ),
    "Arabic numerals in Roman ones": Drawn("::: list {type=i}\n1. One\n\n   1. Two\n:::\n", ()),
    "a turned table with notes": Drawn(
        "\n".join(["::: table {turn=true}", TURNED[0], f"|{'--|' * 8}", *TURNED[1:], ":::"]) + "\n",
        ("A.", "B.\n\n- C.\n- D.", "E."),
        6,
    ),
    "a turned table longer than a page": Drawn(
        "\n".join(["::: table {turn=true}", TURNED[0], f"|{'--|' * 8}", *TURNED[1:] * 9, ":::"])
        + "\n",
        ("A.", "B.\n\n- C.\n- D.", "E."),
        6,
    ),
    "a mark of direction in a Latin text": Drawn("So \u200f\u2116 7, *\u061c12* a\u202e.\n", ()),
    "a table that ends with empty cells": Drawn("| a | b |\n|--|--|\n| c |  |\n|  |  |\n", ()),
    "leaves of a line": Drawn("One.\n\nTwo.\n\nThree.\n", (), begins=("p-002", "p-003")),
    "leaves in one line": Drawn(
        "One.\n\n| A | B | C |\n|--|--|--|\n| D | E | F |\n",
        (),
        begins=("p-002", "p-003", "p-004", "p-005"),
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_what_was_drawn_once_and_not_proved_is_proved(tmp_path: Path, what: str) -> None:
    assert faults(tmp_path / "book", [FOUND[what]]) == []
