"""`engross rebase`: a new state of the evidence, and all that hung from the old one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from engross.catalog import finding, stop
from engross.commands.correct.adopt import whole_entry
from engross.commands.correct.opened import OpenLedger, entered, faults, open_ledger, overlay
from engross.commands.ending import Run, command
from engross.commands.freeze import text_of, write_files
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.ledger.entries import records_only
from engross.ledger.rules import FINAL
from engross.model.address import section_of
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.parse.book import DocumentSource
from engross.parse.parse import parse
from engross.read import open_file
from engross.release.versions import Step, next_version, ordered
from engross.revision.fields import has_record
from engross.revision.ledger_file import PATH, edited, flow_row, quoted, touched
from engross.revision.releases import released_versions
from engross.revision.renewed import States, Verdict, judged, merged, rehang, renumber
from engross.revision.texts import texts_of
from engross.schema.ledger import Correction, Renewed

QUOTING = ("index.yaml", "queries.yaml")
"""Files of a book that quote documents by address; a document's own quote it without."""
SHOWN = 80
"""Characters of a reading that is shown beside others."""
REASON = "The archive issued its text anew."
Files = dict[str, bytes]


@dataclass(slots=True)
class _Rebase:
    """The book, its documents' words in both states, and what becomes of what quotes them."""

    opened: OpenLedger
    before: States
    now: States
    lines: list[str] = field(default_factory=list)
    sorted: dict[str, list[str]] = field(
        default_factory=lambda: {verdict.value: [] for verdict in Verdict}
    )
    findings: list[Finding] = field(default_factory=list)

    @property
    def changed(self) -> list[str]:
        """Documents and other parts that read otherwise, came or went, with their notes."""
        every = {**self.now, **self.before}
        other = (name for name in every if self.now.get(name) != self.before.get(name))
        return [*dict.fromkeys(map(section_of, other))]


@command
def rebase(run: Run, request: CorrectRequest, evidence: Path) -> Outcome:
    """
    Compare old and new evidence, sort the corrections, carry quotations over, prove, and write.

    `request` names the document, where several could be meant. All files change or none: what comes
    of them is assembled before anything is written.
    """
    opened = open_ledger(run)
    document = _document(request.address, evidence.name, opened)
    received, new = document.received, open_file(evidence).content
    path = PurePosixPath(received.path)
    if new == received.content:
        message = f"{evidence.name} is {path} to the byte"
        raise stop([finding("L027", Place(str(path)), message, "name the new file")])
    kept = f"{path.parent}/earlier/{path.stem}-{received.sha256[:12]}{path.suffix}"
    files: Files = {received.path: new, kept: received.content}
    hung = [*QUOTING]
    if has_record(document):
        files |= _transcribed(document, opened, new)
        hung += [document.notes.path, document.record.path]
    states = (texts_of(book) for book in (opened.book, parse(overlay(opened, files))))
    before, now = ({name: one.words for name, one in s.items() if one.evidence} for s in states)
    task = _Rebase(opened, before, now)
    task.lines.append(f"{path} is the new file; the old one is kept in {kept}")
    for name in filter(opened.sources.exists, hung):
        text = files.get(name, opened.sources.need(name).content).decode()
        own = "" if name in QUOTING else document.id
        hang = partial(rehang, path=name, states=(before, now), lines=task.lines, document=own)
        files[name] = touched(text, hang).encode()
    digest = SourceFile.of(received.path, new).sha256
    renewed = Renewed(before=received.sha256, now=digest, kept=kept)
    files |= _ledger(task, request, renewed, received.path)
    if any(one.code == "V006" for one in faults(opened, files)):
        files |= _renumbered(task, request, files)
    if bad := faults(opened, files):
        raise stop(bad)
    write_files(opened.found.folder, files)
    count = len({*map(section_of, now)})
    task.lines.append(f"{len(task.changed)} of {count} texts read otherwise, came or went")
    extra = {**task.sorted, "changed": task.changed, "lines": task.lines}
    return run.outcome(unchanged=True, findings=tuple(task.findings), extra=extra)


def _document(name: str, file: str, opened: OpenLedger) -> DocumentSource:
    """Whose evidence is meant; of a TEI file the first of its documents stands for all."""
    found = {one.received.path: one for one in reversed(opened.book.documents)}
    named_ = {one.received.path for one in opened.book.documents if name in {"", one.id}}
    known = [one for path, one in found.items() if path in named_]
    alike = [one for one in known if PurePosixPath(one.received.path).name == file]
    if len(some := known if len(known) == 1 else alike) == 1:
        return some[0]
    names = ", ".join(sorted(one.id for one in found.values()))
    message = f"it is not clear whose evidence {file} is"
    raise stop([finding("L027", Place(), message, f"say which with --document: {names}")])


