"""
Mutations of finished files: each is a file that opens, and says something else.

Kinds are drawn evenly, from a seed. A mutation that would not change what a reader sees is drawn
again. Nothing here knows how the proof works.
"""

import random

from tests.property.mutants import epub, pdf_marks, pdf_words
from tests.property.mutants.draw import DrawAgainError, Mutant, kinds
from tests.property.mutants.epub import changed_epub
from tests.property.mutants.sheet import changed_pdf

EPUB = kinds("epub_", vars(epub))
PDF = kinds("pdf_", vars(pdf_words), vars(pdf_marks))
KINDS = (*(f"epub {name}" for name in EPUB), *(f"pdf {name}" for name in PDF))
"""Every kind, to be drawn evenly."""


def mutate(content: bytes, kind: str, seed: int) -> Mutant:
    """One mutation of a file, by kind: `epub letter`, `pdf folio`."""
    for turn in range(60):
        rng = random.Random(f"{kind} {seed} {turn}")
        try:
            family, _, name = kind.partition(" ")
            if family == "epub":
                return Mutant(kind, *changed_epub(content, EPUB[name], rng))
            return Mutant(kind, *changed_pdf(content, PDF[name], rng))
        except DrawAgainError:
            continue
    raise AssertionError(f"no mutation of kind '{kind}' could be made")


__all__ = ["KINDS", "Mutant", "mutate"]
