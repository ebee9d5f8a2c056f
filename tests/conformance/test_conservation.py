"""What `engross verify` says of a published folder, whole and damaged."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from tests.draft import SLUG

from engross.assemble import Context, assemble
from engross.commands.verify import verify
from engross.make.epub import make_epub
from engross.make.evidence import evidence
from engross.parse.parse import parse
from engross.read import open_book
from engross.render import render
from engross.verify import verify_folder, verify_outputs

PRINT, SCREEN, EPUB = f"{SLUG}-print-generic.pdf", f"{SLUG}-screen.pdf", f"{SLUG}.epub"


def told(folder: Path) -> list[str]:
    """Every finding as place, code and message."""
    findings = verify_folder(folder).findings
    return [f"{found.place}: {found.code} {found.message}" for found in findings]


def test_a_published_folder_is_proved_whole(published: Path) -> None:
    report = verify_folder(published)
    assert report.findings == ()
    assert report.proved
    counts = {
        (check.name, check.subject): int(check.detail.split()[0])
        for check in report.checks
        if check.detail
    }
    assert all(check.verdict == "passed" for check in report.checks)
    addresses = counts["conservation", EPUB]
    assert addresses > 100
    assert counts["conservation", PRINT] == counts["conservation", SCREEN] == addresses
    assert counts["spoken", EPUB] > 10
    assert counts["links", SCREEN] > 100
    assert counts["visible", PRINT] == counts["visible", SCREEN] > 30_000
    assert counts["numbers", PRINT] > 20
    assert counts["same pages", SCREEN] > 20
    assert counts["digests", "SHA256SUMS"] > 10


def test_every_difference_to_the_digests_is_told(copied: Path) -> None:
    (copied / EPUB).unlink()
    (copied / "extra.txt").write_text("more", "utf-8")
    with (copied / "receipt.json").open("ab") as file:
        file.write(b"\n")
    assert told(copied)[:3] == [
        f"SHA256SUMS: P010 {EPUB} is missing",
        "SHA256SUMS: P010 extra.txt does not belong there",
        "SHA256SUMS: P010 receipt.json has other bytes than its digest says",
    ]


def test_a_folder_of_builds_has_the_name_of_its_digest(
    copied: Path,
    tmp_path: Path,
) -> None:
    named = tmp_path / "builds" / ("0" * 64)
    named.parent.mkdir()
    copied.rename(named)
    assert told(named) == [
        "SHA256SUMS: P010 the folder is not named by the digest of its SHA256SUMS"
    ]


def test_a_lone_file_is_not_proved(published: Path) -> None:
    outcome = verify([published / EPUB])
    assert outcome.exit_status == 9
    (found,) = outcome.findings
    assert (found.code, found.message) == (
        "P012",
        "not proved: a file alone has no evidence beside it",
    )
    assert [row.verdict for row in outcome.checks] == ["not checked"]


def test_a_lone_file_is_proved_against_a_folder(
    published: Path,
    tmp_path: Path,
) -> None:
    copy = tmp_path / "from-a-friend.pdf"
    copy.write_bytes((published / SCREEN).read_bytes())
    outcome = verify([copy], published)
    assert outcome.findings == ()
    assert outcome.exit_status == 0
    assert ("conservation", "from-a-friend.pdf", "passed") in {
        (row.name, row.subject, row.verdict) for row in outcome.checks
    }


def test_nothing_published_is_nothing_proved(tmp_path: Path) -> None:
    outcome = verify([tmp_path])
    assert outcome.exit_status == 9
    assert [found.message for found in outcome.findings] == [
        "not proved: nothing is published there"
    ]


@pytest.mark.parametrize(
    "name", [EPUB, SCREEN, "evidence/furniture.json", "evidence/manifest.yaml"]
)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_damaged_file_is_a_finding(
    copied: Path,
    name: str,
    share: float,
) -> None:
    whole = (copied / name).read_bytes()
    (copied / name).write_bytes(whole[: int(len(whole) * share)])
    report = verify_folder(copied, sums=False)
    if name == SCREEN and share == 0.999:
        return  # a reader repairs it, and then it says what it should
    assert not report.proved
    assert {found.code for found in report.findings} <= {"P001", "P002", "P003", "P007"}


def test_emphasis_of_the_epub_is_compared(copied: Path) -> None:
    whole = zipfile.ZipFile(io.BytesIO((copied / EPUB).read_bytes()))
    with zipfile.ZipFile(copied / EPUB, "w") as plain:
        for item in whole.infolist():
            body = whole.read(item)
            if item.filename.endswith(".xhtml"):
                body = re.sub(rb"</?em\b[^>]*>", b"", body)
            plain.writestr(item, body)
    assert {row.split()[1] for row in told_without_sums(copied)} == {"P024"}


def told_without_sums(folder: Path) -> list[str]:
    findings = verify_folder(folder, sums=False).findings
    return [f"{found.place}: {found.code} {found.message}" for found in findings]


def test_changed_evidence_is_told_with_its_own_finding(copied: Path) -> None:
    received = copied / "evidence/documents/yamada/received.txt"
    received.write_bytes(received.read_bytes().replace(b"Yamada", b"Yamata", 1))
    findings = verify_folder(copied, sums=False).findings
    assert findings
    assert {found.code for found in findings} == {"P002"}
    assert findings[0].message.startswith("documents/yamada/document.yaml:")
    assert "T001 received.txt has the SHA-256" in findings[0].message


def test_pages_are_proved_without_tags(published: Path) -> None:
    with pikepdf.open(published / PRINT) as pdf:
        for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines"):
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            page.contents_coalesce()
            kept = [
                (operands, operator)
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) not in {"BDC", "BMC", "EMC"}
            ]
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        target = io.BytesIO()
        pdf.save(target)
    report = verify_folder(published, only={PRINT: target.getvalue()})
    assert report.findings == ()
    assert report.proved


def test_pages_that_can_be_read_in_too_many_ways_are_not_proved(
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engross.verify.interleave.MANY", 1)
    monkeypatch.setattr("engross.verify.pdf.MANY", 1)
    monkeypatch.setattr("engross.verify.interleave._likely", lambda way: -len(way.early) + way.body)
    report = verify_folder(published, only={SCREEN: (published / SCREEN).read_bytes()})
    assert not report.proved
    assert [check.verdict for check in report.checks if check.name == "conservation"] == ["failed"]
    last = report.findings[-1]
    assert last.code == "P015"
    assert re.fullmatch(
        r"cannot be decided: from page \d+ on there are more than 1 ways to read the pages, "
        r"and not all were followed",
        last.message,
    )


def test_print_and_screen_have_the_same_pages(copied: Path) -> None:
    with pikepdf.open(copied / SCREEN, allow_overwriting_input=True) as pdf:
        pdf.pages[12].Contents = pdf.make_stream(b"")
        pdf.save(copied / SCREEN)
    assert f"{SCREEN}: P013 page 13, at yamada, says other words than {PRINT}" in told(copied)


@pytest.mark.parametrize(
    ("template", "old", "new", "message"),
    [
        (
            "document.html",
            "{{ t.blocks(body.blocks) }}",
            "{{ t.blocks(body.blocks[:-1]) }}",
            "the blocks of 'yamada' are not those of the evidence: missing yamada#p-",
        ),
        (
            "document.html",
            "{{ t.notes() }}",
            "",
            "the notes of 'yamada' are not those of the evidence: missing yamada/note/",
        ),
        (
            "prose.html",
            "{{ t.blocks(body.blocks) }}",
            "{{ t.blocks(body.blocks) | upper | lower }}",
            "introduction",
        ),
    ],
)
def test_a_template_that_swallows_something_is_caught(
    book: Path, template: str, old: str, new: str, message: str
) -> None:
    sources = open_book(book)
    edition, _ = assemble(parse(sources), Context(sources.digest()))
    shipped = Path(__file__).parents[2] / "src/engross/templates" / template
    own = {template: shipped.read_text("utf-8").replace(old, new)}
    assert own[template] != shipped.read_text("utf-8")
    flowing = render(edition, "epub", own)
    output = replace(make_epub(edition, flowing, ""), name=EPUB)
    files = {one.name: one.content for one in evidence(sources, (), flowing, "")}
    report = verify_outputs({**files, EPUB: output.content})
    assert not report.proved
    assert any(message in found.message for found in report.findings)
