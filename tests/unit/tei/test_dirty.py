"""Dirty data: reported with its line, and nothing lost."""

import pytest

from engross.model.finding import EngrossError
from engross.model.source import SourceFile
from engross.model.text import leaves
from engross.parse.tei import prove, read_tei

MESSAGES = [
    "dirty.xml:6: I014 the head is empty\n    fix: write the heading or take <head/> out",
    (
        "dirty.xml:7: I015 date/@when is '1948-02-30', which is no date of the calendar\n"
        "    fix: write year-month-day as the document has it"
    ),
    (
        "dirty.xml:8: I010 xml:id 'd1fn1' stands here and at line 8; this one is read as"
        " 'd1fn1-2'\n"
        "    fix: give each element its own xml:id"
    ),
    "dirty.xml:8: I012 p/@rend is 'cetner'; read as 'center'\n    fix: write center",
    (
        "dirty.xml:9: I013 ref/@target points to '#d9', which nothing in the file has\n"
        "    fix: correct the pointer or give its goal that xml:id"
    ),
    (
        "dirty.xml:10: I011 <itemitem> is no element of TEI; its text is kept\n"
        "    fix: did you mean <item>"
    ),
    (
        "dirty.xml:10: I011 <uh-oh> is no element of TEI; its text is kept\n"
        "    fix: use an element of TEI P5"
    ),
    "dirty.xml:10: I012 list/@type is 'subject      '; read as 'subject'\n    fix: write subject",
    "dirty.xml:11: I012 hi/@rend is 'strpng'; read as 'strong'\n    fix: write strong",
    (
        "dirty.xml:11: I012 hi/@rend is 'zzz', which we do not know; its text is kept\n"
        "    fix: known values: allcaps, antiqua, b, bold, capitals, double-underline, i, italic,"
        " italics, latintype, normal, overstrike, pre-print, roman, sc, small-caps, smallcaps,"
        " spaced-out, strikethrough, strong, sub, subscript, sup, super, superscript, typewriter,"
        " underline, underlined"
    ),
    (
        "dirty.xml:11: I015 date ends on 1948-05-01, before it begins on 1948-05-02\n"
        "    fix: exchange @from and @to, or fix one"
    ),
    (
        "dirty.xml:12: I011 <xhtml:div> is no element of TEI; left out: hidden from readers by"
        " display:none\n    fix: take it out of the source, or leave it as it is"
    ),
    (
        "dirty.xml:12: I011 <xhtml:script> is no element of TEI; left out: program code of a web"
        " page,"
        " not text\n    fix: take it out of the source, or leave it as it is"
    ),
    (
        "dirty.xml:12: I019 the text '600x338' in <xhtml:div> is left out: hidden from readers by"
        " display:none\n    fix: if it belongs to the text, put it into an element of TEI"
    ),
    (
        "dirty.xml:12: I019 the text 'play();' in <xhtml:script> is left out: program code of a web"
        " page, not text\n    fix: if it belongs to the text, put it into an element of TEI"
    ),
    (
        "dirty.xml:14: I016 document 'd3' has number 3 after 1 of 'd1'\n"
        "    fix: correct @n, or leave it: printed numbers are derived"
    ),
]


def test_every_fault_is_reported_with_its_line(volume):
    assert [str(finding) for finding in volume("dirty").findings] == MESSAGES


def test_nothing_is_lost_for_it(volume, file):
    assert prove(volume("dirty"), file("dirty")) == ()
    first = volume("dirty").documents[0]
    assert [leaf.text for leaf in leaves(first.body.blocks)] == [
        "February 30, 1948",
        "First and second.",
        "See Document 9 or footnote 1.",
        "Third point",
        "Fourth point",
        "Loud and odd, a span.",
    ]
    assert first.record.dates.event == ""


