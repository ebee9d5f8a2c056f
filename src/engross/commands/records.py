"""The records of an edition: `metadata/`."""

from collections.abc import Sequence

from engross.commands.flow import front, page_starts
from engross.commands.making import Workshop
from engross.commands.progress import Progress
from engross.make.records import Facts, facts, make_records
from engross.make.records.files import faults
from engross.model.finding import Finding
from engross.model.output import Output
from engross.render import Rendered


def known_facts(workshop: Workshop, pages: Sequence[Rendered], progress: Progress) -> Facts:
    """What the records say; the same whatever else is made in this run."""
    paged = bool(page_starts(workshop, pages, progress))
    return facts(workshop.edition, workshop.flowing, paged=paged)


def make_metadata(
    workshop: Workshop, pages: Sequence[Rendered], progress: Progress
) -> tuple[list[Output], list[Finding]]:
    """
    Make the records, and say what forms would refuse.

    Raises:
        EngrossError: the cover cannot be drawn.
    """
    known = known_facts(workshop, pages, progress)
    outputs = make_records(known, workshop.corrections, front(workshop))
    return list(outputs), list(faults(known))
