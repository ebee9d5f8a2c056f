"""What a citation style is asked to say: the citations of an edition, heard as they are met."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engross.model.forms import Cite, Form, Forms, Style
from engross.model.text import Run
from engross.parse.citer import Citer, Say
from engross.schema.registers import SourceItem


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the words of an edition's citations depend on."""

    style: Style
    language: str
    """BCP 47."""
    items: Mapping[str, SourceItem]
    notes: dict[str, list[Cite]] = field(default_factory=dict)
    """By section in reading order, those of its notes."""
    texts: dict[tuple[str, str], None] = field(default_factory=dict)
    """Key and locator of those outside notes, each once."""


Styler = Callable[[Asked], Forms]


@dataclass(frozen=True, slots=True)
class Listener(Citer):
    """Notes what is cited instead of saying it."""

    asked: Asked = field(kw_only=True)

    def text(self, cite: Cite) -> Form:
        """A citation outside notes."""
        self.asked.texts[cite.key, cite.locator] = None
        return (Run(cite.key),)

    def notes(self, section: str) -> Say:
        """Those of a section's notes."""
        rows = self.asked.notes.setdefault(section, [])

        def hear(cite: Cite) -> Form:
            rows.append(cite)
            return (Run(cite.key),)

        return hear
