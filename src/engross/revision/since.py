"""What differs between a book and its last release: the step of the version follows from it."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from engross.ledger.fields import TITLES
from engross.model.text import Block, Leaf, Origin, Run, leaves, map_leaves
from engross.parse.book import Book
from engross.parse.csl import WORKS
from engross.release.frozen import Release
from engross.release.versions import Change, Step, ordered
from engross.revision.entries import covers, recorded_since
from engross.revision.fields import field_files, has_record
from engross.revision.texts import (
    Text,
    book_then,
    manifest_then,
    own_prose,
    register_rows,
    registers_of,
    registers_then,
    texts_of,
)
from engross.schema.ledger import Correction
from engross.schema.registers import REGISTERS

DONE = frozenset({"verified", "confirmed"})
"""The statuses of entries whose reading stands."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A text of the editors that is not as it was released."""

    address: str
    """`introduction#p-003`, `yamada/note/kurile#p-001`; without a block where a note came, went or
    moved, and for a field: `manifest/title`."""
    old: str
    new: str
    path: str
    line: int = 0
    what: str = "words"
    """`words`, `added`, `removed` or `moved`; `rewritten` where emphasis or references come or go
    with words; `layout` where the words are the same; `register` for a file of rows, which `new`
    names."""


def changes(book: Book, inputs: Mapping[str, str], release: Release) -> Iterator[Change]:
    """Everything that differs, each as the step that it asks for."""
    record = release.record
    yield from _titles(book, release)
    documents = tuple(document.id for document in book.documents)
    for words, some in (
        ("added", [name for name in documents if name not in record.documents]),
        ("gone", [name for name in record.documents if name not in documents]),
    ):
        if some:
            yield Change(Step.EDITION, f"documents {words}: {', '.join(some)}", substantive=True)
    prose = {prose.section.id for prose in book.prose}
    was = {path for path in release.files if path.endswith(".md") and "/transcript." not in path}
    now = {prose.file.path for prose in own_prose(book)}
    if was != now:
        words = ", ".join(sorted(was ^ now))
        yield Change(Step.EDITION, f"sections added or gone: {words}")
    rewritten = {
        one.address.partition("#")[0]
        for one in differences(book, release)
        if one.what in {"added", "removed"} and one.address.partition("#")[0] in prose
    }
    if rewritten:
        yield Change(Step.EDITION, f"rewritten: {', '.join(sorted(rewritten))}")
    yield from _ledger(book, release)
    others = sorted(
        path
        for path in {*inputs, *record.inputs}
        if inputs.get(path) != record.inputs.get(path)
        and path not in {"corrections.yaml", "queries.yaml", "signoffs.yaml"}
        and not path.startswith("corrections/")
        and path not in {*was, *now, WORKS, *(f"{name}.yaml" for name in REGISTERS)}
    )
    if others:
        yield Change(Step.CORRECTION, f"other files: {', '.join(others)}")


def _titles(book: Book, release: Release) -> Iterator[Change]:
    """Another title in a manifest that says it is another edition; else it is a fault (V002)."""
    then, now = manifest_then(release), book.manifest.value
    if then and ordered(now.version)[0] == ordered(release.version)[0]:
        return
    for name in ("title", "subtitle"):
        old = getattr(then or release.record, name)
        if old != getattr(now, name):
            yield Change(Step.EDITION, f"another {name}", substantive=True)


def _ledger(book: Book, release: Release) -> Iterator[Change]:
    entries = book.ledger.value.corrections if book.ledger else ()
    before = {entry.id: entry for entry in release.record.ledger.corrections}
    new = [e for e in entries if e.status == "verified" and not _applied(before.get(e.id))]
    back = [e for e in entries if e.status not in DONE and _applied(before.get(e.id))]
    for class_ in ("accidental", "substantive"):
        some = [entry for entry in new if entry.class_ == class_]
        if some:
            count = f"{len(some)} {class_} correction{'s' if len(some) > 1 else ''}"
            yield Change(Step.CORRECTION, f"{count} ({_ids(some)})", class_ == "substantive")
    if named := [e for e in new if e.at.address in TITLES and e.class_ == "substantive"]:
        yield Change(Step.EDITION, f"another title ({_ids(named)})", substantive=True)
    if back:
        yield Change(Step.CORRECTION, f"withdrawn: {_ids(back)}", substantive=True)


