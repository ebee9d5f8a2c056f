"""The rules that tests/conftest.py holds every other test to."""

from pathlib import Path

import pytest

pytest_plugins = ("pytester",)

CONFTEST = Path(__file__).parents[2] / "conftest.py"


@pytest.fixture
def inner(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with our conftest and one quiet, one logging and one tool-using test."""
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makepyfile(
        """
        import logging

        def warn():
            logging.getLogger("weasyprint.progress").warning("lost %s", "a glyph")

        def test_quiet(): logging.getLogger("weasyprint").info("a step")
        def test_loud(): warn()
        def test_heard(caplog): warn()
        def test_tool(qpdf_tool): pass
        """
    )
    return pytester


def test_a_logged_warning_fails_a_test_that_does_not_look_at_the_log(
    inner: pytest.Pytester,
) -> None:
    result = inner.runpytest_subprocess("-k", "not tool", "-p", "no:xdist")
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_loud*"])
    result.stdout.fnmatch_lines(["*logged: weasyprint.progress: lost a glyph*"])


def test_a_missing_checker_is_skipped_with_its_reason(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CI", raising=False)
    result = inner.runpytest_subprocess("-k", "tool", "-rs", "-p", "no:xdist")
    result.assert_outcomes(skipped=1, deselected=3)
    reason = "qpdf is not installed; `make test` says what to type"
    result.stdout.fnmatch_lines([f"SKIPPED*{reason}"])


def test_a_missing_checker_fails_in_ci(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("CI", "true")
    result = inner.runpytest_subprocess("-k", "tool", "-p", "no:xdist")
    result.assert_outcomes(errors=1, deselected=3)
    result.stdout.fnmatch_lines(["*qpdf is not installed, and CI never skips it*"])
