"""A letter: hands, additions, deletions, stamps, and the empty elements that stand for signs."""

from engross.model.text import Division, Point, Run, leaves


def test_a_file_without_document_divisions_is_one_document(volume):
    letter = volume("letter")
    (document,) = letter.documents
    assert (document.id, document.kind, document.whole) == ("l00001", "document", True)
    assert document.title == "First Writer to Second Writer, 3 February 1901"


def test_manuscript_and_hands_are_read_from_the_header(volume):
    (ms,) = volume("letter").header.manuscripts
    assert (ms.repository, ms.settlement, ms.country, ms.shelfmark) == (
        "Sample Archive",
        "Sampletown",
        "X",
        "Box 1",
    )
    assert (ms.form, ms.object_type) == ("carbon", "letter")
    (hand,) = ms.hands
    assert (hand.id, hand.scribe, hand.medium, hand.style, hand.text) == (
        "h1",
        "w1",
        "black-ink",
        "kurrent",
        "the signature",
    )


def test_correspondence_gives_senders_receivers_and_days(volume):
    document = volume("letter").documents[0]
    sent, received = volume("letter").header.correspondence
    assert (sent.kind, sent.agents[0].key, sent.day) == ("sent", "w1", "1901-02-03")
    assert received.day == "1901-02-04"
    record = document.record
    assert (record.dates.event, record.place.name, record.language) == (
        "1901-02-03",
        "Sampletown",
        "de-AT",
    )
    assert [(p.person, p.role) for p in record.participants] == [
        ("w1", "author"),
        ("w2", "recipient"),
    ]
    assert [(h.id, h.person, h.description) for h in record.hands] == [
        ("h1", "w1", "black-ink; kurrent; the signature")
    ]


def test_empty_elements_stand_for_the_signs_that_a_reader_sees(volume):
    document = volume("letter").documents[0]
    leaf = next(one for one in leaves(document.body.blocks) if one.text.startswith("dieser"))
    assert (
        leaf.text == "dieser Brief ist schön & kurz... wohl eversehn,  dann am 8. August. Merci, ."
    )
    stand_ins = [
        item.text
        for item in leaf.content
        if isinstance(item, Run) and any(mark.kind == "stand-in" for mark in item.marks)
    ]
    assert stand_ins == [" ", "&", "..."]


def test_additions_and_deletions_keep_place_and_manner(volume):
    document = volume("letter").documents[0]
    leaf = next(one for one in leaves(document.body.blocks) if one.text.startswith("dieser"))
    found = [
        (
            mark.kind,
            item.text if isinstance(item, Run) else item.kind,
            mark.get("place"),
            mark.get("rend"),
        )
        for item in leaf.content
        for mark in item.marks
        if mark.kind in ("added", "deleted", "unclear", "supplied")
    ]
    assert found == [
        ("added", "wohl", "above", ""),
        ("deleted", "e", "", "overwritten"),
        ("added", "v", "inline", ""),
        ("deleted", "gap", "", "strikethrough"),
        ("unclear", "nn", "", ""),
        ("supplied", "8.", "", ""),
    ]
    (empty,) = [
        item for item in leaf.content if isinstance(item, Point) and item.kind == "reference"
    ]
    assert empty.get("target") == "1901-02-09"


def test_segments_of_a_dateline_stand_apart(volume):
    session = volume("letter").documents[0].body.blocks[1]
    assert isinstance(session, Division)
    assert session.role == "writing-session"
    assert [(leaf.role, leaf.text) for leaf in leaves(session.blocks)][:3] == [
        ("dateline", "Letterhead"),
        ("dateline", "Sampletown, 3. Februar"),
        ("salute", "Lieber,"),
    ]


def test_records_in_the_back_are_kept_whole_and_give_the_persons(volume):
    letter = volume("letter")
    assert {n: letter.coverage.count(n).data for n in ("facsimile", "listPerson")} == {
        "facsimile": 1,
        "listPerson": 1,
    }
    assert [(p.id, p.name, p.file_as, p.life) for p in letter.persons] == [
        ("w1", "First Writer", "Writer, First", "1860–1930"),
        ("w2", "Second Writer", "Writer, Second", ""),
    ]
