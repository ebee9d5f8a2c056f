"""What the system refuses outside dist, in words."""

import errno

import pytest

from engross.disk.refused import of_the_machine


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "No space left on device"), (errno.EMFILE, "Too many open files")],
)
def test_a_full_machine_is_told_and_not_taken_for_a_bug(number: int, words: str) -> None:
    error = of_the_machine(OSError(number, "somewhere"))
    assert error is not None
    assert (error.exit_status, str(error)) == (
        6,
        f"engross: E009 operating system error: {words}\n"
        "    fix: make room, or name another folder for passing files: TMPDIR=DIR engross build",
    )


def test_a_refusal_that_only_a_bug_can_bring_about_stays_one() -> None:
    assert of_the_machine(OSError(errno.EBADF, "bad descriptor")) is None
