"""What a release would be, shown before anybody agrees to it."""

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.release.outbox import changed_lines
from engross.commands.request import ReleaseRequest
from engross.read import open_book
from engross.revision.standing import Standing
from engross.workshop.assembled import assembled


@command
def summary(run: Run, request: ReleaseRequest) -> Outcome:
    """Version, day and reasons; the list, with pages of the last printing; who is to get what."""
    state = assembled(open_book(run.found.folder), Store(None), known=run.known)
    standing, edition = state.standing, state.edition
    lines = [] if standing.released else _lines(request, standing, edition)
    return run.outcome(findings=state.findings, unchanged=True, extra={"lines": lines})


def _lines(request: ReleaseRequest, standing: Standing, edition: Edition) -> list[str]:
    manifest = edition.manifest
    lines = [f"version {request.version or manifest.version} of {manifest.title}, {request.date}"]
    whom = {"printer": "print", "shops and libraries": "epub", "readers online": "web"}
    some = [name for name, kind in whom.items() if kind in manifest.outputs]
    if standing.proposal and standing.earlier:
        last = standing.earlier[-1].version
        lines.append(f"after {last}: {standing.proposal.words()}")
        for line, page in changed_lines(edition, last):
            lines.append(f"- {line} (p. {page} of {last})" if page else f"- {line}")
        if "print" in manifest.outputs:
            some.insert(0, f"owners of version {last} (a slip)")
    return [*lines, f"to be sent to: {', '.join([*some, 'the archive (a bag)'])}"]
