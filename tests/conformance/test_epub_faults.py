"""Faults that spoilt other books, seeded here, and which check finds each."""

import io
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.golden.sample import edition
from tests.golden.test_golden_sections import PIXEL

from engross.check.epub import check_epub
from engross.check.tools.epubcheck import epubcheck
from engross.check.tools.verdict import Status
from engross.make.epub import PageStart, make_epub
from engross.model.check import Output
from engross.render import render, styles

pytestmark = pytest.mark.tools

OWN, JUDGE = "own", "EPUBCheck"

PAGES = (PageStart("i", "title-page"), PageStart("1", "letter"), PageStart("2", "letter#p-005", 9))
FAULTS = tomllib.loads((Path(__file__).parents[1] / "data/epub-faults.toml").read_text("utf-8"))[
    "fault"
]


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    made = make_epub(
        edition(),
        render(edition(), "epub"),
        styles("documentary", "epub"),
        images={"images/seal.png": PIXEL},
        page_list=PAGES,
    )
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files in the order and with the settings that an EPUB has."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return target.getvalue()


@pytest.fixture(scope="module")
def caught(whole: dict[str, bytes], epubcheck_tool: str) -> dict[str, str]:
    """By whom each seeded fault was found; all books in one Java machine."""
    books: dict[str, bytes] = {"nothing": packed(whole)}
    for fault in FAULTS:
        key, old, new = f"EPUB/{fault['file']}", fault["old"].encode(), fault["new"].encode()
        if old not in whole[key]:
            pytest.fail(f"{fault['what']}: '{fault['old']}' does not stand in {fault['file']}")
        books[fault["what"]] = packed({**whole, key: whole[key].replace(old, new, 1)})
    verdicts = epubcheck(list(books.values()))
    found: dict[str, str] = {}
    for (name, book), verdict in zip(books.items(), verdicts, strict=True):
        assert verdict.status is not Status.NOT_CHECKED, verdict.reason
        by = [OWN] if check_epub(Output("epub", "sample.epub", book)) else []
        by += [JUDGE] if verdict.status is Status.FAILED else []
        found[name] = " and ".join(by)
    return found


def test_a_whole_book_is_found_whole(caught: dict[str, str]) -> None:
    assert caught["nothing"] == ""


def test_every_seeded_fault_is_found_and_by_whom_is_known(caught: dict[str, str]) -> None:
    assert len(FAULTS) >= 25
    assert {name: by for name, by in caught.items() if name != "nothing"} == {
        fault["what"]: fault["by"] for fault in FAULTS
    }
