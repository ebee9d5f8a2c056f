"""`engross new`: a book that builds at once, or one document more in a book that exists."""

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeGuard, TypeVar
from urllib.parse import unquote

from engross.catalog import finding, stop
from engross.catalog.nearest import did_you_mean
from engross.commands.book import FoundBook
from engross.commands.ending import ended
from engross.commands.new_document import add, is_book
from engross.commands.outcome import Outcome
from engross.commands.request import NewRequest
from engross.disk import fs
from engross.disk.refused import written
from engross.model.address import slug_of
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.model.text import figures
from engross.new.draft import Draft, plate
from engross.new.plain import read_markdown, read_text
from engross.new.tei import read_facts
from engross.new.wcda import escaped, read_wcda
from engross.new.write import Asked, blank, book_files, sample_files, samples, volume_files
from engross.parse.markdown import parse_markdown
from engross.read import Limits, decode, open_file, open_folder
from engross.read.bounded import within
from engross.read.pandoc import FORMS
from engross.schema.base import ID
from engross.schema.scalars import canonical

T = TypeVar("T")


def new(request: NewRequest) -> Outcome:
    """
    Write a new book; to a book that exists, add the document that is named.

    A folder that holds anything else is left as it is.
    """
    return ended(FoundBook(request.folder, "", request.folder / "dist"), lambda _: _new(request))


def _new(request: NewRequest) -> Outcome:
    draft: Draft | None = None
    findings: list[Finding] = []
    _check_id(request.document)
    request = replace(request, language=_tag(request.language))
    if is_book(request.folder) and request.document and not _is_volume(request.source):
        draft, findings = _within(request, partial(drafted, request))
        draft = draft or blank(request.title or _words(Path(request.document)))
        return add(request.folder, request.document, request.language, draft, findings)
    if request.sample:
        if request.sample not in samples():
            message = f"there is no sample '{request.sample}'"
            message += did_you_mean(request.sample, samples())
            fix = f"choose one of {', '.join(samples())}"
            raise stop([finding("C003", Place(), message, fix)])
        asked = Asked(request.sample, "", "", "", "")
        files = sample_files(request.sample)
    elif _is_volume(request.source):
        asked, files = _within(request, partial(_volume, request, request.source))
    else:
        draft, findings = _within(request, partial(drafted, request))
        title = request.title or (draft.title if draft else "") or _name(request)
        language, document = request.language or "en", request.document or "document"
        slug = slug_of(title, request.folder.resolve().name)
        asked = Asked(slug, title, language, request.date, document)
        files = book_files(asked, draft)
    refuse(request.folder)
    with written(str(request.folder)):
        write_book(request.folder, files)
    return Outcome(
        edition=asked.slug,
        version="1.0",
        findings=tuple(findings),
        book=str(request.folder),
        extra={
            "created": [f"{request.folder}/{path}" for path in sorted(files)],
            "changed": [],
            "unplaced": list(draft.unplaced) if draft else [],
        },
    )


def _within(request: NewRequest, work: Callable[[], T]) -> T:
    """What is read from a file, which comes from anywhere, in a copy of this process."""
    if request.source is None:
        return work()
    size = request.source.stat().st_size if request.source.is_file() else 0
    return within(request.source.name, Limits.from_environment(os.environ), work, size)


def write_book(folder: Path, files: Mapping[str, bytes]) -> None:
    """All files of a book, or none: what was written before a refusal is removed again."""
    there = folder.exists()
    try:
        fs.make_all(folder)
        fs.write_files(folder, files)
    except BaseException:
        with contextlib.suppress(OSError):
            for one in [folder / name for name in fs.names(folder)] if there else [folder]:
                fs.remove_tree(one)
        raise


