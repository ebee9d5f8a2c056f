"""Every outside checker that an edition's outputs are shown to."""

from collections.abc import Iterator, Sequence

from engross.check.tools.epubcheck import epubcheck
from engross.check.tools.findings import findings
from engross.check.tools.qpdf import qpdf
from engross.check.tools.record import Keeper
from engross.check.tools.verdict import Verdict
from engross.model.finding import Finding
from engross.model.output import Output


def verdicts(
    outputs: Sequence[Output], store: Keeper | None = None
) -> tuple[tuple[Output, Verdict], ...]:
    """Show the EPUBs to EPUBCheck, all in one Java machine, and every PDF to qpdf."""
    books = [output for output in outputs if output.name.endswith(".epub")]
    pdfs = [output for output in outputs if output.name.endswith(".pdf")]
    said = list(zip(books, epubcheck([book.content for book in books], store), strict=True))
    said += [(output, qpdf(output.content, store)) for output in pdfs]
    return tuple(said)


def findings_of(said: Sequence[tuple[Output, Verdict]]) -> Iterator[Finding]:
    """Give what the verdicts come to, file by file."""
    for output, verdict in said:
        yield from findings(verdict, output.name)
