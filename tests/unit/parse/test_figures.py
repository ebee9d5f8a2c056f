"""Pictures that stand in a text, with captions that are words of it."""

import hashlib
from pathlib import Path

from PIL import Image
from tests.small import judged, small

from engross.model.finding import Place
from engross.model.text import Figure, ListBlock, leaves
from engross.parse.load import Parsed
from engross.parse.markdown import parse_markdown
from engross.parse.prose import placed_findings, transcript_findings
from engross.parse.transcript import prove_transcript
from engross.render import render
from engross.schema.document import DocumentRecord, Lines, Received

PATH = "documents/letter/transcript.md"
TEXT = """The harbour.

::: figure
![A plan \\[torn\\]](leaves/plan.png)

As *drawn* by the clerk.
:::

1. One

   ::: figure
   ![A seal](leaves/seal.png)
   :::
"""


def record(*files: str) -> Parsed[DocumentRecord]:
    given = {
        "id": "letter",
        "received": {"file": "received.txt", "sha256": "0" * 64, "lines": []},
        "title": {"supplied": "Letter"},
        "dates": {"event": ""},
        "source": {"repository": "Archive"},
        "plates": [{"file": one, "alt": "A", "caption": "A"} for one in files],
    }
    return Parsed(DocumentRecord.model_validate(given), "documents/letter/document.yaml", {})


def test_a_figure_of_a_transcript_is_a_picture_of_the_documents_folder_with_its_caption() -> None:
    _, figure, listed = parse_markdown(TEXT, PATH, dialect="transcript").blocks
    assert isinstance(figure, Figure)
    assert (figure.path, figure.alt) == ("documents/letter/leaves/plan.png", "A plan [torn]")
    assert figure.caption
    assert figure.caption.text == "As drawn by the clerk."
    assert figure.origin.line == 4
    assert isinstance(listed, ListBlock)
    (seal,) = listed.items[0].blocks[1:]
    assert isinstance(seal, Figure)
    assert (seal.path, seal.caption) == ("documents/letter/leaves/seal.png", None)


def test_what_else_stands_in_a_figure_stays_in_the_text() -> None:
    text = "::: figure\nAbove.\n\n![A](a.png)\n\n![B](b.png)\n\nBelow.\n\nMore.\n\n- listed\n:::\n"
    body = parse_markdown(text, PATH, dialect="transcript")
    said = [leaf.text for leaf in leaves(body.blocks)]
    assert said == ["Above.", "Below.", "More.", "listed"]
    assert [one.path for one in body.blocks if isinstance(one, Figure)] == [
        "documents/letter/a.png",
        "documents/letter/b.png",
    ]


def test_a_figure_in_prose_names_its_picture_from_the_books_folder() -> None:
    text = "::: figure\n![A plan](pictures/plan.png)\n\nThe plan.[^1]\n:::\n\n[^1]: Lent.\n"
    (figure,) = parse_markdown(text, "prose/introduction.md").blocks
    assert isinstance(figure, Figure)
    assert (figure.path, figure.alt) == ("pictures/plan.png", "A plan")
    assert figure.caption
    assert figure.caption.role == "caption"


def test_the_caption_of_a_figure_is_received_text_and_the_picture_is_not() -> None:
    body = parse_markdown(TEXT, PATH, dialect="transcript")
    received = "The harbour.\n\nAs *drawn* by the clerk.\n\n1. One\n"

    def told(text: str) -> list[str]:
        named = Received(
            file="received.txt",
            format="markdown",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            lines=(Lines(lines=f"1-{text.count(chr(10))}", use="transcript"),),
        )
        return [str(one) for one in prove_transcript(body, text, named, PATH, Place("d.yaml"))]

    assert told(received) == []
    assert any("T002" in one for one in told(received.replace("clerk", "painter")))


def test_a_picture_in_a_text_without_a_digest_is_told_with_its_line() -> None:
    body = parse_markdown(TEXT, PATH, dialect="transcript")
    assert list(placed_findings(body, record("leaves/plan.png", "leaves/seal.png"))) == []
    assert [str(one) for one in placed_findings(body, record("leaves/seal.png"))] == [
        f"{PATH}:4: T020 'documents/letter/leaves/plan.png' stands in the text, and is no plate of "
        "document.yaml\n    fix: type engross plate BOOK FILE, and name the file here as it stands "
        "under plates"
    ]


def test_a_picture_outside_a_figure_is_told_where_it_may_stand() -> None:
    text = "Look: ![A plan](leaves/plan.png)\n"
    body = parse_markdown(text, PATH, dialect="transcript")
    (told,) = transcript_findings(body, text, PATH)
    assert str(told) == (
        f"{PATH}:1: T010 ![A plan](leaves/plan.png) is printed as it stands: a picture stands "
        "in a paragraph of its own\n"
        "    fix: write it as Markdown, or leave it where the signs themselves are meant"
    )


def test_a_picture_alone_in_a_paragraph_is_a_figure_of_a_document_too() -> None:
    received = Received.model_validate(
        {
            "file": "received.md",
            "sha256": "0" * 64,
            "format": "markdown",
            "lines": [Lines(lines="1-3", use="transcript")],
        }
    )
    text = "![A seal](leaves/seal.png)\n\nWords, \\![](x) and more.\n"
    body = parse_markdown(text, PATH, dialect="transcript")
    assert [one.path for one in body.blocks if isinstance(one, Figure)] == [
        "documents/letter/leaves/seal.png"
    ]
    assert prove_transcript(body, text, received, PATH, Place("document.yaml")) == []
    assert not list(transcript_findings(body, text, PATH))


def test_a_note_prints_its_picture(tmp_path: Path) -> None:
    words = '# A\n\nOne.[^1]\n\n[^1]: See.\n\n    ![A leaf](leaf.png "Below")\n'
    book = small(tmp_path, "{prose: a.md, id: a}", {"a.md": words})
    Image.new("L", (30, 40)).save(book / "leaf.png")
    edition = judged(book)[0]
    for medium in ("page", "epub"):
        (html,) = [one.html for one in render(edition, medium) if one.address == "a"]
        assert html.count('alt="A leaf"') == 1
        assert "Below" in html