def _volume(request: NewRequest, path: Path) -> tuple[Asked, dict[str, bytes]]:
    """A book of a TEI file, named by the file's own id and titled by its header."""
    source = open_file(path)
    facts = read_facts(source)
    title = request.title or facts.title or _name(request)
    slug = slug_of(request.title or facts.identifier or title)
    language = request.language or facts.language or "en"
    asked = Asked(slug, title, language, request.date, "document")
    files = volume_files(asked, facts, path.name, source.content)
    pictures = _pictures(path.parent, facts.pictures)
    return asked, files | {f"sources/{one}": content for one, content in pictures.items()}


def _pictures(beside: Path, addresses: Iterable[str]) -> dict[str, bytes]:
    """The pictures that lie beside a file, by the addresses by which it names them."""
    folder = open_folder(beside)
    found = {one: folder.file(unquote(one)) for one in addresses}
    return {one: f.content for one, f in found.items() if isinstance(f, SourceFile)}


def _is_volume(source: Path | None) -> TypeGuard[Path]:
    return source is not None and source.suffix.lower() == ".xml"


def _name(request: NewRequest) -> str:
    return _words(request.source) if request.source else request.folder.name


def _words(source: Path) -> str:
    """A file's name as a title, until there is a better one."""
    return source.stem.replace("-", " ").replace("_", " ").strip().capitalize()


def drafted(request: NewRequest) -> tuple[Draft | None, list[Finding]]:
    """What a file gives to a new book; nothing without a file."""
    if request.source is None:
        return None, []
    source = request.source
    file = open_file(source)
    title = request.title or _words(source)
    suffix = source.suffix.lower()
    if suffix in FORMS:
        from engross.new.word import read_word

        named = re.findall(
            r"""(?i)<img\s[^>]*?\bsrc=["']?([^"'>]+)""", file.content.decode("latin-1")
        )
        beside = _pictures(source.parent, named if "htm" in suffix else ())
        return read_word(source.name, file.content, title, beside, accept=request.accept), []
    if suffix not in {".txt", ".md", ".markdown", ".text", ""}:
        message = f"unsupported file type: {source.name}"
        raise stop([finding("C021", Place(), message)])
    text, findings = decode(file)
    if text is None:
        raise stop(findings)
    if suffix in {".md", ".markdown"}:
        draft = read_markdown(file.content, text, title)
        return _illustrated(draft, source.parent), list(findings)
    draft = read_wcda(file.content, text) or read_text(file.content, text, title)
    return draft, list(findings)


def _illustrated(draft: Draft, beside: Path) -> Draft:
    """A draft of Markdown with the pictures that lie beside the file, as plates."""
    folder, files, told = open_folder(beside), dict(draft.beside), [*draft.unplaced]
    plates: list[dict[str, str]] = []
    for one in figures(parse_markdown(draft.transcript, "", dialect="transcript").blocks):
        file = folder.file(one.path)
        if isinstance(file, SourceFile):
            files[one.path] = file.content
            name = one.alt or Path(one.path).name
            plates.append(plate(one.path, file.content, name, escaped(name)))
        else:
            told.append(f"the picture {one.path}: put it beside the text, then engross plate")
    record = draft.record | ({"plates": plates} if plates else {})
    return replace(draft, record=record, beside=files, unplaced=told)


def _check_id(document: str) -> None:
    if document and not re.fullmatch(ID, document):
        message = f"--document '{document}' is not an id"
        fix = "write small letters a to z, digits and hyphens, beginning with a letter"
        raise stop([finding("C003", Place(), message, fix)])


def _tag(language: str) -> str:
    """A language as it was typed, put right."""
    tag = canonical(language)
    if language and not tag:
        message = f"--language '{language}' is not a language tag"
        fix = "write a BCP 47 tag: en, de, fr-CA"
        raise stop([finding("C003", Place(), message, fix)])
    return tag


def refuse(folder: Path) -> None:
    """
    Take no folder that holds anything.

    Raises:
        EngrossError: it does (C020).
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fix = "name a new folder; nothing was written"
        if is_book(folder):
            fix = f"add a document to it: engross new {folder} --document ID --from FILE"
        message = f"{folder} is there already and not empty"
        raise stop([finding("C020", Place(), message, fix)])
