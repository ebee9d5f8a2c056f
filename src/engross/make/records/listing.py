"""`listing.txt`: what forms of shops, printers and ISBN agencies ask for, field by field."""

from dataclasses import dataclass

from engross.language.codes import bibliographic
from engross.make.records.citing import cite_edition
from engross.make.records.facts import Facts, inverted

AS_OF = "2026-11-23"
"""When the limits below were last compared with what is published of the forms."""
LIMITS = {
    "title": ("KDP: title and subtitle together", 200),
    "description": ("KDP, IngramSpark", 4000),
    "keywords": ("IngramSpark: all keywords", 500),
    "keyword": ("KDP: each of seven", 50),
}
"""Characters that a form takes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    value: str
    form: str = ""
    limit: int = 0
    """Characters; 0 where no form is known to have a limit."""

    @property
    def over(self) -> int:
        """How many characters are too many."""
        return max(0, len(self.value) - self.limit) if self.limit else 0

    def __str__(self) -> str:
        if not self.value:
            return f"{self.name}\n    -- nothing in the manifest --\n"
        room = ""
        if self.limit:
            state = f"{self.over} TOO MANY" if self.over else f"{self.limit - len(self.value)} left"
            room = f" of {self.limit} ({self.form}), {state}"
        return f"{self.name}  [{len(self.value)} characters{room}]\n    {self.value}\n"


def fields(facts: Facts) -> tuple[Field, ...]:
    """The fields, in the order in which most forms ask for them."""
    manifest = facts.manifest
    publisher = manifest.publisher
    keywords = "; ".join(manifest.subjects)
    formats = {form.kind: form for form in facts.formats}
    rows = [
        Field("Title", manifest.title),
        Field("Subtitle", manifest.subtitle),
        Field("Title and subtitle", facts.title, *LIMITS["title"]),
        Field("Series", manifest.series),
        Field("Volume", manifest.volume),
        Field("Edition", manifest.edition_statement or facts.standing),
        *(
            Field(f"Contributor {number} ({person.role})", f"{inverted(person)} | {person.name}")
            for number, person in enumerate(manifest.people, 1)
        ),
        Field("Publisher", publisher.name if publisher else ""),
        Field("Place of publication", publisher.place if publisher else ""),
        Field("Imprint", publisher.imprint if publisher else ""),
        Field("Publication date", manifest.date),
        Field("Language", f"{manifest.language} ({bibliographic(manifest.language)})"),
        *(
            Field(f"ISBN, {kind}", formats[kind].isbn)
            for kind in ("epub", "print", "screen")
            if kind in formats
        ),
        Field("Description", " ".join(manifest.description.split()), *LIMITS["description"]),
        Field("Keywords, all", keywords, *LIMITS["keywords"]),
        *(
            Field(f"Keyword {number}", subject, *LIMITS["keyword"])
            for number, subject in enumerate(manifest.subjects[:7], 1)
        ),
        Field("Rights", " ".join(manifest.rights.statement.split())),
        Field("Terms", " ".join(manifest.rights.terms.split())),
        Field("Rights holder", manifest.rights.holder),
        Field("Price", "free of charge: the rights are not cleared" if facts.free else ""),
        *(
            Field(f"Price, {form.kind}, {one.territory}", f"{one.amount} {one.currency}")
            for form in facts.formats
            for one in facts.prices(form)
        ),
        Field("Territory", manifest.territory or ""),
        Field("Trim", manifest.print.trim if "print" in formats else ""),
        Field("Binding", manifest.print.binding if "print" in formats else ""),
        Field("Paper", manifest.print.paper if "print" in formats else ""),
        Field("Accessibility summary", facts.accessibility.summary),
        Field("Accessibility features", ", ".join(facts.accessibility.features)),
        Field("Conforms to", facts.accessibility.conforms_to),
        *(Field(f"Cite, {one.style}", one.text) for one in cite_edition(facts)),
    ]
    return tuple(rows)


def listing(facts: Facts) -> bytes:
    """The fields as a text to copy from; lengths are counted in characters."""
    head = (
        f"{facts.title}\n{facts.standing}\n\n"
        "What the forms of shops, printers and ISBN agencies ask for, to be copied.\n"
        f"Limits as published on {AS_OF}; a form may have changed since.\n"
    )
    return "\n".join([head, *map(str, fields(facts))]).encode()
