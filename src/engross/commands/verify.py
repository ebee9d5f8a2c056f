"""`engross verify`: prove published folders, or files against one."""

import os
from collections.abc import Sequence
from pathlib import Path

from engross.cache.store import Store
from engross.catalog import finding
from engross.commands.book import find_book, shown, version_of
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome, status_of
from engross.commands.sealing import without_sealed
from engross.disk import fs
from engross.inspect.validating import validate
from engross.model.check import Checked, Status
from engross.model.finding import Finding, Place
from engross.parse.reader import Reader
from engross.read import Limits, open_book, open_folder
from engross.schema.ledger import Correction
from engross.verify import verify_folder

EVIDENCE = "evidence"


def verify(targets: Sequence[Path], against: Path | None = None) -> Outcome:
    """
    Prove what is published.

    A target is a book (its current edition is proved), a published folder, or a file, which is
    proved against the evidence of the folder that is given, and else is not.
    """
    book = targets[0] if len(targets) == 1 and (targets[0] / "manifest.yaml").is_file() else None
    return ended(find_book(book), lambda run: _verify(run, targets, against))


def _verify(run: Run, targets: Sequence[Path], against: Path | None) -> Outcome:
    checks: list[Checked] = []
    findings: list[Finding] = []
    published: str | None = None
    known = run.known
    lone: list[Path] = []
    for target in targets or (Path(),):
        if target.exists() and not target.is_dir() and target.name != "manifest.yaml":
            lone.append(target)
            continue
        folder = _folder(target)
        if folder is None:
            findings.append(_nothing(target))
            continue
        published = shown(folder)
        known.edition = folder.resolve().parent.parent.name
        known.version, known.released = version_of(folder)
        limits = Limits.from_environment(os.environ)
        report = verify_folder(folder, limits=limits)
        checks += report.checks
        findings += report.findings
        if ledger := Reader(open_book(folder / EVIDENCE)).ledger():
            rows, held = _sealed(folder, ledger.value.corrections)
            checks += rows
            findings += held
        # What could not be read is shown to no other program.
        opens = [row for row in report.checks if row.name == "opens"]
        read = {row.subject for row in opens if row.verdict is Status.PASSED}
        unread = {row.subject for row in opens} - read
        judged, said = validate(folder, Store(_cache(target)), limits, unread)
        checks += judged
        findings += said
    if lone:
        _lone(lone, against, checks, findings)
    return run.outcome(
        published=published,
        unchanged=True,
        findings=tuple(findings),
        checks=tuple(checks),
        exit_status=_status(findings),
        book="",
    )


def _sealed(folder: Path, entries: Sequence[Correction]) -> tuple[list[Checked], list[Finding]]:
    """Nothing in a published folder is of what was taken down; the sealed words lie beside dist."""
    if not any(entry.taken_down for entry in entries):
        return [], []
    build, sources = folder.resolve(), open_folder(folder)
    found = {name: sources.file(name) for name in fs.files_below(folder)}
    files = {name: one.content for name, one in found.items() if not isinstance(one, Finding)}
    return without_sealed(build.parents[2], build.parents[1].name, entries, files)


def _status(findings: Sequence[Finding]) -> int:
    """9 where something is not proved, whatever outside checkers say besides."""
    if any(found.is_error and found.code.startswith("P") for found in findings):
        return 9
    return status_of(findings, strict=False)


def _cache(target: Path) -> Path | None:
    """Where a book keeps the verdicts on its files; nowhere for a folder without its book."""
    if (target / EVIDENCE).is_dir():
        return None
    return find_book(target if target != Path() else None).folder / ".engross" / "cache"


def _folder(target: Path) -> Path | None:
    """The published folder that is meant; None where nothing is published."""
    if (target / EVIDENCE).is_dir():
        return target
    found = find_book(target if target != Path() else None)
    manifest = found.folder / "manifest.yaml"
    if not manifest.is_file() or not found.dist.is_dir():
        return None
    for line in manifest.read_text("utf-8", "replace").splitlines():
        key, _, value = line.partition(":")
        if key == "edition":
            current = found.dist / value.split("#")[0].strip().strip("\"'") / "current"
            return current if current.is_dir() else None
    return None


def _lone(
    files: Sequence[Path], against: Path | None, checks: list[Checked], findings: list[Finding]
) -> None:
    """Files by themselves: proved against a folder that is named."""
    if against is None:
        for file in files:
            checks.append(Checked("conservation", file.name, Status.NOT_CHECKED))
            message = "not proved: a file alone has no evidence beside it"
            fix = f"name its folder: engross verify {file} --against dist/EDITION/current"
            findings.append(finding("P012", Place(str(file)), message, fix))
        return
    content: dict[str, bytes | Finding] = {}
    for file in files:
        read = open_folder(file.parent).file(file.name)
        content[file.name] = read if isinstance(read, Finding) else read.content
    folder = _folder(against)
    if folder is None:
        findings.append(_nothing(against))
        return
    limits = Limits.from_environment(os.environ)
    report = verify_folder(folder, only=content, limits=limits)
    checks += report.checks
    findings += report.findings


def _nothing(target: Path) -> Finding:
    fix = "build the edition first, or name a published folder"
    return finding("P012", Place(str(target)), "not proved: nothing is published there", fix)
