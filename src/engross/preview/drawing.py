"""What a preview shows: the last good edition, and the findings of the last save."""

import io
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engross.cache.store import Store
from engross.catalog import stop
from engross.commands.book import find_book
from engross.make.records.facts import facts
from engross.make.typeset.pool import Engines
from engross.make.web import Site, make_web
from engross.model.finding import EngrossError, Finding, errors
from engross.preview.places import Marks, marks, with_findings
from engross.read import open_book
from engross.render import render
from engross.workshop.assembled import assembled
from engross.workshop.faces import reflowable_faces
from engross.workshop.making import make
from engross.workshop.workshop import Workshop

SLOW = ("epub", "print")
"""Kinds that follow a save later than its text does."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of the preview."""

    number: int
    """Counts up with each change, so that a page knows that it is old."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The web edition, by name below `web/`, with findings beside their places."""
    findings: tuple[Finding, ...] = ()
    """What was wrong at the last save."""
    good: bool = True
    """False: the last save cannot be shown, and `files` are of the last that could."""
    book: Mapping[str, bytes] = field(default_factory=dict)
    """The files of the EPUB."""
    print: bytes = b""
    """The printed interior."""
    late: bool = False
    """EPUB and print are still those of an earlier save."""


class Drawing:
    """Draws a book again and again; the web edition at once, EPUB and print behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shown = Shown(0)
        self.marks: Marks = {}
        self.engines = Engines()
        self._clean: Mapping[str, bytes] = {}
        self._lock = threading.Lock()
        self._slow = threading.Lock()

    def draw(self) -> Shown:
        """
        Read the book anew and show it; where that is impossible, the last good page stays.

        Every fault becomes a finding; nothing is raised for what an editor wrote.
        """
        try:
            workshop, found = self._read()
            files = self._web(workshop)
        except EngrossError as error:
            old = with_findings(self._clean, error.findings, self.marks)
            return self._show(files=old, findings=error.findings, good=False)
        self.marks, self._clean = marks(workshop.edition), files
        return self._show(
            files=with_findings(files, found, self.marks), findings=found, good=True, late=True
        )

    def draw_slowly(self) -> Shown:
        """Make EPUB and print of what is in the folder now; one at a time."""
        with self._slow:
            try:
                made = make(self._read()[0])
            except EngrossError as error:
                known = {str(one) for one in self.shown.findings}
                more = tuple(one for one in error.findings if str(one) not in known)
                return self._show(findings=(*self.shown.findings, *more))
        content = {output.kind: output.content for output in made.outputs}
        with zipfile.ZipFile(io.BytesIO(content["epub"])) as archive:
            book = {name: archive.read(name) for name in archive.namelist()}
        return self._show(book=book, print=content.get("print", b""), late=False)

    def _show(self, **changes: object) -> Shown:
        with self._lock:
            number = self.shown.number + 1
            self.shown = replace(self.shown, number=number, **changes)  # type: ignore[arg-type]  # named fields
            return self.shown

    def _read(self) -> tuple[Workshop, tuple[Finding, ...]]:
        sources = open_book(self.folder)
        store = Store(find_book(self.folder).cache)
        state = assembled(sources, store)
        if errors(state.findings):
            raise stop(state.findings)
        workshop = Workshop(sources, state.edition, SLOW, store, self.engines)
        return workshop, state.findings

    def _web(self, workshop: Workshop) -> dict[str, bytes]:
        """The web edition without the pages of print, which take longer."""
        edition, store = workshop.edition, workshop.store
        sheet = workshop.sheet("web")
        sections = render(edition, "web", workshop.own_templates)
        faces = reflowable_faces(sheet, workshop.own_faces, sections, store, workshop.idle)
        site = Site(
            facts(edition, sections, paged=False),
            sheet,
            tuple(faces),
            workshop.own_templates,
            workshop.light_pictures,
        )
        made = make_web(site, sections, (), store)
        return {output.name.removeprefix("web/"): output.content for output in made}
