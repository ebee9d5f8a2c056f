"""A release in git: a commit of the book's folder, and a tag."""

import subprocess

from engross.catalog import finding, stop
from engross.commands.book import FoundBook
from engross.model.finding import EngrossError, Place


def ask_git(found: FoundBook, tag: str) -> None:
    """
    Ask, before anything is published, whether git would take a release.

    Raises:
        EngrossError: it is not there, the book is in no repository, or the tag is taken (E011).
    """
    _git(found, "rev-parse", "--show-toplevel")
    _git(found, "var", "GIT_COMMITTER_IDENT")
    if _git(found, "tag", "--list", tag):
        raise _refused(f"the tag {tag} is there already")


def tag_release(found: FoundBook, tag: str, message: str) -> str:
    """Commit what stands in the book's folder, dist and cache aside, and tag it; in words."""
    _git(found, "add", "--all", "--", ".", ":(exclude)dist", ":(exclude).engross")
    _git(found, "commit", "--message", message, "--", ".")
    _git(found, "tag", "--annotate", tag, "--message", message)
    return f"committed and tagged as {tag}"


def _git(found: FoundBook, *words: str) -> str:
    command = ["git", "-C", str(found.folder), *words]
    try:
        done = subprocess.run(  # noqa: S603 - git, with words of our own
            command, capture_output=True, text=True, check=False
        )
    except OSError as fault:
        raise _refused("it is not installed") from fault
    if done.returncode:
        raise _refused(" ".join((done.stderr or done.stdout).split()))
    return done.stdout.strip()


def _refused(said: str) -> EngrossError:
    fix = "correct it, and commit by hand what is released already; or leave --git out"
    return stop([finding("E011", Place(), f"git: {said}", fix)])
