"""
Word, OpenDocument, RTF and HTML: pandoc's reading, as Markdown, is the evidence from then on.

The file itself is kept beside it, with an account of each of its words.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from textwrap import shorten
from typing import Any

from lxml import etree

from engross.catalog import stop
from engross.new.draft import Draft, plate
from engross.new.markdown import Left, Picture, Writer
from engross.new.pieces import yielded
from engross.new.plain import read_markdown
from engross.new.wcda import escaped
from engross.parse.census import SAID, Parts, census, divided, unaccounted
from engross.parse.markdown import parse_markdown
from engross.read.images import KINDS, kind_of
from engross.read.pandoc import damaged, pandoc, weigh
from engross.read.word import numbered, of
from engross.read.xml import BROKEN, parse_html, parse_xml

KEPT = ": the words are in the text"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HOLDING = re.compile(
    ".*index|table-of-content|bibliography|index-(?:title|body)|numbered-paragraph|ruby.*|meta.*"
)
"""Elements of OpenDocument that pandoc passes over, with all that they hold."""
READ = re.compile("[pha]|span|(?:bookmark|reference)-ref|note-citation|number|script|hidden-.*")
"""Those with words of their own that it reads, or that are no text."""
NUMBER = "a number that Word writes by itself"
ASTRAY = "RTF loses words so, in notes of tables above all: save the file as .docx, and read that"
UNNUMBERED = "a heading that its program numbers by itself, without that number"
OUTLINE = re.compile(rb"<text:outline-level-style [^>]*num-format=\"[^\"]")


def read_word(
    name: str, content: bytes, title: str, beside: Mapping[str, bytes], *, accept: bool = True
) -> Draft:
    """
    A word processor's file as a draft.

    Args:
        name: of the file; its end says what it is.
        content: the file.
        title: of the document, until there is a better one.
        beside: pictures that lie beside the file, by the names that it has for them.
        accept: take tracked changes over; otherwise the text is as it was before them.

    Raises:
        EngrossError: it is damaged, or pandoc cannot read it.
    """
    suffix = PurePosixPath(name).suffix.lower()
    weigh(name, content)
    try:
        seen, forms = _seen(suffix, content)
        tree = pandoc(name, suffix, seen)
        parts = census(name, content, accept=accept, numbers=True)
    except BROKEN as error:
        raise stop([damaged(name, str(error) or type(error).__name__)]) from error
    shown = {
        one: content
        for one, content in (*beside.items(), *tree.pictures.items())
        if KINDS.get(PurePosixPath(one).suffix.lower(), "") == kind_of(content)
    }
    writer = Writer(accept=accept, shown=shown)
    text = writer.document(tree.blocks, tree.meta if suffix in {".docx", ".odt"} else {})
    if not text.strip():
        raise stop([damaged(name, "no words are in it")])
    draft = read_markdown(text.encode(), text, title)
    writer.left += forms
    left = [*_left(writer.left, parts, text, layout="htm" not in suffix)]
    plates, pictures, unread = _plates(writer.pictures, shown)
    file = f"received{suffix}"
    changes = ("accepted" if accept else "rejected") if writer.changes else "none"
    notes, queries = _notes(draft.notes, writer.comments)
    told = [f"{one.reason}: “{shorten(one.text, 160)}”" + KEPT * one.kept for one in left]
    told += [ASTRAY] * (suffix == ".rtf" and any(one.reason == SAID["text"] for one in left))
    if writer.changes:
        told.insert(0, f"tracked changes were {changes}: {'; '.join(writer.changes)}")
    return replace(
        draft,
        record=draft.record | ({"plates": plates} if plates else {}),
        notes=notes,
        queries=queries,
        read_from={
            "file": file,
            "sha256": hashlib.sha256(content).hexdigest(),
            "reader": tree.version,
            "changes": changes,
            **({"numbers": True} if any(one.reason == NUMBER for one in forms) else {}),
            "left": [{"text": o.text, "reason": o.reason, "kept": o.kept} for o in left],
        },
        beside={file: content, **pictures},
        unplaced=[*told, *unread, *draft.unplaced],
    )


def _seen(suffix: str, content: bytes) -> tuple[bytes, list[Left]]:
    """
    A file as pandoc sees all of it: results of fields and numbers are text, hidden words are none,
    captions stay where they are. With it what the text has from forms: those numbers, and words
    that show as capitals.
    """
    if "htm" in suffix:  # whole, with the ends of elements that their writer left out
        return etree.tostring(parse_html(content), method="html"), []
    if suffix == ".rtf":
        return content, []
    target, left = io.BytesIO(), list[Left]()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        text, tree, numbers = numbered(old) if suffix == ".docx" else ("", None, [])
        styles = old.read("styles.xml") if "styles.xml" in old.namelist() else b""
        for entry in old.infolist():
            named = entry.filename == text and numbers
            body = etree.tostring(tree) if named and tree is not None else old.read(entry)
            if suffix == ".odt" and entry.filename == "content.xml":
                tree = _worded(parse_xml(body, huge_tree=True))
                body = etree.tostring(tree)
            elif entry.filename.endswith("styles.xml"):
                body = body.replace(b'"caption"', b'"captioned"')
            elif re.search(rb"fldSimple|vanish|dstrike|:caps", body):
                root = parse_xml(body)
                for run in [*root.iter("{*}r")]:
                    if run.find("{*}rPr/{*}vanish") is not None:
                        run.clear(keep_tail=True)  # type: ignore[call-arg]  # stubs know lxml 4
                    caps, words = run.find("{*}rPr/{*}caps"), "".join(map(str, run.itertext()))
                    if caps is not None and of(caps, "val") not in {"0", "false"} and words:
                        left.append(Left(words, "shown in capitals by its format"))
                for struck in root.iter("{*}dstrike"):
                    struck.tag = str(struck.tag).replace("dstrike", "strike")
                etree.strip_tags(root, "{*}fldSimple")
                body = etree.tostring(root)
            new.writestr(entry.filename, body)
        if tree is not None and OUTLINE.search(styles):
            left += [Left("".join(map(str, h.itertext())), UNNUMBERED) for h in tree.iter("{*}h")]
    left += [Left(one, NUMBER) for one in numbers]
    return target.getvalue(), left


def _worded(root: etree._Element) -> etree._Element:
    """A text of OpenDocument with the words of its fields, indexes and readings as plain ones."""
    names = {str(node.tag) for node in root.iter(f"{TEXT}*")}
    etree.strip_tags(root, *(one for one in names if HOLDING.fullmatch(one, len(TEXT))))
    for node in root.iter(f"{TEXT}*"):
        if node.text and not len(node) and not READ.fullmatch(str(node.tag), len(TEXT)):
            node.tag = f"{TEXT}span"
    return root


def _left(left: Sequence[Left], parts: Parts, text: str, *, layout: bool) -> Iterator[Left]:
    """
    All that is left of a file: words that have lost the same form as one entry, what is not in the
    text each by itself, and what only the census has. With `layout` its white space says columns.
    """
    lines = parts.get("text", "").split("\n") if layout else []
    wide = [line for line in lines if re.search(r"\S(?:\t| {3})\s*\S", line)]
    forms: dict[str, list[str]] = {}
    for one in [*left, *(Left(line, "tabs or wide spaces, now one space") for line in wide)]:
        if one.kept:
            forms.setdefault(one.reason, []).append(one.text)
        else:
            yield one
    yield from (Left("; ".join(texts), reason) for reason, texts in forms.items())
    texts, comments = divided(parse_markdown(text, "", dialect="received"))
    lost = [one.text for one in left if not one.kept]
    for part, words in unaccounted(parts, texts, comments, lost):
        yield Left(words, SAID[part], kept=False)


def _plates(
    asked: Sequence[Picture], held: Mapping[str, bytes]
) -> tuple[list[dict[str, str]], dict[str, bytes], list[str]]:
    """Pictures as plates, their files, and what is not shown, or not where it stood."""
    plates: list[dict[str, str]] = []
    files: dict[str, bytes] = {}
    unread: list[str] = []
    for one in asked:
        kind = PurePosixPath(one.name).suffix.lower()
        if one.name not in held:
            way = "put it beside the file" if kind in KINDS else "save it as PNG"
            unread.append(f"the picture {PurePosixPath(one.name).name}: {way}, then engross plate")
            continue
        files[one.file] = held[one.name]
        caption = escaped(one.caption or one.alt)
        plates.append(plate(one.file, files[one.file], one.alt, caption))
        if not one.placed:
            place = "the place of a picture in a note or a table"
            unread.append(f"{place}: {one.file} is a plate behind the text")
    return plates, files, unread


def _notes(
    notes: Sequence[dict[str, Any]], comments: Mapping[str, tuple[str, str]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Footnotes, and comments as the questions that they are."""
    kept = [note for note in notes if note["id"] not in comments]
    asked = []
    for note in notes:
        if note["id"] in comments:
            by, day = comments[note["id"]]
            said = {"id": note["id"], "at": note["at"], "question": yielded(note["text"]), "by": by}
            asked.append(said | ({"on": day} if day else {}))
    return kept, asked
