"""Stage 5 of a build: every output that was asked for, from one typesetting and one rendering."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from engross.assemble.edition import Edition
from engross.make.evidence import evidence
from engross.make.typeset.engines import Engines
from engross.make.typeset.fonts import named
from engross.make.typeset.pool import Pool
from engross.make.typeset.values import House, Laid, Limits, Typesetting
from engross.model.check import Checked, Made
from engross.model.finding import Finding
from engross.model.font import FontFile
from engross.model.output import Output
from engross.read import Sources
from engross.render import Rendered, render
from engross.render.sheets import styles
from engross.schema.ledger import Correction
from engross.workshop.faces import own_faces
from engross.workshop.pictures import asked
from engross.workshop.progress import Progress
from engross.workshop.texts import own_texts


class Workshop:
    """One edition in work: what several outputs share is made once, when first asked for."""

    def __init__(
        self,
        sources: Sources,
        edition: Edition,
        folder: Path,
        jobs: int,
        cache: bool,
        engines: Engines,
    ) -> None:
        self.sources = sources
        self.edition = edition
        self.engines = engines
        self.jobs = jobs or os.cpu_count() or 1
        self.cache_folder = folder / ".engross" / "cache" if cache else None
        self.typesetting: Typesetting | None = None
        self.laid: Laid | None = None
        """The pages, known also where none are printed."""
        self.corrections: tuple[Correction, ...] = ()
        self.folder = folder
        self.first = 1
        """The number of the first page of the body; of an offprint, that in its volume."""
        self.impose = ""
        """`booklet`, where the interior is wanted in pairs as well."""
        self.outside = False
        """Whether slow checkers that not every machine has are asked: for a release they are."""

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

    def pool(self, house: House) -> Pool:
        """Workers for a house; pages and cover are set by the same ones."""
        style = self.edition.manifest.style
        sheets = [styles(style, medium, self.own_sheets) for medium in ("print", "cover")]
        bounds = self.sources.limits
        limits = Limits(bounds.seconds, bounds.memory, bounds.pages)
        return self.engines.pool(house, named("".join(sheets), self.own_faces), limits)

    @cached_property
    def flowing(self) -> tuple[Rendered, ...]:
        """The sections as an EPUB has them."""
        return render(self.edition, "epub", self.own_templates)


@dataclass(frozen=True, slots=True)
class Making:
    """What stage 5 gives."""

    outputs: tuple[Output, ...]
    findings: tuple[Finding, ...] = ()
    units: int = 0
    typeset: int = 0
    """Units that were laid out in this run; the others came from the cache."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the engine's libraries, which only the typesetter knows."""
    checks: tuple[Checked, ...] = ()
    """What finished files were held against while they were made."""
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


@dataclass(slots=True)
class _Bench:
    """What is being collected."""

    outputs: list[Output] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def make(
    workshop: Workshop, pages: Sequence[Rendered], kinds: Sequence[str], progress: Progress
) -> Making:
    """
    Make the outputs of the given kinds, and the evidence that proves them.

    Raises:
        EngrossError: something cannot be made.
    """
    bench = _Bench()
    paged = Making(())
    if {"print", "screen", "cover"} & set(kinds) or workshop.impose:
        from engross.workshop.pages import make_pages

        paged = make_pages(workshop, pages, kinds, progress)
        bench.outputs += paged.outputs
        bench.findings += paged.findings
    if "epub" in kinds:
        from engross.workshop.flow import make_flow

        progress.remark("make", "EPUB")
        bench.outputs += make_flow(workshop, pages, progress)
    if "web" in kinds:
        from engross.workshop.web import make_site

        progress.remark("make", "web edition")
        bench.outputs += make_site(workshop, pages, progress)
    if "metadata" in kinds:
        from engross.workshop.records import make_metadata

        progress.remark("make", "records")
        records, found = make_metadata(workshop)
        bench.outputs += records
        bench.findings += found
    manifest = workshop.edition.manifest
    bench.outputs += evidence(
        workshop.sources,
        as_set(pages, workshop.typesetting) if {"print", "screen"} & set(kinds) else (),
        workshop.flowing if "epub" in kinds else (),
        manifest.short_title or manifest.title,
        workshop.edition.strings,
        withheld=frozenset(row.file for row in manifest.fonts),
    )
    bench.outputs += [
        Output("evidence", f"evidence/coverage/{name}.txt", table.encode())
        for name, table in workshop.edition.coverage
    ]
    return replace(paged, outputs=tuple(bench.outputs), findings=tuple(bench.findings))


def as_set(pages: Sequence[Rendered], work: Typesetting | None) -> tuple[Rendered, ...]:
    """The sections with the words that only the typesetter knows: the pages of an index."""
    if work is None:
        return tuple(pages)
    words = {unit.address: unit.html for unit in work.units}
    return tuple(
        replace(page, html=words[page.address]) if page.kind == "index" else page for page in pages
    )
