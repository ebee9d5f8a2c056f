"""A TEI file gets addresses, and every pointer leads to one or nowhere."""

from engross.model.source import SourceFile
from engross.model.text import Leaf, Mark, Point, leaves
from engross.parse.tei import read_tei
from engross.parse.volume import VolumeSource, settle

FILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>A Volume</title></titleStmt></fileDesc></teiHeader><text>
<front><div type="section" xml:id="persons"><head>Persons</head>
<list><item><persName xml:id="p_K">Khrushchev</persName>, Chairman</item></list></div></front>
<body><div type="chapter" xml:id="ch1"><head>Moscow</head>
<div type="document" n="1" xml:id="d1"><head>1. A Letter<note n="0" type="source" xml:id="d1fn0">
Source: Files.</note></head><dateline><date when="1961-09-14">September 14</date></dateline>
<p>To <persName corresp="#p_K">Khrushchev</persName>, of
<persName corresp="#p_K">Khrushchev</persName>. <note n="7" xml:id="d1fn1">See
<ref target="#d2">Document 2</ref>.</note> <pb n="5" xml:id="pg_5"/>More <supplied>words</supplied>.
</p></div>
<div type="document" n="2" xml:id="d2"><head>2. An Answer</head><dateline>
<date when="1961-09-15">September 15</date></dateline><p>See <ref target="#pg_5">page 5</ref>,
<ref target="#d1fn1">note 7</ref> and <ref target="#gone">what is gone</ref>.</p></div>
</div></body></text></TEI>"""


def volume() -> VolumeSource:
    file = SourceFile.of("sources/volume.xml", FILE.encode())
    return settle(read_tei(file), file, "en")


def every(text: str) -> list[Leaf]:
    body = next(one.body for one in volume().texts if one.entry.address == text)
    return [*leaves(body.blocks), *(leaf for note in body.notes for leaf in leaves(note.blocks))]


def marks(text: str, kind: str) -> list[Mark]:
    items = (item for leaf in every(text) for item in leaf.content)
    return [mark for item in items for mark in item.marks if mark.kind == kind]


def test_a_part_with_a_name_that_the_program_uses_is_renamed() -> None:
    assert [entry.address for entry in volume().entries] == ["volume-persons", "ch1", "d1", "d2"]


def test_parts_and_documents_have_their_depth_and_place() -> None:
    rows = [(e.address, e.level, e.matter, e.number) for e in volume().entries]
    assert rows == [
        ("volume-persons", 1, "front", ""),
        ("ch1", 1, "body", ""),
        ("d1", 2, "body", "1"),
        ("d2", 2, "body", "2"),
    ]


def test_references_lead_to_documents_pages_and_notes_and_else_nowhere() -> None:
    goals = [mark.get("address") for mark in marks("d2", "reference")]
    assert goals == ["d1#pg-5", "d1/note/d1fn1", ""]
    (to_document,) = marks("d1", "reference")
    assert (to_document.get("address"), to_document.get("page")) == ("d2", "yes")


def test_only_the_first_mention_of_a_person_leads_to_the_entry() -> None:
    first, second = marks("d1", "person")
    assert first.get("address").startswith("volume-persons#p-")
    assert (second.get("address"), second.get("who")) == ("", "p-k")


def test_a_call_stands_at_its_word_and_no_character_is_lost() -> None:
    body = next(one.body for one in volume().texts if one.entry.address == "d1")
    leaf = next(leaf for leaf in leaves(body.blocks) if leaf.role == "paragraph")
    calls = [n for n, item in enumerate(leaf.content) if isinstance(item, Point)]
    before = leaf.content[calls[0] - 1]
    assert getattr(before, "text", "")[-1] == "."
    assert leaf.text == "To Khrushchev, of Khrushchev. More words."


def test_the_source_of_a_document_has_no_number() -> None:
    body = next(one.body for one in volume().texts if one.entry.address == "d1")
    assert [(note.id, note.label) for note in body.notes] == [("d1fn0", ""), ("d1fn1", "7")]


def test_words_that_the_file_supplies_are_words_of_the_file() -> None:
    assert marks("d1", "supplied") == []
    assert len(marks("d1", "conjecture")) == 1


def test_the_texts_of_all_blocks_are_those_that_were_read() -> None:
    file = SourceFile.of("sources/volume.xml", FILE.encode())
    read = [leaf.text for part in read_tei(file).walk() for leaf in leaves(part.body.blocks)]
    settled = [leaf.text for one in volume().texts for leaf in leaves(one.body.blocks)]
    assert settled == read
    assert len(read) > 8
