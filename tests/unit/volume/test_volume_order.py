"""Documents by date, numbers, front and back, running heads."""

from dataclasses import replace
from types import SimpleNamespace

from tests.golden.sample import edition

from engross.assemble.edition import DocumentContent, Section
from engross.assemble.volume import by_date, numbered, placed, running
from engross.language import Words
from engross.make.typeset.slots import paginate
from engross.make.typeset.values import Unit


def document(name: str, event: str, after: str | None = None) -> SimpleNamespace:
    value = SimpleNamespace(dates=SimpleNamespace(event=event), after=after)
    return SimpleNamespace(id=name, record=SimpleNamespace(value=value))


def test_documents_stand_by_the_day_of_the_event_and_else_as_given() -> None:
    rows = [
        document("c", "1961-09"),
        document("b", "1961-09-14"),
        document("a", "1961-09-14"),
        document("e", "1961-08-01"),
    ]
    assert [d.id for d in by_date(rows)] == ["e", "b", "a", "c"]


def test_a_document_can_be_put_behind_another() -> None:
    rows = [
        document("a", "1961-09-14", after="c"),
        document("b", "1961-09-15"),
        document("c", "1961-09-16"),
    ]
    assert [d.id for d in by_date(rows)] == ["b", "c", "a"]


def test_right_pages_of_a_volume_say_number_and_day_of_their_document() -> None:
    letter = edition().section("letter")
    assert isinstance(letter.content, DocumentContent)
    record = letter.content.record
    undated = record.model_copy(update={"dates": record.dates.model_copy(update={"event": ""})})
    other = replace(letter, content=replace(letter.content, record=undated))
    found = numbered([letter, replace(other, address="other")], Words("de"), {})
    assert [one.head for one in found] == ["Dokument 1, 1. Januar 2000", ""]
    assert [one.head for one in numbered([letter], Words("en"), {})] == [""]


def section(address: str, kind: str, role: str = "") -> Section:
    return Section(address=address, kind=kind, title=address, short_title=address, role=role)


def test_the_body_begins_with_the_first_opening_and_ends_with_the_last_document() -> None:
    rows = [
        section("preface", "prose"),
        section("ch1", "prose", "opening"),
        section("d1", "document"),
        section("index", "index"),
    ]
    assert [one.matter for one in placed(rows, {})] == ["front", "body", "body", "back"]


def test_a_file_that_says_itself_what_is_front_is_believed() -> None:
    rows = [section("list", "prose"), section("d1", "document"), section("end", "prose")]
    said = placed(rows, {"list": "front", "d1": "body", "end": "back"})
    assert [one.matter for one in said] == ["front", "body", "back"]


def test_a_long_title_is_cut_between_words_for_the_head() -> None:
    title = "Foreign policy aspects of United States development of atomic energy"
    assert running(title) == "Foreign policy aspects of United States development…"
    assert running("Moscow") == "Moscow"


def unit(address: str, matter: str) -> Unit:
    return Unit(address, "<section/>", "en", address, matter=matter)  # type: ignore[arg-type]  # one of three


def test_an_offprint_keeps_its_number_and_its_side() -> None:
    pages = paginate([unit("title", "front"), unit("d42", "body")], [1, 2], True, first=218)
    assert [(p.label, p.recto) for p in pages] == [("i", True), ("218", False), ("219", True)]
    pages = paginate([unit("title", "front"), unit("d42", "body")], [1, 2], True, first=217)
    assert [(p.label, p.recto) for p in pages if p.unit == 1] == [("217", True), ("218", False)]
