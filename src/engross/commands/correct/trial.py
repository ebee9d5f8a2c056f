"""A book as it would be with files that are not written yet, and what would be wrong with it."""

import os

from engross.cache.store import Store
from engross.commands.correct.opened import OpenLedger
from engross.model.finding import EngrossError, Finding, errors
from engross.read import Limits
from engross.read.sources import Instead, Overlay
from engross.workshop.assembled import assembled


def overlay(opened: OpenLedger, files: Instead) -> Overlay:
    """The book with such files."""
    root = opened.found.folder.resolve()
    return Overlay(root, Limits.from_environment(os.environ), files)


def faults(opened: OpenLedger, files: Instead) -> tuple[Finding, ...]:
    """What is wrong with the book as it would be."""
    try:
        return errors(assembled(overlay(opened, files), Store(None)).findings)
    except EngrossError as error:
        return errors(error.findings)