def _transcribed(document: DocumentSource, opened: OpenLedger, new: bytes) -> Files:
    """Transcript and record of a document as they follow from the new received file."""
    before, after = (text_of("received", one) for one in (document.received.content, new))
    transcript, record = document.transcript, document.record.path

    def enter(tree: Any) -> None:
        tree["received"]["sha256"] = quoted(SourceFile.of("", new).sha256)
        renumber(tree["received"], before, after)

    words = merged(before, after, text_of(transcript.path, transcript.content))
    form = opened.sources.need(record).content.decode()
    return {transcript.path: words.encode(), record: edited(form, enter).encode()}


def _ledger(task: _Rebase, request: CorrectRequest, renewed: Renewed, received: str) -> Files:
    """The ledger's files with entries sorted, digests of the new evidence, and what happened."""
    opened, changed = task.opened, task.changed
    entries = opened.ledger.corrections if opened.ledger else ()
    verdicts = {
        row.id: _sorted(task, row)
        for row in entries
        if section_of(row.at.address) in changed
        and task.before.get(row.at.address) != task.now.get(row.at.address)
        and (row.at.address in task.now or not row.released_in)
        and not (row.status in FINAL or records_only(row))
    }
    stay = frozenset(row.id for row in entries if verdicts.get(row.id) is not Verdict.NEEDED)
    states = {Verdict.CONFIRMED: "confirmed", Verdict.CONFLICT: "held"}
    own = [one.id for one in opened.book.documents if one.received.path == received]
    base = {name: quoted(renewed.now) for name in own}
    stands = {*own} & task.now.keys()  # what came or went has no text of both states to prove

    def enter(tree: Any, path: str) -> None:
        rehang(tree, path, (task.before, task.now), task.lines, leave=stay)
        for row in [tree, *(tree.get("corrections") or ())]:
            if state := states.get(verdicts.get(row.get("id", ""), Verdict.NEEDED)):
                row["status"] = state
        if "base" in tree:
            tree["base"].update(base)

    files: Mapping[str, str] = {
        path: edited(text, partial(enter, path=path)) for path, text in opened.files.items()
    }
    words = request.reason or REASON
    whole = (whole_entry(replace(request, address=address), words) for address in changed)
    new = (
        one.model_copy(update={"renewed": renewed}) if one.at.address in stands else one
        for one in whole
    )
    made, files = entered(replace(opened, files=files), new)
    task.lines += [f"{one.id} tells of the new text of {one.at.address}" for one in made]
    return {path: text.encode() for path, text in files.items()}


def _renumbered(task: _Rebase, request: CorrectRequest, files: Files) -> Files:
    """Leave to count anew in the version that will have the new paragraphs."""
    version = next_version(released_versions(task.opened.sources)[-1], Step.CORRECTION)
    version = max(version, task.opened.book.manifest.value.version, key=ordered)
    leave = {"in": version, "by": request.by, "reason": request.reason or REASON}
    task.lines.append(f"paragraphs came or went: numbers are counted anew in {version} (renumber)")

    def enter(tree: Any) -> None:
        tree.pop("renumber", None)
        tree.insert(list(tree).index("base") + 1, "renumber", flow_row(leave))

    return {PATH: edited(files[PATH].decode(), enter).encode()}


def _sorted(task: _Rebase, row: Correction) -> Verdict:
    """What becomes of an entry, shown side by side with both states of the evidence."""
    address, read = row.at.address, row.read or ""
    verdict, words = judged(row, task.before[address], task.now.get(address, {}))
    task.sorted[verdict.value].append(row.id)
    entered_ = "one paragraph" if row.join else f'"{read}"'
    was, now = (one if len(one) < SHOWN else f"{one[:SHOWN]}…" for one in (row.at.exact, words))
    task.lines.append(
        f'{row.id} {verdict.value}: received "{was}", entered {entered_}, received now "{now}"'
    )
    if verdict is Verdict.CONFLICT:
        message = f'{row.id} reads "{read}", and the new evidence "{words}"'
        task.findings.append(finding("L028", Place(PATH), message))
    return verdict
