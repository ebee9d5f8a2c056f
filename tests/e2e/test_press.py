"""The book of a press: dedication, foreword by a friend, sources, references; built and proved."""

import json
from pathlib import Path

from tests.small import DIGEST, small
from typer.testing import CliRunner

from engross.cli.app import app

SECTIONS = """\
title-page
{prose: d.md, id: dedication, role: dedication}
contents
{prose: f.md, id: foreword, role: foreword, by: Bob Reader}
{document: paper}
{document: second}
sources
colophon"""
FOREWORD = """\
These aren't "words" of a friend of [@paper] and [@m, p. 4].[^1] More.[^2]

[^1]: [@m, p. 5]; [@a].

[^2]: [@m, p. 6]; [@second, the end].
"""
SOURCES = """\
sources:
  - {id: m, type: book, title: The Estuary, author: [{family: Muster, given: Karl}]}
  - {id: a, type: article-journal, title: On Ice, container-title: Journal of Ice, volume: "3",
     page: 1-20, DOI: 10.1000/xyz}
"""
LEDGER = f'ledger: "1"\nedition: small\nbase: {{paper: {DIGEST}, second: {DIGEST}}}\n'


def test_it_is_built_and_every_text_of_it_is_proved(tmp_path: Path) -> None:
    files = {"d.md": "*To the memory of the dredger*\n", "f.md": FOREWORD, "sources.yaml": SOURCES}
    more = "people: [{name: Bob Reader, role: aui}]\noutputs: [epub, print]\n"
    more += "typography: smart\n"
    book = small(tmp_path / "b", SECTIONS, files | {"corrections.yaml": LEDGER}, more)
    result = CliRunner().invoke(app, ["build", str(book), "--json"])
    said = json.loads(result.stdout)
    assert [found for found in said["findings"] if found["severity"] == "error"] == []
    proofs = [row["verdict"] for row in said["checks"] if row["name"] == "conservation"]
    assert proofs == ["passed"] * len(proofs)
    assert len(proofs) >= 2
    foreword = (book / "dist/small/current/evidence/f.md").read_text("utf-8")
    assert foreword == FOREWORD, "the evidence has what was typed"


def test_marks_may_be_set_after_a_release_without_a_word_to_the_reader(tmp_path: Path) -> None:
    files = {"f.md": 'It\'s "so".\n', "corrections.yaml": LEDGER}
    sections = SECTIONS.replace("{prose: d.md, id: dedication, role: dedication}\n", "")
    more = "people: [{name: Bob Reader, role: aui}]\noutputs: [epub]\n"
    book = small(tmp_path / "b", sections.replace("\nsources", ""), files, more)
    accepted = [part for code in ("V007", "V009") for part in ("--accept", code)]
    asked = ["release", str(book), *accepted, "--reason", "a test", "--json"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    manifest = book / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "typography: smart\n", "utf-8")
    said = json.loads(CliRunner().invoke(app, ["build", str(book), "--json"]).stdout)
    assert [found for found in said["findings"] if found["severity"] == "error"] == []
    assert [row["verdict"] for row in said["checks"] if row["name"].startswith("change")] == [
        "passed"
    ]
    assert not list(book.glob("dist/small/current/*slip*"))
