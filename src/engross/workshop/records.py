"""The records of an edition: `metadata/`."""

from engross.make.records.facts import Facts, doi_of, facts
from engross.make.records.files import faults, make_records
from engross.model.check import Output
from engross.model.finding import Finding
from engross.release.versions import ordered
from engross.revision.releases import read_release, released_versions
from engross.revision.texts import manifest_then
from engross.workshop.epub import front, has_pages
from engross.workshop.workshop import Workshop


def known_facts(workshop: Workshop) -> Facts:
    """What the records say; the same whatever else is made in this run."""
    paged = has_pages(workshop)
    return facts(workshop.edition, workshop.epub_sections, paged=paged)


def make_metadata(workshop: Workshop) -> tuple[list[Output], list[Finding]]:
    """
    Make the records, and say what forms would refuse.

    Raises:
        EngrossError: the cover cannot be drawn.
    """
    known = known_facts(workshop)
    versions = released_versions(workshop.sources)
    earlier = [one for one in versions if ordered(one) < ordered(known.manifest.version)]
    then = manifest_then(read_release(workshop.sources, earlier[-1])) if earlier else None
    before = doi_of(then.identifier_this) if then else ""
    outputs = make_records(known, workshop.corrections, front(workshop), before)
    return list(outputs), list(faults(known))
