"""Verse, numbers, milestones, signs and pictures of a TEI file, as paper and EPUB have them."""

import re
from pathlib import Path

from PIL import Image
from tests.small import judged, page, small

from engross.render import render

HEAD = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
SIGNS = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}
<facsimile><surface n="2v"><graphic url="p2.png"/></surface><graphic url="gone.png"/></facsimile>
<text><body><p>A <damage>dam</damage>aged word, a <space quantity="3" unit="chars"/>blank, one
<space unit="chars" quantity="1"/>space, br<lb break="no"/>oken, <milestone unit="scene" n="3"/>on.
</p><milestone unit="section"/><p>After.<binaryObject>aGVsbG8=</binaryObject></p>
<list><item n="a)">first</item><item n="c)">third</item></list>
<lg><l n="1">First line</l><l n="2" rend="indent2">Second</l>
<l n="3" style="padding-left: 32px">Third
</l><l n="4" part="I">What say you?</l><l n="4" part="F">Nothing.</l><l n="5">Fifth</l></lg>
</body></text></TEI>"""


def book(folder: Path) -> Path:
    made = small(folder, "tei: sources/v.xml", {"sources/v.xml": SIGNS})
    Image.new("L", (30, 40)).save(made / "sources/p2.png")
    return made


def words(html: str) -> str:
    return " ".join(re.sub(r"<(?!hr)[^>]*>", "", html).split())


def test_signs_numbers_and_parts_are_told_apart_without_a_style_sheet(tmp_path: Path) -> None:
    edition, findings = judged(book(tmp_path))
    html = page(edition, "v")
    assert "A ¦dam¦aged word, a [blank, 3 chars] blank, one space, br-oken, [scene 3] on." in words(
        html
    )
    assert 'br<span data-furniture="">-</span><br/>oken' in html
    assert "<hr/>" in html.partition("After.")[0]
    assert "a) first c) third" in words(html).replace(" ", " ")
    flowing = next(one.html for one in render(edition, "epub") if one.address == "v")
    assert "broken, " in words(flowing)
    left = [found.message for found in findings if found.code == "I019"]
    assert left == [
        "the text 'aGVsbG8=' in <binaryObject> is left out: a picture or a sound as data, not text"
    ]


def test_lines_of_verse_are_set_in_and_every_fifth_has_its_number(tmp_path: Path) -> None:
    html = page(judged(book(tmp_path))[0], "v")
    lines = re.findall(
        r'<span class="line( in-\d+)?"( id="[^"]*" data-paragraph="5")?>([^<]*)', html
    )
    assert [(where.strip(), bool(number), text) for where, number, text in lines] == [
        ("", False, "First line"),
        ("in-2", False, "Second"),
        ("in-2", False, "Third"),
        ("", False, "What say you?"),
        ("in-7", False, "Nothing."),
        ("", True, "Fifth"),
    ]


def test_pictures_of_a_facsimile_that_lie_beside_the_file_are_shown(tmp_path: Path) -> None:
    edition, _ = judged(book(tmp_path))
    html = page(edition, "facsimile")
    assert html.count("<img ") == 1
    assert "[2v]" in words(html)


def test_a_corpus_in_a_corpus_is_read(tmp_path: Path) -> None:
    one = f"<TEI>{HEAD}<text><body><p>One.</p></body></text></TEI>"
    inner = f"<teiCorpus>{HEAD}{one.replace('One', 'Two')}</teiCorpus>"
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{HEAD}{one}{inner}</teiCorpus>'
    edition, findings = judged(small(tmp_path, "tei: sources/v.xml", {"sources/v.xml": corpus}))
    assert not [found for found in findings if found.is_error]
    assert [one.kind for one in edition.sections].count("document") == 2
