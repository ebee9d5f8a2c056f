"""`engross new`: a book that builds at once."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from engross.catalog import finding, stop
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.model.finding import EngrossError, Finding, Place
from engross.model.source import SourceFile
from engross.new.draft import Draft
from engross.new.plain import read_markdown, read_text
from engross.new.wcda import read_wcda
from engross.new.write import Asked, book_files, slug_of, volume_files
from engross.read import decode, open_folder


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What was asked for."""

    folder: Path
    source: Path | None = None
    title: str = ""
    language: str = "en"
    document: str = ""
    date: str = ""
    """ISO day; the command line gives today's."""


def new(request: NewRequest) -> Outcome:
    """Write a new book; a folder that holds anything already is left as it is."""
    try:
        draft, findings = (None, []) if _is_volume(request.source) else _draft(request)
        title = request.title or (draft.title if draft else "") or _name(request)
        slug = slug_of(title)
        document = request.document or "document"
        asked = Asked(slug, title, request.language, request.date, document)
        if _is_volume(request.source):
            source = _read(request.source)
            files = volume_files(asked, request.source.name, source.content)
        else:
            files = book_files(asked, draft)
        _refuse(request.folder)
        for path, content in sorted(files.items()):
            fs.make_folders((request.folder.absolute() / path).parent, _top(request.folder))
            fs.write_file(request.folder / path, content)
    except EngrossError as error:
        return Outcome(findings=error.findings, exit_status=error.exit_status)
    return Outcome(
        edition=slug,
        version="1.0",
        findings=tuple(findings),
        book=str(request.folder),
        extra={
            "created": [f"{request.folder}/{path}" for path in sorted(files)],
            "unplaced": list(draft.unplaced) if draft else [],
        },
    )


def _is_volume(source: Path | None) -> TypeGuard[Path]:
    return source is not None and source.suffix.lower() == ".xml"


def _name(request: NewRequest) -> str:
    return _words(request.source) if request.source else request.folder.name


def _words(source: Path) -> str:
    """A file's name as a title, until there is a better one."""
    return source.stem.replace("-", " ").replace("_", " ").strip().capitalize()


def _read(source: Path) -> SourceFile:
    file = open_folder(source.parent).file(source.name)
    if isinstance(file, Finding):
        raise stop([file])
    return file


def _draft(request: NewRequest) -> tuple[Draft | None, list[Finding]]:
    if request.source is None:
        return None, []
    source = request.source
    file = _read(source)
    title = request.title or _words(source)
    suffix = source.suffix.lower()
    if suffix == ".docx":
        from engross.new.word import read_docx

        return read_docx(file.content, title), []
    if suffix not in {".txt", ".md", ".markdown", ".text", ""}:
        raise stop(
            [
                finding(
                    "C021",
                    Place(),
                    f"{source.name} is no kind of file that can be read",
                    "save the text as .txt, .md, .docx or TEI in .xml first",
                )
            ]
        )
    text, findings = decode(file)
    if text is None:
        raise stop(findings)
    if suffix in {".md", ".markdown"}:
        return read_markdown(file.content, text, title), list(findings)
    draft = read_wcda(file.content, text) or read_text(file.content, text, title)
    return draft, list(findings)


def _refuse(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise stop(
            [
                finding(
                    "C020",
                    Place(),
                    f"{folder} is there already and not empty",
                    "name a new folder; nothing was written",
                )
            ]
        )


def _top(folder: Path) -> Path:
    top = folder.absolute()
    while not top.is_dir() and top != top.parent:
        top = top.parent
    return top
