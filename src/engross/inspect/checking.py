"""Stage 6 of a build: finished bytes are read back and judged before anything is published."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from engross.cache.store import Store
from engross.model.check import Checked, Output, Status
from engross.model.finding import Finding, errors
from engross.parse.book import Book
from engross.workshop.workshop import Making, Workshop


def check_outputs(
    outputs: Sequence[Output], store: Store, *, outside: bool = False
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

        for book, verdict in zip(books, epubcheck([b.content for b in books], store), strict=True):
            row = verdict.checked(book.name)
            checks.append(row)
            findings += said(verdict, book.name) if row.verdict is Status.FAILED else ()
    return checks, findings


def settled(
    made: Making, store: Store, *, outside: bool
) -> tuple[Making, list[Checked], list[Finding]]:
    """What was made, with the marks that are earned; what was checked, and what was found."""
    checks: list[Checked] = []
    findings: list[Finding] = []
    outputs = {output.name: output for output in made.outputs}
    for candidate in made.candidates:
        from engross.inspect.candidates import settle  # reads pages, which an EPUB has none of

        outputs[candidate.output.name], rows, found = settle(candidate, store, outside=outside)
        checks += rows
        findings += found
    return replace(made, outputs=tuple(outputs.values()), candidates=()), checks, findings


def inspected(
    outputs: Sequence[Output],
    checks: Sequence[Checked],
    findings: Sequence[Finding],
    workshop: Workshop,
    *,
    whole: bool,
) -> tuple[list[Checked], list[Finding]]:
    """
    Read the outputs back, and prove the whole edition where nothing was found that stops it.

    Returns:
        The checks and findings given, and those of this stage behind them.
    """
    rows, more = check_outputs(outputs, workshop.store, outside=workshop.outside)
    rows, more = [*checks, *rows], [*findings, *more]
    if whole and not errors(more):
        proved, found = prove(outputs)
        rows, more = [*rows, *proved], [*more, *found]
    return rows, more


def located(findings: Sequence[Finding], book: Book) -> list[Finding]:
    """Findings in made files; those that nobody can mend in them name a place in the book."""
    mute = [one for one in findings if "report" in one.fix and "this place" not in one.fix]
    if not mute:
        return list(findings)
    from engross.verify.atlas import Atlas

    atlas = Atlas.of(book)
    spots = {one: atlas.named(f"{one.place.path} {one.message}") for one in mute}
    fixes = {one: f"{one.fix}; see {place}, {what}" for one, (place, what) in spots.items()}
    return [replace(one, fix=fixes.get(one, one.fix)) for one in findings]


def prove(outputs: Sequence[Output]) -> tuple[list[Checked], list[Finding]]:
    """Prove that the outputs say what the evidence says, as `engross verify` does again."""
    from engross.verify import verify_outputs

    report = verify_outputs({output.name: output.content for output in outputs})
    return list(report.checks), list(report.findings)


def _pages(output: Output) -> list[Finding]:
    """The file opens with another parser than the one that wrote it, and has its pages."""
    import pypdfium2

    from engross.catalog import finding
    from engross.model.finding import Place

    with closing(pypdfium2.PdfDocument(output.content)) as document:
        count = len(document)
    if count == output.pages:
        return []
    message = f"{output.name} has {count} pages where {output.pages} were made"
    fix = "this is a fault of the program: report it"
    return [finding("W001", Place(output.name), message, fix)]


def _row(name: str, output: Output, findings: Sequence[Finding]) -> Checked:
    return Checked.judged(name, output.name, not findings)
