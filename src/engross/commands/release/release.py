"""`engross release`: freeze a version, once, with everything that proves and rebuilds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from engross.catalog import finding, stop
from engross.commands.book import find_book
from engross.commands.build import engines
from engross.commands.correct.opened import OpenLedger, open_ledger
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome
from engross.commands.release.bag import make_bag
from engross.commands.release.outbox import fill_outbox
from engross.commands.release.recording import release_files
from engross.commands.release.writing import (
    ask_git,
    marked_files,
    tag_release,
    try_writing,
    write_release,
)
from engross.commands.request import BuildRequest, ReleaseRequest
from engross.commands.sealing import seal_published
from engross.commands.stages import Finished, stages
from engross.commands.task import Task
from engross.disk import fs
from engross.model.check import Checked, Made, Status
from engross.model.finding import EngrossError, Finding, Place, Severity, errors
from engross.release.versions import Proposal, Step, ordered, too_small
from engross.revision.ledger_file import PATH
from engross.revision.queries import open_queries
from engross.revision.releases import released_versions
from engross.revision.standing import Standing, stand
from engross.schema.release import Accepted
from engross.workshop.progress import Listener, silent


@dataclass(slots=True)
class _Judge:
    """Takes out what was accepted, and keeps it for the record."""

    accept: Sequence[str]
    reason: str
    accepted: dict[str, list[str]] = field(default_factory=dict)
    not_checked: list[str] = field(default_factory=list)

    def __call__(self, findings: Sequence[Finding], checks: Sequence[Checked]) -> list[Finding]:
        """The findings of a finished build, and those that only matter to a release."""
        self.not_checked = [
            f"{row.name}: {row.subject}" for row in checks if row.verdict == "not checked"
        ]
        return self.sift([*findings, *_unproved(checks)])

    def sift(self, findings: Sequence[Finding]) -> list[Finding]:
        """Accepted errors become warnings."""
        result = []
        for found in findings:
            if found.is_error and (named := self._accepts(found)):
                self.accepted.setdefault(named, []).append(found.message)
                found = replace(found, severity=Severity.WARNING)
            result.append(found)
        return result

    def _accepts(self, found: Finding) -> str:
        """
        What of `accept` names a finding: its code, or a check that did not pass; "" nothing does.

        A code alone never accepts a proof that failed: that takes the proof's own name.
        """
        check = _slug(found.message.partition(":")[0])
        for given in self.accept:
            code, _, name = given.partition(":")
            if code != found.code:
                continue
            proof = found.code == "V009" and " failed" in found.message
            if (name and (check == _slug(name) or check.startswith(f"{_slug(name)}-"))) or (
                not name and not proof
            ):
                return given
        return ""

    def rows(self) -> list[Accepted]:
        """For the record: what was accepted, and why."""
        return [
            Accepted(code=code, reason=self.reason, messages=tuple(messages))
            for code, messages in sorted(self.accepted.items())
        ]


def release(request: ReleaseRequest, listen: Listener = silent) -> Outcome:
    """
    Make the edition as a released version and freeze what readers will cite.

    The version's link in dist, the bag, the ledger, the manifest and `releases/<version>/` are
    written in this order, each in one step; the last one counts. A release that was interrupted is
    completed by the same command.
    """
    found = find_book(request.book, request.out)
    return ended(found, lambda run: _release(request, run), listen)


def _release(request: ReleaseRequest, run: Run) -> Outcome:
    opened = open_ledger(run)
    found, book = opened.found, opened.book
    versions = released_versions(opened.sources)
    judge = _Judge(request.accept, request.reason)
    if request.accept and not request.reason:
        codes = ", ".join(request.accept)
        message = f"{codes} cannot be accepted without a reason"
        raise stop([finding("V013", Place(), message)])
    # A version that the ledger says is released, and whose record was never written.
    half = "" if (last := next(reversed(opened.book.days), "")) in versions else last
    state = stand(opened.sources, book, half)
    build = BuildRequest(book=request.book, out=request.out, jobs=request.jobs)
    if state.record and not half and request.version not in versions:
        # Whether anything has changed is seen in the bytes: then this is a draft of the next.
        with engines(build, found) as working:
            state = stages(replace(build, engines=working), run, Task()).standing
    version = _version(request, state, versions, half)
    day = book.days.get(version, request.date)
    problems = [*state.findings, *_refusals(opened, state.proposal, version, versions)]
    problems += _order(opened, version, day, request.today)
    problems = judge.sift(problems)
    if errors(problems):
        raise stop(errors(problems))
    tag = f"{book.manifest.value.edition}-{version}"
    if request.git:
        ask_git(found, tag)
    instead = marked_files(opened, version, day, first=not versions)
    try_writing(found, version, instead)
    link = found.dist / book.manifest.value.edition / version
    if half:
        # Published before the interruption; the record, which makes it a release, is not there.
        fs.remove_tree(link)
    with engines(build, found) as working:
        task = Task(version=version, instead=instead, judge=judge)
        finished = stages(replace(build, engines=working), run, task)
    # Before the version moved on in the manifest, what had changed was the editors' work alone.
    finished = replace(finished, standing=replace(finished.standing, proposal=state.proposal))
    try:
        record = release_files(finished, judge.rows(), judge.not_checked)
        bag = make_bag(found, finished, version, day, record)
        fill_outbox(found, finished, record)
        write_release(found, version, instead, record)
    except EngrossError:
        if not (found.folder / "releases" / version).exists():
            fs.remove_tree(link)  # it is no release, and the next try may come out otherwise
        raise
    entries = opened.ledger.corrections if opened.ledger else ()
    sealed = seal_published(found.dist, book.manifest.value.edition, version, entries)
    told = [f"earlier versions in dist are sealed in {sealed}"] if sealed else []
    told += [tag_release(found, tag, f"Release {version}")] if request.git else []
    return _outcome(finished, version, day, bag, told)


def _version(request: ReleaseRequest, state: Standing, versions: Sequence[str], half: str) -> str:
    manifest = state.book.manifest
    if request.version in versions:
        message = f"version {request.version} was released already"
        raise stop([finding("V010", manifest.place("version"), message)])
    nothing = state.released or (state.proposal and state.proposal.step is Step.NONE)
    if not half and nothing:
        message = f"nothing has changed since release {versions[-1]}"
        fix = "run engross build to make the same edition again"
        raise stop([finding("V011", manifest.place("version"), message, fix)])
    return request.version or half or manifest.value.version


def _refusals(
    opened: OpenLedger, proposal: Proposal | None, version: str, versions: Sequence[str]
) -> list[Finding]:
    book = opened.book
    manifest = book.manifest
    findings = list(open_queries(opened.sources))
    findings += [
        finding("V020", one.place, one.message, one.fix)
        for one in book.findings
        if one.code == "T021"
    ]
    if proposal and too_small(version, versions[-1], proposal):
        message = f"version {version} is too small after {versions[-1]}: {proposal.words()}"
        fix = f"release {proposal.version} or a greater version"
        findings.append(finding("V005", manifest.place("version"), message, fix))
    if manifest.value.rights.status == "pending":
        message = "the rights are pending"
        fix = "ask the holder, then set cleared, or conditional with the terms"
        findings.append(finding("V008", manifest.place("rights", "status"), message, fix))
    numbers = manifest.value.isbn
    has_isbn = any((numbers.epub, numbers.print, numbers.screen))
    undecided = opened.ledger is None or opened.ledger.isbn_decision is None
    if proposal and proposal.step is Step.EDITION and has_isbn and undecided:
        message = f"version {version} is a new edition and nobody decided on its ISBN"
        findings.append(finding("V012", Place(PATH), message))
    return findings


def _order(opened: OpenLedger, version: str, day: str, today: str) -> Iterator[Finding]:
    """Days and numbers run forward: what readers are told last is the last that was done."""
    ledger, place = opened.ledger, opened.book.manifest.place("version")
    past = [row for row in (ledger.releases if ledger else ()) if row.version != version]
    days = [(row.on, f"version {row.version} was released on {row.on}") for row in past]
    days += [
        (one.decided.on, f"{one.id} was decided on {one.decided.on}")
        for one in (ledger.corrections if ledger else ())
        if one.status == "verified" and one.decided and not one.released_in
    ]
    newest, words = max(days, default=("", ""))
    if day < newest:
        message = f"version {version} would be released on {day}, and {words}"
        fix = f"release it with --date {newest} or a later day"
        yield finding("V017", place, message, fix)
    if today and day > today:
        message = f"version {version} would be released on {day}, which is still to come"
        yield finding("V018", place, message)
    edition, correction = ordered(version)
    known = {ordered(row.version) for row in past}
    before = (edition, correction - 1) if correction else (edition - 1, -1)
    follows = before in known or (not correction and any(one[0] == before[0] for one in known))
    if past and not follows:
        last = max(past, key=lambda row: ordered(row.version)).version
        message = f"version {version} does not follow {last}: a number is left out"
        yield finding("V019", place, message)


def _unproved(checks: Sequence[Checked]) -> Iterator[Finding]:
    for row in checks:
        if row.verdict == "passed":
            continue
        detail = f" ({row.detail})" if row.detail else ""
        fix = "install it, engross doctor says how; or release without that claim: "
        fix += f"--accept V009:{_slug(row.name)} --reason …"
        fix = "correct what it found" if row.verdict is Status.FAILED else fix
        yield finding("V009", Place(), f"{row.name}: {row.subject} {row.verdict}{detail}", fix)


def _slug(name: str) -> str:
    """
    A check as `--accept` names it.

    >>> _slug("veraPDF ua1"), _slug("change since 1.0")
    ('verapdf-ua1', 'change-since-1.0')
    """
    return "-".join(name.lower().split())


def _outcome(finished: Finished, version: str, day: str, bag: Made, told: Sequence[str]) -> Outcome:
    proposal = finished.standing.proposal
    lines = [f"released {version} on {day}"]
    if proposal:
        lines.append(f"after {finished.standing.earlier[-1].version}: {proposal.words()}")
        if proposal.notice:
            lines.append("substantive: readers and shops are owed a notice (correction slip)")
    lines += ["outbox/ has what readers, printer, shops and archive get", *told]
    outcome = finished.outcome
    return replace(
        outcome,
        outputs=(*outcome.outputs, bag),
        extra={
            **outcome.extra,
            "released_on": day,
            "step": proposal.words() if proposal else "first release",
            "notice": bool(proposal and proposal.notice),
            "lines": lines,
        },
    )
