import re

from engross.batch.judge import Judged
from engross.batch.report import html_report, summary, verdicts
from engross.batch.tally import Tally
from engross.batch.work import Account
from engross.catalog import finding
from engross.check.tools.verdict import Message, Weight, judged, not_checked
from engross.model.finding import Place

BAD = finding("M001", Place("manifest.yaml", 3), "no <title>", "write one")
ACCOUNTS = (
    Account("shelf/a", "done", "edition-a", "1.0", "dist/a/current", cpu=1.25, worker="0"),
    Account("shelf/b", "reused", "edition-b", "1.0", "dist/b/current"),
    Account("shelf/c", "lost", bug="Traceback\nKeyError: 'c'"),
    Account("shelf/d", "failed", findings=(BAD,)),
)


def text(page: str) -> str:
    body = page.partition("<body>")[2]
    return "\n".join(
        filter(None, (re.sub("<[^>]+>", " ", line).strip() for line in body.split("\n")))
    )


def test_failures_stand_first_with_all_that_is_known_of_them() -> None:
    lines = text(html_report(ACCOUNTS)).splitlines()
    assert lines[:8] == [
        "Batch of editions",
        "4 books: 1 done, 1 reused, 1 failed, 1 lost.",
        "Not whole: 2",
        "shelf/d  failed",
        "manifest.yaml:3: M001 no &lt;title&gt;",
        "fix: write one",
        "shelf/c  lost",
        "Traceback",
    ]
    assert lines.index("KeyError: &#39;c&#39;") < lines.index(
        next(line for line in lines if line.startswith("All editions"))
    )
    assert [line.split()[0] for line in lines[-4:]] == [
        "shelf/d",
        "shelf/c",
        "edition-a",
        "edition-b",
    ]


def test_what_epubcheck_refused_stands_before_what_is_well() -> None:
    refused = judged(
        "EPUBCheck", "5.3.0", "0", [Message("RSC-005", Weight.ERROR, "no", "a.xhtml", 1)]
    )
    fault = finding("Q101", Place("a.epub/a.xhtml", 1), "EPUBCheck: RSC-005: no", "look")
    rows = (
        Judged("shelf/a", "dist/a/current/a.epub", refused, (fault,)),
        Judged("shelf/b", "dist/b/current/b.epub", not_checked("EPUBCheck", "1", "no Java"), ()),
    )
    page = text(html_report(ACCOUNTS[:2], rows))
    assert "EPUBCheck: 0 passed, 1 failed, 1 not checked." in page
    assert page.index("a.epub/a.xhtml:1: Q101 EPUBCheck: RSC-005: no") < page.index("All editions")
    assert verdicts(rows) == "EPUBCheck: 0 passed, 1 failed, 1 not checked"


def test_an_interrupted_batch_lists_the_books_that_it_did_not_come_to() -> None:
    page = text(html_report(ACCOUNTS[:1], (), ("shelf/e", "shelf/f")))
    assert "Interrupted: 2 books were not tried; run the batch again." in page
    assert page.splitlines()[-3:] == ["Not tried: 2", "shelf/e", "shelf/f"]


def test_the_tally_counts_all_and_by_worker() -> None:
    tally = Tally(5)
    for account in ACCOUNTS:
        tally.add(account)
    assert re.fullmatch(r"4/5: 1 done, 1 reused, 2 failed; \d+ a minute, \d+ s left", tally.line)
    bench = tally.workers.pop("0")
    assert (bench.done, bench.reused, bench.failed, bench.cpu) == (1, 0, 0, 1.25)
    assert tally.workers == {}


def test_the_summary_counts_each_state() -> None:
    assert summary(ACCOUNTS) == "4 books: 1 done, 1 reused, 1 failed, 1 lost"
