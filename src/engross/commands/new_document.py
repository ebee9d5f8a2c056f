"""`engross new` for a book that exists: one document more, in a folder of its own."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from engross.catalog import finding, stop
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.disk.refused import written
from engross.model.finding import EngrossError, Finding, Place
from engross.model.source import SourceFile
from engross.new.draft import Draft
from engross.new.naming import named
from engross.new.write import Asked, document_files, queries, rows
from engross.parse.load import Parsed, load
from engross.read import open_folder
from engross.revision.ledger_file import edited, replace_file
from engross.revision.queries import PATH as QUERIES
from engross.schema.manifest import Manifest

MANIFEST = "manifest.yaml"


def is_book(folder: Path) -> bool:
    """Whether a document can be added there."""
    return (folder / MANIFEST).is_file()


def add(
    folder: Path, document: str, language: str, draft: Draft, findings: Sequence[Finding]
) -> Outcome:
    """
    Write a document's folder, then name it in the manifest; or leave the book as it is.

    Without a language its words are in that of the edition; `findings` were met while it was read.

    Raises:
        EngrossError: the book cannot be read, has such a document, or cannot be written to.
    """
    manifest, old = _read(open_folder(folder).need(MANIFEST))
    if (folder / "documents" / document).exists():
        fix = "name another one with --document; nothing was written"
        message = f"{folder}/documents/{document} is there already"
        raise stop([finding("C020", Place(), message, fix)])
    known = manifest.value
    asked = Asked(known.edition, known.title, language or known.language, "", document)
    files = document_files(asked, draft)
    texts = _changes(manifest, old, document)
    if asks := queries(document, draft):
        if (folder / QUERIES).is_file():
            before = open_folder(folder).need(QUERIES).content.decode("utf-8")
            texts[QUERIES] = (before, edited(before, lambda tree: tree["queries"].extend(asks)))
        else:
            files[QUERIES] = rows("queries", asks).encode()
    _written(folder, document, files, texts)
    unplaced = list(draft.unplaced)
    if MANIFEST not in texts and "documents" not in known.sections:
        unplaced.append(f"its name among the sections of {MANIFEST}: write - document: {document}")
    return Outcome(
        edition=known.edition,
        version=known.version,
        findings=tuple(findings),
        book=str(folder),
        extra={
            "created": [f"{folder}/{path}" for path in sorted(files)],
            "changed": [f"{folder}/{path}" for path in texts],
            "unplaced": unplaced,
        },
    )


def _written(
    folder: Path,
    document: str,
    files: Mapping[str, bytes],
    texts: Mapping[str, tuple[str, str]],
) -> None:
    """Write the document's files, then the texts that name it; or leave the book as it is."""
    changed: list[str] = []
    try:
        with written(f"documents/{document}"):
            fs.write_files(folder.absolute(), files)
        for path, (_, text) in texts.items():
            changed.append(path)  # before it: a refusal may come when the file is another already
            replace_file(folder, path, text, f".{path}.new")
    except BaseException:
        with contextlib.suppress(OSError, EngrossError):
            for path in changed:
                replace_file(folder, path, texts[path][0], f".{path}.new")
            fs.remove_tree(folder / "documents" / document)
            if QUERIES in files:
                fs.remove_tree(folder / QUERIES)
        raise


def _changes(manifest: Parsed[Manifest], text: str, document: str) -> dict[str, tuple[str, str]]:
    """The manifest as it is and as it shall be; the release enters the document in the ledger."""
    new = named(text, manifest, document)
    return {MANIFEST: (text, str(new))} if new not in {None, text} else {}


def _read(file: SourceFile) -> tuple[Parsed[Manifest], str]:
    loaded = load(Manifest, file)
    if not isinstance(loaded, Parsed):
        raise stop(list(loaded))
    return loaded, file.content.decode("utf-8")
