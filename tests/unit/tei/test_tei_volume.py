"""A volume: header, parts, documents, notes wherever they hang, registers."""

from engross.model.text import Division, Figure, Leaf, ListBlock, Point, Quote, Run, Table, leaves
from engross.parse.tei.volume import Part


def test_the_header_gives_titles_editors_and_ids(volume):
    header = volume("volume").header
    assert header.title == "Sample Series, 1901, Volume I, Letters"
    assert (header.series, header.subseries, header.volume) == ("Sample Series", "1901", "Volume I")
    assert [(a.role, a.name) for a in header.agents] == [
        ("primary", "Editor One"),
        ("general", "Editor Two"),
    ]
    assert (header.publisher, header.place, header.id) == ("Sample Press", "Sampletown", "sample01")


def test_the_older_spelling_of_title_types_gives_the_same(file):
    from engross.model.source import SourceFile
    from engross.parse.tei import read_tei

    new = file("volume").content
    old = new.replace(b'"sub-series"', b'"subseries"').replace(
        b'"volume-number"', b'"volumenumber"'
    )
    assert old != new
    header = read_tei(SourceFile.of("old.xml", old)).header
    assert (header.subseries, header.volume) == ("1901", "Volume I")


def test_parts_and_documents_stand_in_the_order_of_the_file(volume):
    assert [(p.id, getattr(p, "kind", "")) for p in volume("volume").walk()] == [
        ("title-page", "title-page"),
        ("sources", "sources"),
        ("terms", "terms"),
        ("persons", "persons"),
        ("comp1", "compilation"),
        ("ch1", "chapter"),
        ("d1", "document"),
        ("d2", "editorial-note"),
        ("comp2", "compilation"),
        ("d3", "document"),
        ("d4", "document"),
        ("index", "index"),
    ]
    comp1 = next(p for p in volume("volume").walk() if p.id == "comp1")
    assert isinstance(comp1, Part)
    assert [note.id for note in comp1.body.notes] == ["comp1fn1"]


def test_notes_are_read_wherever_they_hang_with_all_their_blocks(volume):
    d1 = volume("volume").documents[0]
    assert [(n.id, n.kind, n.label) for n in d1.body.notes] == [
        ("d1fn0", "source", "0"),
        ("d1sum", "summary", ""),
        ("d1fn1", "explanatory", "1"),
        ("d1fn2", "explanatory", "2"),
        ("d1fn3", "explanatory", "3"),
        ("d1fn4", "explanatory", "4"),
        ("d1fn5", "explanatory", "5"),
        ("d1fn6", "explanatory", "6"),
        ("d1fn7", "author", "7"),
    ]
    calls = [
        (leaf.role, item.get("id"))
        for leaf in leaves(d1.body.blocks)
        for item in leaf.content
        if isinstance(item, Point) and item.kind == "note"
    ]
    assert calls == [
        ("heading", "d1fn0"),
        ("heading", "d1sum"),
        ("dateline", "d1fn1"),
        ("paragraph", "d1fn2"),
        ("paragraph", "d1fn3"),
        ("paragraph", "d1fn4"),
        ("cell", "d1fn5"),
        ("signature", "d1fn6"),
        ("paragraph", "d1fn7"),
    ]
    blocks = d1.body.notes[3].blocks
    assert [type(block) for block in blocks] == [Leaf, Leaf, ListBlock, Table]
    assert [leaf.text for leaf in leaves(blocks)] == [
        "First paragraph.",
        "Second paragraph.",
        "a point",
        "in a table",
    ]
    assert d1.body.notes[-1].origin == "source"


def test_leaves_are_numbered_in_reading_order(volume):
    for part in volume("volume").walk():
        ids = [leaf.id for leaf in leaves(part.body.blocks)]
        assert ids == [f"p-{n:03d}" for n in range(1, len(ids) + 1)]


def test_a_list_in_a_paragraph_cuts_it_in_two(volume):
    blocks = volume("volume").documents[0].body.blocks
    at = next(n for n, b in enumerate(blocks) if isinstance(b, ListBlock) and b.kind == "labelled")
    before, found, after = blocks[at - 1 : at + 2]
    assert before.text.endswith("two parts:")
    assert [item.label.text for item in found.items] == ["(a)", "(b)"]
    assert (after.text, after.attributes) == (
        "and no more. See footnote 3, page 2, here.",
        (("continued", "yes"),),
    )


def test_line_breaks_of_the_layout_make_no_spaces_inside_brackets(volume):
    leaf = next(
        leaf
        for leaf in leaves(volume("volume").documents[0].body.blocks)
        if leaf.text.startswith("The book")
    )
    assert leaf.text == "The book of the SA (Gamma) has two parts:"


def test_page_breaks_between_blocks_go_to_the_next_one_and_at_the_end_to_the_last(volume):
    found = [
        (part.id, leaf.id, item.get("label"), item.get("id"))
        for part in volume("volume").walk()
        for leaf in leaves(part.body.blocks)
        for item in leaf.content
        if isinstance(item, Point) and item.kind == "break"
    ]
    assert found == [
        ("title-page", "p-001", "[I]", "pg-i"),
        ("sources", "p-001", "III", "pg-iii"),
        ("comp1", "p-001", "1", "pg-1"),
        ("d1", "p-006", "2", "pg-2"),
        ("d1", "p-009", "3", "pg-3"),
        ("d2", "p-001", "4", "pg-4"),
        ("d3", "p-004", "5", "pg-5"),
        ("index", "p-001", "6", "pg-6"),
    ]


