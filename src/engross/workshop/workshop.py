"""One edition in work: what several outputs share is made once, when first asked for."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.catalog import stop
from engross.make.pictures import lighter
from engross.make.typeset import press
from engross.make.typeset.fonts import SPOKEN, named
from engross.make.typeset.pool import Engines, Pool
from engross.make.typeset.runs import run_together
from engross.make.typeset.values import House, Laid, Limits, PageStart, Typesetting, Unit
from engross.model.check import Made, Output
from engross.model.finding import EngrossError, Finding, Place
from engross.model.font import FontFile
from engross.model.text import leaves
from engross.read import Sources
from engross.render import Rendered, render
from engross.render.sheets import SheetMedium, styles
from engross.schema.ledger import Correction
from engross.workshop.candidate import Candidate
from engross.workshop.faces import own_faces
from engross.workshop.pictures import asked, own_texts
from engross.workshop.progress import Progress

ADDRESS = re.compile(r"([a-z][a-z0-9-]*)#(p-\d+)")


TONGUES = re.compile(r'lang="(?<!\wlang=")([a-zA-Z]+)')
"""Languages of words, without their regions; it begins with letters, which are quickly found."""


@dataclass(frozen=True, eq=False)
class Workshop:
    """All that the wirings of stage 5 are given; nothing is set on it afterwards."""

    sources: Sources
    edition: Edition
    kinds: tuple[str, ...]
    """The kinds of outputs that are wanted."""
    store: Store
    engines: Engines
    corrections: tuple[Correction, ...] = ()
    """The ledger's entries."""
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    """Workers that typeset."""
    first: int = 1
    """The number of the first page of the body; of an offprint, that in its volume."""
    impose: str = ""
    """`booklet`, where the interior is wanted in pairs as well."""
    outside: bool = False
    """Whether slow checkers that not every machine has are asked: for a release they are."""
    last: tuple[PageStart, ...] | None = None
    """Where the pages of the last published printing begin, of a draft that lays none out."""
    progress: Progress = field(default_factory=Progress)

    @cached_property
    def own_templates(self) -> dict[str, str]:
        """The book's templates, by name below `templates/`."""
        return own_texts(self.sources, "templates", "html")

    @cached_property
    def own_sheets(self) -> dict[str, str]:
        """The book's sheets, by name below `styles/`."""
        return own_texts(self.sources, "styles", "css")

    @cached_property
    def own_faces(self) -> tuple[FontFile, ...]:
        """The faces that the book brings; they were judged before."""
        return own_faces(self.edition.manifest, self.sources)[0]

    @cached_property
    def pictures(self) -> dict[str, bytes]:
        """The pictures that the sections show, by path in the book."""
        found: dict[str, bytes] = {}
        for path in sorted({path for path, _, _ in asked(self.edition)}):
            file = self.sources.file(path)
            if not isinstance(file, Finding):
                found[path] = file.content
        return found

    @cached_property
    def light_pictures(self) -> dict[str, bytes]:
        """The same for EPUB and web, where large ones are made smaller."""
        return {path: lighter(content, self.store) for path, content in self.pictures.items()}

    @cached_property
    def cover_picture(self) -> bytes | None:
        """The picture that the book brings for its cover; it was judged before."""
        path = self.edition.manifest.cover.image
        file = self.sources.file(path) if path else None
        return None if file is None or isinstance(file, Finding) else file.content

    @cached_property
    def idle(self) -> frozenset[str]:
        """Pinned families for languages in which nothing is said, unless a book's sheet asks."""
        own = "".join(self.own_sheets.values())
        said = {self.edition.manifest.language.partition("-")[0]}
        for section in self.pages:
            said |= {section.language.partition("-")[0], *TONGUES.findall(section.html)}
        return frozenset(
            family for family, tongue in SPOKEN.items() if tongue not in said and family not in own
        )

    def sheet(self, medium: SheetMedium) -> str:
        """The sheet of a medium, the book's own rules and tokens in it."""
        edition = self.edition
        style = edition.manifest.style
        return styles(style, medium, self.own_sheets, volume=edition.volume)

    def pool(self, house: House) -> Pool:
        """Workers for a house; pages and cover are set by the same ones."""
        style = self.edition.manifest.style
        sheets = [styles(style, medium, self.own_sheets) for medium in ("print", "cover")]
        bounds = self.sources.limits
        limits = Limits(bounds.seconds, bounds.memory, bounds.pages)
        return self.engines.pool(house, named("".join(sheets), self.own_faces, self.idle), limits)

    @cached_property
    def epub_sections(self) -> tuple[Rendered, ...]:
        """The sections as an EPUB has them."""
        return render(self.edition, "epub", self.own_templates)

    @cached_property
    def pages(self) -> tuple[Rendered, ...]:
        """The sections as pages have them."""
        return render(self.edition, "page", self.own_templates, self.store)

    @cached_property
    def house(self) -> House:
        """Sheets and faces of the house style that the manifest asks for, and its trim."""
        sheet = self.sheet("print")
        trim = f"@page {{ size: {self.edition.manifest.print.trim} }}"
        assets = {f"edition:{path}": content for path, content in self.pictures.items()}
        return House((sheet, trim), named(sheet, self.own_faces, self.idle), assets)

    def unit(self, section: Rendered) -> Unit:
        """A rendered section as the typesetter takes it: the edition's title stands on versos."""
        manifest = self.edition.manifest
        return Unit(
            address=section.address,
            html=section.html,
            language=section.language,
            title=section.title,
            verso=manifest.short_title or manifest.title,
            recto=section.head or section.short_title,
            opening=section.opening,
            matter=section.matter,
            display=section.display,
            level=section.level,
        )

    @property
    def units(self) -> list[Unit]:
        """What is laid out alone: a section, or a chapter whose documents run on."""
        groups: list[list[Unit]] = []
        for section in self.pages:
            made = self.unit(section)
            if section.runs_on and groups:
                groups[-1].append(made)
            else:
                groups.append([made])
        return [run_together(group) for group in groups]

    @cached_property
    def typesetting(self) -> Typesetting:
        """
        The one typesetting of the edition.

        Raises:
            EngrossError: a unit cannot be typeset without loss.
        """
        with placed(self.edition):
            return press.typeset(self.units, self.house, **self._order)

    @cached_property
    def reading(self) -> Typesetting:
        """
        The pages of the reading PDF: those of print, but for a book with a `screen.css` of its own.

        Raises:
            EngrossError: a unit cannot be typeset without loss.
        """
        style = self.edition.manifest.style
        if not {"screen.css", f"{style}/screen.css"} & self.own_sheets.keys():
            return self.typesetting
        sheets = (self.sheet("screen"), *self.house.sheets[1:])
        house = replace(self.house, sheets=sheets)
        order: press.Order = {**self._order, "pool": self.pool(house)}
        return press.typeset(self.units, house, **order)

    @cached_property
    def laid(self) -> Laid:
        """
        What stands on which page, also where no pages are made: then nothing is written.

        Raises:
            EngrossError: a unit cannot be typeset without loss.
        """
        if "typesetting" in vars(self):
            return self.typesetting
        return press.lay(self.units, self.house, **self._order)

    @property
    def _order(self) -> press.Order:
        return {
            "pool": self.pool(self.house),
            "store": self.store,
            "jobs": self.jobs,
            "roman_front": self.edition.long,
            "first": self.first,
            "progress": self.counted,
        }

    def counted(self, done: int, all_: int) -> None:
        """Tell how many units are typeset."""
        self.progress.remark("make", f"typeset {done} of {all_} units")


