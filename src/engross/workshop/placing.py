"""Findings of typesetting name addresses; an editor opens files."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engross.assemble.edition import Edition
from engross.catalog import stop
from engross.model.finding import EngrossError, Finding, Place
from engross.model.text import leaves

ADDRESS = re.compile(r"([a-z][a-z0-9-]*)#(p-\d+)")


@contextmanager
def placed(edition: Edition) -> Iterator[None]:
    """
    Give findings without a file the line of the block that they name.

    Raises:
        EngrossError: what is raised within, so amended.
    """
    try:
        yield
    except EngrossError as error:
        raise stop([_placed(found, edition) for found in error.findings]) from error


def _placed(found: Finding, edition: Edition) -> Finding:
    named = None if found.place.path else ADDRESS.search(found.message)
    bodies = [one.body for one in edition.sections if named and one.address == named[1]]
    for leaf in (leaf for body in bodies if body for leaf in leaves(body.blocks)):
        if named and leaf.id == named[2] and leaf.origin.path:
            return replace(found, place=Place(leaf.origin.path, leaf.origin.line))
    return found
