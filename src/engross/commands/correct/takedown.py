"""`engross correct --take-down`: words or a picture leave the public form of a book."""

import json
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from engross.catalog import finding, stop
from engross.commands.book import find_book, shown
from engross.commands.correct.adopt import whole_entry
from engross.commands.correct.correct import anchor_of, placed
from engross.commands.correct.opened import OpenLedger, entered, faults, open_ledger, overlay
from engross.commands.correct.place import find
from engross.commands.ending import Run, command
from engross.commands.freeze import write_files
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.commands.sealing import KEYS, WORDS, sealed_folder, write_sealed
from engross.disk import fs
from engross.ledger.sealed import REST, WORD
from engross.model.finding import Finding, Place
from engross.model.text import leaves
from engross.parse.book import OriginalSource
from engross.parse.load import Parsed
from engross.parse.parse import parse
from engross.read.sources import Overlay
from engross.release.frozen import as_file, read_texts, written_texts
from engross.revision.blanked import Taken, blank_picture
from engross.revision.ledger_file import touched
from engross.revision.releases import read_release, released_versions
from engross.revision.removal import Removal, digest
from engross.revision.texts import file_of, frozen_texts
from engross.schema.ledger import Correction, TakenDown
from engross.schema.release import Record
from engross.verify.expected import expect
from engross.verify.plain import bare
from engross.verify.report import Log
from engross.verify.sealed import prove_sealed

DIGITS = 16
"""Characters of the digest that are printed."""
UNTIL = (
    "dist has the words until the next release; copies that others have, and the history of a git "
    "repository, keep them"
)
Files = dict[str, bytes | str]
"""As text: a file that is no longer there."""


@command
def take_down(run: Run, request: CorrectRequest, why: str, *, everywhere: bool = False) -> Outcome:
    """
    Put a sign in the place of words, in every file of the book; what was there lies apart, sealed.

    Nothing is written unless the book assembles without them and none of them is left in it.
    """
    opened = open_ledger(run)
    asked, removal = _removal(request, opened)
    removal.everywhere = everywhere
    said = {"address": asked.address, "for": why, "by": asked.by, "on": asked.on}
    held = removal.sealed
    sealed: dict[str, object] = {**said, "salt": secrets.token_hex(16)}
    sealed |= dict(zip(KEYS, (held.pieces, held.pictures, held.stay), strict=True))
    content = as_file(sealed)
    named, day = digest(content), opened.book.words.day(asked.on)
    kind = opened.book.words.say(f"taken-down-{why}")
    removal.sign = f"[{asked.reason} ({kind}) {day}, SHA-256 {named[:DIGITS]}]"
    for name, taken in removal.taken.items():
        sign = REST if removal.whole and "/" in name else removal.sign
        removal.taken[name] = replace(taken, sign=sign)
    entry = _entry(asked, TakenDown.model_validate({"for": why, "sha256": named}))
    files = _written(opened, removal, entry)
    now = overlay(opened, files)
    bad, log = faults(opened, files), Log("the book")
    prove_sealed(_all(now), removal.sealed, log)
    if bad or log.findings:
        raise stop([*bad, *log.findings])
    slug = opened.book.manifest.value.edition
    folder = sealed_folder(find_book(run.found.folder).dist, slug, named)
    old = {path: opened.sources.file(path) for path in files}
    before = {path: one.content for path, one in old.items() if not isinstance(one, Finding)}
    write_sealed(folder, {WORDS: content, **{f"book/{p}": c for p, c in before.items()}})
    new = {path: made for path, made in files.items() if isinstance(made, bytes)}
    write_files(run.found.folder, new)
    for path in (*(files.keys() - new.keys()), ".engross"):
        fs.remove_tree(run.found.folder / path)
    where = f"what they had is sealed in {shown(folder)}: keep it apart"
    lines = [f"{removal.sign} stands in {len(files)} files; {where}", UNTIL]
    return run.outcome(unchanged=True, extra={"taken_down": said, "lines": lines})


def _removal(request: CorrectRequest, opened: OpenLedger) -> tuple[CorrectRequest, Removal]:
    """Which words are meant, in which texts."""
    book, texts = opened.book, frozen_texts(opened.book)
    name, _, number = request.address.partition("/plates#p-")
    request = request if number else placed(request, opened, texts)
    address, blocks = request.address, texts.get(name if number else request.address, {})
    named = {name.partition("/")[0], address.partition("/")[0]}
    own = next((one for one in book.documents if one.id in named), None)
    plates = own.record.value.plates if own else ()
    if not blocks or request.block not in {"", *blocks} or int(number or 0) > len(plates):
        message = f"the edition has nothing at '{request.address}' to take down"
        fix = "name a document, a note, a section, a field, a block or a plate (d1/plates#p-001)"
        raise stop([finding("L010", Place(book.manifest.path), message, fix)])
    every = {block: (0, len(text)) for block, text in blocks.items()}
    whole = bool(own and own.id == address and not (request.old or request.block or number))
    removal = Removal(book, {}, own, whole)
    if request.old:
        span = find(anchor_of(request), address, blocks, Place(file_of(book, address)))
        held = [*WORD.finditer(blocks[span.block], span.start, span.end)]
        every = {span.block: (held[0].start(), held[-1].end())}
        request = replace(request, block=span.block)
    elif request.block:
        every = {request.block: every[request.block]}
    if not number:
        nothing_left = not (request.old or request.block)
        removal.taken[address] = Taken(blocks, every, whole=nothing_left)
        parts = {one: text for one, text in texts.items() if one.startswith(f"{address}/note/")}
        if own and own.id == address and own.original:
            removal.taken[f"{address}/original"] = _facing(own.original, every, whole=whole)
        for part, text in parts.items() if nothing_left else ():
            rows = {block: (0, len(words)) for block, words in text.items()}
            removal.taken[part] = Taken(text, rows, whole=True)
    for at, plate in enumerate(plates, 1):
        if own and (whole or at == int(number or 0)):
            path = f"documents/{own.id}/{plate.file}"
            content = opened.sources.need(path).content
            removal.plates[path] = digest(content), blank_picture(content, path)
            told = {"": f"{plate.alt} {plate.caption}"}
            removal.taken[f"{own.id}/plates#p-{at:03}"] = Taken(told, {"": (0, len(told[""]))})
    return request, removal


