"""Proof sheets: the book's own lines, and around them what its editors need."""

import shutil
from pathlib import Path

import pytest
from tests.e2e.answers import run

SLUG = "khrushchev-yamada-1961"


def pages(path: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def made(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a question: its reading PDF, its proof, and its blind proof, in one folder."""
    folder = tmp_path_factory.mktemp("proof")
    copy = folder / "book"
    shutil.copytree(book, copy, ignore=shutil.ignore_patterns("dist"))
    (copy / "queries.yaml").write_text(
        "queries:\n"
        "  - id: ikeda\n    at: {address: yamada, exact: Mr. Ikeda, block: p-010}\n"
        "    question: Which Ikeda is meant?\n    to: the translator\n"
        "  - id: settled\n    at: {address: yamada, exact: Mr. Ikeda, block: p-010}\n"
        "    question: Is this settled?\n    status: answered\n",
        "utf-8",
    )
    for name, options in (
        ("screen", ["--to", "screen"]),
        ("proof", ["--proof"]),
        ("blind", ["--proof", "--blind"]),
    ):
        status, answer = run("build", str(copy), *options)
        assert status == 0, answer["findings"]
        assert answer["published"].endswith("/draft")
        shutil.copy(answer["outputs"][0]["path"], folder / f"{name}.pdf")
    return folder


def test_a_proof_breaks_its_lines_as_the_book_does(made: Path) -> None:
    book, proof = pages(made / "screen.pdf"), pages(made / "proof.pdf")
    assert len(proof) == len(book) + 1
    for plain, proofed in zip(book, proof, strict=False):
        lines = [line.strip() for line in plain.split("\r\n") if len(line) > 40]
        assert all(line in proofed for line in lines)


def test_a_proof_numbers_lines_and_names_blocks_notes_and_itself(made: Path) -> None:
    proof = pages(made / "proof.pdf")
    opening = next(page for page in proof if "he regards his reception" in page)
    words = opening.split()
    assert {"1", "2", "20", "p-005", "not-reviewed"} <= set(words)
    assert f"Proof, {SLUG}" in opening
    assert "inputs" in opening


def test_open_questions_stand_in_proofs_and_nowhere_else(made: Path) -> None:
    proof = pages(made / "proof.pdf")
    assert "Q1" in next(page for page in proof if "mikoyan-assessment" in page)
    asked = " ".join(proof[-1].split())
    assert "Q1 yamada#p-010, “Mr. Ikeda”: Which Ikeda is meant? (to the translator)" in asked
    assert "Is this settled" not in "".join(proof)
    assert "Which Ikeda" not in "".join(pages(made / "screen.pdf"))


def test_a_blind_proof_names_nobody_who_made_the_edition(made: Path) -> None:
    named, blind = ("".join(pages(made / f"{name}.pdf")[:3]) for name in ("proof", "blind"))
    assert "Allison Smith" in named
    for name in ("Allison Smith", "Radchenko", "Blavatnik"):
        assert name not in blind


def test_a_question_that_stands_nowhere_is_refused(book_copy: Path) -> None:
    (book_copy / "queries.yaml").write_text(
        "queries:\n  - id: kunashir\n    at: {address: yamada, exact: Kunashir}\n"
        "    question: Why not named?\n",
        "utf-8",
    )
    status, answer = run("build", str(book_copy), "--proof")
    assert status == 4
    errors = [one for one in answer["findings"] if one["severity"] == "error"]
    assert [(one["code"], one["message"]) for one in errors] == [
        (
            "V014",
            "the question 'kunashir' quotes 'Kunashir', which is not one place of yamada",
        )
    ]
