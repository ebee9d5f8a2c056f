"""What a build makes of a book, and what becomes of it: the values that the stages are given."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from engross.assemble.edition import Edition
from engross.catalog import finding, stop
from engross.commands.request import BuildRequest
from engross.model.check import Checked
from engross.model.finding import Finding, Place
from engross.publish import versions
from engross.read import Sources, open_book
from engross.read.limits import Limits
from engross.read.sources import Instead, Overlay
from engross.revision.recorded import Departure, departure
from engross.revision.standing import Standing
from engross.schema.manifest import KINDS
from engross.workshop.making import make
from engross.workshop.notices import completed
from engross.workshop.workshop import Making, Workshop


def whole(workshop: Workshop, _standing: Standing) -> Making:
    """Every output of the kinds that are wanted."""
    return make(workshop)


def as_made(made: Making, _workshop: Workshop, _standing: Standing) -> Making:
    """What was made, with nothing beside it."""
    return made


def parted(standing: Standing, made: Making, *, whole: bool = True) -> Departure | None:
    """What parts the edition, or some outputs of it, from the release that it would be."""
    made_with = versions(made.versions, made.fonts)
    return departure(standing, made.outputs, made_with, whole=whole)


def never_parted(_standing: Standing, _made: Making) -> Departure | None:
    """Nothing: other pages than the edition's are no release."""
    return None


def all_found(findings: Sequence[Finding], _checks: Sequence[Checked]) -> list[Finding]:
    """Every finding counts."""
    return list(findings)


@dataclass(frozen=True, slots=True)
class Task:
    """One build of a book. The plain one makes the whole edition and publishes it as `current`."""

    version: str = ""
    """That is released; empty for a build."""
    instead: Instead = field(default_factory=dict)
    """Files of the book as a release will write them."""
    change: Callable[[Edition], Edition] = lambda edition: edition
    """What is made of the assembled edition before it is rendered."""
    make: Callable[[Workshop, Standing], Making] = whole
    complete: Callable[[Making, Workshop, Standing], Making] = completed
    """Adds what depends on finished bytes, once they have kept or lost their marks."""
    impose: str = ""
    pages: str = ""
    """`last`: none is laid out for the page list."""
    partial: bool = False
    """Less than the manifest's whole set: it is published as `draft`, and not proved."""
    compare: Callable[[Standing, Making], Departure | None] = parted
    """Says what parts finished bytes from the release that they would be."""
    departed: Departure | None = None
    """That they were made once and are not it: a draft is made."""
    judge: Callable[[Sequence[Finding], Sequence[Checked]], list[Finding]] = all_found
    """Gives the findings that count; of a release, once what was accepted is taken out."""

    def open(self, folder: Path) -> Sources:
        """The book as it is, or as the release will leave it."""
        if not self.version:
            return open_book(folder)
        return Overlay(folder.resolve(), Limits.from_environment(os.environ), self.instead)

    @property
    def pointers(self) -> tuple[str, ...]:
        """What leads to the build: a release has its own link, which is never overwritten."""
        return (*((self.version,) if self.version else ()), "draft" if self.partial else "current")


def task(request: BuildRequest) -> Task:
    """
    What was asked for, as values.

    Raises:
        EngrossError: a kind or an imposition that does not exist.
    """
    if faults := [*_kinds(request.kinds), *_options(request)]:
        raise stop(faults)
    changed = Task()
    other = (request.offprint, request.proof, request.blind, request.impose, request.pages)
    if request.kinds or any(other):
        changed = Task(
            impose=request.impose,
            pages=request.pages,
            partial=True,
            compare=partial(parted, whole=False),
        )
    if request.blind:
        from engross.workshop.proofs import blinded

        changed = replace(changed, change=blinded, compare=never_parted)
    if request.proof:
        from engross.workshop.proofs import make_proof

        def proof(workshop: Workshop, standing: Standing) -> Making:
            return make_proof(workshop, standing, request.since)

        return replace(changed, make=proof, complete=as_made, compare=never_parted)
    if request.offprint:
        from engross.workshop.offprint import make_offprint

        def offprint(workshop: Workshop, _standing: Standing) -> Making:
            return make_offprint(workshop, request.offprint)

        return replace(changed, make=offprint, complete=as_made, compare=never_parted)
    return changed


def _options(request: BuildRequest) -> Iterator[Finding]:
    if request.impose not in {"", "booklet"}:
        message = f"unknown imposition '{request.impose}'"
        yield finding("C001", Place(), message, "write --impose booklet")
    if request.pages not in {"", "last"}:
        message = f"--pages is '{request.pages}', and can only be 'last'"
        yield finding("C003", Place(), message, "write --pages last, or leave it out")
    paged = {"print", "screen", "cover", "bag"} & {*request.kinds} or not request.kinds
    if request.pages and (paged or request.offprint or request.proof or request.impose):
        message = "--pages last lays out no page, and pages are asked for"
        yield finding("C003", Place(), message, "name kinds without pages, as in --to epub,web")


def _kinds(kinds: tuple[str, ...]) -> list[Finding]:
    fix = f"use some of {', '.join(KINDS)}, joined by commas"
    return [
        finding("C001", Place(), f"unknown kind of output '{kind}'", fix)
        for kind in kinds
        if kind not in KINDS
    ]
