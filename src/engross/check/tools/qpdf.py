"""qpdf: syntax, cross-reference table and every stream of a PDF."""

import hashlib
import re
from pathlib import Path

from engross.cache.store import Keeper
from engross.check.tools.child import Absent, Ended, run
from engross.check.tools.verdict import Message, Verdict, Weight, judged, keep, not_checked, recall
from engross.disk.passing import passing

TOOL = "qpdf"
_NAME = "checked.pdf"
_CLEAN, _WARNINGS = 0, 3


def qpdf_version() -> str:
    """Give the version that would run, or nothing where qpdf is not installed."""
    match run(["qpdf", "--version"], Path("/")):
        case Ended(out=out):
            found = re.search(r"\d+(\.\d+)+", out)
            return found.group() if found else ""
        case Absent():
            return ""


def qpdf(pdf: bytes, store: Keeper | None = None) -> Verdict:
    """Judge a PDF by `qpdf --check`; its warnings fail the file, too."""
    digest = hashlib.sha256(pdf).hexdigest()
    version = qpdf_version()
    return recall(store, TOOL, version, digest) or keep(store, _ask(pdf, version, digest))


def _ask(pdf: bytes, version: str, digest: str) -> Verdict:
    with passing("qpdf") as folder:
        folder.write(_NAME, pdf)
        ended = run(["qpdf", "--check", _NAME], folder.path)
    if isinstance(ended, Absent):
        return not_checked(TOOL, digest, ended.reason)
    prefixes = ("WARNING: ", "ERROR: ")
    messages = [_message(line) for line in ended.err.splitlines() if line.startswith(prefixes)]
    if ended.status not in (_CLEAN, _WARNINGS) or (ended.status and not messages):
        # Its last words stand alone, after the name of the program.
        last = (ended.err.strip().splitlines() or [f"ended with status {ended.status}"])[-1]
        messages.append(_message(f"ERROR: {last.removeprefix('qpdf: ')}"))
    return judged(TOOL, version, digest, messages)


def _message(line: str) -> Message:
    weight, _, text = line.partition(": ")
    text = re.sub(rf"^{re.escape(_NAME)}:? ?", "", text)
    return Message("", Weight(weight.lower()), text)
