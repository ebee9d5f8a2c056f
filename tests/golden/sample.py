"""A small edition that has every kind of section, block, mark, point and note."""

from engross.assemble.edition import (
    AbbreviationContent,
    Abbreviations,
    Chronology,
    Colophon,
    Contents,
    ContentsEntry,
    CorrectionEntry,
    CorrectionsContent,
    DocumentContent,
    Edition,
    EventContent,
    IndexContent,
    IndexHeading,
    IndexPlace,
    PersonContent,
    Persons,
    ReadingEntry,
    Readings,
    Section,
    SourceContent,
    SourceGroup,
    SourcesContent,
)
from engross.model.text import (
    Body,
    Cell,
    Division,
    Figure,
    Item,
    Leaf,
    ListBlock,
    Mark,
    Note,
    Point,
    Quote,
    Rule,
    Run,
    Table,
)
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest
from engross.schema.registers import PersonEntry

MANIFEST = {
    "edition": "sample",
    "title": "A Sample Document & Its Edition",
    "subtitle": "Every Kind of Thing, 1 January 2000",
    "short_title": "Sample",
    "date": "2026-11-23",
    "identifier": "urn:uuid:00000000-0000-5000-8000-000000000000",
    "description": "An edition that no reader wants.",
    "subjects": ["Samples"],
    "people": [
        {"name": "First Person", "file_as": "Person, First", "role": "edt"},
        {"name": "Second Person", "role": "trl", "note": "Translated what is not in English."},
    ],
    "publisher": {"name": "Sample Press", "place": "Nowhere"},
    "isbn": {"epub": "978-0-00-000000-2", "print": "978-0-00-000001-9"},
    "rights": {"status": "conditional", "statement": "A sample.", "terms": "For tests <only>."},
    "funding": ["Supported by nobody"],
    "series": "Samples",
    "volume": "3",
    "sections": ["title-page"],
    "deposit": "Kept with the tests.",
}

RECORD = {
    "id": "letter",
    "received": {"sha256": "0" * 64},
    "title": {"supplied": "Letter of a Sample", "short": "Letter"},
    "dates": {"event": "2000-01-01"},
    "source": {"repository": "Archive of Samples", "fond": "1", "opis": "2", "delo": "3"},
    "hands": [{"id": "h1", "description": "Unidentified. In pencil."}],
}


def run(text: str, *marks: Mark | str) -> Run:
    return Run(text, tuple(Mark(mark) if isinstance(mark, str) else mark for mark in marks))


def point(kind: str, **attributes: str) -> Point:
    return Point(kind, tuple(attributes.items()))


def mark(kind: str, **attributes: str) -> Mark:
    return Mark(kind, tuple(attributes.items()))


class Counter:
    """Gives blocks their ids, in order."""

    def __init__(self) -> None:
        self.count = 0

    def leaf(self, role: str, *content: Run | Point, **more: object) -> Leaf:
        self.count += 1
        return Leaf(f"p-{self.count:03d}", role, content, **more)  # type: ignore[arg-type]


def document_body() -> Body:
    leaf = Counter().leaf
    blocks = (
        leaf("heading", run("To the sample"), point("note", id="head")),
        leaf("dateline", run("January 1, 2000")),
        leaf(
            "marginal",
            run("[In the margin] "),
            run("Seen.", "emphasis"),
            attributes=(("hand", "h1"), ("leaf", "7")),
        ),
        leaf(
            "paragraph",
            run("Plain, "),
            run("slanted ", "emphasis"),
            run("and strong", "emphasis", "strong"),
            run(", "),
            run("capitals", "small-caps"),
            run(", H"),
            run("2", "sub"),
            run("O, "),
            run("added", "added"),
            run(" and "),
            run("struck", "deleted"),
            run(", "),
            run("doubtful", "unclear"),
            run(", "),
            run("the 1st", mark("date", when="2000-01-01")),
            run(", "),
            run("spasibo", mark("language", lang="ru-Latn")),
            point("note", id="long"),
            run(" & <so on>."),
            number=1,
        ),
        leaf(
            "paragraph",
            run("Here a leaf "),
            point("break", unit="leaf", label="8"),
            run("begins, here "),
            point("break", unit="leaf", label="9", certainty="low"),
            run("perhaps another; a gap "),
            point("gap", reason="torn", extent="two words"),
            run(" and a "),
            run("corrected", mark("correction", id="C-0001", old="correctd")),
            point("correction-end", id="C-0001"),
            run(" word. The end is joined"),
            point("correction-end", id="C-0002"),
            run(" to the next"),
            point("note", id="long"),
            run("."),
            number=2,
        ),
        ListBlock(
            "ordered",
            (
                Item((leaf("paragraph", run("First")),)),
                Item((leaf("paragraph", run("Second")),)),
            ),
            start=3,
        ),
        ListBlock(
            "labelled", (Item((leaf("paragraph", run("Meaning")),), leaf("label", run("Word"))),)
        ),
        Table(
            (
                (Cell((leaf("cell", run("Year")),), True), Cell((leaf("cell", run("Sum")),), True)),
                (
                    Cell((leaf("cell", run("1999")),), True),
                    Cell((leaf("cell", run("12"), point("note", id="cell")),), align="right"),
                ),
            ),
            head_rows=1,
            caption=leaf("caption", run("Sums")),
        ),
        Quote((leaf("paragraph", run("Quoted words.")),)),
        Figure("images/seal.png", "A seal", leaf("caption", run("The seal"))),
        Figure("", "a plan"),
        Rule(),
        leaf("verse", run("A line of verse"), point("line"), run("and another")),
        Division("attachment", (leaf("paragraph", run("Enclosed.")),), "enclosure"),
        leaf("certification", run("True")),
        leaf("signature", run("A. Sample [signature]")),
        leaf("closer", run("January 2")),
    )
    inner = Counter().leaf
    notes = (
        Note("head", "source", (inner("paragraph", run("A note of the original.")),), 1),
        Note(
            "long",
            "editor",
            (
                inner(
                    "paragraph",
                    run("See "),
                    run("Works, doc. 12", mark("citation", source="works", locator="doc. 12")),
                    run(" and "),
                    run("¶ 2", mark("reference", address="letter#p-005")),
                    run("; also "),
                    run("A Person", mark("person", key="a-person")),
                    run("."),
                ),
                inner("paragraph", run("A second paragraph.")),
                ListBlock("bullet", (Item((inner("paragraph", run("An item")),)),)),
                Table((((Cell((inner("cell", run("In a table")),))),),)),
                Quote((inner("paragraph", run("Quoted in a note.")),)),
            ),
            2,
        ),
        Note("cell", "translator", (inner("paragraph", run("A word of the translator.")),), 3),
    )
    return Body(blocks, notes)


