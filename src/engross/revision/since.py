"""What differs between a book and its last release: the step of the version follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engross.ledger.fields import BLOCK, TITLES, strings
from engross.model.text import Block, Origin, leaves, map_leaves
from engross.parse.book import Book, ProseSource
from engross.parse.load import Parsed, load
from engross.parse.markdown import parse_markdown
from engross.release.frozen import Release
from engross.release.versions import Change, Step, ordered
from engross.revision.difference import Difference
from engross.revision.entries import recorded_since
from engross.revision.fields import field_files, has_record
from engross.revision.refilled import covers, manifest_then, refilled, released_fields
from engross.schema.base import Model
from engross.schema.ledger import Correction
from engross.schema.notes import Notes
from engross.schema.registers import REGISTERS

NAMING = ("id", "abbr", "term", "heading", "date")
"""What a row of a register is known by, the best first."""


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
        and path not in {*was, *now, *(f"{name}.yaml" for name in REGISTERS)}
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
    back = [e for e in entries if e.status != "verified" and _applied(before.get(e.id))]
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
    found = (
        *_documents(book, release),
        *_prose(book, release),
        *_notes(book, release),
        *_registers(book, release),
        *refilled(book, release),
    )
    return tuple(
        one
        for one in found
        if not covers(recorded | layouts if one.what == "layout" else recorded, one.address)
    )


def _documents(book: Book, release: Release) -> Iterator[Difference]:
    """Documents that came or went, and those whose transcript is set otherwise."""
    then, now = release.record.documents, {document.id: document for document in book.documents}
    for name in then:
        if name not in now:
            yield Difference(name, name, "", book.manifest.path, 0, "removed")
    for name, document in now.items():
        if name not in then:
            yield Difference(name, "", name, document.record.path, 0, "added")
        elif file := release.files.get(document.transcript.path):
            old = parse_markdown(file.content.decode(), file.path, dialect="transcript")
            yield from _layout(name, old.blocks, document.body.blocks, file.path)


def _layout(
    address: str, old: tuple[Block, ...], new: tuple[Block, ...], path: str
) -> Iterator[Difference]:
    """The same words in other emphasis, lines or blocks: the first place, and no other."""
    before, after = (map_leaves(b, lambda leaf: replace(leaf, origin=Origin())) for b in (old, new))
    words = [[leaf.text for leaf in leaves(blocks)] for blocks in (old, new)]
    if before == after or words[0] != words[1]:
        return
    was = {leaf.id: leaf for leaf in leaves(before)}
    lines = {leaf.id: leaf.origin.line for leaf in leaves(new)}
    spots = [leaf for leaf in leaves(after) if was.get(leaf.id) != leaf] or [*leaves(after)][:1]
    for leaf in spots[:1]:
        yield Difference(
            f"{address}#{leaf.id}", leaf.text, leaf.text, path, lines[leaf.id], "layout"
        )


def own_prose(book: Book) -> tuple[ProseSource, ...]:
    """Sections that stand in files of the editors: no part of a TEI file, no bare opening page."""
    others = {book.manifest.path, *(volume.file.path for volume in book.volumes)}
    return tuple(prose for prose in book.prose if prose.file.path not in others)


def _prose(book: Book, release: Release) -> Iterator[Difference]:
    for prose in own_prose(book):
        file = release.files.get(prose.file.path)
        if file is None or file.sha256 == prose.file.sha256:
            continue
        body = parse_markdown(file.content.decode(), file.path)
        address = prose.section.id
        lines = {leaf.id: leaf.origin.line for leaf in leaves(prose.body.blocks)}
        old = {leaf.id: leaf.text for leaf in leaves(body.blocks)}
        yield from _layout(address, body.blocks, prose.body.blocks, file.path)
        yield from _blocks(address, old, prose.texts, file.path, lines)
        before = {note.id: note for note in body.notes}
        for note in prose.body.notes:
            texts = {leaf.id: leaf.text for leaf in leaves(note.blocks)}
            lines = {leaf.id: leaf.origin.line for leaf in leaves(note.blocks)}
            there = before.pop(note.id, None)
            one = f"{address}/note/{note.id}"
            if there is None:
                line = next(iter(lines.values()), 0)
                yield Difference(one, "", " ".join(texts.values()), file.path, line, "added")
                continue
            old = {leaf.id: leaf.text for leaf in leaves(there.blocks)}
            yield from _layout(one, there.blocks, note.blocks, file.path)
            yield from _blocks(one, old, texts, file.path, lines)
        for name, lost in before.items():
            words = " ".join(leaf.text for leaf in leaves(lost.blocks))
            yield Difference(f"{address}/note/{name}", words, "", file.path, 0, "removed")


def _notes(book: Book, release: Release) -> Iterator[Difference]:
    for document in book.documents:
        path = document.notes.path
        file = release.files.get(path)
        if file is None:
            continue
        before = load(Notes, file)
        if not isinstance(before, Parsed):
            continue
        old_notes = {note.id: note for note in before.value.notes}
        for index, note in enumerate(document.notes.value.notes):
            address = f"{document.id}/note/{note.id}"
            line = document.notes.place("notes", index, "text").line
            there = old_notes.pop(note.id, None)
            texts = _texts(note.text)
            if there is None:
                yield Difference(address, "", " ".join(texts.values()), path, line, "added")
                continue
            if there.at != note.at:
                yield Difference(address, there.at.exact, note.at.exact, path, line, "moved")
            lines = dict.fromkeys(texts, line)
            if there.text != note.text:
                old, new = (parse_markdown(one.text, "").blocks for one in (there, note))
                yield from _layout(address, old, new, path)
            yield from _blocks(address, _texts(there.text), texts, path, lines)
        for name, lost in old_notes.items():
            words = " ".join(_texts(lost.text).values())
            yield Difference(f"{document.id}/note/{name}", words, "", path, 0, "removed")


def _registers(book: Book, release: Release) -> Iterator[Difference]:
    for name in REGISTERS:
        now, file = getattr(book, name), release.files.get(f"{name}.yaml")
        if now is None or file is None:
            continue
        before = load(type(now.value), file)
        if not isinstance(before, Parsed) or before.value == now.value:
            continue
        old, new = register_rows(before.value), register_rows(now.value)
        rows = [row for row in {**old, **new} if old.get(row) != new.get(row)]
        yield Difference(name, "", ", ".join(rows), now.path, 0, "register")


def register_rows(register: Model) -> dict[str, object]:
    """Each row of a register by what names it."""
    found: dict[str, object] = {}
    for rows in register.model_dump(mode="json").values():
        for row in rows if isinstance(rows, list) else ():
            key = next((str(row[name]) for name in NAMING if row.get(name)), "")
            again = sum(name == key or name.startswith(f"{key} (") for name in found)
            found[f"{key} ({again + 1})" if again else key] = row
    return found


def printed_rows(name: str, register: Model) -> dict[str, str]:
    """Each text of each row of a register, by an address: `persons/ikeda#name`."""
    return {
        f"{name}/{key}#{'/'.join(path)}": text
        for key, row in register_rows(register).items()
        for path, text in strings(row)
        if path != ("id",)
    }


def printed_registers(book: Book) -> dict[str, str]:
    """The same of all registers of a book."""
    found: dict[str, str] = {}
    for name in REGISTERS:
        if (register := getattr(book, name)) is not None:
            found |= printed_rows(name, register.value)
    return found


def released_rows(release: Release) -> dict[str, str]:
    """The same of all registers as they were released."""
    found: dict[str, str] = {}
    for name, model in REGISTERS.items():
        file = release.files.get(f"{name}.yaml")
        register = load(model, file) if file else None
        if isinstance(register, Parsed):
            found |= printed_rows(name, register.value)
    return found


def _blocks(
    address: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    path: str,
    lines: Mapping[str, int],
) -> Iterator[Difference]:
    for block in [*new, *(name for name in old if name not in new)]:
        if old.get(block) == new.get(block):
            continue
        what = "words" if block in old and block in new else "added" if block in new else "removed"
        yield Difference(
            f"{address}#{block}",
            old.get(block, ""),
            new.get(block, ""),
            path,
            lines.get(block, 0),
            what,
        )


def prose_paths(book: Book) -> tuple[str, ...]:
    """The files that a release keeps: the editors' own texts."""
    own = [prose.file.path for prose in own_prose(book)]
    notes = [document.notes.path for document in book.documents if document.notes.spots]
    notes += [one.transcript.path for one in book.documents if has_record(one)]
    registers = [f"{name}.yaml" for name in REGISTERS if getattr(book, name) is not None]
    return (*own, *notes, *registers, *field_files(book))


