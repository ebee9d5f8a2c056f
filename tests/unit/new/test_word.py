"""Files of word processors: what a reader of them sees becomes text, and the rest is said."""

import sys
import zipfile
from pathlib import Path

import pytest
from tests.unit.new.word import WHO, call, p, r, table, word_file

from engross.commands.build import build
from engross.commands.check import check
from engross.commands.new import new
from engross.commands.request import BuildRequest, NewRequest
from engross.commands.verify import verify

DAY = "2026-01-01"
LIST = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
NOTE = f'<w:footnote w:id="2">{p("Of ours.")}{p("And more.")}</w:footnote>'
END = f'<w:endnote w:id="3">{p("At the end.")}</w:endnote>'
BOX = f"<w:r><wps:txbx><w:txbxContent>{p('Boxed.')}</w:txbxContent></wps:txbx></w:r>"
KEPT = ": the words are in the text"
HEADS = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
    f'<w:ilvl w:val="{n - 1}"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    for n in (1, 2)
)


def numbering(name: int, *levels: tuple[str, str]) -> tuple[str, str]:
    """A numbering of levels, each its form and what it says, and the entry that names it."""
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    shape = f'<w:abstractNum w:abstractNumId="{name}">{made}</w:abstractNum>'
    return shape, f'<w:num w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>'