def test_a_second_holder_of_an_id_is_renamed_and_leads_back(volume):
    dirty = volume("dirty")
    assert [note.id for note in dirty.documents[0].body.notes] == ["d1fn1", "d1fn1-2"]
    assert [document.id for document in dirty.documents] == ["d1", "d3", "d1-2"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"<TEI>\n<text><body><p>x</q></body></text></TEI>",
            (
                "t.xml:2:21: I001 not well formed: Opening and ending tag mismatch: p line 2 and"
                " q\n"
                "    fix: correct the file at this place, or ask its makers for a whole copy"
            ),
        ),
        (
            b"<TEI><text><body><p>&dots;</p></body></text></TEI>",
            (
                "t.xml:1:27: I002 the entity &dots; is declared outside the file, or nowhere\n"
                "    fix: write the characters themselves, or declare it in the file:"
                ' <!ENTITY name "…">'
            ),
        ),
        (
            b'<!DOCTYPE TEI [<!ENTITY a SYSTEM "/etc/hostname">]>\n<TEI>&a;</TEI>',
            (
                "t.xml:2:9: I002 the entity &a; is declared outside the file, or nowhere\n"
                "    fix: write the characters themselves, or declare it in the file:"
                ' <!ENTITY name "…">'
            ),
        ),
        (
            b'<TEI><text><body>\n<i:include xmlns:i="http://www.w3.org/2001/XInclude"'
            b' href="a.xml"/></body></text></TEI>',
            (
                "t.xml:2: I002 the text takes in 'a.xml' by XInclude; no other file is read\n"
                "    fix: take it in first: xmllint --xinclude --output whole.xml t.xml"
            ),
        ),
        (
            b'<!DOCTYPE TEI [<!ENTITY a "&b;"><!ENTITY b "&a;">]>\n<TEI>&a;</TEI>',
            (
                "t.xml:1:4: I002 the entities of the file stand for one another without end\n"
                "    fix: write the characters themselves, or declare it in the file:"
                ' <!ENTITY name "…">'
            ),
        ),
        (
            b"<TEI.2><text/></TEI.2>",
            (
                "t.xml:1: I003 <TEI.2> is TEI P4, which was replaced in 2007\n"
                "    fix: convert it to TEI P5 (p4top5.xsl of the TEI Consortium), and name the"
                " result"
            ),
        ),
        (
            b"<html/>",
            (
                "t.xml:1: I003 the root element is <html>, not <TEI> or <teiCorpus>\n"
                "    fix: name a TEI P5 file"
            ),
        ),
        (
            b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>',
            (
                "t.xml:1: I004 the file has neither <text> nor <sourceDoc>, so there is"
                " nothing to build\n"
                "    fix: name a file that holds the text, not only its header"
            ),
        ),
        (
            b"<TEI><text><body><p>"
            + b"<hi>" * 120
            + b"x"
            + b"</hi>" * 120
            + b"</p></body></text></TEI>",
            (
                "t.xml:1: I005 <hi> stands more than 100 elements deep\n"
                "    fix: take out elements that hold nothing but one another"
            ),
        ),
    ],
)
def test_a_file_that_cannot_be_read_stops_with_status_3(content, message):
    with pytest.raises(EngrossError) as caught:
        read_tei(SourceFile.of("t.xml", content))
    assert [str(finding) for finding in caught.value.findings] == [message]
    assert caught.value.exit_status == 3


def test_a_language_that_is_no_tag_is_reported_and_left_out():
    file = SourceFile.of(
        "t.xml",
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="german"><body><p>Ja</p></body>'
        b"</text></TEI>",
    )
    volume = read_tei(file)
    assert volume.documents[0].record.language == ""
    assert [str(finding) for finding in volume.findings] == [
        (
            "t.xml:1: I018 the language 'german' is no tag of BCP 47, so that of the document is"
            " not known\n    fix: write the tag: de, de-AT, ru-Latn"
        )
    ]


def test_a_file_without_the_name_space_is_read_and_reported():
    file = SourceFile.of("t.xml", b"<TEI><text><body><p>One</p></body></text></TEI>")
    volume = read_tei(file)
    assert [str(finding) for finding in volume.findings] == [
        (
            "t.xml:1: I020 the file is not in the name space of TEI; read as if it were\n"
            '    fix: write <TEI xmlns="http://www.tei-c.org/ns/1.0">'
        )
    ]
    assert prove(volume, file) == ()
