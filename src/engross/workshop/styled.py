"""Citations in a style: asked of pandoc once, and kept under all that they depend on."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engross.assemble.styled import Asked
from engross.cache.store import Store
from engross.catalog import finding, stop
from engross.model.finding import Place
from engross.model.forms import Cite, Form, Forms
from engross.model.text import Inline, Run
from engross.parse.markdown import parse_inline
from engross.read.citeproc import BETWEEN, cited, short_forms
from engross.read.pandoc import PandocError, installed
from engross.schema.registers import SourceItem

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
