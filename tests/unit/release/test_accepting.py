"""What `--accept` takes out: a code means what was not run, a check's own name also what failed."""

import pytest

from engross.commands.release.release import _Judge, _unproved
from engross.model.check import Checked

ROWS = (
    Checked("veraPDF ua1", "a-screen.pdf", "not checked"),
    Checked("EPUBCheck", "a.epub", "not checked"),
    Checked("change since 1.0", "evidence", "failed"),
)


@pytest.mark.parametrize(
    ("accept", "left"),
    [
        ("V009", ["change since 1.0: evidence failed"]),
        ("V009:verapdf", ["EPUBCheck: a.epub not checked", "change since 1.0: evidence failed"]),
        (
            "V009:epubcheck",
            ["veraPDF ua1: a-screen.pdf not checked", ROWS[2].name + ": evidence failed"],
        ),
        (
            "V009:change-since-1.0",
            ["veraPDF ua1: a-screen.pdf not checked", "EPUBCheck: a.epub not checked"],
        ),
    ],
)
def test_a_check_is_accepted_by_its_name_and_a_failed_proof_by_nothing_less(
    accept: str, left: list[str]
) -> None:
    judge = _Judge((accept,), "seen on another machine")
    found = judge.sift(_unproved(ROWS))
    assert [one.message for one in found if one.is_error] == left
    assert [row.code for row in judge.rows()] == [accept]