def differences(book: Book, release: Release) -> tuple[Difference, ...]:
    """
    Where the editors' own texts are not as they were released; the ledger's entries stand apart.

    What a new entry without words records, of kind `structure` or of a register as a whole, is left
    out; of kind `typography`, a layout that changed and no more.
    """
    documents = tuple(document.id for document in book.documents)
    recorded = recorded_since(book.ledger, release, documents)
    layouts = recorded_since(book.ledger, release, documents, layout=True)
    now, then = texts_of(book), texts_of(book_then(book, release))
    found = [*_documents(book, release, {*now, *documents})]
    for address in {**now, **then}:
        old, new = then.get(address), now.get(address)
        if old != new:
            found += _differing(address, old, new)
    return tuple(
        one
        for one in [*found, *_registers(book, release)]
        if not covers(recorded | layouts if one.what == "layout" else recorded, one.address)
    )


def _documents(book: Book, release: Release, there: Set[str]) -> Iterator[Difference]:
    """Documents that came or went, and prose that went; `there` has the texts of now."""
    then = release.record.documents
    for name in dict.fromkeys((*then, *release.heads)):
        if "/" not in name and name not in there:
            yield Difference(name, name, "", book.manifest.path, 0, "removed")
    for document in book.documents:
        if document.id not in then:
            yield Difference(document.id, "", document.id, document.record.path, 0, "added")


def _differing(address: str, old: Text | None, new: Text | None) -> Iterator[Difference]:
    if old is None or new is None:
        one, what = (new, "added") if new else (old, "removed")
        assert one is not None
        words = " ".join(one.words.values())
        line = (one.line or next(iter(one.lines.values()), 0)) if new else 0
        yield Difference(address, "" if new else words, words if new else "", one.path, line, what)
        return
    if old.at != new.at and old.at and new.at:
        yield Difference(address, old.at.exact, new.at.exact, new.path, new.line, "moved")
    yield from _layout(address, old, new)
    if new.evidence:
        return
    held = [{leaf.id: signs(leaf) for leaf in leaves(one.blocks)} for one in (old, new)]
    for block in [*new.words, *(name for name in old.words if name not in new.words)]:
        before, after = old.words.get(block), new.words.get(block)
        if before != after:
            what = "rewritten" if held[0].get(block) != held[1].get(block) else "words"
            what = "added" if before is None else "removed" if after is None else what
            place = address if new.field else f"{address}#{block}"
            line = new.line or new.lines.get(block, 0)
            yield Difference(place, before or "", after or "", new.path, line, what)


def _layout(address: str, old: Text, new: Text) -> Iterator[Difference]:
    """The same words in other emphasis, lines or blocks: the first place, and no other."""
    before, after = _placeless(old.blocks), _placeless(new.blocks)
    if before == after or [*old.words.values()] != [*new.words.values()]:
        return
    was = {leaf.id: leaf for leaf in leaves(before)}
    spots = [leaf for leaf in leaves(after) if was.get(leaf.id) != leaf] or [*leaves(after)][:1]
    for leaf in spots[:1]:
        line = new.lines[leaf.id]
        place = f"{address}#{leaf.id}"
        cited = [[signs(one, {"citation"}) for one in leaves(some)] for some in (before, after)]
        what = "layout" if cited[0] == cited[1] else "rewritten"
        yield Difference(place, leaf.text, leaf.text, new.path, line, what)


def signs(leaf: Leaf, kinds: Set[str] = frozenset()) -> list[object]:
    """What a text has beside its characters, in order: no entry of words can change it."""
    rows = [
        ("marks", item.marks) if isinstance(item, Run) else (item.kind, item.attributes)
        for item in leaf.content
    ]
    return [row for row in rows if (row[0] in kinds if kinds else row != ("marks", ()))]


def _placeless(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return map_leaves(blocks, lambda leaf: replace(leaf, origin=Origin()))


def _registers(book: Book, release: Release) -> Iterator[Difference]:
    then = registers_then(release)
    for name, register in registers_of(book).items():
        if name in then and then[name] != register:
            old, new = register_rows(then[name]), register_rows(register)
            rows = [row for row in {**old, **new} if old.get(row) != new.get(row)]
            yield Difference(name, "", ", ".join(rows), f"{name}.yaml", 0, "register")


def prose_paths(book: Book) -> tuple[str, ...]:
    """The files that a release keeps: the editors' own texts."""
    own = [prose.file.path for prose in own_prose(book)]
    notes = [document.notes.path for document in book.documents if document.notes.spots]
    notes += [one.transcript.path for one in book.documents if has_record(one)]
    registers = [
        one.path
        for register in (getattr(book, name) for name in registers_of(book))
        for one in (register, *register.parts.values())
    ]
    return (*own, *notes, *dict.fromkeys(registers), *field_files(book))


def _applied(entry: Correction | None) -> bool:
    return entry is not None and entry.status == "verified" and entry.released_in is not None


def _ids(entries: list[Correction]) -> str:
    return ", ".join(entry.id for entry in entries)