def test_tables_have_heads_captions_and_spans(volume):
    table = next(b for b in volume("volume").documents[0].body.blocks if isinstance(b, Table))
    assert (table.head_rows, table.caption.text) == (1, "Prices")
    assert [[(c.columns, c.rows, c.align) for c in row] for row in table.rows] == [
        [(1, 1, ""), (1, 1, "")],
        [(1, 2, ""), (1, 1, "right")],
        [(1, 1, "right")],
        [(2, 1, "")],
    ]


def test_a_figure_without_its_picture_has_the_words_of_the_source(volume):
    figure = next(b for b in volume("volume").documents[0].body.blocks if isinstance(b, Figure))
    assert (figure.path, figure.alt, figure.caption.text) == (
        "",
        "A cover with a title",
        "The cover",
    )
    assert dict(figure.attributes)["url"] == "cover.tif"
    assert [str(f) for f in volume("volume").findings] == [
        (
            "volume.xml:34: I017 the picture 'seal.tif' is not part of the file; it has no words of"
            " its own\n    fix: put the picture into the book and name it, or describe it in"
            " <figDesc>"
        ),
        (
            "volume.xml:88: I017 the picture 'cover.tif' is not part of the file; its words are"
            " 'A cover"
            " with a title'\n    fix: put the picture into the book and name it, or describe it in"
            " <figDesc>"
        ),
    ]


def test_verse_quotation_postscript_and_attachment_are_blocks_of_their_own(volume):
    blocks = volume("volume").documents[0].body.blocks
    assert any(isinstance(b, Quote) for b in blocks)
    divisions = {b.role: b for b in blocks if isinstance(b, Division)}
    assert [leaf.text for leaf in leaves(divisions["verse"].blocks)] == [
        "A line of verse",
        "and one more",
    ]
    assert divisions["attachment"].id == "d1a1"
    assert [leaf.level for leaf in leaves(divisions["attachment"].blocks)] == [2, 0]
    assert [leaf.text for leaf in leaves(divisions["postscript"].blocks)] == ["P.S. Thank you."]


def test_references_know_where_they_lead(volume):
    marks = [
        (item.text, dict(mark.attributes))
        for part in volume("volume").walk()
        for body in [part.body]
        for blocks in [body.blocks, *(note.blocks for note in body.notes)]
        for leaf in leaves(blocks)
        for item in leaf.content
        if isinstance(item, Run)
        for mark in item.marks
        if mark.kind in ("reference", "link") and part.id in ("comp1", "d1")
    ]
    assert marks == [
        ("Document 7", {"target": "sample00#d7"}),
        ("footnote 3", {"address": "d1/note/d1fn3", "target": "#d1fn3"}),
        ("page 2", {"address": "pg-2", "target": "#pg_2"}),
        ("here", {"href": "https://example.org/x", "target": "https://example.org/x"}),
    ]


def test_the_record_says_when_where_who_and_from_what_source(volume):
    record = volume("volume").documents[0].record
    assert record.title.supplied == "Letter From Alpha to Gamma"
    assert record.dates.event == "1901-02-03"
    assert (record.place.name, record.place.supplied) == ("Sampletown", True)
    assert (record.source.repository, record.source.classification) == ("Sample Archive", "Secret")
    assert record.source.raw.endswith("Drafted by Alpha on February 2.")
    assert [(p.person, p.name, p.office, p.role) for p in record.participants] == [
        ("p-ab-1", "Alpha", "", "author"),
        ("p-gd-1", "Gamma", "", "recipient"),
        ("p-ab-1", "Bea Alpha", "Writer", "attended"),
    ]
    assert record.received.format == "tei"
    assert record.received.sha256 == volume("volume").sha256


def test_the_source_of_an_old_volume_stands_before_the_head(volume):
    _, editorial, third, fourth = volume("volume").documents
    assert (editorial.record.dates.event, editorial.record.source.raw) == ("", "")
    assert [(n.id, n.kind) for n in third.body.notes] == [("d3-note-1", "source")]
    assert third.record.source.raw == "711.61/3–2301: Telegram"
    assert (third.record.source.repository, third.record.dates.event) == ("", "1901-03-01")
    assert [n.id for n in fourth.body.notes if n.kind == "source"] == ["d4fn2"]
    assert fourth.record.source.raw == "Sample Archive Files Lot 7."
    assert fourth.record.source.repository == "Sample Archive Files"


def test_persons_are_read_from_the_lists(volume):
    assert [(p.id, p.name, p.file_as, p.text) for p in volume("volume").persons] == [
        ("p-ab-1", "Bea Alpha", "Alpha, Bea", r"Writer of \*letters\*"),
        ("p-gd-1", "Del Gamma, Jr.", "Gamma, Del, Jr.", "Receiver"),
    ]
