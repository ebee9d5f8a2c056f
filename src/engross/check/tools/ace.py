"""Ace by DAISY, which judges the accessibility of an EPUB in a real browser."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engross.cache.store import Keeper
from engross.check.tools.child import Absent, run
from engross.check.tools.fetch import absent, browser, package
from engross.check.tools.verdict import Message, Verdict, Weight, judged, keep, not_checked, recall
from engross.disk.passing import passing

TOOL = "Ace by DAISY"
PACKAGE = "@daisy/ace"
SECONDS = 600
WEIGHTS = {
    "critical": Weight.ERROR,
    "serious": Weight.ERROR,
    "moderate": Weight.ERROR,
    "minor": Weight.WARNING,
}
"""By Ace's impact. Ace ends with status 0 whatever it finds, so only its report counts."""
VOUCHED = frozenset(
    {
        "a11y:certifiedBy",
        "a11y:certifierCredential",
        "a11y:certifierReport",
        "dcterms:conformsTo",
    }
)
"""Metadata that only a person can give: that Ace misses them is no fault."""


def ace(book: bytes, store: Keeper | None = None) -> Verdict:
    """Judge an EPUB; what `store` has a verdict on is not asked again."""
    digest = hashlib.sha256(book).hexdigest()
    found = package(PACKAGE)
    if isinstance(found, str):
        return not_checked(TOOL, digest, found)
    if reason := absent():
        return not_checked(TOOL, digest, reason)
    home, version = found
    known = recall(store, TOOL, version, digest)
    return known or keep(store, _ask(book, digest, home, version))


def _ask(book: bytes, digest: str, home: Path, version: str) -> Verdict:
    with passing("ace") as taken:
        folder = taken.path
        taken.write("book.epub", book)
        command = [
            "env",
            f"PUPPETEER_EXECUTABLE_PATH={browser()}",
            "ACE_TIMEOUT_INITIAL=60000",
            f"ACE_TIMEOUT_EXTENSION={SECONDS * 1000}",
            "node",
            str(home / "bin" / "ace-puppeteer.js"),
            *("-s", "-f", "-o", "said", "book.epub"),
        ]
        ended = run(command, folder, SECONDS)
        if isinstance(ended, Absent):
            return not_checked(TOOL, digest, ended.reason)
        try:
            said = json.loads(folder.joinpath("said", "report.json").read_text("utf-8"))
        except (OSError, ValueError):
            lines = (ended.err or ended.out).strip().splitlines() or ["no report"]
            return not_checked(TOOL, digest, f"Ace failed: {lines[-1]}")
    return judged(TOOL, version, digest, messages(said))


def messages(said: dict[str, Any]) -> Iterator[Message]:
    """Every assertion of Ace's report, and the metadata that it misses."""
    for document in said["assertions"]:
        for row in document["assertions"]:
            test, result = row["earl:test"], row["earl:result"]
            place = (result.get("earl:pointer") or {}).get("css") or [""]
            text = " ".join(str(result.get("dct:description") or "").split())
            yield Message(
                code=test["dct:title"],
                weight=WEIGHTS.get(test["earl:impact"], Weight.ERROR),
                text=f"{text} at {place[0]}" if place[0] else text,
                file=f"EPUB/{document['earl:testSubject']['url']}",
            )
    for name in sorted(set(said["a11y-metadata"]["missing"]) - VOUCHED):
        yield Message("metadata", Weight.ERROR, f"{name} is missing")
