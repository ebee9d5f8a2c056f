"""Shapes of TEI that projects write: read in their places, proved, nothing told that is not so."""

from engross.model.source import SourceFile
from engross.model.text import Body, Figure, Leaf, Point, leaves
from engross.parse.tei import prove, read_tei
from engross.parse.volume import VolumeSource, settle


def volume(inside: str, header: str = "") -> VolumeSource:
    """A file with one text, read, proved and settled."""
    content = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader>'
        f"<text>{inside}</text></TEI>"
    )
    file = SourceFile.of("v.xml", content.encode())
    read = read_tei(file)
    assert prove(read, file) == ()
    return settle(read, file, "en")


def body(paragraphs: str, header: str = "") -> Body:
    """The only document of a text with these blocks."""
    return volume(f"<body>{paragraphs}</body>", header).texts[0].body


def kinds(leaf: Leaf) -> list[str]:
    """Each run's words with the marks that hold for them."""
    runs = [item for item in leaf.content if not isinstance(item, Point)]
    return [f"{run.text}: {' '.join(mark.kind for mark in run.marks)}" for run in runs if run.marks]


def test_headings_go_down_with_their_elements_and_skip_no_level() -> None:
    text = body(
        "<div><head>One</head><div type='x'><div><head>Deep</head><p>a</p></div></div></div>"
        "<div><head>Two</head><p>b</p></div>"
    )
    assert [leaf.level for leaf in leaves(text.blocks) if leaf.role == "heading"] == [1, 2, 1]


def test_a_break_or_a_catchword_between_front_and_body_makes_no_part() -> None:
    made = volume(
        "<front><div><head>Preface</head><p>Words.</p></div><fw>The</fw></front><pb n='1'/>"
        "<body><div type='compilation'><head>Japan</head><div type='document' n='1'><head>One"
        "</head><p>The text.</p></div></div></body>"
    )
    assert [text.entry.title for text in made.texts] == ["Preface", "Japan", "One"]


def test_white_space_around_a_gap_stays_and_around_a_broken_word_goes() -> None:
    text = body("<p>One <gap/> two <gap/></p><p>har <lb break='no'/>\n bour</p>")
    assert [leaf.text for leaf in leaves(text.blocks)] == ["One  two ", "harbour"]


def test_a_paragraph_that_is_one_note_hangs_from_the_text_before_it() -> None:
    text = body("<dateline>Port</dateline><p><note n='1'>A draft.</note></p><p>The text.</p>")
    first, second = leaves(text.blocks)
    assert [item.kind for item in first.content if isinstance(item, Point)] == ["note"]
    assert (first.role, second.text) == ("dateline", "The text.")


def test_a_note_within_a_note_stands_in_brackets_where_it_is_called() -> None:
    text = body("<p>Quay<note n='1'>See the chart<note n='2'>Not printed.</note> of it.</note></p>")
    (note,) = text.notes
    assert [leaf.text for leaf in leaves(note.blocks)] == ["See the chart [2: Not printed.] of it."]


def test_notes_are_called_where_their_targets_are_and_an_empty_division_of_notes_goes() -> None:
    made = volume(
        "<body><p>The quay<anchor xml:id='a'/> and nobody<ptr target='#n2'/>.</p>"
        "<p xml:id='p2'>More<ref target='#n4'>4</ref>.</p></body><back><div><head>Notes</head>"
        "<note xml:id='n1' n='1' target='#a'>One.</note><note xml:id='n2' n='2'>Two.</note>"
        "<note xml:id='n3' target='#p2'>Three.</note><note xml:id='n4'>Four.</note></div></back>"
    )
    (text,) = made.texts
    assert [note.id for note in text.body.notes] == ["n1", "n2", "n4", "n3"]
    assert [note.label for note in text.body.notes] == ["1", "2", "4", ""]
    assert [leaf.text for leaf in leaves(text.body.blocks)] == ["The quay and nobody.", "More."]
    assert made.volume.coverage.drops[0].reason == "its notes stand at their calls"


def test_a_note_beside_paragraphs_is_called_by_the_reference_that_says_its_sign() -> None:
    text = body(
        "<p>The quay<ref target='#n2'>2</ref>, <ref target='#n3'>see there</ref>.</p>"
        "<note xml:id='n2' n='2'>Two.</note><p>b</p><note xml:id='n3' n='3'>Three.</note><p>c</p>"
    )
    assert [leaf.text for leaf in leaves(text.blocks)] == ["The quay, see there.", "b", "c"]
    assert [
        [one.kind for one in leaf.content if isinstance(one, Point)] for leaf in leaves(text.blocks)
    ] == [["note"], [], ["note"]]


def test_translations_in_an_entry_are_words_of_it_and_quotations_of_a_paragraph_blocks() -> None:
    text = body(
        "<entry><sense><def>b</def><cit><quote>c</quote><bibl>D, 12</bibl></cit><cit><quote>e"
        "</quote></cit></sense></entry><p>As <cit><quote>f</quote></cit> says.</p>"
    )
    assert [leaf.text for leaf in leaves(text.blocks)] == ["b c D, 12 e", "As", "f", "says."]


def test_looks_are_read_from_rend_from_declared_renditions_and_from_style() -> None:
    header = (
        "<encodingDesc><tagsDecl><rendition xml:id='b' scheme='css'>font-weight: bold</rendition>"
        "</tagsDecl></encodingDesc>"
    )
    text = body(
        "<p><hi rendition='#b'>b</hi><hi rendition='#k'>k</hi><hi rend='italic bold'>ib</hi>"
        "<hi style='letter-spacing:.2em'>g</hi> <title rend='italic'>t</title> plain</p>",
        header,
    )
    (leaf,) = leaves(text.blocks)
    assert kinds(leaf) == [
        "b: strong",
        "k: small-caps",
        "ib: emphasis strong",
        "g: spaced",
        "t: title emphasis",
    ]


