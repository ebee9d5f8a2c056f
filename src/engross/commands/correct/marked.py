"""`engross correct --from`: marks in a PDF or Word file become entries to judge, and questions."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from engross.commands.correct.correct import entry_of
from engross.commands.correct.marks import Mark, read_marks
from engross.commands.correct.named import places_of
from engross.commands.correct.opened import OpenLedger, entered, in_words, open_ledger, write
from engross.commands.correct.place import Texts, Where
from engross.commands.correct.word import read_word
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.ledger.anchor import Span, choose, fold, places
from engross.model.finding import EngrossError
from engross.model.parting import agreed
from engross.model.source import SourceFile
from engross.read import Limits, decode, open_file
from engross.read.bounded import within
from engross.revision.ledger_file import edited, replace_file
from engross.revision.queries import PATH
from engross.revision.releases import read_release, released_versions
from engross.revision.texts import frozen_texts
from engross.schema.base import Anchor


@command
def take_marks(run: Run, request: CorrectRequest, marked: Path) -> Outcome:
    """
    Enter what a reader struck out, replaced or inserted, as `reported`: an editor judges it.

    Remarks on words become questions of `queries.yaml`. What has no place in the book, or more than
    one, is told and not entered.
    """
    opened = open_ledger(run)
    content = open_file(marked).content
    limits = Limits.from_environment(os.environ)
    if marked.suffix.lower() == ".docx":
        marks = read_word(marked.name, content)
    else:
        marks = within(str(marked), limits, partial(read_marks, content), len(content))
    entries, lines, questions = [], [], []
    left: list[str] = []
    texts, versions = frozen_texts(opened.book), released_versions(opened.sources)
    release = read_release(opened.sources, versions[-1]) if versions else None
    pages = release.pages.pages.values() if release else ()
    for mark in marks:
        if mark.what == "text":
            left += _untracked(mark, texts)
            continue
        there = mark.page in pages
        on = places_of(f"p{mark.page}", opened.book, release, texts) if there else []
        place = _place(mark, texts, on)
        if place is None:
            left.append(f'{mark.where}: not placed: "{mark.words}" {mark.said}'.rstrip())
            continue
        address, span = place
        if mark.what == "comment":
            target = choose(address, span, texts[address])
            at = target.model_dump(exclude={"block_sha256"}, exclude_defaults=True)
            asked = mark.said or "Marked without a word."
            questions.append({"at": at, "question": asked, "by": mark.by})
            lines.append(f"question: {address} {span.block}: {mark.said}")
            continue
        try:
            entries.append(entry_of(opened, _asked(mark, address, span, texts[address], request)))
        except EngrossError as error:
            left += [f"{mark.where}: {found.message}" for found in error.findings]
    made, files = entered(opened, entries)
    lines += map(in_words, made)
    if made:
        write(opened, files)
    if questions:
        _ask(opened, questions)
    extra = {"lines": [*lines, *left] or [f"{marked.name} has no marks"], "unplaced": left}
    return run.outcome(unchanged=True, extra=extra)


def _untracked(mark: Mark, texts: Texts) -> Iterator[str]:
    """Words of a paragraph that are not those that the reader was given."""
    section, _, block = mark.address.partition("#")
    was = texts.get(section, {}).get(block, "")
    if mark.address and mark.words.split() != was.split():
        yield f"{mark.where}: changed without being tracked, or not of this book: “{mark.words}”"


def _place(mark: Mark, texts: Texts, on: Sequence[Where]) -> tuple[str, Span] | None:
    """The one place of the words: most of the words around are there, or it is on the page."""
    anchor = Anchor(exact=mark.words)
    if not mark.words:
        anchor = Anchor(prefix=mark.before[-24:], suffix=mark.after[:24])
        if not (mark.before and mark.after) and mark.what != "insert":
            return None
    section, _, block = mark.address.partition("#")
    if block in texts.get(section, {}):
        texts = {section: {block: texts[section][block]}}
    found = [
        ((_likeness(mark, span, blocks[span.block]), (address, span.block) in on), address, span)
        for address, blocks in texts.items()
        for span in places(anchor, blocks)
    ]
    best = max((rank for rank, _, _ in found), default=(0, False))
    first = [(address, span) for rank, address, span in found if rank == best]
    return first[0] if len(first) == 1 else None


def _likeness(mark: Mark, span: Span, text: str) -> int:
    """How many characters around a place are those around the mark."""
    before, after = fold(text[: span.start]).text.rstrip(), fold(text[span.end :]).text.lstrip()
    return agreed(before[::-1], mark.before[::-1]) + agreed(after, mark.after)


def _asked(
    mark: Mark, address: str, span: Span, blocks: Mapping[str, str], request: CorrectRequest
) -> CorrectRequest:
    text, start, new = blocks[span.block], span.start, mark.said
    end = span.end + len(mark.words) - len(mark.words.rstrip())
    of_page = bool(mark.page)  # which says nothing of spaces; Word does
    if of_page and mark.what == "strike" and not new and text[start - 1 : start] == " ":
        start = text.rfind(" ", 0, start - 1) + 1  # with the word before it, whose space goes
        new = text[start : span.start - 1]
    if of_page and mark.what == "insert":  # between two words, of which one has no space to it
        space = text[start - 1 : start] == " "
        new = f"{new} " if space else f" {new}"
        if start == len(text):  # nothing stands behind it: it quotes the word before
            start = text.rfind(" ") + 1
            new = text[start:] + new
    return replace(
        request,
        address=address,
        old=text[start:end],
        new=new,
        at=Span(span.block, start, end),
        status="reported",
        reason=request.reason or "Marked in a proof.",
        reported_by=request.reported_by or mark.by or "a reader",
    )


def _ask(opened: OpenLedger, questions: list[dict[str, Any]]) -> None:
    file = opened.sources.file(PATH) if opened.sources.exists(PATH) else None
    text = (decode(file)[0] or "") if isinstance(file, SourceFile) else "queries: []\n"

    def add(tree: Any) -> None:
        rows = list(tree.get("queries") or ())
        used = {row["id"] for row in rows}
        for question in questions:
            name = next(n for n in (f"mark-{k}" for k in range(1, len(used) + 2)) if n not in used)
            used.add(name)
            rows.append({"id": name, **{key: value for key, value in question.items() if value}})
        tree["queries"] = rows

    replace_file(opened.found.folder, PATH, edited(text, add), f".{PATH}.new")
