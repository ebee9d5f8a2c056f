"""The report of a batch: failures first, then everything, as a page that a person files."""

from collections.abc import Sequence

from engross.batch.judge import Judged
from engross.batch.work import Account
from engross.render.environment import templates

ORDER = {"failed": 0, "lost": 1, "done": 2, "reused": 3}


def html_report(
    accounts: Sequence[Account], judged: Sequence[Judged] = (), missing: Sequence[str] = ()
) -> str:
    """
    One page of all that came out.

    `judged` is what EPUBCheck said, `missing` has the books that an interrupted batch did not come
    to.
    """
    rows = sorted(accounts, key=lambda one: (ORDER[one.state], one.edition, one.folder))
    failures = sorted(rows, key=lambda one: (ORDER[one.state], one.folder))
    values = {
        "accounts": rows,
        "failures": [one for one in failures if not one.whole],
        "faulty": [row for row in judged if row.failed],
        "said": {row.folder: str(row.verdict.status) for row in judged},
        "missing": missing,
        "summary": summary(accounts),
        "verdicts": verdicts(judged) if judged else "",
    }
    return templates({}).render("catalogue/batch.html", values) + "\n"


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