def numbered(name: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{name}"/></w:numPr>'


NUMBERED = [
    numbering(7, ("upperRoman", "%1."), ("lowerLetter", "%1.%2)")),
    numbering(8, ("decimal", "Article %1")),
    numbering(9, ("decimal", "%1.")),
]

FILES: dict[str, tuple[bytes, str, list[str]]] = {
    "plain": (word_file(p("One.") + p("Two.")), "One.\n\nTwo.", []),
    "signs": (
        word_file(p("1. [a] *b* <c> #d | e_f")),
        "1\\. \\[a\\] \\*b\\* \\<c\\> \\#d \\| e\\_f",
        [],
    ),
    "rule": (word_file(p("---") + p("+ and") + p("~~~")), "\\---\n\n\\+ and\n\n\\~~~", []),
    "empty": (word_file(p("One.") + p() + p(" ") + p("Two.")), "One.\n\nTwo.", []),
    "italics": (word_file(p("A ", r("ship", "i"), ".")), "A *ship*.", []),
    "italics-spaces": (word_file(p("A", r(" ship ", "i"), "at sea")), "A *ship* at sea", []),
    "bold-italics": (word_file(p(r("x", "b", "i"), " y")), "***x*** y", []),
    "within-a-word": (word_file(p("un", r("sea", "i"), "worthy")), "un*sea*worthy", []),
    "quotation": (
        word_file(p("a", r("“b”", "i"), "c")),
        "a“b”c",
        [f"emphasised in part: “a“b”c”{KEPT}"],
    ),
    "small-capitals": (
        word_file(p("In ", r("Anno", "smallCaps"), " 5", r("th", 'vertAlign w:val="superscript"'))),
        "In Anno 5th",
        [f"in small capitals: “Anno”{KEPT}", f"superscript: “th”{KEPT}"],
    ),
    "struck": (
        word_file(p(r("No", "dstrike"), r("w", 'u w:val="single"'), r(" secret", "caps"))),
        "Now secret",
        [
            f"struck through: “No”{KEPT}",
            f"underlined: “w”{KEPT}",
            f"shown in capitals by its format: “secret”{KEPT}",
        ],
    ),
    "line": (word_file(p("<w:r><w:t>To:</w:t><w:br/><w:t>him</w:t></w:r>")), "To:\\\nhim", []),
    "table": (
        word_file(table([p("Rye"), p("12")], [p("Oats"), p("3")])),
        "|  |  |\n| --- | --- |\n| Rye | 12 |\n| Oats | 3 |",
        [],
    ),
    "table-paragraphs": (
        word_file(table([p("a") + p("b"), p("c")])),
        "|  |  |\n| --- | --- |\n| a b | c |",
        [f"paragraphs of a cell, which run on: “a b”{KEPT}"],
    ),
    "table-pipe": (word_file(table([p("a|b")])), "|  |\n| --- |\n| a\\|b |", []),
    "note": (
        word_file(p("Gone", call(2), " by noon."), footnotes=NOTE),
        "Gone by noon.",
        [],
    ),
    "endnote": (word_file(p("Gone", call(3, "endnote"), "."), endnotes=END), "Gone.", []),
    "note-in-a-cell": (
        word_file(table([p("Rye", call(2)), p("1")]), footnotes=NOTE),
        "|  |  |\n| --- | --- |\n| Rye | 1 |",
        [],
    ),
    "note-first": (word_file(p(call(2), "Begun at once."), footnotes=NOTE), "Begun at once.", []),
    "deletion": (
        word_file(
            p("It was ", f"<w:del {WHO}><w:r><w:delText>never</w:delText></w:r></w:del>", "so")
        ),
        "It was so",
        [
            "tracked changes were accepted: deletion of “never” (A. Sample, 2026-01-02)",
            "a tracked deletion (A. Sample, 2026-01-02): “never”",
        ],
    ),
    "insertion": (
        word_file(p("It was ", f"<w:ins {WHO}>{r('always')}</w:ins>", " so")),
        "It was always so",
        ["tracked changes were accepted: insertion of “always” (A. Sample, 2026-01-02)"],
    ),
    "end-deleted": (
        word_file(p("One", more=f"<w:rPr><w:del {WHO}/></w:rPr>") + p("two")),
        "One two",
        [],
    ),
    "hidden": (
        word_file(p("Seen ", r("unseen", "vanish"), "twice")),
        "Seen twice",
        ["hidden text: “unseen”"],
    ),
    "field": (
        word_file(p("Of ", f'<w:fldSimple w:instr="DATE">{r("3 May")}</w:fldSimple>', " here")),
        "Of 3 May here",
        [],
    ),
    "numbers": (
        word_file(
            p("Ice", style="H1")
            + p("Men", style="H2")
            + p("Ships", style="H2")
            + p("Tide", style="H1")
            + p("Ebb", style="H2")
            + p("Peace.", more=numbered(8))
            + p("War.", more=numbered(8))
            + p("Item.", more=numbered(9)),
            styles=HEADS,
            numbering="".join(a for a, _ in NUMBERED) + "".join(b for _, b in NUMBERED),
        ),
        "# I. Ice\n\n## I.a) Men\n\n## I.b) Ships\n\n# II. Tide\n\n## II.a) Ebb\n\n"
        "Article 1 Peace.\n\nArticle 2 War.\n\n1. Item.",
        [
            "a number that Word writes by itself: “I.; I.a); I.b); II.; II.a); Article 1; "
            f"Article 2”{KEPT}"
        ],
    ),
    "box": (word_file(p("Beside", BOX, " it")), "Beside it", ["in a text box: “Boxed.”"]),
    "header": (
        word_file(p("Text."), header1=p("Confidential")),
        "Text.",
        ["in the head or foot of the pages: “Confidential”"],
    ),
    "comment": (
        word_file(
            p(
                "A ",
                '<w:commentRangeStart w:id="1"/>',
                "ship",
                '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
                ".",
            ),
            comments=f'<w:comment w:id="1" w:author="B" w:date="2026-02-03T00:00:00Z">'
            f"{p('Which one?')}</w:comment>",
        ),
        "A ship.",
        [],
    ),
    "symbol": (
        word_file(p("a ", '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>')),
        "a α",
        ["read, but not in the file so: “α”"],
    ),
    "headings": (
        word_file(
            p("Two", style="Heading2") + p("Text.") + p("Four", style="Heading4"),
            styles="".join(
                f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
                "</w:style>"
                for n in (2, 4)
            ),
        ),
        "# Two\n\nText.\n\n## Four",
        [
            f"a heading of level 2 there: “Two”{KEPT}",
            f"a heading of level 4 there: “Four”{KEPT}",
        ],
    ),
    "russian": (word_file(p("Дело № 5, л. 8об.")), "Дело № 5, л. 8об.", []),
    "greek": (word_file(p("Ἐν ἀρχῇ ἦν ὁ λόγος")), "Ἐν ἀρχῇ ἦν ὁ λόγος", []),
}


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """One book of all the files, and what was said of each when it was read."""
    folder = tmp_path_factory.mktemp("word")
    said: dict[str, list[str]] = {}
    assert new(NewRequest(folder / "book", None, "Papers", document="form", date=DAY)).ok
    form = folder / "book/documents/form/document.yaml"
    form.write_text(form.read_text("utf-8").replace('"Papers"', '"The form"'), "utf-8")
    for name, (content, _, _) in FILES.items():
        source = folder / f"{name}.docx"
        source.write_bytes(content)
        outcome = new(NewRequest(folder / "book", source, f"A {name}", document=name, date=DAY))
        assert outcome.ok, (name, outcome.findings)
        said[name] = outcome.extra["unplaced"]
    return folder / "book", said


@pytest.mark.parametrize("name", FILES)
def test_a_word_file_becomes_what_its_reader_sees(
    volume: tuple[Path, dict[str, list[str]]], name: str
) -> None:
    book, said = volume
    _, text, unplaced = FILES[name]
    assert (book / f"documents/{name}/transcript.md").read_text("utf-8") == f"{text}\n"
    assert said[name] == unplaced


def test_notes_hang_from_the_words_that_they_followed(
    volume: tuple[Path, dict[str, list[str]]],
) -> None:
    book, _ = volume
    note = (book / "documents/note/notes.yaml").read_text("utf-8").partition("\nnotes:\n")[2]
    assert note == (
        '  - id: "n-1"\n    origin: "source"\n    at:\n      block: "p-001"\n'
        '      exact: "Gone"\n    text: "Of ours.\\n\\nAnd more."\nreadings: []\n'
    )
    assert (book / "queries.yaml").read_text("utf-8") == (
        'queries:\n  - id: "comment-comment-1"\n    at:\n      address: "comment"\n'
        '      block: "p-001"\n      exact: "A ship"\n    question: "Which one?"\n'
        '    by: "B"\n    on: "2026-02-03"\n'
    )


def test_tracked_changes_can_be_rejected(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(FILES["deletion"][0])
    outcome = new(NewRequest(tmp_path / "book", source, date=DAY, accept=False))
    assert outcome.extra["unplaced"] == [
        "tracked changes were rejected: deletion of “never” (A. Sample, 2026-01-02)"
    ]
    made = tmp_path / "book/documents/document/transcript.md"
    assert made.read_text("utf-8") == "It was neverso\n"
    assert check(tmp_path / "book").ok


def test_words_that_nobody_accounts_for_are_found_by_the_check(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(FILES["box"][0])
    assert new(NewRequest(tmp_path / "book", source, date=DAY)).ok
    record = tmp_path / "book/documents/document/document.yaml"
    record.write_text(record.read_text("utf-8").replace("Boxed.", "Something"), "utf-8")
    assert [str(one) for one in check(tmp_path / "book").findings if one.is_error] == [
        "documents/document/document.yaml:16:5: T016 “Boxed.” (in a text box) of "
        "received.docx is not accounted for\n    fix: say it under left, with a reason, or read "
        "the file again: engross new --from"
    ]


def test_a_footnote_that_was_changed_is_no_longer_evidence(tmp_path: Path) -> None:
    source = tmp_path / "letter.md"
    source.write_text("Gone[^1] by noon.\n\n[^1]: Of ours.\n", "utf-8")
    assert new(NewRequest(tmp_path / "book", source, date=DAY)).ok
    assert check(tmp_path / "book").ok
    notes = tmp_path / "book/documents/document/notes.yaml"
    notes.write_text(notes.read_text("utf-8").replace("Of ours.", "Of theirs."), "utf-8")
    assert [str(one) for one in check(tmp_path / "book").findings if one.is_error] == [
        "documents/document/notes.yaml: T019 the footnote of received.md:3, “Of ours.”, is not the "
        "note 'n-1' of origin source\n    fix: restore the note as it was received; a change of it "
        "is an entry of corrections.yaml"
    ]


def test_a_file_that_is_cut_short_is_refused_by_name(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(FILES["plain"][0][:400])
    outcome = new(NewRequest(tmp_path / "book", source, date=DAY))
    assert [str(one) for one in outcome.findings] == [
        "letter.docx: T015 letter.docx cannot be read: File is not a zip file\n"
        "    fix: open it in the program that wrote it, and save it again"
    ]
    assert outcome.exit_status == 3


def test_a_file_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * (41 << 20))
    outcome = new(NewRequest(tmp_path / "book", source, date=DAY))
    assert [str(one) for one in outcome.findings] == [
        "letter.docx: X018 letter.docx is too large: its text unpacks to more than 40 MiB, "
        "or it takes more than 60 seconds or 1 GiB of memory to read\n"
        "    fix: save it again in its program, in parts, or without its pictures"
    ]
    assert outcome.exit_status == 8


def test_without_pandoc_one_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    source = tmp_path / "letter.odt"
    source.write_bytes(FILES["plain"][0])
    outcome = new(NewRequest(tmp_path / "book", source, date=DAY))
    assert [str(one) for one in outcome.findings] == [
        "engross: E042 to read letter.odt, pandoc is needed\n"
        "    fix: install it: pip install 'engross[pandoc]'"
    ]
    assert outcome.exit_status == 6


@pytest.mark.slow
def test_a_book_of_word_files_builds_and_is_proved(
    volume: tuple[Path, dict[str, list[str]]],
) -> None:
    book, _ = volume
    request = BuildRequest(book, ("epub", "print"), book.parent / "dist")
    outcome = build(request)
    assert [str(one) for one in outcome.findings if one.is_error] == []
    proved = verify([book.parent / "dist" / "papers" / "draft"])
    assert [str(one) for one in proved.findings if one.is_error] == []
