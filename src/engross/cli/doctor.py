"""`engross doctor`: what this machine has and lacks, for a person."""

import sys
from dataclasses import asdict

from engross import __version__
from engross.catalog import finding, stop
from engross.check.tools.fetch import fetch
from engross.cli.show import print_json
from engross.commands.doctor import Need, examine
from engross.model.finding import Place

MACHINE_UNFIT = 6
MEND = "install what fetches it, look at the network, and type the command again"


def doctor(install: str = "", *, json: bool, plain: bool) -> int:  # noqa: ARG001 - see below
    """
    Print every part; 6 when something is missing without which no edition can be made.

    A checker to `install` is fetched first; what stops that is told, and the status is 6.
    """
    if install and (why := fetch(install)):
        raise stop([finding("E043", Place(), f"{install} was not fetched: {why}", MEND)])
    parts = examine()
    unfit = [part for part in parts if not part.found and part.need is Need.BUILD]
    unchecked = [part for part in parts if not part.found and part.need is Need.CHECK]
    if json:
        print_json(
            {"engross": __version__, "ok": not unfit, "parts": [asdict(part) for part in parts]}
        )
        return MACHINE_UNFIT if unfit else 0
    for part in parts:
        state = "ok" if part.found else "MISSING" if part in unfit else "missing"
        sys.stdout.write(f"{state:8} {part.name:26} {part.detail}".rstrip() + "\n")
        if part.fix:
            sys.stdout.write(f"    fix: {part.fix}\n")
    sys.stdout.write(f"engross {__version__}: {_verdict(len(unfit), len(unchecked))}\n")
    return MACHINE_UNFIT if unfit else 0


def _verdict(unfit: int, unchecked: int) -> str:
    if unfit:
        return f"this machine cannot make editions yet: {_things(unfit)} missing"
    if unchecked:
        return f"this machine can make editions; {_things(unchecked)} missing for all checks"
    return "this machine can make editions and check them"


def _things(count: int) -> str:
    return "1 thing is" if count == 1 else f"{count} things are"