def _texts(markdown: str) -> dict[str, str]:
    return {leaf.id: leaf.text for leaf in leaves(parse_markdown(markdown, "").blocks)}


def _applied(entry: Correction | None) -> bool:
    return entry is not None and entry.status == "verified" and entry.released_in is not None


def _ids(entries: list[Correction]) -> str:
    return ", ".join(entry.id for entry in entries)


def released_texts(book: Book, release: Release) -> dict[str, dict[str, str]]:
    """The editors' own texts as they were released, each block by the address of its text."""
    texts: dict[str, dict[str, str]] = {}
    for prose in own_prose(book):
        file = release.files.get(prose.file.path)
        if file is None:
            continue
        body = parse_markdown(file.content.decode(), file.path)
        texts[prose.section.id] = {leaf.id: leaf.text for leaf in leaves(body.blocks)}
        for prose_note in body.notes:
            address = f"{prose.section.id}/note/{prose_note.id}"
            texts[address] = {leaf.id: leaf.text for leaf in leaves(prose_note.blocks)}
    for document in book.documents:
        file = release.files.get(document.notes.path)
        before = load(Notes, file) if file else None
        if isinstance(before, Parsed):
            for note in before.value.notes:
                texts[f"{document.id}/note/{note.id}"] = _texts(note.text)
    fields = released_fields(book, release)
    return texts | {address: {BLOCK: text} for address, text in fields.items()}
