"""Stages 2 and 3: from the files of a book to its edition, the same way for every command."""

from dataclasses import dataclass, replace
from importlib.metadata import version

from engross import __version__
from engross.assemble import assemble
from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.catalog import stop
from engross.model.finding import EngrossError, Finding, errors
from engross.parse.parse import parse
from engross.read import Sources
from engross.release.versions import Change
from engross.revision.standing import Standing, stand
from engross.schema.manifest import Print
from engross.workshop.faces import judge_faces
from engross.workshop.languages import judge_language, judge_lines, judge_order
from engross.workshop.pictures import judge_pictures, judge_sheets
from engross.workshop.progress import Known, Progress
from engross.workshop.styled import Stylist
from engross.workshop.texts import text_face


@dataclass(frozen=True, slots=True)
class State:
    """A book that was read: where it stands, what is made of it, and what is wrong with it."""

    standing: Standing
    edition: Edition
    findings: tuple[Finding, ...]
    """What was found in every file, pictures, sheets and faces too; errors stop a build."""


def assembled(
    sources: Sources,
    store: Store,
    releasing: str = "",
    progress: Progress | None = None,
    known: Known | None = None,
    departed: Change | None = None,
) -> State:
    """
    Parse the files, find out which version they make, and assemble its edition.

    Args:
        sources: the book.
        store: keeps what was found of pictures.
        releasing: the version that `engross release` makes; empty for all else.
        progress: hears of the two stages.
        known: is told of the edition as soon as it has a name.
        departed: why this is not the release that it would be.

    Raises:
        EngrossError: with all findings, where there is no edition to judge.
    """
    progress = progress or Progress()
    with progress.stage("parse"):
        standing = stand(sources, parse(sources), releasing, departed)
        book = standing.book
        manifest = book.manifest.value
        if known is not None:
            known.edition, known.version = manifest.edition, manifest.version
            known.released = standing.released
    with progress.stage("assemble"):
        found = [*book.findings, *standing.findings]
        context = standing.context(sources.digest())
        sheets = judge_sheets(sources)
        context = replace(
            context,
            fonts=() if errors(sheets) else (text_face(sources, manifest.style),),
            engine=(f"engross {__version__}", f"WeasyPrint {version('weasyprint')}"),
        )
        try:
            edition, more = assemble(book, context, Stylist(store))
        except EngrossError as error:
            more = () if errors(found) else (*sheets, *error.findings)
            raise stop([*found, *more]) from error
        if errors(found):  # what else is wrong follows from it
            return State(standing, edition, tuple(found))
        found += [*more, *judge_pictures(edition, sources, store), *sheets]
        found += [*judge_language(book), *judge_order(book)]
        if manifest.print.profiles != Print().profiles:
            from engross.workshop.printers import judge_printers  # most books have but the default

            found += judge_printers(book.manifest, sources)
        if not errors(sheets):  # they name the faces
            found += judge_lines(book, sources)
            found += judge_faces(book.manifest, sources)
    return State(standing, edition, tuple(found))