def prose_body() -> Body:
    leaf = Counter().leaf
    return Body(
        (
            leaf("heading", run("Introduction"), level=1),
            leaf("paragraph", run("It begins"), point("note", id="n-1"), run(".")),
            leaf("heading", run("A part"), level=2),
            leaf(
                "paragraph", run("With a "), run("link", mark("link", href="https://example.org/"))
            ),
        ),
        (Note("n-1", "editor", (Leaf("p-001", "paragraph", (run("Here."),)),), 1),),
    )


def edition(released: bool = False) -> Edition:
    """The whole of it."""
    content = DocumentContent(
        DocumentRecord.model_validate(RECORD),
        "1",
        (run("Letter of a Sample"),),
        (run("[Nowhere]", "supplied"), run(", 1 January 2000")),
        (run("Source:", "emphasis"), run(" Archive of Samples.")),
        "Archive of Samples, f. 1, op. 2, d. 3, l. 7",
        Body((Leaf("p-001", "paragraph", (run("The editors say this first."),)),)),
    )
    titles = [("introduction", "Introduction"), ("letter", "Letter of a Sample")]
    entries = tuple(ContentsEntry(address, title) for address, title in titles)
    person = PersonEntry.model_validate(
        {
            "id": "a-person",
            "name": "A Person",
            "life": "1900–1999",
            "names": [{"text": "Персона", "language": "ru"}],
        }
    )
    corrections = (
        CorrectionEntry(
            "C-0001", "letter#p-005", "Letter of a Sample", 2, "correctd", "corrected", False,
            "2026-11-23", "transcription", "accidental", "1.1", "The leaf has it.", (("1.0", "7"),),
        ),
        CorrectionEntry(
            "C-0002", "letter#p-005", "Letter of a Sample", 2, "is joined", "to the next", True,
            "2026-11-23", "transcription", "accidental", "", "One sentence.",
        ),
    )  # fmt: skip

    def section(kind: str, title: str, **more: object) -> Section:
        return Section(kind, kind, title, title, language="en", **more)  # type: ignore[arg-type]

    front = {"matter": "front", "display": True, "in_contents": False}
    return Edition(
        Manifest.model_validate(MANIFEST),
        released,
        "0123456789abcdef" * 4,
        "2026-11-24",
        (
            section("half-title", "Half-title", **front),
            section("title-page", "Title page", **front),
            section("imprint", "Imprint", **front),
            section(
                "contents", "Contents", content=Contents(entries), matter="front", in_contents=False
            ),
            Section(
                "introduction", "prose", "Introduction", "Introduction", "introduction",
                prose_body(), matter="front", language="en",
            ),
            Section(
                "letter", "document", "Letter of a Sample", "Letter", body=document_body(),
                content=content, number="1", opening="recto", language="en",
            ),
            section(
                "readings", "Readings", matter="back",
                content=Readings((ReadingEntry(
                    "slip", "letter", "p-004", 1, "slanted", "inclined", (run("A guess."),),
                ),)),
            ),
            section(
                "persons", "Persons", matter="back",
                content=Persons(
                    (PersonContent(person, (run("A sample."),), (("letter", 1), ("letter", 2))),)
                ),
            ),
            section(
                "chronology", "Chronology", matter="back",
                content=Chronology(
                    (EventContent("2000-01-01", "", (run("It happens."),), "letter"),)
                ),
            ),
            section(
                "abbreviations", "Abbreviations", matter="back",
                content=Abbreviations((AbbreviationContent("d.", "delo", "ru-Latn"),)),
            ),
            section(
                "sources", "Sources", matter="back",
                content=SourcesContent((SourceGroup("Books", (
                    SourceContent("works", (run("Works", "emphasis"), run(".")), "Works"),
                )),)),
            ),
            section(
                "index", "Index", matter="back",
                content=IndexContent((IndexHeading(
                    "Samples", (IndexPlace("letter#p-004", 1), IndexPlace("introduction")),
                    see_also=("Tests",), entries=(IndexHeading("small", see=("Tests",)),),
                ),)),
            ),
            section(
                "corrections", "Corrections", matter="back",
                content=CorrectionsContent(corrections, (("1.0", "2026-11-01"),)),
            ),
            section(
                "colophon", "Colophon", matter="back", content=Colophon(("Made.",), ("The text.",))
            ),
        ),
    )  # fmt: skip
