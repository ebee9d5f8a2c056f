"""A book that is set anew more than once: the list of corrections says so each time."""

import json
import shutil
from pathlib import Path

from tests.draft import BOOK
from typer.testing import CliRunner

from engross.cache.store import Store
from engross.cli.app import app
from engross.read import open_book
from engross.workshop.assembled import assembled


def test_two_changes_of_layout_at_one_place_are_both_listed(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOK, book, ignore=shutil.ignore_patterns(".engross"))
    reasons = ["Set from another face.", "Set in two columns."]
    words = ["--kind", "typography", "--class", "accidental", "--json", "--book", str(book)]
    for reason in reasons:
        done = CliRunner().invoke(app, ["correct", "yamada", "--reason", reason, *words])
        assert json.loads(done.stdout)["ok"], done.stdout
    changes = assembled(open_book(book), Store(None)).edition.changes
    told = [entry.reason for entry in changes.entries if entry.address == "yamada"]
    assert [reason for reason in told if reason in reasons] == reasons
    assert len(told) > len(reasons)  # and what was set anew before