def _facing(original: OriginalSource, taken: Collection[str], *, whole: bool) -> Taken:
    """The blocks of an original that say what these blocks of its translation do."""
    texts = {leaf.id: leaf.text for leaf in leaves(original.body.blocks)}
    rows = [row for row in original.rows if not {*row.transcript}.isdisjoint(taken)]
    gone = {*texts} if whole else {block for row in rows for block in row.original}
    return Taken(texts, {block: (0, len(texts[block])) for block in gone}, whole=whole)


def _entry(request: CorrectRequest, taken_down: TakenDown) -> Correction:
    address, _, plate = request.address.partition("/plates#")
    asked = replace(request, address=address, class_="substantive")
    whole = whole_entry(asked, request.reason)
    at = whole.at.model_copy(update={"block": "" if plate else request.block})
    return whole.model_copy(update={"taken_down": taken_down, "at": at})


def _all(sources: Overlay) -> dict[str, bytes]:
    """Every file of the book as it will be."""
    found = (path for depth in range(6) for path in sources.find("/".join("*" * (depth + 1))))
    read = (sources.file(path) for path in found)
    return {one.path: one.content for one in read if not isinstance(one, Finding)}


def _written(opened: OpenLedger, removal: Removal, entry: Correction) -> Files:
    """Texts, what quotes them, the ledger, and what releases kept of all that."""
    sources, own = opened.sources, removal.own
    received = {
        path: (sources.need(path).content.decode("utf-8-sig"), made)
        for path, made in removal.received()
    }
    before = frozen_texts(opened.book)
    states = before, before | {name: one.now() for name, one in removal.taken.items()}
    files: Files = {path: made for path, (_, made) in removal.plates.items()}
    if own and {own.received.path} & {*received, *removal.paths()}:
        place = PurePosixPath(own.received.path)
        files |= dict.fromkeys(sources.find(f"{place.parent}/earlier/{place.stem}-*"), "")
        read = own.record.value.received.read_from
        files |= {f"{place.parent}/{read.file}": ""} if read else {}

    def form(text: str, path: str) -> str:
        return touched(text, lambda tree: removal.form(tree, path, states, received))

    def take(path: str, text: str, where: str = "") -> None:
        made = form(text, path) if path.endswith(".yaml") else removal.without(path, text)
        if made != text:
            files[where + path] = made.encode()

    for path in {*removal.paths(), *sources.find("*.yaml"), *sources.find("documents/*/*.yaml")}:
        if path not in opened.files:
            take(path, sources.need(path).content.decode())
    files |= {path: made.encode() for path, (_, made) in received.items()}
    for one in opened.book.volumes:
        if isinstance(tei := files.get(one.file.path), bytes):
            received[one.file.path] = one.file.content.decode("utf-8-sig"), tei.decode()
    ledger = {path: form(text, path) for path, text in opened.files.items()}
    _, made = entered(replace(opened, files=ledger), [entry])
    files |= {path: text.encode() for path, text in made.items()}
    for version in released_versions(sources):
        kept = f"releases/{version}/"
        release = read_release(sources, version)
        for path, file in release.files.items():
            take(path, file.content.decode(), f"{kept}files/")
        record = json.loads(sources.need(f"{kept}record.json").content)
        removal.form(record, f"{kept}record.json", states, received)
        for path in record["inputs"].keys() & files.keys():
            del record["inputs"][path]  # by a digest, who guesses the words could prove them
        files[f"{kept}record.json"] = as_file(record)
        book, then = parse(overlay(opened, files)), Record.model_validate(record).ledger
        if book.ledger:
            value = book.ledger.value.model_copy(update={"corrections": then.corrections})
            book = replace(book, ledger=Parsed(value, book.ledger.path, book.ledger.spots))
        wanted = expect(book, {}, release.numbers)
        now = {address: one.text for address, one in wanted.said.items()} | wanted.fields
        for path in sources.find(f"{kept}texts/*.txt"):
            rows = read_texts(sources.need(path).content.decode())
            lines = dict(_rows(rows, now, removal))
            files |= {path: written_texts(lines).encode()} if lines != rows else {}
    return files


def _rows(
    rows: Mapping[str, str], now: Mapping[str, str], removal: Removal
) -> Iterator[tuple[str, str]]:
    """The lines of a text as they would have been printed without the words."""
    section = removal.own.id if removal.own and removal.whole else ""
    for address, text in rows.items():
        own, _, block = address.partition("#")
        taken = removal.taken.get(own)
        if taken and taken.whole and "/note/" in own and block in taken.texts:
            yield address, taken.now()[block]
            continue
        name = own if "/note/" in own else address
        gone = taken or own.partition("/")[0] == section or removal.sealed.stretches(text)
        if not gone or bare(now.get(name, "")) == bare(text):
            yield address, text
        elif name in now:
            yield address, now[name]
