"""A volume's life: changes of every kind from 1.0 to 1.6, and what its owners are told of them."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.answers import ACCEPT, change, run, told, unchecked
from tests.property.test_errata import by_hand

from engross.parse.parse import parse
from engross.read import open_book
from engross.release.errata import errata, units_of
from engross.revision.releases import read_release, released_versions
from engross.revision.texts import frozen_texts

DOCUMENTS = ("first", "second", "third")
Change = Callable[[Path, random.Random, str], None]


def correct(book: Path, *words: str, day: str) -> None:
    asked = ("--reason", "Its reason.", "--on", day, "--book", str(book))
    status, answer = run("correct", *words, *asked)
    assert status == 0, told(answer)


def words_of(book: Path, document: str, chance: random.Random) -> tuple[str, str]:
    """A paragraph that no entry has touched, and two words of it that stand once in all."""
    parsed = parse(open_book(book))
    entries = parsed.ledger.value.corrections if parsed.ledger else ()
    done = {entry.at.block for entry in entries if entry.at.address == document}
    texts = frozen_texts(parsed)[document]
    whole = " ".join(texts.values())
    found = [
        (block, pair)
        for block, text in texts.items()
        if block not in done
        for pair in map(" ".join, zip(text.split(), text.split()[1:], strict=False))
        if whole.count(pair) == 1 and pair.replace(" ", "").isalpha()
    ]
    return chance.choice(found or [("", "")])


def word(book: Path, chance: random.Random, day: str) -> None:
    document = chance.choice(DOCUMENTS)
    block, pair = words_of(book, document, chance)
    new = chance.choice(["", "other words", f"{pair}, indeed", pair.upper()])
    if block:
        correct(book, f"{document}#{block}", pair, new, day=day)


def transcript(book: Path, chance: random.Random, day: str) -> None:
    document = chance.choice(DOCUMENTS)
    _, pair = words_of(book, document, chance)
    path = book / f"documents/{document}/transcript.md"
    new = chance.choice([f"*{pair}*", "words put in"])
    if pair and pair in path.read_text("utf-8"):
        change(path, pair, new)
        correct(book, "--adopt", "--yes", day=day)


def note(book: Path, chance: random.Random, day: str) -> None:
    path = book / f"documents/{chance.choice(DOCUMENTS)}/notes.yaml"
    name = f"n{day.replace('-', '')}{chance.randrange(99)}"
    row = f"notes:\n  - {{id: {name}, at: {{exact: Your}}, text: A new one.}}\n"
    if "Your" in (path.parent / "transcript.md").read_text("utf-8"):
        change(path, "notes:\n", row)
        correct(book, f"{path.parent.name}/note/{name}", "--kind", "structure", day=day)


def prose(book: Path, chance: random.Random, day: str) -> None:
    old = chance.choice(["spring", "harbour", "handbooks", "copy"])
    path = book / "introduction.md"
    if old in path.read_text("utf-8"):
        change(path, old, f"{old} (so to speak)")
        correct(book, "--adopt", "--yes", day=day)


def row(book: Path, chance: random.Random, day: str) -> None:
    change(book / "persons.yaml", "Lane", chance.choice(["Lane, now gone", "Lane itself"]))
    correct(book, "--adopt", "--yes", day=day)


def field(book: Path, chance: random.Random, day: str) -> None:
    texts = frozen_texts(parse(open_book(book)))["manifest/rights/statement"]
    words = chance.choice([one for one in next(iter(texts.values())).split() if one.isalpha()])
    known = (book / "corrections.yaml").read_text("utf-8")
    if "manifest/rights/statement" not in known:
        correct(book, "manifest/rights/statement", words, "which", day=day)


def again(book: Path, chance: random.Random, day: str) -> None:
    """An entry is taken back, or another takes its place."""
    parsed = parse(open_book(book))
    rows = parsed.ledger.value.corrections if parsed.ledger else ()
    gone = {one.supersedes for one in rows}
    some = [one for one in rows if one.read and one.released_in and one.id not in gone]
    some = [one for one in some if one.status == "verified"]
    if some:
        entry = chance.choice(some)
        place = f"{entry.at.address}#{entry.at.block}" if entry.at.block else entry.at.address
        if chance.random() < 0.5 or "manifest" in place:
            correct(book, entry.id, "--status", "withdrawn", day=day)
        else:
            options = ("--prefix", entry.at.prefix, "--suffix", entry.at.suffix)
            words = (entry.at.exact, f"others of {day}", "--supersedes", entry.id)
            correct(book, place, *words, *options, day=day)


KINDS: tuple[Change, ...] = (word, word, transcript, note, prose, row, field, again)


def release(book: Path, day: str) -> None:
    status, answer = unchecked("release", str(book), "--date", day, *ACCEPT)
    assert status == 0, told(answer)


SEEDS = [
    pytest.param(seed, marks=pytest.mark.rest if seed < 1 else pytest.mark.slow)
    for seed in range(4)
]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_version_comes_back_and_every_owner_is_told_the_truth(
    tmp_path: Path, seed: int
) -> None:
    chance, book = random.Random(seed), tmp_path / "book"
    assert run("new", str(book), "--sample", "letters")[0] == 0
    change(book / "manifest.yaml", "[epub, print, screen]", "[epub]")
    release(book, "2026-12-02")
    for month in range(1, 7):
        day = f"2027-{month:02}-01"
        before = (book / "corrections.yaml").read_bytes()
        while (book / "corrections.yaml").read_bytes() == before:
            for kind in chance.sample(KINDS, 3):
                kind(book, chance, day)
        status, answer = run("check", str(book))
        assert status == 0, told(answer)
        release(book, day)
    sources = open_book(book)
    states = [read_release(sources, version) for version in released_versions(sources)]
    assert [one.version for one in states] == [f"1.{number}" for number in range(7)]
    now = dict(units_of(states[-1].printed))
    for state in states[:-1]:
        then = units_of(state.printed)
        copy = {unit: dict(texts) for unit, texts in then.items()}
        rows = list(errata(then, now))
        for address in dict.fromkeys(one.address for one in rows):
            here = [one for one in rows if one.address == address]
            unit = here[0].unit
            if not (here[0].old and here[0].new):
                copy[unit] = now.get(unit, {})
                continue
            copy[unit][address] = by_hand(copy[unit][address], here)
        assert {unit: texts for unit, texts in copy.items() if texts} == now
        bag = tmp_path / f"dist/letters/bags/{state.version}/data"
        again_ = tmp_path / state.version / "book"
        shutil.copytree(bag / "book", again_)
        assert unchecked("build", str(again_))[0] == 0
        made = (again_.parent / "dist/letters/current/SHA256SUMS").read_bytes()
        assert made == (bag / "published/SHA256SUMS").read_bytes(), state.version
