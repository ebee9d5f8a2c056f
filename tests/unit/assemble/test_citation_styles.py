"""Citations in a style that the book brings: what each says, and how each is proved."""

import json
from pathlib import Path

import pytest
from tests.small import judged, page, small

from engross.assemble.edition import Edition
from engross.catalog import finding
from engross.model.finding import EngrossError, Place
from engross.model.forms import Forms
from engross.parse.parse import parse
from engross.read import open_book
from engross.verify.expected import expect
from engross.verify.report import Log
from engross.verify.styled import prove_forms, with_forms

STYLE = Path(__file__).parents[2] / "data/citations/notes.csl"
SOURCES = """sources:
  - {id: m, type: book, title: The Muster Estuary, author: [{family: Muster, given: Karl}],
     issued: {date-parts: [[1931]]}}
  - {id: a, type: article-journal, title: On *Ice*, author: [{family: Sample, given: Ann}],
     container-title: Journal of Ice, volume: "3", issued: {date-parts: [[1999]]}}
  - {id: r, type: manuscript, title: Memo, archive: Archive, archive-location: "f. 5, d. 2",
     issued: {date-parts: [[1961]]}, category: archival, note: read in a copy}
"""
PROSE = """# Introduction

As [@m, p. 9] says.[^1] More.[^2] More.[^3] Again.[^4] Leaves.[^5]

[^1]: [@m, p. 5].
[^2]: See [@m, p. 6].
[^3]: [@a, pp. 3-4]; but [@r, l. 8ob].
[^4]: So [@m, 7]. And [@r].
[^5]: [@r].
"""
SAID = [
    ("m", "p. 5", "Karl Muster, The Muster Estuary, 1931, 5"),
    ("m", "p. 6", "ibid., 6"),
    ("a", "pp. 3-4", "Ann Sample, ‘On Ice’, Journal of Ice 3, 1999, 3–4"),
    ("r", "l. 8ob", "‘Memo’, Archive, f. 5, d. 2, 1961, l. 8ob"),
    ("m", "7", "Muster, The Muster Estuary, 7"),
    ("r", "", "‘Memo’"),
    ("r", "", "‘Memo’"),
]
SECTIONS = "{prose: introduction.md, id: introduction}\ndocument: paper\nsources"


def made(folder: Path, style: str = "notes", files: dict[str, str] | None = None) -> Path:
    """A book whose notes cite three sources."""
    written = {
        "sources.yaml": SOURCES,
        "introduction.md": PROSE,
        "styles/notes.csl": STYLE.read_text(),
        "documents/paper/notes.yaml": (
            "notes:\n  - {id: one, origin: editor, at: {exact: first}, text: 'Anew [@m, p. 3].'}\n"
        ),
    }
    more = f"citations: {{style: {style}}}\nlanguage: en-GB\n"
    return small(folder, SECTIONS, written | (files or {}), more)


def said(edition: Edition, section: str) -> list[tuple[str, str, str]]:
    """Key, locator and words of each citation of a section's notes."""
    assert edition.forms is not None
    return [
        (key, at, "".join(getattr(run, "text", "") for run in form))
        for key, at, form in edition.forms.notes[section]
    ]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Edition]:
    """Such a book, and its edition."""
    pytest.importorskip("pypandoc")
    folder = made(tmp_path_factory.mktemp("styled"))
    return folder, judged(folder)[0]


def test_first_short_and_ibid_are_as_the_style_says(book: tuple[Path, Edition]) -> None:
    assert said(book[1], "introduction") == SAID


def test_first_counts_anew_in_every_section(book: tuple[Path, Edition]) -> None:
    assert said(book[1], "paper") == [("m", "p. 3", "Karl Muster, The Muster Estuary, 1931, 3")]


def test_outside_notes_the_short_form_stands(book: tuple[Path, Edition]) -> None:
    assert "As <a" in page(book[1], "introduction")
    assert "Muster, <em>The Muster Estuary</em>, 9</a> says." in page(book[1], "introduction")


def test_the_bibliography_keeps_the_order_of_the_style(book: tuple[Path, Edition]) -> None:
    """Within each heading: the sample sorts by year, the newest first."""
    shown = page(book[1], "sources")
    assert shown.index("Memo") < shown.index("Sample, Ann") < shown.index("Muster, Karl")
    assert "[read in a copy]" in shown


def proved(folder: Path, forms: Forms) -> list[str]:
    """What the proof says of such forms."""
    (folder / "citations.json").write_bytes(forms.json())
    sources = open_book(folder)
    whole = with_forms(parse(sources), sources)
    log = Log("evidence")
    prove_forms(whole, expect(whole, {}), log)
    return [str(found) for found in log.findings]


