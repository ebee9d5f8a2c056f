"""What EPUBCheck says of all EPUBs of a batch, asked at the end and of many in one Java machine."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engross.batch.work import Account
from engross.cache.store import Store
from engross.check.tools.epubcheck import TOOL, epubcheck, epubcheck_version
from engross.check.tools.findings import findings
from engross.check.tools.verdict import Verdict, keep, recall
from engross.model.check import Status
from engross.model.finding import Finding

TOGETHER = 500
"""EPUBs that one Java machine is given: it starts once, and what it holds stays bounded."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An EPUB and what was said of it."""

    folder: str
    """The book's."""
    subject: str
    """The EPUB, as the account has its path."""
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether EPUBCheck looked and found faults."""
        return self.verdict.status is Status.FAILED


@dataclass(frozen=True, slots=True)
class _Epub:
    account: Account
    path: str

    @property
    def store(self) -> Store:
        """The book's own: a build of it alone finds the verdict there."""
        return Store(Path(self.account.folder) / ".engross" / "cache")


def judge(accounts: Sequence[Account], say: Callable[[str], None]) -> tuple[Judged, ...]:
    """
    Judge the EPUB of every whole edition; a verdict kept on the same bytes is not asked again.

    The editions are in dist already: a verdict changes nothing there.
    """
    epubs = list(_epubs(accounts))
    version = epubcheck_version()
    known: dict[str, Verdict] = {}
    unknown: list[_Epub] = []
    for epub in epubs:
        digest = hashlib.sha256(Path(epub.path).read_bytes()).hexdigest()
        verdict = recall(epub.store, TOOL, version, digest)
        if verdict:
            known[epub.path] = verdict
        else:
            unknown.append(epub)
    if unknown:
        say(f"EPUBCheck: {len(unknown)} EPUBs, {len(known)} judged before")
    for first in range(0, len(unknown), TOGETHER):
        some = unknown[first : first + TOGETHER]
        verdicts = epubcheck([Path(epub.path).read_bytes() for epub in some])
        for epub, verdict in zip(some, verdicts, strict=True):
            known[epub.path] = keep(epub.store, verdict)
    return tuple(
        Judged(
            epub.account.folder,
            epub.path,
            known[epub.path],
            tuple(findings(known[epub.path], Path(epub.path).name)),
        )
        for epub in epubs
    )


def _epubs(accounts: Sequence[Account]) -> Iterator[_Epub]:
    for account in accounts:
        for row in account.outputs:
            if account.whole and row["kind"] == "epub":
                yield _Epub(account, row["path"])
