"""Files of other programs than Word, read by their own letters and lines; what is lost is told."""

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from engross.commands.check import check
from engross.commands.new import new
from engross.commands.request import NewRequest

DAY = "2026-01-01"
KEPT = ": the words are in the text"


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
