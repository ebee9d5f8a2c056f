"""Choice, correction, abbreviation, substitution."""

from engross.model.text import Mark, Point, Run, leaves
from engross.parse.tei import read_tei


def _leaves(volume):
    return list(leaves(volume("choice").documents[0].body.blocks))


def test_the_reading_of_the_document_stands_and_the_other_is_a_fact_of_its_mark(volume):
    first = _leaves(volume)[0]
    assert first.text == "The Minster said govt. and publick on the third."
    marks = [
        (item.text, item.marks[0]) for item in first.content if isinstance(item, Run) and item.marks
    ]
    assert marks[:3] == [
        (
            "Minster",
            Mark(
                "sic",
                (
                    ("element", "choice"),
                    ("corr", "Minister"),
                    ("resp", "#ed"),
                    ("cert", "high"),
                    ("shown", "sic"),
                ),
            ),
        ),
        (
            "govt.",
            Mark(
                "abbreviation",
                (("element", "choice"), ("expansion", "government"), ("shown", "abbr")),
            ),
        ),
        (
            "publick",
            Mark("original", (("element", "choice"), ("regular", "public"), ("shown", "orig"))),
        ),
    ]


def test_marks_inside_the_reading_that_stands_are_kept(volume):
    first = _leaves(volume)[0]
    dated = next(item for item in first.content if isinstance(item, Run) and item.text == "third")
    assert [mark.kind for mark in dated.marks] == ["sic", "date"]
    assert dated.marks[0].get("corr") == "the fourth"


def test_a_word_that_the_document_lacks_is_a_point_with_the_correction(volume):
    second = _leaves(volume)[1]
    (point,) = [item for item in second.content if isinstance(item, Point)]
    assert (point.kind, point.get("corr"), point.get("resp")) == ("sic", "missing", "#ed")
    assert second.text == "A word, hat, a mended one, a wrnog one, Mr., fecit."
    kinds = [item.marks[0].kind for item in second.content if isinstance(item, Run) and item.marks]
    assert kinds == ["unclear", "corrected", "sic", "abbreviation", "expansion"]


def test_white_space_between_the_parts_of_a_substitution_is_none_of_the_text(volume):
    third = _leaves(volume)[2]
    assert third.text == "oldnew words."
    assert [tuple(m.kind for m in i.marks) for i in third.content] == [
        ("substitution", "deleted"),
        ("substitution", "added"),
        (),
    ]
    assert third.content[1].marks[1].get("hand") == "#h2"


def test_what_of_a_choice_and_an_apparatus_is_not_printed_is_told(inside):
    found = read_tei(
        inside(
            "<p>A <choice><sic>wrod</sic><corr>word</corr></choice> and "
            '<app><rdg wit="#a">one</rdg><rdg wit="#b">two</rdg></app>.</p>'
        )
    ).findings
    assert sorted(f"{one.code} {one.message}" for one in found if one.code in {"I022", "I023"}) == [
        "I022 an <app> has no <lem>: its first reading stands in the text",
        "I023 of each <choice> with <corr> the other reading is printed",
    ]


def test_letters_and_how_they_are_read_stand_together(inside):
    pair = '<ruby><rb>漢</rb><rt place="above">かん</rt></ruby>'
    volume = read_tei(inside(f"<p>{pair}{pair}字</p>"))
    (leaf,) = leaves(volume.documents[0].body.blocks)
    assert leaf.text == "漢かん漢かん字"
    kinds = [[mark.kind for mark in item.marks] for item in leaf.content]
    assert kinds[:2] == [["ruby", "segment"], ["ruby", "ruby-text"]]
    assert leaf.content[1].marks[0] != leaf.content[2].marks[0], "two letters, each with its own"
    assert not [found.code for found in volume.findings]
