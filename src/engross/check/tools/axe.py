"""axe-core, which judges the pages of the web edition in a real browser: WCAG 2.2 AA."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from engross.cache.store import Keeper
from engross.check.tools.child import Absent, run
from engross.check.tools.fetch import absent, browser, modules, package
from engross.check.tools.verdict import Message, Verdict, Weight, judged, keep, not_checked, recall
from engross.disk.passing import passing

TOOL = "axe-core"
PACKAGE = "axe-core"
SECONDS = 600
MOST = 40
"""Pages of a volume that are opened: the first ones and others at even distances."""


def axe(pages: Mapping[str, bytes], store: Keeper | None = None) -> Verdict:
    """
    Judge every page, wide and narrow, light and dark; a request to elsewhere is a violation, too.

    The files are by name below the web edition. What `store` has a verdict on is not asked again.
    """
    digest = hashlib.sha256(
        b"".join(
            name.encode() + b"\0" + hashlib.sha256(body).digest()
            for name, body in sorted(pages.items())
        )
    ).hexdigest()
    found = package(PACKAGE)
    if isinstance(found, str):
        return not_checked(TOOL, digest, found)
    driver = package("puppeteer-core")
    reason = driver if isinstance(driver, str) else absent()
    if reason:
        return not_checked(TOOL, digest, reason)
    known = recall(store, TOOL, found[1], digest)
    return known or keep(store, _ask(pages, digest, found[1]))


def chosen(pages: Mapping[str, bytes]) -> frozenset[str]:
    """
    The pages that are opened: all, or of a volume some at even distances.

    >>> len(chosen({f"p-{n:03}.html": b"" for n in range(400)}))
    40
    """
    names = sorted(name for name in pages if name.endswith(".html"))
    step = max(1.0, len(names) / MOST)
    picked = {names[int(number * step)] for number in range(min(MOST, len(names)))}
    first = {"index.html", "search.html"} & set(names)
    return frozenset(sorted(first) + sorted(picked - first)[: MOST - len(first)])


def _ask(pages: Mapping[str, bytes], digest: str, version: str) -> Verdict:
    opened = chosen(pages)
    left = sum(name.endswith(".html") for name in pages) - len(opened)
    with passing("axe") as taken:
        folder = taken.path
        for page, body in pages.items():
            if page.endswith(".html") and page not in opened:
                continue
            taken.write(f"web/{page}", body)
        taken.write("axe.mjs", files("engross.check.tools").joinpath("axe.mjs").read_bytes())
        command = ["node", "axe.mjs", str(modules()), str(browser()), str(folder / "web"), "said"]
        ended = run(command, folder, SECONDS)
        if isinstance(ended, Absent):
            return not_checked(TOOL, digest, ended.reason)
        try:
            said = json.loads(folder.joinpath("said").read_text("utf-8"))
        except (OSError, ValueError):
            lines = ended.err.strip().splitlines() or ["no report"]
            return not_checked(TOOL, digest, f"axe-core failed: {lines[-1]}")
    words = f"{len(opened)} pages were opened, {left} were not"
    rest = [Message("sample", Weight.INFO, words)] if left else []
    return judged(TOOL, version, digest, [*_messages(said), *rest])


def _messages(said: dict[str, Any]) -> Iterator[Message]:
    for row in said["found"]:
        weight = Weight.WARNING if row["impact"] == "minor" else Weight.ERROR
        yield Message(row["id"], weight, f"{row['text']} at {row['target']}", row["file"])
