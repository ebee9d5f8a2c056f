"""Any bytes give a value or findings with a status of the table, never a traceback."""

import io
import os
import random
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.faults.program import Tell
from tests.property.readers import BOOK, FOUND, READERS, archive, ground, read

from engross.check.epub.opened import SMALL
from engross.commands.check import check
from engross.verify.epub import prove_epub
from engross.verify.report import Log

FILES = [
    "manifest.yaml",
    "corrections.yaml",
    "sources.yaml",
    "introduction.md",
    "documents/letter/document.yaml",
    "documents/letter/notes.yaml",
    "documents/letter/transcript.md",
    "documents/letter/received.txt",
]
PIECES = [
    *(b"", b"\n", b"  ", b"- ", b": ", b"&a", b"*a", b"!!", b"<<: ", b"[", b"{", b'"', b"'"),
    *(b"|", b"\xff", b"\0", b"\xe2\x80\xae", b":::", b"^1]", b"]]>", b"<!--", b"&#0;", b"\\"),
    *(b"`", b"\t", b"~", b"null", b"9" * 30, b"-1", b"0x", b"1e999", b"@", b"%"),
]


@st.composite
def mutated(draw: st.DrawFn, seed: bytes) -> bytes:
    """Bytes that are nearly right, so that a reader comes past its first look."""
    body = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(body)))
        length = draw(st.integers(0, 12))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)))
        body[at : at + length] = piece
    return bytes(body)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_bytes_break_a_reader(name: str, data: st.DataObject) -> None:
    seed = READERS[name][1]
    read(name, data.draw(st.one_of(mutated(seed), st.binary(max_size=200))))


@pytest.mark.parametrize(
    "path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_what_once_broke_a_reader_does_not_again(path: Path) -> None:
    read(path.parent.name, path.read_bytes())


def spoil(folder: Path, chance: random.Random) -> str:
    """Change one file of the book, a little or altogether."""
    name = chance.choice(FILES)
    body = bytearray((BOOK / name).read_bytes())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(body) + 1)
        body[at : at + chance.randrange(9)] = chance.choice(PIECES)
    (folder / name).write_bytes(body)
    return name


def check_spoilt(folder: Path, times: int, seed: int) -> None:
    book = folder / "book"
    shutil.copytree(BOOK, book)
    chance = random.Random(seed)
    for _ in range(times):
        name = spoil(book, chance)
        outcome = check(book)
        assert outcome.exit_status in range(10)
        assert all(found.message and found.fix for found in outcome.findings)
        shutil.copyfile(BOOK / name, book / name)


def test_a_book_with_spoilt_files_is_always_judged(tmp_path: Path) -> None:
    check_spoilt(tmp_path, 60, 1961)


@pytest.mark.slow
def test_a_thousand_spoilt_books_are_judged(tmp_path: Path, record_property: Tell) -> None:
    check_spoilt(tmp_path, 1000, 914)
    record_property("books", 1000)


MINUTES = float(os.environ.get("ENGROSS_FUZZ_MINUTES", "10"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["manifest", "ledger", "transcript", "tei", "archive"])
def test_fuzzing_with_coverage_finds_nothing(
    name: str, tmp_path: Path, record_property: Tell
) -> None:
    """Atheris follows the branches of a reader; what it finds is put into `found/`."""
    pytest.importorskip("atheris", reason="atheris is not installed: make prove installs it")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "seed").write_bytes(READERS[name][1])
    done = subprocess.run(
        [
            *[sys.executable, "-m", "tests.property.fuzz", name, str(corpus)],
            *[f"-max_total_time={int(MINUTES * 60)}", "-rss_limit_mb=4096", "-timeout=30"],
            f"-artifact_prefix={tmp_path}/",
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    tried = [int(number) for number in re.findall(r"(?m)^#(\d+)", done.stderr)]
    assert tried, done.stderr[-3000:]
    record_property("minutes", f"{MINUTES:g}")
    record_property("inputs", max(tried))
    broken = [path for kind in ("crash", "timeout", "oom") for path in tmp_path.glob(f"{kind}-*")]
    for path in broken:
        (FOUND / name).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, FOUND / name / path.name[:18])
    assert (done.returncode, broken) == (0, []), done.stderr[-3000:]


def test_archives_that_unpack_to_too_much_are_refused() -> None:
    """A bomb, a name that stands twice, and an entry that is no text: one finding each."""
    for name, body, said in [
        ("a.xhtml", b"\0" * (SMALL + 1), "it unpacks to more than"),
        ("mimetype", b"again", "a name stands twice in the archive"),
    ]:
        target = io.BytesIO(archive())
        with warnings.catch_warnings(), zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as more:
            warnings.simplefilter("ignore")
            more.writestr(name, body)
        log = Log("a.epub")
        prove_epub(target.getvalue(), [], ground(), log, {}, {})
        [found] = log.findings
        assert (found.code, said in found.message) == ("P001", True)
