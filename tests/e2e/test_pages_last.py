"""An EPUB in a moment: without pages, or with those that were published last."""

import json
from pathlib import Path
from zipfile import ZipFile

from tests.e2e.answers import change, run, told
from tests.small import small

from engross.verify import verify_folder

TEXT = "introduction.md"
WORDS = " ".join(f"word{n}" for n in range(900))


def book(folder: Path) -> Path:
    prose = {TEXT: f"# Introduction\n\n{WORDS}\n\nThe end.\n"}
    sections = f"{{prose: {TEXT}, id: introduction}}\ndocument: paper"
    return small(folder / "edition", sections, prose)


def page_list(folder: Path) -> list[str]:
    with ZipFile(folder / "small.epub") as archive:
        text = archive.read("EPUB/nav.xhtml").decode()
    return [row.partition('"')[0] for row in text.split("#page-")[1:]]


def test_a_draft_takes_the_page_list_of_what_was_published(tmp_path: Path) -> None:
    folder = book(tmp_path)
    fast = ("build", str(folder), "--to", "epub", "--pages", "last")
    status, answer = run(*fast)
    assert status == 2
    assert told(answer) == [
        "C003 --pages last: nothing in dist says where the pages of small begin"
    ]
    assert run("build", str(folder), "--to", "epub,print")[0] == 0
    made = tmp_path / "edition/dist/small/draft"
    assert page_list(made) == ["1", "2", "3", "5"]  # the fourth is blank
    change(folder / TEXT, " ".join(WORDS.split()[400:]), "")
    status, answer = run(*fast)
    assert status == 0
    assert page_list(made) == ["1", "2", "5"]  # without the one that began in words that are gone
    assert answer["units"] == {"total": 0, "typeset": 0, "reused": 0}
    (warning,) = [row["message"] for row in answer["findings"] if row["code"] == "Q034"]
    assert warning == "the page list is that of small/draft, and no page was laid out"
    receipt = json.loads((made / "receipt.json").read_bytes())
    asked = receipt["predicate"]["buildDefinition"]["externalParameters"]
    assert asked == {"edition": "small", "version": "1.0", "to": "epub", "pages": "last"}


def test_pages_that_are_asked_for_are_laid_out(tmp_path: Path) -> None:
    folder = book(tmp_path)
    status, answer = run("build", str(folder), "--to", "print", "--pages", "last")
    said = "C003 --pages last lays out no page, and pages are asked for"
    assert (status, told(answer)) == (2, [said])
    status, answer = run("build", str(folder), "--to", "epub", "--pages", "first")
    said = "C003 --pages is 'first', and can only be 'last'"
    assert (status, told(answer)) == (2, [said])


def test_an_edition_may_have_no_page_list(tmp_path: Path) -> None:
    folder = book(tmp_path)
    change(folder / "manifest.yaml", "sections:", "epub: {page_list: none}\nsections:")
    status, answer = run("build", str(folder), "--to", "epub")
    made = tmp_path / "edition/dist/small/draft"
    assert (status, page_list(made)) == (0, [])
    assert answer["units"]["typeset"] == 0
    assert verify_folder(made).findings == ()
    with ZipFile(made / "small.epub") as archive:
        assert b"pageBreak" not in archive.read("EPUB/content.opf")
