"""The bag for deposit: whole by the library's judgement and by ours, and the same each time."""

import io
import zipfile
from pathlib import Path

import bagit
import pytest
from tests.golden.sample import edition

from engross.check.deposit import check_deposit
from engross.make.deposit import make_deposit
from engross.model.check import Output

FILES = {"sample.epub": b"book", "web/index.html": b"page", "evidence/manifest.yaml": b"edition: x"}
NAME = "sample-1.0-bag.zip"


@pytest.fixture
def bag() -> bytes:
    outputs = [Output("epub", name, body) for name, body in FILES.items()]
    made = make_deposit(edition(), outputs, b"{}")
    assert (made.kind, made.name) == ("bag", NAME)
    return made.content


def changed(bag: bytes, change: dict[str, bytes | None]) -> bytes:
    """The bag with files replaced, added or taken out, by path below its folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bag)) as source, zipfile.ZipFile(target, "w") as archive:
        rows = {path: source.read(path) for path in source.namelist()}
        for path, body in change.items():
            if body is None:
                del rows[f"sample-1.0-bag/{path}"]
            else:
                rows[f"sample-1.0-bag/{path}"] = body
        for path, body in rows.items():
            archive.writestr(path, body)
    return target.getvalue()


def said(bag: bytes, beside: dict[str, bytes] | None = None) -> list[str]:
    found = check_deposit(NAME, bag, beside)
    assert {one.code for one in found} <= {"Q401"}
    return [one.message for one in found]


def test_the_library_of_that_name_finds_it_valid(bag: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(bag)) as archive:
        archive.extractall(tmp_path)
    opened = bagit.Bag(str(tmp_path / "sample-1.0-bag"))
    opened.validate()
    assert opened.info["Bagging-Date"] == "2026-11-24"
    assert sorted(opened.payload_files()) == sorted(
        ["data/receipt.json", *(f"data/{name}" for name in FILES)]
    )


def test_it_is_whole_and_the_same_as_what_lies_beside_it(bag: bytes) -> None:
    assert said(bag, FILES | {"receipt.json": b"of all", NAME: bag}) == []


def test_the_same_edition_gives_the_same_bag(bag: bytes) -> None:
    outputs = [Output("epub", name, body) for name, body in FILES.items()]
    assert make_deposit(edition(), outputs[::-1], b"{}").content == bag


SUMS = ("sha256", "sha512")
FAULTS: dict[str, tuple[dict[str, bytes | None], list[str]]] = {
    "a file has changed": (
        {"data/sample.epub": b"kook"},
        [f"data/sample.epub is not what manifest-{name}.txt says" for name in SUMS],
    ),
    "a file is missing": (
        {"data/sample.epub": None},
        [
            *(f"data/sample.epub is listed in manifest-{name}.txt and not there" for name in SUMS),
            "its payload has another size or number than bag-info.txt says",
        ],
    ),
    "a file was added": (
        {"data/more.txt": b""},
        [
            *(f"data/more.txt is not listed in manifest-{name}.txt" for name in SUMS),
            "its payload has another size or number than bag-info.txt says",
        ],
    ),
    "the description was changed": (
        {"bagit.txt": b"BagIt-Version: 0.97\n"},
        [
            "it does not say that it is a bag",
            *(f"bagit.txt is not what tagmanifest-{name}.txt says" for name in SUMS),
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_damaged_bag_is_found(bag: bytes, name: str) -> None:
    change, faults = FAULTS[name]
    assert said(changed(bag, change)) == [f"the bag is not whole: {fault}" for fault in faults]


def test_a_bag_of_another_build_is_found(bag: bytes) -> None:
    assert said(bag, {"sample.epub": b"newer"}) == [
        "the bag is not whole: sample.epub lies beside the bag and is not the same in it"
    ]


def test_something_else_is_no_bag() -> None:
    assert said(b"no zip") == ["the bag is not whole: it cannot be opened: File is not a zip file"]
