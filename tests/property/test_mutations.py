"""
The proof is proved by files that lie.

A mutant is judged alone against the evidence: no digest and no comparison of one output with the
other can catch it, only its own words, numbers and places.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.property.mutants import KINDS, Mutant, mutate
from tests.property.published import SLUG, copied, published  # noqa: F401 - fixtures

from engross.catalog import finding
from engross.commands.verify import verify
from engross.model.finding import Place
from engross.verify import verify_folder

NAMES = {
    "epub": (f"{SLUG}.epub",),
    "pdf": (f"{SLUG}-screen.pdf", f"{SLUG}-print-generic.pdf"),
}


def draw(folder: Path, number: int) -> tuple[str, Mutant]:
    """The mutant of a number: kinds take turns, and so do the PDFs."""
    kind = KINDS[number % len(KINDS)]
    names = NAMES[kind.split(" ")[0]]
    name = names[number // len(KINDS) % len(names)]
    return name, mutate((folder / name).read_bytes(), kind, number)


def hunt(folder: Path, numbers: range, tell: Callable[[str, object], None]) -> None:
    """Judge mutants and say how many were caught."""
    missed = []
    for number in numbers:
        name, mutant = draw(folder, number)
        if verify_folder(folder, only={name: mutant.content}).proved:
            missed.append(f"{number}: {mutant.kind}, {name}, {mutant.what}")
    caught = len(numbers) - len(missed)
    print(f"caught {caught} of {len(numbers)} mutants", *missed, sep="\n")
    tell("mutants", len(numbers))
    tell("caught", caught)
    assert not missed, "\n".join(missed)


def test_a_mutant_of_every_kind_is_caught(
    published: Path,  # noqa: F811
    record_property: Callable[[str, object], None],
) -> None:
    assert len(KINDS) >= 40
    hunt(published, range(len(KINDS)), record_property)


@pytest.mark.slow
def test_five_hundred_mutants_are_caught(
    published: Path,  # noqa: F811
    record_property: Callable[[str, object], None],
) -> None:
    hunt(published, range(1000, 1500), record_property)


@pytest.mark.parametrize("number", [4, KINDS.index("pdf letter")])
def test_right_digests_do_not_help_a_mutant(
    copied: Path,  # noqa: F811
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = finding("Q001", Place(SLUG), "an outside checker grumbles too", "nothing")
    monkeypatch.setattr("engross.commands.verify.validate", lambda *_: ([], [broken]))
    name, mutant = draw(copied, number)
    (copied / name).write_bytes(mutant.content)
    sums = []
    for line in (copied / "SHA256SUMS").read_text("utf-8").splitlines():
        path = line[66:]
        digest = hashlib.sha256((copied / path).read_bytes()).hexdigest()
        sums.append(f"{digest}  {path}\n")
    (copied / "SHA256SUMS").write_text("".join(sums), "utf-8")
    outcome = verify([copied])
    assert outcome.exit_status == 9
    assert {row.verdict for row in outcome.checks if row.name == "digests"} == {"passed"}
    assert any(found.place.path == name for found in outcome.findings)
