"""Steps that are played once, in order, and what each of them answered."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.answers import run

SLUG = "khrushchev-yamada-1961"


@dataclass
class Story:
    """The book, its dist, and what each step answered."""

    folder: Path
    steps: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    sums: dict[str, bytes] = field(default_factory=dict)

    @property
    def book(self) -> Path:
        return self.folder / "book"

    @property
    def edition(self) -> Path:
        return self.folder / "dist" / SLUG

    def run(self, step: str, *arguments: str) -> dict[str, Any]:
        self.steps[step] = run(*arguments)
        return self.steps[step][1]

    def keep(self, name: str) -> None:
        self.sums[name] = (self.edition / "current" / "SHA256SUMS").read_bytes()

    def answer(self, step: str) -> dict[str, Any]:
        status, answer = self.steps[step]
        assert status == 0, answer["findings"]
        return answer
