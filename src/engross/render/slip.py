"""The correction slip for owners of an earlier printing, as a section of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engross.assemble.edition import CorrectionEntry, Edition
from engross.catalog import stop
from engross.model.finding import Finding
from engross.render.environment import Templates
from engross.render.rendered import Rendered


@dataclass(frozen=True, slots=True)
class SlipEntry:
    """A correction as the owner of an old copy finds it."""

    page: str
    """In the old printing; empty where it is not known."""
    title: str
    paragraph: int
    old: str
    new: str
    join: bool
    reason: str


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
        "entries": [_entry(entry, version) for entry in corrections],
        "say": words.say,
        "day": words.day,
    }
    html = Templates(own).render("slip.html", context)
    if isinstance(html, Finding):
        raise stop([html])
    title = words.say("slip")
    return Rendered("slip", "slip", title, title, html.strip(), edition.manifest.language)


def _entry(entry: CorrectionEntry, version: str) -> SlipEntry:
    return SlipEntry(
        dict(entry.pages).get(version, ""),
        entry.title,
        entry.paragraph,
        entry.old,
        entry.new,
        entry.join,
        entry.reason,
    )
