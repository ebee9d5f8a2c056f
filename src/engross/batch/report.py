"""The report of a batch: failures first, then everything, as a page that a person files."""

from collections.abc import Iterator, Sequence
from html import escape

from engross.batch.judge import Judged
from engross.batch.work import Account

ORDER = {"failed": 0, "lost": 1, "done": 2, "reused": 3}
STYLE = (
    "body{font:1rem/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .6rem;"
    "vertical-align:top;border-bottom:1px solid #ccc}pre{white-space:pre-wrap;margin:0 0 .6rem}"
)
HEADS = ("Edition", "Version", "State", "In dist", "EPUBCheck", "CPU seconds", "Worker")


def html_report(
    accounts: Sequence[Account], judged: Sequence[Judged] = (), missing: Sequence[str] = ()
) -> str:
    """
    One page, linear for a screen reader; no times of day stand in it.

    `judged` is what EPUBCheck said, `missing` has the books that an interrupted batch did not come
    to.
    """
    return "\n".join(_lines(accounts, judged, missing)) + "\n"


def _lines(
    accounts: Sequence[Account], judged: Sequence[Judged], missing: Sequence[str]
) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8"><title>Batch of editions</title>'
    yield f"<style>{STYLE}</style></head><body>"
    yield "<h1>Batch of editions</h1>"
    yield f"<p>{escape(summary(accounts))}.</p>"
    if judged:
        yield f"<p>{escape(verdicts(judged))}.</p>"
    if missing:
        yield f"<p>Interrupted: {len(missing)} books were not tried; run the batch again.</p>"
    failures = sorted(
        (a for a in accounts if not a.whole), key=lambda a: (ORDER[a.state], a.folder)
    )
    if failures:
        yield f"<h2>Not whole: {len(failures)}</h2>"
    for account in failures:
        yield f"<h3>{escape(account.folder)}</h3><p>{escape(account.state)}</p>"
        yield from (f"<pre>{escape(words)}</pre>" for words in account.words)
    faulty = [row for row in judged if row.failed]
    if faulty:
        yield f"<h2>Refused by EPUBCheck: {len(faulty)}</h2>"
    for row in faulty:
        yield f"<h3>{escape(row.subject)}</h3>"
        yield from (f"<pre>{escape(str(found))}</pre>" for found in row.findings if found.is_error)
    yield from _table(accounts, {row.folder: str(row.verdict.status) for row in judged})
    if missing:
        yield f"<h2>Not tried: {len(missing)}</h2><ul>"
        yield from (f"<li>{escape(folder)}</li>" for folder in missing)
        yield "</ul>"
    yield "</body></html>"


def _table(accounts: Sequence[Account], said: dict[str, str]) -> Iterator[str]:
    cells = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    yield f"<h2>All editions</h2><table><thead><tr>{cells}</tr></thead><tbody>"
    for account in sorted(accounts, key=lambda a: (ORDER[a.state], a.edition, a.folder)):
        values = (
            account.version,
            account.state,
            account.published,
            said.get(account.folder, ""),
            f"{account.cpu:.1f}",
            account.worker,
        )
        name = escape(account.edition or account.folder)
        cells = "".join(f"<td>{escape(value)}</td>" for value in values)
        yield f'<tr><th scope="row">{name}</th>{cells}</tr>'
    yield "</tbody></table>"


def summary(accounts: Sequence[Account]) -> str:
    """
    How many of each state.

    >>> summary([Account("a", "done"), Account("b", "failed")])
    '2 books: 1 done, 0 reused, 1 failed, 0 lost'
    """
    numbers = {state: sum(a.state == state for a in accounts) for state in ORDER}
    return (
        f"{len(accounts)} books: {numbers['done']} done, {numbers['reused']} reused, "
        f"{numbers['failed']} failed, {numbers['lost']} lost"
    )


def verdicts(judged: Sequence[Judged]) -> str:
    """How EPUBCheck judged: `EPUBCheck: 12 passed, 1 failed, 0 not checked`."""
    states = [str(row.verdict.status) for row in judged]
    return "EPUBCheck: " + ", ".join(
        f"{states.count(state)} {state}" for state in ("passed", "failed", "not checked")
    )
