"""veraPDF, the judge of PDF/A and PDF/UA, from a Java archive that is fetched apart."""

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Literal

from engross.cache.store import Keeper
from engross.check.tools.child import Absent, run
from engross.check.tools.fetch import VERAPDF as VERSION
from engross.check.tools.fetch import data, told
from engross.check.tools.verdict import Message, Verdict, Weight, judged, keep, not_checked, recall
from engross.disk.passing import passing

TOOL = "veraPDF"
ARCHIVE = f"greenfield-apps-{VERSION}.jar"
SHA256 = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
PLACE = "ENGROSS_VERAPDF"
"""Environment variable that names the archive where `doctor --install` did not put it."""
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
MISSING = f"veraPDF is not there: `{told('verapdf')}` fetches it"
SECONDS = 600
_NAME = "judged.pdf"

Flavour = Literal["ua1", "3a"]


@cache
def verapdf_archive() -> Path | str:
    """The archive with the pinned checksum, or why there is none."""
    named = os.environ.get(PLACE)
    homes = (Path(__file__).parents[4] / ".tools", data())
    places = [Path(named)] if named else [home / ARCHIVE for home in homes]
    path = next((one for one in places if one.is_file()), None)
    if path is None:
        return MISSING
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        return f"{path.name} is not veraPDF {VERSION}: its checksum differs"
    return path.resolve()


def verapdf(pdf: bytes, flavour: Flavour, store: Keeper | None = None) -> Verdict:
    """
    Judge a PDF by one of veraPDF's own profiles: `ua1` is PDF/UA-1, `3a` is PDF/A-3a.

    The tool's name in the verdict carries the flavour, since each is a judgement of its own.
    """
    tool = f"{TOOL} {flavour}"
    digest = hashlib.sha256(pdf).hexdigest()
    known = recall(store, tool, VERSION, digest)
    return known or keep(store, _ask(pdf, flavour, tool, digest))


def _ask(pdf: bytes, flavour: Flavour, tool: str, digest: str) -> Verdict:
    archive = verapdf_archive()
    if isinstance(archive, str):
        return not_checked(tool, digest, archive)
    with passing("verapdf") as folder:
        folder.write(_NAME, pdf)
        command = [
            "java",
            "-XX:+UseSerialGC",
            f"-Duser.home={folder.path}",
            "-cp",
            str(archive),
            MAIN,
        ]
        ended = run([*command, "--format", "json", "-f", flavour, _NAME], folder.path, SECONDS)
    if isinstance(ended, Absent):
        return not_checked(tool, digest, ended.reason)
    try:
        found = json.loads(ended.out)["report"]["jobs"][0]["validationResult"]
        result: dict[str, Any] = found[0] if isinstance(found, list) else found
        messages = _messages(result)
    except (ValueError, KeyError, IndexError, TypeError):
        said = (ended.err.strip().splitlines() or [f"status {ended.status}"])[-1]
        return not_checked(tool, digest, f"veraPDF gave no verdict: {said}")
    return judged(tool, VERSION, digest, messages)


def _messages(result: dict[str, Any]) -> list[Message]:
    rows = [row for row in result["details"]["ruleSummaries"] if row["ruleStatus"] != "PASSED"]
    found = [
        Message(
            code=f"{row['clause']}-{row['testNumber']}",
            weight=Weight.ERROR,
            text=f"{row['description']} ({row['failedChecks']} times)",
        )
        for row in rows
    ]
    if not result["compliant"] and not found:
        found.append(Message("", Weight.ERROR, result["statement"]))
    return found