def test_a_short_line_in_italics_is_a_subhead_and_a_remark_in_brackets_is_none() -> None:
    text = body(
        "<p><hi rend='italic'>1. A Subject</hi></p><p>Text.</p><p><hi rend='italic'>[Here follows "
        "more.]</hi></p><p><hi rend='italic'>Last</hi></p>"
    )
    roles = [leaf.role for leaf in leaves(text.blocks)]
    assert roles == ["subhead", "paragraph", "paragraph", "paragraph"]


def test_languages_are_tags_that_readers_know_wherever_they_stand() -> None:
    text = body("<p xml:lang='deu'>Ein Satz.<note xml:lang='pl'>Przypis.</note></p>")
    (leaf,) = leaves(text.blocks)
    assert leaf.get("lang") == "de"
    assert dict(text.notes[0].attributes)["lang"] == "pl"


def test_entities_that_the_file_declares_are_put_in() -> None:
    file = SourceFile.of(
        "v.xml",
        b'<!DOCTYPE TEI SYSTEM "tei_all.dtd" [<!ENTITY dash "&#8212;">]>\n'
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>a&dash;b</p></body></text></TEI>',
    )
    read = read_tei(file)
    assert prove(read, file) == ()
    assert [leaf.text for leaf in leaves(read.documents[0].body.blocks)] == ["a\u2014b"]


def test_the_lemma_stands_in_the_text_and_other_readings_in_a_note_with_a_letter() -> None:
    text = body(
        "<p>Sailed <app><lem wit='#A'>at dawn</lem><rdg wit='#B'>at noon</rdg>"
        "<rdgGrp><rdg wit='#C #D'>at dusk</rdg></rdgGrp></app> from <app><rdg>the</rdg>"
        "<rdg>a</rdg></app> bay.</p>"
    )
    assert [leaf.text for leaf in leaves(text.blocks)] == ["Sailed at dawn from the bay."]
    notes = [(note.label, [leaf.text for leaf in leaves(note.blocks)]) for note in text.notes]
    assert notes == [("a", ["at noon B; at dusk C D"]), ("b", ["a"])]


def test_what_only_its_class_says_is_a_block_or_a_phrase_and_is_told_once() -> None:
    made = volume(
        "<body><p>See <name><forename>Ann</forename><surname>Roe</surname></name>.</p><listBibl>"
        "<biblStruct><monogr><author>Roe</author><title>Work</title><imprint><pubPlace>Rome"
        "</pubPlace><date>1901</date></imprint></monogr></biblStruct></listBibl>"
        "<u>I said.</u><u>I heard.</u></body>"
    )
    assert [leaf.text for leaf in leaves(made.texts[0].body.blocks)] == [
        "See Ann Roe.",
        "Roe, Work, Rome, 1901",
        "I said.",
        "I heard.",
    ]
    assert [str(found) for found in made.volume.findings if found.code == "I021"] == [
        "v.xml:1: I021 <biblStruct> is set plainly, as its words come\n"
        "    fix: leave it, if the page reads well",
        "v.xml:1: I021 <u> is set plainly, as its words come (2 times)\n"
        "    fix: leave it, if the page reads well",
    ]


def test_a_transcription_by_surfaces_is_a_text_of_lines() -> None:
    file = SourceFile.of(
        "v.xml",
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><sourceDoc><surface><zone><line>One</line>'
        b"<line>two</line></zone></surface></sourceDoc></TEI>",
    )
    read = read_tei(file)
    assert prove(read, file) == ()
    assert [leaf.text for leaf in leaves(read.documents[0].body.blocks)] == ["One two"]


def test_places_in_a_text_are_no_dates() -> None:
    made = volume(
        "<body><p><citedRange from='12' to='9'>12</citedRange> <app from='#a'/></p></body>"
    )
    assert made.volume.findings == ()


def test_clear_text_prints_the_editors_reading_of_a_choice_and_literal_text_the_documents() -> None:
    file = SourceFile.of(
        "v.xml",
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>He <choice><sic>w<hi>h</hi>ent'
        b"</sic><corr>went</corr></choice> <choice><sic/><corr>to</corr></choice> <choice><orig>ye"
        b"</orig><reg>the</reg></choice> <choice><abbr>Gen.</abbr><expan>General</expan></choice>."
        b"</p></body></text></TEI>",
    )
    read = read_tei(file)
    said = [
        [leaf.text for leaf in leaves(settle(read, file, "en", clear=clear).texts[0].body.blocks)]
        for clear in (False, True)
    ]
    assert said == [["He whent ye Gen.."], ["He went to the General."]]
    assert [found.message for found in read.findings] == [
        "of each <choice> with <corr> the other reading is printed (2 times)",
        "of each <choice> with <reg> the other reading is printed",
        "of each <choice> with <expan> the other reading is printed",
    ]


def test_a_picture_that_the_book_holds_is_shown_and_one_that_it_lacks_is_told() -> None:
    file = SourceFile.of(
        "v.xml",
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><figure><graphic url="ship"/>'
        b'<graphic url="map.png"/><head>Ship</head></figure></body></text></TEI>',
    )
    read = read_tei(file, {"ship": "sources/ship.jpg", "map.png": ""}.__getitem__)
    assert prove(read, file) == ()
    (figure,) = read.documents[0].body.blocks
    assert isinstance(figure, Figure)
    assert (figure.path, figure.alt) == ("sources/ship.jpg", "Ship")
    assert [found.message for found in read.findings] == [
        "the picture 'map.png' is not part of the file; its words are 'Ship'"
    ]
