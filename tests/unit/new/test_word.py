"""Files of word processors: what a reader of them sees becomes text, and the rest is said."""

import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image
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


@pytest.mark.parametrize("suffix", ["odt", "rtf", "html"])
def test_other_word_processors_files_are_read_likewise(tmp_path: Path, suffix: str) -> None:
    import pypandoc

    source = tmp_path / f"letter.{suffix}"
    text = "# Head\n\nGone[^1] by *noon*.\n\n- one\n\n    - two\n\n[^1]: Of ours.\n"
    pypandoc.convert_text(text, suffix, "md", outputfile=str(source), extra_args=["-s"])
    assert new(NewRequest(tmp_path / "book", source, date=DAY)).ok
    folder = tmp_path / "book/documents/document"
    assert "Gone by *noon*." in (folder / "transcript.md").read_text("utf-8")
    assert suffix == "rtf" or "Of ours." in (folder / "notes.yaml").read_text("utf-8")
    assert [one for one in check(tmp_path / "book").findings if one.is_error] == []


OTHERS = {
    "code-page.rtf": (
        r"{\rtf1\ansi\ansicpg1251 \'cc\'ee\'f1\'ea\'e2\'e0, \u1052\'cc\u1086\'ee \u8364?.\par}",
        "Москва, Мо €.",
    ),
    "spaces.rtf": (r"{\rtf1\ansi\ansicpg1252 Caf\u233? \'e9t\'e9\line a\par}", "Café été\\\na"),
    "lists.html": (
        "<ol start='5'><li>A<ul><li>b</li></ul></li><li>C</li></ol>",
        "5. A\n\n   - b\n\n6. C",
    ),
    "lines.html": (
        "<pre>one\n  two</pre><details><summary>S</summary>a&nbsp;&mdash;b<br>c</details>",
        "one\\\ntwo\n\nS\n\na\u00a0—b\\\nc",
    ),
    "nested.md": ("A[^1] b.\n\n[^1]: One[^2].\n\n[^2]: Two, \\[^1].\n", "A b."),
    "cells.md": (
        "| a | b |\n|---|---|\n| c |  |\n|  |  |\n\n|  | d |\n|---|---|\n|  |  |\n\nEnd.\n",
        "| a | b |\n|---|---|\n| c |  |\n|  |  |\n\n|  | d |\n|---|---|\n|  |  |\n\nEnd.",
    ),
    "front.md": ("---\ntitle: A\nkeywords:\n- b\n---\n\nText[^1].\n\n[^1]: Of it.\n", "Text."),
    "plain.html": ("<p>Caf\u00e9 \u2116 7</p>", "Caf\u00e9 \u2116 7"),
    "idle.md": ("A.\n\n[^1]: Of nothing.\n", "A.\n\n[^1]: Of nothing."),
    "typed.html": (
        "<pre>Rye    12    7\nOats   3     4\nHay    1     2</pre>",
        "| Rye | 12 | 7 |\n|---|---|---|\n| Oats | 3 | 4 |\n| Hay | 1 | 2 |",
    ),
    "song.txt": (
        "Dear Ann,\n\n  O river,\n    that runs\n  to sea\n\n  Come home\n  to me\n",
        "Dear Ann,\n\nO river,\\\nthat runs\\\nto sea\n\nCome home\\\nto me",
    ),
    "terms.html": ("<dl><dt>T<dd>One.<dd>Two.</dl>", "T\n\nOne.\n\nTwo."),
    "struck.html": ("<p>a <del>b</del> c<sup>2</sup> <q>d</q></p>", "a b c2 “d”"),
    "head.html": (
        "<p>TO:&#9;A<br>FROM:&#9;B</p><hr><p>1. c",
        "TO: A\\\nFROM: B\n\n* * *\n\n1\\. c",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_others_wrote_is_read_in_its_own_letters_and_lines(tmp_path: Path, name: str) -> None:
    content, wanted = OTHERS[name]
    (tmp_path / name).write_text(content, "utf-8")
    outcome = new(NewRequest(tmp_path / "book", tmp_path / name, date=DAY))
    assert [str(one) for one in outcome.findings] == []
    folder = tmp_path / "book/documents/document"
    assert (folder / "transcript.md").read_text("utf-8") == f"{wanted}\n"
    assert [str(one) for one in check(tmp_path / "book").findings if one.is_error] == []


TOLD = {
    "alt.md": (
        "A.\n\n![A map[^1]](x.png)\n\n[^1]: Of it.\n",
        "the place of the footnote of line 5, in a note or the words of a picture: it hangs from "
        "“A.”",
    ),
    "cell.rtf": (
        "{\\rtf1 \\trowd\\cellx9\\pard\\intbl a\\cell\\row\\trowd\\cellx9\\pard\\intbl b"
        "{\\footnote\\pard c\\par}\\cell\\row\\pard d\\par}",
        "RTF loses words so, in notes of tables above all: save the file as .docx, and read that",
    ),
    "tabs.rtf": (
        "{\\rtf1 Rye\\tab 12\\par\\tab A   b\\par}",
        f"tabs or wide spaces, now one space: “Rye 12; A b”{KEPT}",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_could_not_stay_as_it_was_is_told(tmp_path: Path, name: str) -> None:
    content, told = TOLD[name]
    (tmp_path / name).write_text(content, "utf-8")
    outcome = new(NewRequest(tmp_path / "book", tmp_path / name, date=DAY))
    assert told in outcome.extra["unplaced"]


def test_numbers_of_headings_that_an_open_document_writes_are_told(tmp_path: Path) -> None:
    source = tmp_path / "heads.odt"
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "text", "style")
    )
    level = '<text:outline-level-style text:level="1" style:num-format="I"/>'
    parts = {
        "content": "<office:body><office:text><text:h>Ice</text:h></office:text></office:body>",
        "styles": f"<office:styles><text:outline-style>{level}</text:outline-style>"
        "</office:styles><office:master-styles/>",
    }
    with zipfile.ZipFile(source, "w") as archive:
        for name, text in parts.items():
            root = f"office:document-{name}"
            archive.writestr(f"{name}.xml", f"<{root}{names}>{text}</{root}>")
    outcome = new(NewRequest(tmp_path / "book", source, date=DAY))
    assert outcome.extra["unplaced"] == [
        f"a heading that its program numbers by itself, without that number: “Ice”{KEPT}"
    ]


@pytest.mark.parametrize("suffix", ["odt", "html"])
def test_pictures_of_other_files_are_plates(tmp_path: Path, suffix: str) -> None:
    import pypandoc

    source, picture = tmp_path / f"map.{suffix}", tmp_path / "a map.png"
    Image.new("L", (8, 8), 90).save(picture)
    named = "a%20map.png" if suffix == "html" else str(picture).replace(" ", "%20")
    text = f"See the map.\n\n![The map]({named})\n"
    pypandoc.convert_text(text, suffix, "md", outputfile=str(source))
    assert new(NewRequest(tmp_path / "book", source, date=DAY)).ok
    plates = tmp_path / "book/documents/document/plates"
    assert [one.read_bytes() for one in plates.iterdir()] == [picture.read_bytes()]


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
