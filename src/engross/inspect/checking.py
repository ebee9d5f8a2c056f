"""Stage 6 of a build: the finished bytes are read back and judged before anything is published."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engross.model.check import Checked
from engross.model.finding import Finding
from engross.model.output import Output

if TYPE_CHECKING:
    from engross.check.tools.record import Keeper
    from engross.verify import Check


def check_outputs(
    outputs: Sequence[Output], store: "Keeper | None" = None, *, outside: bool = False
) -> tuple[list[Checked], list[Finding]]:
    """
    Judge every output with the checks that need no other program.

    With `outside` EPUBCheck is asked as well; what `store` has a verdict on is not asked again.

    Returns:
        What was checked, for report and receipt; and what was found.
    """
    checks: list[Checked] = []
    findings: list[Finding] = []
    for output in outputs:
        if output.kind in {"print", "screen"}:
            found = _pages(output)
            findings += found
            checks.append(_row("pages read back", output, found))
        elif output.kind == "epub":
            from engross.check.epub import check_epub

            found = list(check_epub(output))
            findings += found
            checks.append(_row("EPUB read back", output, found))
    books = [output for output in outputs if output.kind == "epub"] if outside else []
    if books:
        from engross.check.tools.epubcheck import epubcheck
        from engross.check.tools.findings import findings as said
        from engross.inspect.validating import judgement

        for book, verdict in zip(books, epubcheck([b.content for b in books], store), strict=True):
            row = judgement(book.name, verdict)
            checks.append(row)
            findings += said(verdict, book.name) if row.verdict == "failed" else ()
    return checks, findings


def prove(outputs: Sequence[Output]) -> tuple[list[Checked], list[Finding]]:
    """Prove that the outputs say what the evidence says, as `engross verify` does again."""
    from engross.verify import verify_outputs

    report = verify_outputs({output.name: output.content for output in outputs})
    return [checked(check) for check in report.checks], list(report.findings)


def _pages(output: Output) -> list[Finding]:
    """The file opens with another parser than the one that wrote it, and has its pages."""
    import pypdfium2

    from engross.catalog import finding
    from engross.model.finding import Place

    document = pypdfium2.PdfDocument(output.content)
    try:
        count = len(document)
    finally:
        document.close()
    if count == output.pages:
        return []
    return [
        finding(
            "W001",
            Place(output.name),
            f"{output.name} has {count} pages where {output.pages} were made",
            "this is a fault of the program: report it",
        )
    ]


def _row(name: str, output: Output, findings: Sequence[Finding]) -> Checked:
    return Checked(name, output.name, "failed" if findings else "passed")


def checked(check: "Check") -> Checked:
    """A line of the proof as every command shows it."""
    row = Checked(check.name, check.subject, check.verdict)
    return replace(row, detail=f"{check.count} {check.unit}") if check.unit else row