@dataclass(frozen=True, slots=True)
class Making:
    """What stage 5 gives."""

    outputs: tuple[Output, ...]
    findings: tuple[Finding, ...] = ()
    units: int = 0
    typeset: int = 0
    """Units that were laid out in this run; the others came from the cache."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Versions of the engine's libraries, which only the typesetter knows."""
    candidates: tuple[Candidate, ...] = ()
    """Files among the outputs whose marks are not earned yet."""
    fonts: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each face that was at hand, by family and cut."""
    licences: Mapping[str, str] = field(default_factory=dict)
    """What the book says of the licences of its own faces, likewise."""
    page_map: Mapping[str, str] = field(default_factory=dict)
    """The printed page on which each address begins; the same in every interior and on screens."""

    def rows(self) -> list[Made]:
        """The outputs as the report lists them, below the edition's folder."""
        return [
            Made(
                output.kind,
                output.name,
                hashlib.sha256(output.content).hexdigest(),
                len(output.content),
                output.profile,
                output.pages,
            )
            for output in self.outputs
        ]


@contextmanager
def placed(edition: Edition) -> Iterator[None]:
    """
    Give findings without a file the line of the block that they name.

    Raises:
        EngrossError: what is raised within, so amended.
    """
    try:
        yield
    except EngrossError as error:
        raise stop([_placed(found, edition) for found in error.findings]) from error


def _placed(found: Finding, edition: Edition) -> Finding:
    named = None if found.place.path else ADDRESS.search(found.message)
    bodies = [one.body for one in edition.sections if named and one.address == named[1]]
    for leaf in (leaf for body in bodies if body for leaf in leaves(body.blocks)):
        if named and leaf.id == named[2] and leaf.origin.path:
            return replace(found, place=Place(leaf.origin.path, leaf.origin.line))
    return found
