"""The records of an edition: `metadata/`."""

from engross.make.records.facts import Facts, facts
from engross.make.records.files import faults, make_records
from engross.model.finding import Finding
from engross.model.output import Output
from engross.workshop.flow import front, has_pages
from engross.workshop.workshop import Workshop


def known_facts(workshop: Workshop) -> Facts:
    """What the records say; the same whatever else is made in this run."""
    paged = has_pages(workshop)
    return facts(workshop.edition, workshop.flowing, paged=paged)


def make_metadata(workshop: Workshop) -> tuple[list[Output], list[Finding]]:
    """
    Make the records, and say what forms would refuse.

    Raises:
        EngrossError: the cover cannot be drawn.
    """
    known = known_facts(workshop)
    outputs = make_records(known, workshop.corrections, front(workshop))
    return list(outputs), list(faults(known))
