"""The correction slip for owners of an earlier printing, as a section of its own."""

from collections.abc import Mapping, Sequence

from engross.assemble.edition import CorrectionEntry, Edition
from engross.render.environment import Templates
from engross.render.rendered import Rendered


def slip(
    edition: Edition,
    release: tuple[str, str],
    corrections: Sequence[CorrectionEntry],
    own: Mapping[str, str],
) -> Rendered:
    """
    The slip for one earlier release (version and ISO day), with that printing's page numbers.

    Raises:
        EngrossError: the template fails.
    """
    version, date = release
    words = edition.words
    context = {
        "manifest": edition.manifest,
        "edition": edition,
        "version": version,
        "date": date,
        "entries": corrections,
        "say": words.say,
        "day": words.day,
    }
    html = Templates(own).render("slip.html", context)
    title = words.say("slip")
    return Rendered("slip", "slip", title, title, html.strip(), edition.manifest.language)
