"""A TEI file gets addresses, and every pointer leads to one or nowhere."""

from pathlib import Path

from tests.small import judged, page, small

from engross.model.source import SourceFile
from engross.model.text import Leaf, Mark, Point, Run, leaves
from engross.parse.tei import read_tei
from engross.parse.volume import VolumeSource, settle
from engross.schema.document import Source

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
    assert [text.entry.address for text in volume().texts] == ["volume-persons", "ch1", "d1", "d2"]


def test_parts_and_documents_have_their_depth_and_place() -> None:
    rows = [
        (e.address, e.level, e.matter, e.number) for e in (text.entry for text in volume().texts)
    ]
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


REPRINT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><front>
<div type="section" xml:id="toc"><head>Contents</head><list type="toc"><item>A Letter</item></list>
</div><div type="section" xml:id="persons"><head>Persons</head><list><item>
<persName xml:id="p_K">Khrushchev</persName>, Chairman</item></list></div></front>
<body><div type="document" n="1"><head>1. A Letter</head><p>To
<persName corresp="#p_K">Khrushchev</persName>. <pb n="5" xml:id="pg_5"/>More.<pb n="6"/> Last.</p>
</div></body><back><div type="index" xml:id="index"><head>Index</head><list type="index">
<item>Boats, <ref target="#pg_5">5</ref>–6, 9n</item><item>Treaty of 5 May, 6</item></list></div>
</back></text></TEI>"""


def reprint(*sections: str, back: str = REPRINT) -> VolumeSource:
    file = SourceFile.of("sources/volume.xml", back.encode())
    return settle(read_tei(file), file, "en", sections)


def test_pages_of_a_reprinted_index_are_those_of_the_earlier_printing_and_lead_to_their_marks() -> (
    None
):
    index = next(one for one in reprint().texts if one.entry.kind == "index")
    found = list(leaves(index.body.blocks))
    assert index.headnote == "index-earlier"
    assert [leaf.text for leaf in found] == [
        "Index",
        "Boats, 5–6, 9n",
        "Treaty of 5 May, 6",
    ]
    led = [
        (item.text, mark.get("address"))
        for leaf in found
        for item in leaf.content
        for mark in item.marks
        if isinstance(item, Run) and mark.kind == "reference"
    ]
    assert led == [("5", "d1#pg-5"), ("6", "d1#pg-6"), ("6", "d1#pg-6")]


def test_an_index_that_names_no_page_of_the_text_has_no_headnote() -> None:
    plain = REPRINT.replace("<pb ", "<milestone ")
    index = next(one for one in reprint(back=plain).texts if one.entry.kind == "index")
    assert (index.headnote, [leaf.text for leaf in leaves(index.body.blocks)][:2]) == (
        "",
        ["Index", "Boats, 5–6, 9n"],
    )


def test_an_archive_is_one_however_it_is_written() -> None:
    names = ("S/S–Files", "S/S Files", "The National Archives", "National Archives")
    keepers = [Source.model_construct(repository=name).keeper for name in names]
    assert keepers == ["ssfiles", "ssfiles", "nationalarchives", "nationalarchives"]


def test_contents_and_persons_stand_once() -> None:
    kinds = {one.entry.kind for one in reprint("contents", "persons").texts}
    assert not kinds & {"toc", "persons"}
    document = next(one for one in reprint("persons").texts if one.record)
    assert [
        mark.get("address")
        for leaf in leaves(document.body.blocks)
        for item in leaf.content
        for mark in item.marks
        if mark.kind == "person"
    ] == ["persons#p-k"]
    assert {one.entry.kind for one in reprint().texts} >= {"toc", "persons"}


def test_what_is_left_out_is_told_and_the_list_of_documents_has_days(tmp_path: Path) -> None:
    day = '<dateline><date when="1961-09-14">Today</date></dateline>'
    dated = REPRINT.replace("</head><p>To", f"</head>{day}<p>To")
    sections = "imprint\ncontents\ndocuments-list\ntei: sources/v.xml"
    more = "series: A Series\nvolume: VII–IX\n"
    edition, findings = judged(
        small(tmp_path, f"title-page\n{sections}", {"sources/v.xml": dated}, more)
    )
    assert [str(one) for one in findings if one.code == "I024"] == [
        "sources/v.xml:2: I024 the file's own 'Contents' is left out: the section 'contents' stands"
        " for it\n    fix: take 'contents' out of sections to print that of the file"
    ]
    assert "A Letter, 14\u00a0September\u00a01961" in page(edition, "documents-list")
    assert "A Series, volumes VII–IX" in page(edition, "title-page")
    headnote = "The numbers are pages of the earlier printing"
    assert f'<p class="headnote" data-furniture="">{headnote}' in page(edition, "volume-index")


def test_a_first_mention_that_a_page_break_opens_leads_to_its_entry() -> None:
    text = FILE.replace('To <persName corresp="#p_K">', "To <persName corresp=\"#p_K\"><pb n='4'/>")
    file = SourceFile.of("sources/volume.xml", text.encode())
    body = next(
        one.body for one in settle(read_tei(file), file, "en").texts if one.entry.address == "d1"
    )
    named = [item for leaf in leaves(body.blocks) for item in leaf.content if item.marks]
    led = [
        (type(i).__name__, i.marks[0].get("address")) for i in named if i.marks[0].kind == "person"
    ]
    assert led == [("Point", "volume-persons#p-002"), ("Run", "volume-persons#p-002"), ("Run", "")]
