"""Stage 5 of a build: every output that was asked for, from one typesetting and one rendering."""

import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path

from engross.catalog import finding, stop
from engross.make.evidence import evidence
from engross.make.typeset.values import PageStart, Typesetting, started
from engross.model.check import Output
from engross.model.finding import Finding, Place
from engross.render import Rendered
from engross.workshop.workshop import Making, Workshop

FILE = "evidence/pages.json"
POINTERS = ("current", "draft")
OPTION = "--pages last"


def make(workshop: Workshop) -> Making:
    """
    Make the outputs of the wanted kinds, and the evidence that proves them.

    Raises:
        EngrossError: something cannot be made.
    """
    kinds, progress = set(workshop.kinds), workshop.progress
    outputs: list[Output] = []
    findings: list[Finding] = []
    paged = Making(())
    typesetting: Typesetting | None = None
    if {"print", "screen", "cover"} & kinds or workshop.impose:
        from engross.workshop.pages import make_pages

        paged, typesetting = make_pages(workshop), workshop.typesetting
    if "epub" in kinds:
        from engross.workshop.epub import epub_output

        progress.remark("make", "EPUB")
        outputs += epub_output(workshop)
    if "web" in kinds:
        from engross.workshop.web import make_site

        progress.remark("make", "web edition")
        outputs += make_site(workshop)
    if "metadata" in kinds:
        from engross.workshop.records import make_metadata

        progress.remark("make", "records")
        records, findings = make_metadata(workshop)
        outputs += records
    manifest = workshop.edition.manifest
    outputs += evidence(
        workshop.sources,
        as_set(workshop.pages, typesetting) if {"print", "screen"} & kinds else (),
        workshop.epub_sections if "epub" in kinds else (),
        manifest.short_title or manifest.title,
        workshop.edition,
        withheld=frozenset(row.file for row in manifest.fonts),
        store=workshop.store,
    )
    if typesetting is not None:
        outputs.append(Output("evidence", FILE, written(started(typesetting))))
    outputs += [
        Output("evidence", f"evidence/coverage/{name}.txt", table.encode())
        for name, table in workshop.edition.coverage
    ]
    return replace(paged, outputs=(*paged.outputs, *outputs), findings=(*paged.findings, *findings))


def as_set(pages: Sequence[Rendered], work: Typesetting | None) -> tuple[Rendered, ...]:
    """The sections with the words that only the typesetter knows: the pages of an index."""
    if work is None:
        return tuple(pages)
    words = {unit.address: unit.html for unit in work.units}
    return tuple(
        replace(page, html=words[page.address]) if page.kind == "index" else page for page in pages
    )


def written(starts: tuple[PageStart, ...]) -> bytes:
    """The beginnings of pages as they lie in dist, one a line."""
    rows = [json.dumps(astuple(start), ensure_ascii=False) for start in starts]
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()


def last_starts(edition: Path) -> tuple[tuple[PageStart, ...], Finding]:
    """
    The beginnings of the pages last published in a folder of dist, and a warning that says so.

    Raises:
        EngrossError: nothing is published that has pages.
    """
    for pointer in POINTERS:
        try:
            rows = json.loads((edition / pointer / FILE).read_bytes())
            found = tuple(PageStart(str(a), str(b), int(c)) for a, b, c in rows)
        except (OSError, ValueError, TypeError):
            continue
        what = f"the page list is that of {edition.name}/{pointer}, and no page was laid out"
        return found, finding("Q034", Place(), what)
    message = f"{OPTION}: nothing in dist says where the pages of {edition.name} begin"
    raise stop([finding("C003", Place(), message, "build its pages once, without the option")])
