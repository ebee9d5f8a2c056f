"""Files of other shapes: a corpus, a group of texts, text before any division."""

import pytest
from tests.tei_volume import make_tei_volume

from engross.model.source import SourceFile
from engross.model.text import leaves
from engross.parse.tei import prove, read_tei

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
LETTER = (
    '<TEI xml:id="{0}"><teiHeader><fileDesc><titleStmt><title level="a">Letter {0}</title>'
    "</titleStmt></fileDesc></teiHeader><text><body><p>Words of {0}.</p></body></text></TEI>"
)


def _file(xml: str) -> SourceFile:
    return SourceFile.of("shape.xml", xml.encode())


@pytest.mark.parametrize(
    ("xml", "ids", "texts"),
    [
        (
            f"<teiCorpus {NS}><teiHeader/>{LETTER.format('a')}{LETTER.format('b')}</teiCorpus>",
            ["a", "b"],
            ["Words of a.", "Words of b."],
        ),
        (
            (
                f"<TEI {NS}><text><group><head>All</head><text><body><p>One</p></body></text>"
                '<text><body><div type="document" n="1"><p>Two</p></div></body></text></group>'
                "</text></TEI>"
            ),
            ["text", "shape", "d1"],
            ["All", "One", "Two"],
        ),
        (
            (
                f"<TEI {NS}><text><front><p>Before</p></front><body><p>Loose</p>"
                '<div type="document" n="4"><p>In it</p></div>After</body></text></TEI>'
            ),
            ["text", "text-2", "d4", "body-text-1"],
            ["Before", "Loose", "In it", "After"],
        ),
        (f"<TEI {NS}><text><body/></text></TEI>", ["shape"], []),
    ],
)
def test_every_shape_gives_its_texts_in_order_and_is_proved(xml, ids, texts):
    file = _file(xml)
    volume = read_tei(file)
    assert prove(volume, file) == ()
    assert [part.id for part in volume.walk()] == ids
    assert [leaf.text for part in volume.walk() for leaf in leaves(part.body.blocks)] == texts
    written = SourceFile.of("shape.xml", make_tei_volume(volume, file))
    again = read_tei(written)
    assert prove(again, written) == ()
    assert [document.id for document in again.documents] == [d.id for d in volume.documents]


def test_each_letter_of_a_corpus_has_its_own_header():
    file = _file(
        f"<teiCorpus {NS}><teiHeader/>{LETTER.format('a')}{LETTER.format('b')}</teiCorpus>"
    )
    assert [document.title for document in read_tei(file).documents] == ["Letter a", "Letter b"]


def test_the_space_of_the_file_stands_where_one_would_stand_in(inside) -> None:  # type: ignore[no-untyped-def]
    text = "<castItem><roleDesc>a king</roleDesc><actor> of sorts</actor></castItem>"
    file = inside(f"<castList>{text}</castList>")
    volume = read_tei(file)
    assert [leaf.text for leaf in leaves(volume.documents[0].body.blocks)] == ["a king of sorts"]
    assert prove(volume, file) == ()


def test_two_lemmas_stand_apart_in_the_note_that_has_one(inside) -> None:  # type: ignore[no-untyped-def]
    text = "<app><rdg>first</rdg><lem>shown</lem><lem>second</lem></app>"
    file = inside(f"<p>Words {text}.</p>")
    volume = read_tei(file)
    (note,) = volume.documents[0].body.notes
    assert [leaf.text for leaf in leaves(note.blocks)] == ["first; second"]
    assert prove(volume, file) == ()


def test_a_line_with_a_look_of_its_own_keeps_its_number(inside) -> None:  # type: ignore[no-untyped-def]
    volume = read_tei(inside("<lg><l rend='underline' n='35'>Words</l></lg>"))
    (line,) = leaves(volume.documents[0].body.blocks)
    assert [(one.kind, one.marks) for one in line.content[:1]] == [("line", ())]


def test_a_note_of_nothing_has_its_number_to_lead_back_by(inside) -> None:  # type: ignore[no-untyped-def]
    (note,) = read_tei(inside("<p>Words<note n='1'/>.</p>")).documents[0].body.notes
    assert [leaf.text for leaf in leaves(note.blocks)] == [""]


def test_an_rt_that_stands_over_no_letters_is_a_phrase(inside) -> None:  # type: ignore[no-untyped-def]
    (paragraph,) = leaves(read_tei(inside("<p>a <rt>b</rt></p>")).documents[0].body.blocks)
    assert [mark.kind for mark in paragraph.content[-1].marks] == ["element"]
