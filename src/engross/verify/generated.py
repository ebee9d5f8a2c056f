"""The generated places of an edition, held against the evidence."""

import re
from dataclasses import replace

from engross.model.finding import EngrossError, Finding
from engross.parse.book import Book
from engross.read import Sources
from engross.release.versions import Change, Step
from engross.revision.fields import correct_book
from engross.revision.releases import numbers_kept, read_release, released_versions
from engross.revision.standing import stand
from engross.verify.cascade import Drawn
from engross.verify.citations import Citations
from engross.verify.facts import KINDS, facts_of
from engross.verify.furniture import Furniture, Medium
from engross.verify.ground import Ground
from engross.verify.judge import Judge, lettered
from engross.verify.plain import TABLES
from engross.verify.plan import plan, prove_plan
from engross.verify.report import Log
from engross.verify.said import Expected
from engross.verify.streams import Pages

LEADING = frozenset(TABLES["spoken"]["leading"])
"""Generated sections whose entries lead somewhere."""
MEDIA: tuple[Medium, Medium] = ("page", "epub")


def prove_generated(
    book: Book, sources: Sources, expected: Expected, furniture: Furniture, log: Log
) -> tuple[Pages, Ground]:
    """
    Compute what title page, imprint, lists and registers must say, and compare.

    The strings that a build wrote beside its evidence are what pages and files are read by; here
    each of them is derived from the evidence, or is a fault.

    Args:
        book: as its files have it.
        sources: those files.
        expected: all texts.
        furniture: the strings.
        log: takes the check and the faults.

    Returns:
        What the index prints for pages, which a PDF has to prove; and what facts came from.
    """
    since, pages = len(log.findings), Pages()
    grounds = _ground(book, sources, expected)
    wanted = grounds.sections
    manifest = grounds.book.manifest.value
    if furniture.verso != (manifest.short_title or manifest.title):
        log.fault("P006", f"the running head of left pages is '{furniture.verso}'")
    count = 0
    for medium in MEDIA:
        sections = furniture.of(medium)
        if not sections:
            continue
        prove_plan(sections, wanted, log)
        planned = {one.address: one for one in wanted}
        ground = replace(grounds, paged=medium == "page")
        for section in sections:
            one = planned.get(section.address)
            if one is None:
                continue  # told by the plan
            judge = Judge(section, grounds.known, log, section.kind in grounds.own)
            facts = facts_of(one, ground)
            judge.judge(facts)
            pages += judge.pages
            count += len(facts)
    log.check("generated places", count, "facts", since)
    return pages, grounds


def _own(sources: Sources, *patterns: str) -> dict[str, str]:
    """The book's own templates or sheets, whose literal words are its own."""
    found = {}
    for path in (path for pattern in patterns for path in sources.find(pattern)):
        file = sources.file(path)
        if not isinstance(file, Finding):
            found[path] = file.content.decode("utf-8", "replace")
    return found


def _ground(book: Book, sources: Sources, expected: Expected) -> Ground:
    version = book.manifest.value.version
    there = released_versions(sources)
    # the record of the version itself is no input of it, so that it never lies in its evidence
    releasing = version if version in book.days and version not in there else ""
    departed = Change(Step.CORRECTION, "other bytes") if version in there else None
    try:
        standing = stand(sources, book, releasing, departed)
        book, released, day = standing.book, standing.released, standing.day
        earlier = standing.earlier
    except EngrossError:
        released, day = False, ""
        version = book.manifest.value.version
        earlier = tuple(read_release(sources, one) for one in there if one != version)
    digest = sources.digest()  # with the records that a book between its releases depends on
    own = _own(sources, "templates/*.html", "templates/*/*.html")
    sheets = _own(sources, "styles/*.css", "styles/*/*.css")
    parts = any("/parts/" in path for path in own)
    kinds = frozenset(KINDS if parts else (p.split("/")[-1].removesuffix(".html") for p in own))
    corrected = correct_book(book).book
    manifest = corrected.manifest.value
    words = corrected.words
    named = words.titles()
    frozen = numbers_kept(corrected, earlier)
    citations = Citations(corrected, expected.texts, expected.numbers, named)
    every: set[str] = set()
    for path in sources.digests():
        file = sources.file(path)
        if path.endswith((".yaml", ".json", ".md", ".txt", ".xml")) and not isinstance(
            file, Finding
        ):
            every |= {*re.findall(r"\w+", file.content.decode("utf-8", "replace").casefold())}
    return Ground(
        book,
        corrected,
        plan(corrected, frozen.documents if frozen else {}),
        expected,
        words,
        citations,
        released,
        day or manifest.date,
        earlier,
        digest,
        lettered(every),
        paged=True,
        templates=tuple(own.values()),
        drawn=Drawn.by([*sheets.values()]),
        own=kinds,
    )


def goals_of(ground: Ground, furniture: Furniture) -> dict[str, list[str]]:
    """Where the entries of each generated section lead, in the order in which they stand."""
    flowing = replace(ground, paged=False)
    made = {section.address: section for section in furniture.of("epub") or furniture.of("page")}
    log = Log("")
    found = {}
    for one in ground.sections:
        if one.kind in LEADING and one.address in made:
            rows = Judge(made[one.address], ground.known, log, own=False).rows(
                facts_of(one, flowing)
            )
            found[one.address] = [fact.target for fact in rows if fact.target]
    return found
