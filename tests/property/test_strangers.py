"""Commands for other people's files: whatever they are given, they end, and say what it is."""

import io
import os
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from tests.draft import SLUG

from engross.commands.diff.diff import diff
from engross.commands.new import new
from engross.commands.request import NewRequest
from engross.commands.verify import verify
from engross.read.bounded import Bound, bounded, within
from engross.read.limits import Limits

PRINT = f"{SLUG}-print-generic.pdf"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside checkers have tests of their own."""
    monkeypatch.setattr("engross.inspect.validating.verdicts", lambda *_: iter(()))


def bomb() -> bytes:
    """A PDF of 1 kB whose page unpacks to 320 MB."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        packed = zlib.compressobj(9)
        once = b"".join(packed.compress(b"0 g " * 1_000_000) for _ in range(80)) + packed.flush()
        pdf.pages[0].Contents = pdf.make_stream(
            zlib.compress(once, 9),
            Filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]),
        )
        pdf.save(target, compress_streams=False)
    return target.getvalue()


def test_pipes_devices_and_bombs_in_a_published_folder_are_findings(
    copied: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ENGROSS_LIMITS", "memory=40M seconds=20")
    for name in ("SHA256SUMS", f"{SLUG}.epub", "receipt.json"):
        (copied / name).unlink()
    os.mkfifo(copied / "SHA256SUMS")
    (copied / f"{SLUG}.epub").symlink_to("/dev/zero")
    (copied / "receipt.json").write_text("[" * 200_000)
    (copied / PRINT).write_bytes(bomb())
    outcome = verify([copied])
    assert outcome.exit_status == 9
    said = {str(found.place): f"{found.code} {found.message}" for found in outcome.findings}
    assert said["SHA256SUMS"] == (
        "P010 SHA256SUMS cannot be read: 'SHA256SUMS' is a named pipe, not a regular file"
    )
    assert said[f"{SLUG}.epub"] == (
        f"F003 '{SLUG}.epub' is a link that leads out of the book's folder"
    )
    assert said[PRINT] == (
        f"X017 '{PRINT}' takes more than 40 MiB of memory to read, and was not read to its end"
    )


def no_packet(packet: bytes) -> bytes:
    return packet[: len(packet) // 2]


@pytest.mark.parametrize("spoil", [no_packet, lambda _: b"\xff\xfe\x00", lambda _: b""])
def test_xmp_that_cannot_be_read_is_a_finding(
    copied: Path,
    spoil: Callable[[bytes], bytes],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,  # pikepdf, which spoils the file, grumbles
) -> None:
    path = copied / f"{SLUG}-screen.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Metadata.write(spoil(pdf.Root.Metadata.read_bytes()))
        pdf.save(path)
    outcome = verify([copied])
    assert outcome.exit_status == 9
    said = [f"{found.code} {found.message}" for found in outcome.findings]
    assert any("XMP" in words for words in said), said
    assert "Traceback" not in "".join(capsys.readouterr())


def spoilt(body: bytes, chance: random.Random) -> bytes:
    """A file that was cut, or altered in a few places, or is something else."""
    if chance.random() < 0.3:
        return body[: chance.randrange(len(body))]
    if chance.random() < 0.1:
        return b"%PDF-1.7\n" + chance.randbytes(2000)
    changed = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed))
        changed[at : at + chance.randrange(40)] = chance.randbytes(chance.randrange(40))
    return bytes(changed)


def word() -> bytes:
    """A file that calls itself one of Word."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<w:document xmlns:w='urn:w'><w:body/></w:document>")
    return target.getvalue()


def judge(published: Path, folder: Path, times: int) -> None:
    """Every command on spoilt files of its kinds: a status of the table, and words."""
    chance = random.Random(1961)
    whole = {
        path.name: path.read_bytes() for path in (published / f"{SLUG}.epub", published / PRINT)
    }
    record = (published / "evidence/documents/yamada/received.txt").read_bytes()
    other = {"a.docx": word(), "a.txt": record, "a.xml": b"<TEI><text/></TEI>", "a.md": record}
    for number in range(times):
        name = chance.choice([*whole, *other])
        path = folder / name
        path.write_bytes(spoilt((whole | other)[name], chance))
        if name in whole:
            outcomes = [diff(str(path), str(path), folder)]
            if number % 8 == 0:  # which takes seconds
                outcomes.append(verify([path], published))
        else:
            outcomes = [new(NewRequest(folder / f"book-{number}", path, date="1961-01-01"))]
        for outcome in outcomes:
            assert outcome.exit_status in range(10), (number, name)
            assert all(found.message and found.fix for found in outcome.findings)


def test_spoilt_files_of_others_never_end_a_command(published: Path, tmp_path: Path) -> None:
    judge(published, tmp_path, 16)


@pytest.mark.slow
def test_ten_thousand_spoilt_files_never_end_a_command(
    published: Path,
    tmp_path: Path,
    record_property,
) -> None:
    times = int(os.environ.get("ENGROSS_SPOILT", "10000"))
    judge(published, tmp_path, times)
    record_property("files", times)


def test_what_kills_the_reader_or_goes_round_for_ever_is_a_bound() -> None:
    def spin() -> str:
        while True:
            pass

    def die() -> None:
        os.kill(os.getpid(), 9)

    works = [lambda: "first", die, lambda: "third", spin, lambda: "last"]
    assert list(bounded(works, 1, 1 << 30)) == [
        "first",
        Bound.MEMORY,
        "third",
        Bound.TIME,
        "last",
    ]


def test_a_library_that_fails_at_a_file_is_told_by_the_name_of_the_file() -> None:
    from engross.model.finding import EngrossError

    with pytest.raises(EngrossError) as caught:
        within("a.docx", Limits(), lambda: int("x"))
    assert str(caught.value) == (
        "a.docx: F028 'a.docx' cannot be read: invalid literal for int() with base 10: 'x'\n"
        "    fix: name a whole file of the kind that its name says"
    )
