"""The report of a batch: failures first, then everything, as a page that a person files."""

from collections.abc import Sequence
from html import escape

from engross.batch.work import Account

ORDER = {"failed": 0, "lost": 1, "done": 2, "reused": 3}
STYLE = (
    "body{font:1rem/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .6rem;"
    "vertical-align:top;border-bottom:1px solid #ccc}pre{white-space:pre-wrap;margin:0}"
)


def html_report(accounts: Sequence[Account], notes: Sequence[str] = ()) -> str:
    """One page, linear for a screen reader; no times of day stand in it."""
    counts = summary(accounts)
    failures = [account for account in accounts if not account.whole]
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8"><title>Batch of editions</title>',
        f"<style>{STYLE}</style></head><body>",
        "<h1>Batch of editions</h1>",
        f"<p>{escape(counts)}.</p>",
        *(f"<p>{escape(note)}</p>" for note in notes),
    ]
    if failures:
        parts.append(f"<h2>Not whole: {len(failures)}</h2>")
        for account in sorted(failures, key=lambda a: (ORDER[a.state], a.folder)):
            parts.append(f"<h3>{escape(account.folder)}</h3><p>{escape(account.state)}</p>")
            parts += [f"<pre>{escape(words)}</pre>" for words in account.findings]
    parts.append("<h2>All editions</h2><table><thead><tr>")
    heads = ("Edition", "Version", "State", "In dist", "CPU seconds")
    parts += [f'<th scope="col">{name}</th>' for name in heads]
    parts.append("</tr></thead><tbody>")
    for account in sorted(accounts, key=lambda a: (ORDER[a.state], a.edition, a.folder)):
        cells = (
            account.edition or account.folder,
            account.version,
            account.state,
            account.published,
            f"{account.cpu:.1f}",
        )
        parts.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    parts.append("</tbody></table></body></html>")
    return "\n".join(parts) + "\n"


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
