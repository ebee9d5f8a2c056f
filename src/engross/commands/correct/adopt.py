"""`engross correct --adopt`: texts that were edited after their release become entries."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from engross.catalog import finding, stop
from engross.commands.correct.opened import (
    OF_TRANSCRIPTS,
    OpenLedger,
    entered,
    in_words,
    new_entry,
    open_ledger,
    write,
)
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.ledger.anchor import Span, choose
from engross.ledger.fields import BLOCK, put
from engross.model.finding import Place, errors
from engross.model.source import SourceFile
from engross.model.text import leaves
from engross.parse.book import Book
from engross.parse.parse import parse
from engross.parse.yaml import Yaml, parse_yaml
from engross.release.frozen import Release
from engross.release.words import Replaced, replaced
from engross.revision.fields import names_field, path_of_field
from engross.revision.ledger_file import edited, replace_file
from engross.revision.releases import read_release, released_versions
from engross.revision.since import Difference, differences, signs
from engross.revision.texts import book_then, frozen_texts
from engross.schema.ledger import Correction, Target

WHOLE = {"added": "Added", "removed": "Taken out", "moved": "Hung from other words"}
"""What is entered as a whole, of kind structure; the files stay as they are."""
REASON = "Changed by the editors after the release."
KEPT = ".edited"
"""Behind the name of the file that the editor wrote, which is kept beside the restored one."""


@command
def adopt(run: Run, request: CorrectRequest, *, write_them: bool) -> Outcome:
    """
    Propose an entry for every change of words, and with `write_them` enter them.

    The files are then restored as they were released, since the ledger's quotations refer to them;
    what the editor wrote is kept beside.
    """
    opened = open_ledger(run)
    versions = released_versions(opened.sources)
    if not versions:
        message = "nothing has been released: the editors' texts are edited freely"
        raise stop([finding("L024", Place("manifest.yaml"), message, "edit the files")])
    release = read_release(opened.sources, versions[-1])
    now = parse(opened.sources, OF_TRANSCRIPTS)
    changed = (*differences(now, release), *_of_transcripts(now, book_then(now, release)))
    entries, files = entered(opened, _entries(opened, release, changed, request))
    lines = [in_words(entry) for entry in entries]
    if write_them and entries:
        lines += _restore(opened, release, changed)
        lines.append(write(open_ledger(run), files, entries[-1].id))
    elif entries:
        lines.append("nothing was written; --yes enters them and restores the released files")
    else:
        lines.append(f"the editors' texts are as they were released in {release.version}")
    rows = [entry.model_dump(mode="json", exclude_none=True) for entry in entries]
    extra = {"corrections": rows, "written": write_them, "lines": lines}
    return run.outcome(unchanged=True, extra=extra)


def _entries(
    opened: OpenLedger, release: Release, changed: Sequence[Difference], request: CorrectRequest
) -> list[Correction]:
    texts = frozen_texts(book_then(opened.book, release))
    received = {document.id for document in opened.book.documents}
    entries: list[Correction] = []
    whole, anew = _whole(changed), _anew(changed)
    for one in changed:
        address, _, block = one.address.partition("#")
        field = names_field(address, opened.book)
        target, kind, why = Target(address=address, block=block), "structure", ""
        if one.what == "layout":
            kind, why = "typography", "Layout changed after the release."
        elif address in whole:
            target, why = Target(address=address), f"{WHOLE[whole[address]]} after the release."
        elif address in anew and not field:
            own = "" if "/note/" in address else block
            target, why = Target(address=address, block=own), "Rewritten after the release."
        elif one.what == "register":
            kind, why = "apparatus", f"{REASON} Entries of {one.path}: {one.new}."
        if why:
            entry = new_entry(request, target, None, kind, reason=request.reason or why)
            entries += [entry] if entry not in entries else []
            continue
        for stretch in replaced(one.old, one.new):
            start, end, new = _quotable(one.old, stretch)
            target = choose(address, Span(block or BLOCK, start, end), texts[address])
            if field:
                target = target.model_copy(update={"block": ""})
            words = request.reason or REASON
            kind = "transcription" if address in received else "apparatus"
            entries.append(new_entry(request, target, new, kind, reason=words))
    return entries


def _of_transcripts(now: Book, then: Book) -> Iterator[Difference]:
    """
    Words, or lines and italics, that were changed in transcripts.

    Raises:
        EngrossError: paragraphs came or went, or a transcript has changes of both kinds.
    """
    faults = errors(now.findings)
    paths = {one.place.path for one in faults}
    for new, old in zip(now.documents, then.documents, strict=True):
        if new.transcript.path not in paths:
            continue
        pairs = zip(leaves(old.body.blocks), leaves(new.body.blocks), strict=False)
        other = [(one, two) for one, two in pairs if replace(one, origin=two.origin) != two]
        words = {one.text != two.text for one, two in other}
        mixed = len(words) > 1 or (words == {True} and any(signs(a) != signs(b) for a, b in other))
        if mixed or old.texts.keys() != new.texts.keys():
            raise stop(faults)
        for one, two in other:
            place = f"{new.id}#{one.id}", one.text, two.text, new.transcript.path, two.origin.line
            yield Difference(*place, "words" if True in words else "layout")


def _whole(changed: Sequence[Difference]) -> dict[str, str]:
    """Texts in which a block, a note or a document came or went, and which of it."""
    return {one.address.partition("#")[0]: one.what for one in changed if one.what in WHOLE}


def _anew(changed: Sequence[Difference]) -> set[str]:
    """Texts whose files stay as the editor has them: more than words changed in them."""
    return {one.address.partition("#")[0] for one in changed if one.what in {"layout", "rewritten"}}


def whole_entry(request: CorrectRequest, reason: str) -> Correction:
    """An entry of a text as a whole."""
    return new_entry(request, Target(address=request.address), None, "structure", reason=reason)


def _quotable(old: str, stretch: Replaced) -> tuple[int, int, str]:
    """An insertion at the end of a block has no word behind it: it quotes the one before."""
    if stretch.old or (0 < stretch.start < len(old)):
        return stretch.start, stretch.end, stretch.new
    if stretch.start:
        start = old.rstrip().rfind(" ") + 1
        return start, stretch.end, old[start : stretch.end] + stretch.new
    end = old.find(" ") if " " in old else len(old)
    return 0, end, stretch.new + old[:end]


def _restore(opened: OpenLedger, release: Release, changed: Sequence[Difference]) -> list[str]:
    folder = opened.found.folder.resolve()
    lines = []
    stays = _whole(changed).keys() | _anew(changed)
    words = [
        one for one in changed if one.what == "words" and one.address.partition("#")[0] not in stays
    ]
    for path in sorted({one.path for one in words}):
        now, before = opened.sources.file(path), release.files[path].content.decode()
        if isinstance(now, SourceFile):
            replace_file(folder, path + KEPT, now.content.decode(), f"{path}.new")
            here = [one for one in words if one.path == path]
            if path.endswith(".yaml"):
                before = _refilled(now.content.decode(), before, here)
        replace_file(folder, path, before, f"{path}.new")
        lines.append(f"{path} is as released again; what you wrote is kept in {path}{KEPT}")
    return lines


def _refilled(now: str, then: str, fields: Sequence[Difference]) -> str:
    """
    A file of fields or notes with its old words, and whatever else was set in it since.

    Where nothing else was, it is the released file to the byte.
    """

    def put_back(tree: Any) -> None:
        for one in fields:
            note = one.address.partition("/note/")[2].partition("#")[0]
            if note:
                texts = {row["id"]: row["text"] for row in _plain(then)["notes"]}
                next(row for row in tree["notes"] if row["id"] == note)["text"] = texts[note]
                continue
            put(tree, path_of_field(one.address), one.old)

    restored = edited(now, put_back)
    return then if _plain(restored) == _plain(then) else restored


def _plain(text: str) -> Any:
    read = parse_yaml(SourceFile.of("manifest.yaml", text.encode()), nesting=20)
    return read.value if isinstance(read, Yaml) else read
