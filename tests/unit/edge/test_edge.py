"""The edge of the program: every end has its status, and the last line says what is in dist."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engross.catalog import finding, stop
from engross.cli.edge import InterruptError, TerminatedError, guarded
from engross.model.finding import Place


def ended(work: str, tmp_path: Path, **streams: int) -> tuple[int, str, str]:
    """Run `work`, the body of a function, behind the edge in a process of its own."""
    body = "\n    ".join(work.splitlines())
    code = (
        "import sys\nfrom engross.cli.edge import guarded\n"
        f"def work():\n    {body}\nsys.exit(guarded(work))\n"
    )
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, encoding="utf-8", check=False, **given
    )
    return done.returncode, done.stdout or "", done.stderr or ""


def unhear() -> None:
    """Give the signals back to pytest."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_an_expected_failure_has_the_status_of_its_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault = finding("F001", Place("manifest.yaml", 3), "there is no file 'a.md'", "put it there")

    def work() -> None:
        raise stop([fault])

    assert guarded(work) == 5
    assert capsys.readouterr().err == (
        "manifest.yaml:3: F001 there is no file 'a.md'\n    fix: put it there\n"
    )
    unhear()


@pytest.mark.parametrize(
    ("kind", "status", "word"),
    [(InterruptError, 130, "interrupted"), (TerminatedError, 143, "terminated")],
)
def test_a_run_that_is_cut_off_says_last_what_is_in_dist(
    kind: type[BaseException], status: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def work() -> None:
        ending = kind()
        ending.add_note("in dist: dist/letter/current, whole")
        raise ending

    def early() -> None:
        raise kind

    assert guarded(work) == status
    assert guarded(early) == status
    assert capsys.readouterr().err == (
        f"{word}\nin dist: dist/letter/current, whole\n{word}\ndist is as it was\n"
    )
    unhear()


def test_a_fault_that_nobody_expected_leaves_a_report(tmp_path: Path) -> None:
    status, said, heard = ended("raise KeyError('ours')", tmp_path)
    [report] = tmp_path.glob("engross-report-*.txt")
    assert (status, said) == (70, "")
    assert heard == (
        "internal error, a bug in engross\n"
        f"    fix: send {report.name} to the project\ndist is as it was\n"
    )
    assert "KeyError: 'ours'" in report.read_text("utf-8")


def test_a_report_that_cannot_be_written_is_printed(tmp_path: Path) -> None:
    work = "from engross.disk import fs\nfs.write_file = None\nraise KeyError('ours')"
    status, _, heard = ended(
        work.replace("= None", "= lambda *_, **__: (_ for _ in ()).throw(OSError(28, 'full'))"),
        tmp_path,
    )
    assert status == 70
    assert "KeyError: 'ours'" in heard
    assert "    fix: send the lines above to the project\ndist is as it was\n" in heard


def test_an_output_that_nobody_takes_is_the_machines_fault(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        status, _, heard = ended("print('words')", tmp_path, stdout=full.fileno())
    assert status == 6
    assert heard == (
        "standard output cannot be written: No space left on device\n"
        "what is in dist is whole, and new if that was asked for\n"
    )


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path) -> None:
    source, target = os.pipe()
    os.close(source)
    status, _, heard = ended("print('words' * 99999)", tmp_path, stdout=target)
    os.close(target)
    assert (status, heard) == (0, "")


def test_closed_streams_get_no_file_of_the_book(tmp_path: Path) -> None:
    code = (
        "import os; from engross.cli.edge import guarded; "
        "guarded(lambda: open('taken', 'w').write(str(os.open('/dev/null', 0) > 2)))"
    )
    command = f'exec "{sys.executable}" -c "{code}" <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False).returncode == 0
    assert (tmp_path / "taken").read_text() == "True"
