"""
How the sources that an edition cites are said, by the house or by a style.

"First" counts anew in every section (a document, the introduction), since each is read and cited by
itself: the first of its notes that cites a source says everything, later ones the short form, and
what stands outside notes the short form too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engross.language import Words
from engross.model.forms import Cite, Form, Forms
from engross.model.text import Run
from engross.parse import chicago
from engross.schema.registers import SourceItem

Say = Callable[[Cite], Form]


@dataclass(frozen=True, slots=True)
class Citer:
    """Says each citation: in the house's own form, or in those that a style made."""

    items: Mapping[str, SourceItem]
    words: Words
    forms: Forms | None = None

    def text(self, cite: Cite) -> Form:
        """A citation outside notes."""
        if self.forms:
            return self.forms.texts.get((cite.key, cite.locator), (Run(cite.key),))
        return chicago.cited(self.items[cite.key], cite.locator, self.words, full=False)

    def notes(self, section: str) -> Say:
        """Says the citations of a section's notes, one after the other."""
        if self.forms:
            rows = iter(self.forms.notes.get(section, ()))
            return lambda cite: _next(rows, cite)
        seen: set[str] = set()

        def say(cite: Cite) -> Form:
            full = cite.key not in seen
            seen.add(cite.key)
            return chicago.cited(self.items[cite.key], cite.locator, self.words, full=full)

        return say

    def leads(self, key: str) -> bool:
        """Whether the bibliography has a source: styles leave out some types, such as letters."""
        return not self.forms or key in self.forms.entries

    def entries(self) -> dict[str, Form]:
        """The bibliography: in the order of the style, else of the file."""
        if not self.forms:
            return {key: chicago.entry(item, self.words) for key, item in self.items.items()}
        return {
            key: (*form, *chicago.noted(self.items[key]))
            for key, form in self.forms.entries.items()
            if key in self.items
        }


def _next(rows: Iterator[tuple[str, str, Form]], cite: Cite) -> Form:
    """The next form, where it is that of the source; else only the proof can go on."""
    key, locator, form = next(rows, ("", "", ()))
    return form if (key, locator) == (cite.key, cite.locator) else (Run(cite.key),)
