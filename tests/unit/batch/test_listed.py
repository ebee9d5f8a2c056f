"""A catalogue lists what the editions of a batch say of themselves."""

from pathlib import Path

from engross.batch.listed import listed
from engross.batch.work import Account

MANIFEST = """edition: a
title: The Amabssador
date: "1961-09-14"
identifier: urn:x:1
rights: {status: cleared, statement: None are known.}
sections: [title-page]
"""
LEDGER = """ledger: "1"
edition: a
base: {}
corrections:
  - id: C-0001
    status: verified
    kind: apparatus
    class: accidental
    at: {address: manifest/title, exact: Amabssador}
    read: Ambassador
    reason: A slip.
    decided: {by: the editors, on: "2026-11-24"}
"""


def test_a_title_is_listed_as_the_ledger_corrects_it(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/manifest.yaml").write_text(MANIFEST, "utf-8")
    (tmp_path / "a.epub").write_bytes(b"")
    (tmp_path / "SHA256SUMS").write_bytes(b"")
    account = Account("a", "done", published=str(tmp_path))
    assert [one.manifest.title for one in listed([account])] == ["The Amabssador"]
    (tmp_path / "evidence/corrections.yaml").write_text(LEDGER, "utf-8")
    assert [one.manifest.title for one in listed([account])] == ["The Ambassador"]


def test_a_printers_cover_is_no_file_for_readers(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/manifest.yaml").write_text(MANIFEST, "utf-8")
    for name in ("SHA256SUMS", "a-cover-generic.pdf", "a-print-generic.pdf", "a.epub"):
        (tmp_path / name).write_bytes(b"")
    (found,) = listed([Account("a", "done", published=str(tmp_path))])
    assert [name for name, _ in found.files] == ["a-print-generic.pdf", "a.epub"]
