"""A verdict on exactly these bytes by exactly this version need not be asked for again."""

import hashlib

from engross.cache.store import Keeper
from engross.check.tools.verdict import Verdict
from engross.model.check import Status


def recall(store: Keeper | None, tool: str, version: str, subject: str) -> Verdict | None:
    """Give the verdict that was kept of the file with this SHA-256, if there is one."""
    kept = store.get(_key(tool, version, subject)) if store is not None else None
    if kept is None:
        return None
    try:
        verdict = Verdict.from_json(kept)
    except (ValueError, KeyError, TypeError):
        return None
    same = (verdict.tool, verdict.version, verdict.subject) == (tool, version, subject)
    return verdict if same else None


def keep(store: Keeper | None, verdict: Verdict) -> Verdict:
    """Keep a verdict for the next time; that nobody looked is not kept."""
    if store is not None and verdict.status is not Status.NOT_CHECKED:
        store.put(_key(verdict.tool, verdict.version, verdict.subject), verdict.to_json())
    return verdict


def _key(tool: str, version: str, subject: str) -> str:
    return hashlib.sha256(f"verdict 1 {tool} {version} {subject}".encode()).hexdigest()