def test_the_forms_prove_themselves(book: tuple[Path, Edition]) -> None:
    assert book[1].forms is not None
    assert proved(book[0], book[1].forms) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1931, 5", "1931, 6", "without 5"),
        ("Karl Muster", "Ann Sample", "sample is not of its source"),
        ("1931, 5", "1932, 5", "1932 is not of its source"),
        ('"p. 6"', '"p. 5"', "the citations of introduction are not those of its notes"),
        ("Sample, Ann", "Muster, Karl", "muster is not of its source"),
    ],
)
def test_a_form_of_another_source_is_a_fault(
    book: tuple[Path, Edition], old: str, new: str, told: str
) -> None:
    assert book[1].forms is not None
    spoilt = book[1].forms.json().decode().replace(old, new)
    faults = proved(book[0], Forms.read(spoilt.encode()))
    assert "P026" in faults[0]
    assert told in faults[0]


@pytest.mark.parametrize(
    ("style", "csl", "message"),
    [
        ("nots", None, "the citation style 'nots' is not in the book; did you mean notes?"),
        ("bad", "<style", "styles/bad.csl cannot be read: Couldn't find end of Start Tag style"),
        ("bad", "<html/>", "styles/bad.csl is no CSL style"),
        (
            "bad",
            '<style xmlns="http://purl.org/net/xbiblio/csl"><info><link rel="independent-parent" '
            'href="http://www.zotero.org/styles/apa"/></info></style>',
            "styles/bad.csl says nothing itself: it stands for apa, which has to be in the book",
        ),
    ],
)
def test_a_style_that_cannot_be_used_is_told(
    tmp_path: Path, style: str, csl: str | None, message: str
) -> None:
    made(tmp_path, style, {"styles/bad.csl": csl} if csl else {})
    with pytest.raises(EngrossError) as caught:
        judged(tmp_path)
    (found,) = caught.value.findings
    assert found.code == "R022"
    assert found.message.startswith(message)


def test_what_a_style_leaves_out_of_its_bibliography_leads_nowhere(tmp_path: Path) -> None:
    pytest.importorskip("pypandoc")
    letter = "  - {id: l, type: personal_communication, title: A Letter}\n"
    prose = "# Introduction\n\nText.[^1]\n\n[^1]: [@l]; [@m]; [@a]; [@r].\n"
    files = {"sources.yaml": SOURCES + letter, "introduction.md": prose}
    edition, _ = judged(made(tmp_path, files=files))
    shown = page(edition, "introduction")
    assert "A Letter" in shown
    assert "sources#m" in shown
    assert "sources#l" not in shown
    assert "A Letter" not in page(edition, "sources")
    assert edition.forms is not None
    assert proved(tmp_path, edition.forms) == []
    (fault,) = proved(tmp_path, Forms(edition.forms.notes, edition.forms.texts, {}))
    assert "P026 the bibliography is empty, and the style has one" in fault


def test_a_headnote_cites_as_a_text_does(tmp_path: Path) -> None:
    made(tmp_path, "chicago-notes")
    record = tmp_path / "documents/paper/document.yaml"
    record.write_text(record.read_text() + "headnote: On this see [@m, p. 8], and [@nobody].\n")
    with pytest.raises(EngrossError) as caught:
        judged(tmp_path)
    assert [found.code for found in caught.value.findings if found.is_error] == ["R001"]
    record.write_text(record.read_text().replace(", and [@nobody]", ""))
    shown = page(judged(tmp_path)[0], "paper")
    assert "On this see <a" in shown
    assert "Muster, <em>Muster Estuary</em>, 8</a>." in shown
    said = expect(parse(open_book(tmp_path)), {}).said["paper/headnote#p-001"]
    assert said.text == "On this see Muster, Muster Estuary, 8."


def test_without_pandoc_one_finding_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    made(tmp_path)
    with pytest.raises(EngrossError) as caught:
        judged(tmp_path)
    fix = "install it: pip install 'engross[pandoc]'"
    message = "to cite in the style notes, pandoc is needed"
    assert caught.value.findings == (finding("E042", Place(), message, fix),)


def test_a_library_stands_beside_the_register(tmp_path: Path) -> None:
    """Keys of a reference manager are cited as they are, and each entry has its line."""
    works = [
        {"id": "smithHistory2020", "type": "book", "title": "A <i>Titanic</i> History"},
        {"id": "http://example.org/AB", "type": "book", "title": "Another", "custom": {"x": 1}},
    ]
    prose = "# Introduction\n\nText.[^1]\n\n[^1]: [@smithHistory2020, p. 4], [@m], [@a], [@r].\n"
    files = {"sources.json": json.dumps(works, indent=1), "introduction.md": prose}
    edition, findings = judged(made(tmp_path, "chicago-notes", files))
    assert "<em>Titanic</em>" in page(edition, "introduction")
    assert [(found.code, str(found.place)) for found in findings] == [("R004", "sources.json:7:1")]


def test_a_bibliography_is_not_passed_over(tmp_path: Path) -> None:
    _, findings = judged(made(tmp_path, "chicago-notes", {"sources.bib": "@book{x}"}))
    assert [found.message for found in findings if found.code == "R023"] == [
        "sources.bib is not read: a book keeps its sources in YAML or CSL-JSON"
    ]
