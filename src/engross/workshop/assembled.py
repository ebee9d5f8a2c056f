"""Stages 2 and 3: from the files of a book to its edition, the same way for every command."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from engross import __version__
from engross.assemble import assemble
from engross.assemble.edition import Edition
from engross.assemble.styled import Asked
from engross.cache.store import Store
from engross.catalog import finding, stop
from engross.model.finding import EngrossError, Finding, Place, errors
from engross.model.forms import Cite, Form, Forms
from engross.model.text import Inline, Run
from engross.parse.markdown import parse_inline
from engross.parse.parse import parse
from engross.read import Sources
from engross.read.citeproc import BETWEEN, cited, short_forms
from engross.read.pandoc import PandocError, installed
from engross.release.frozen import Context
from engross.release.versions import Change
from engross.revision.releases import withdrawn
from engross.revision.standing import Standing, stand
from engross.schema.manifest import Print
from engross.schema.registers import SourceItem
from engross.workshop.faces import judge_faces
from engross.workshop.languages import judge_language, judge_lines, judge_order
from engross.workshop.pictures import judge_pictures, judge_sheets, text_face
from engross.workshop.progress import Known, Progress

OURS = {"category", "note"}
"""What a source says to engross and not to a style; the note is printed behind its entry."""
OTHERWISE = {"archive-location": "archive_location", "shortTitle": "title-short"}
"""Variables that CSL-JSON spells otherwise."""
TEXTS = ""
"""In place of a section: what stands outside notes."""


@dataclass(frozen=True, slots=True)
class Stylist:
    """Has citations said in a style."""

    store: Store
    """Keeps what was said, so that a build in which no citation changed does not ask again."""

    def __call__(self, asked: Asked) -> Forms:
        """
        Say every citation of an edition.

        A style of notes is asked section by section, since "first" counts anew in each; another
        one at once, since its numbers and letters count through the book.

        Raises:
            EngrossError: there is no pandoc, or it does not take the style.
        """
        parts = {section: list(rows) for section, rows in asked.notes.items() if rows}
        parts[TEXTS] = short_forms((Cite(*at) for at in asked.texts), asked.style.notes)
        calls = [[one] for one in parts] if asked.style.notes else [list(parts)]
        items = [_item(one) for one in asked.items.values()]
        if asked.style.notes:
            items.append({"id": BETWEEN, "type": "book", "title": BETWEEN})
        if asked.texts and b"first-reference-note-number" in asked.style.csl:
            key = next(iter(asked.texts))[0]
            message = (
                f"the style {asked.style.name} names notes by number, and [@{key}] stands in none"
            )
            fix = f"put [@{key}] into a note, or take another style"
            raise stop([finding("R022", Place("manifest.yaml"), message, fix)])
        notes, texts = dict[str, list[tuple[str, str, Form]]](), dict[tuple[str, str], Form]()
        entries: dict[str, Form] = {}
        for sections in calls:
            cites = [(section, cite) for section in sections for cite in parts[section]]
            made = self._said(asked, items, [cite for _, cite in cites])
            for (section, cite), (_, _, form) in zip(cites, made.notes[TEXTS], strict=True):
                if section == TEXTS:
                    texts[cite.key, cite.locator] = form
                else:
                    notes.setdefault(section, []).append((cite.key, cite.locator, form))
            entries = dict(made.entries)
        wanted = {at: form for at, form in texts.items() if at in asked.texts}
        return Forms(notes, wanted, {key: entries[key] for key in entries if key != BETWEEN})

    def _said(self, asked: Asked, items: Sequence[dict[str, Any]], cites: Sequence[Cite]) -> Forms:
        """One call of pandoc, or what it said when it was asked the same before."""
        style, language = asked.style, asked.language
        program, version = installed(f"cite in the style {style.name}")
        rows = [[one.key, one.locator, one.first, one.ended, one.note, one.number] for one in cites]
        about = [version, hashlib.sha256(style.csl).hexdigest(), language, items, rows]
        key = hashlib.sha256(b"citations " + json.dumps(about).encode()).hexdigest()
        if (kept := self.store.get(key)) is not None:
            return Forms.read(kept)
        try:
            forms, entries = cited(program, style, language, items, cites)
        except PandocError as error:
            message = f"pandoc cannot cite in the style {style.name}: {error or 'it is too large'}"
            fix = "take another style, or fix this one: validate it at validator.citationstyles.org"
            raise stop([finding("R022", Place("manifest.yaml"), message, fix)]) from None
        said = zip(cites, forms, strict=True)
        made = Forms({TEXTS: [(one.key, one.locator, form) for one, form in said]}, {}, entries)
        self.store.put(key, made.json())
        return made


@dataclass(frozen=True, slots=True)
class State:
    """A book that was read: where it stands, what is made of it, and what is wrong with it."""

    standing: Standing
    edition: Edition
    findings: tuple[Finding, ...]
    """What was found in every file, pictures, sheets and faces too; errors stop a build."""


def assembled(
    sources: Sources,
    store: Store,
    releasing: str = "",
    progress: Progress | None = None,
    known: Known | None = None,
    departed: Change | None = None,
) -> State:
    """
    Parse the files, find out which version they make, and assemble its edition.

    `releasing` is the version that `engross release` makes, empty for all else; `known` is told of
    the edition as soon as it has a name; `departed` is why this is not the release that it would
    be.

    Raises:
        EngrossError: with all findings, where there is no edition to judge.
    """
    progress = progress or Progress()
    with progress.stage("parse"):
        standing = stand(sources, parse(sources), releasing, departed)
        gone = tuple(withdrawn(standing.book, standing.earlier))
        book = replace(standing.book, withdrawn=gone)
        manifest = book.manifest.value
        if known is not None:
            known.edition, known.version = manifest.edition, manifest.version
            known.released = standing.released
    with progress.stage("assemble"):
        found = [*book.findings, *standing.findings]
        digest, sheets = sources.digest(), judge_sheets(sources)
        context = Context(
            digest=digest,
            released=standing.released,
            day=standing.day,
            earlier=standing.earlier,
            fonts=() if errors(sheets) else (text_face(sources, manifest.style),),
            engine=(f"engross {__version__}", f"WeasyPrint {version('weasyprint')}"),
        )
        try:
            edition, more = assemble(book, context, Stylist(store))
        except EngrossError as error:
            more = () if errors(found) else (*sheets, *error.findings)
            raise stop([*found, *more]) from error
        if errors(found):  # what else is wrong follows from it
            return State(standing, edition, tuple(found))
        found += [*more, *judge_pictures(edition, sources, store), *sheets]
        found += [*judge_language(book), *judge_order(book)]
        if manifest.print.profiles != Print().profiles:
            from engross.workshop.printers import judge_printers  # most books have but the default

            found += judge_printers(book.manifest, sources)
        if not errors(sheets):  # they name the faces
            found += judge_lines(book, sources)
            found += judge_faces(book.manifest, sources)
    return State(standing, edition, tuple(found))


def _item(source: SourceItem) -> dict[str, Any]:
    """A source as CSL-JSON."""
    found = source.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    row = {OTHERWISE.get(key, key): value for key, value in found.items() if key not in OURS}
    for key in ("title", "container-title", "title-short"):
        if isinstance(row.get(key), str):
            row[key] = "".join(_marked(one) for one in parse_inline(row[key]))
    return row


def _marked(inline: Inline) -> str:
    """A run of a title, its italics as CSL-JSON has them."""
    text = inline.text if isinstance(inline, Run) else ""
    return f"<i>{text}</i>" if any(mark.kind == "emphasis" for mark in inline.marks) else text
