"""
Our own checks of an EPUB, beyond EPUBCheck: what is valid and still wrong.

They read the finished bytes with zipfile and lxml and share nothing with what made them.
"""

from engross.check.epub.archive import check_archive, check_package
from engross.check.epub.content import check_content, check_notes
from engross.check.epub.links import check_links, check_navigation
from engross.check.epub.opened import Opened, open_epub
from engross.model.check import Output
from engross.model.finding import Finding

CHECKS = (
    check_archive,
    check_package,
    check_navigation,
    check_links,
    check_notes,
    check_content,
)


def check_epub(output: Output) -> tuple[Finding, ...]:
    """All faults of an EPUB, in the order of the checks."""
    match open_epub(output.name, output.content):
        case Opened() as book:
            return faults_of(book)
        case faults:
            return faults


def faults_of(book: Opened) -> tuple[Finding, ...]:
    """The same of one that is open."""
    return tuple(found for check in CHECKS for found in check(book))


__all__ = ["check_epub", "faults_of", "open_epub"]
