"""`engross correct --all`: the same words in several places, an entry for each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engross.catalog import finding, stop
from engross.commands.correct.correct import entry_of
from engross.commands.correct.opened import entered, in_words, open_ledger, write
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.ledger.anchor import Span, context, places
from engross.ledger.edits import place_corrections
from engross.model.finding import EngrossError, Place
from engross.revision.entries import covers, entries_of
from engross.revision.texts import frozen_texts
from engross.schema.base import Anchor

EVERY = "*"
"""The address that means the whole edition."""


@command
def everywhere(run: Run, request: CorrectRequest, *, write_them: bool) -> Outcome:
    """
    Enter the words wherever they stand in a text, its notes and its fields, or show where that is.

    Places that an entry corrects already, or that nobody may correct there, are told.
    """
    opened = open_ledger(run)
    texts, rows = frozen_texts(opened.book), entries_of(opened.book.ledger)
    entries, lines, left = [], [], []
    for address, span in _places(request, texts):
        place = f"{address} {span.block}: {context(span, texts[address])}"
        edits = place_corrections(address, texts[address], rows).edits
        own = [one for one in edits if one.span.block == span.block and not one.join]
        before = [e for e in own if e.span.start < span.end and span.start < e.span.end]
        if before:
            left.append(f"{place}: {before[0].correction.id} corrects it")
            continue
        try:
            entries.append(entry_of(opened, replace(request, address=address, at=span)))
            lines.append(place)
        except EngrossError as error:
            left += [f"{place}: {found.message}" for found in error.findings]
    if not (entries or left):
        message = f'"{request.old}" is not in {request.address}'
        fix = f'quote the received words exactly; "{EVERY}" means the whole edition'
        raise stop([finding("L001", Place("manifest.yaml"), message, fix)])
    made, files = entered(opened, entries)
    told = [f"{in_words(one)}  {where}" for one, where in zip(made, lines, strict=True)]
    if write_them and made:
        write(opened, files)
    elif made:
        left.append(f"nothing was written; --yes enters the {len(made)}")
    rows_ = [one.model_dump(mode="json", exclude_none=True) for one in made]
    extra = {"corrections": rows_, "written": write_them, "lines": [*told, *left]}
    return run.outcome(unchanged=True, extra=extra)


def _places(
    request: CorrectRequest, texts: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, Span]]:
    """Each place of the words, as whole words, in the texts that are meant."""
    old = request.old
    for address, blocks in texts.items():
        if request.address != EVERY and not covers({request.address}, address):
            continue
        for one in places(Anchor(exact=old), blocks) if old else ():
            before, behind = blocks[one.block][: one.start], blocks[one.block][one.end :]
            inside = before[-1:].isalnum() and old[:1].isalnum()
            if not inside and not (behind[:1].isalnum() and old[-1:].isalnum()):
                yield address, one
