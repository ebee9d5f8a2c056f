"""What the engine says or does wrong is a finding with an address, never a log line."""

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.unit.typeset.small_house import note, paragraph, prose, section, slot, unit
from tests.unit.typeset.structure import faults, inks

from engross.cache.store import Store
from engross.make.typeset import fonts, slots
from engross.make.typeset.pool import Hands, Worker
from engross.make.typeset.press import typeset
from engross.make.typeset.values import House, Limits, Plan, Typesetting, Unit
from engross.make.typeset.writing.write import write
from engross.model.finding import EngrossError

Press = Callable[..., Typesetting]


def said(error: EngrossError) -> list[str]:
    return [f"{found.code} {found.place} {found.message}" for found in error.findings]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            paragraph("intro", 1, "fine") + paragraph("intro", 2, "a sign \u0bf5 here"),
            "G001 intro.md intro#p-002: no face has the character '\u0bf5' (U+0BF5)",
        ),
        (
            paragraph("intro", 1, "க ற ண"),
            "G001 intro.md no face has the Tamil script: 3 characters, 'க', 'ற', 'ண' among them",
        ),
        (
            '<p>See <a href="#gone">there</a>.</p>',
            "R020 intro.md intro: a link leads to intro#gone, which is on no page",
        ),
        (
            f"<p>p. {slot('suzuki')}</p>",
            "R020 intro.md intro prints the page of suzuki, which is on no page",
        ),
        (
            '<p><img alt="A map" src="https://example.org/map.png"/></p>',
            (
                "F020 intro.md intro: https://example.org/map.png was asked for and is not part of"
                " the edition"
            ),
        ),
        (
            '<p><img alt="A file" src="file:///etc/hostname"/></p>',
            (
                "F020 intro.md intro: file:///etc/hostname was asked for and is not part of the"
                " edition"
            ),
        ),
        (
            '<p><img alt="Data" src="data:image/png;base64,AAAA"/></p>',
            (
                "F020 intro.md intro: data:image/png;base64,AAAA was asked for and is not part of"
                " the edition"
            ),
        ),
        (
            '<p style="font-family: Garamont">word</p>',
            (
                "G002 intro.md intro: the family 'Garamont' is asked for and not among the"
                " edition's fonts"
            ),
        ),
        (
            paragraph("intro", 1, '<span style="visibility: hidden">kept secret</span> word'),
            "P020 intro.md 10 of 14 characters of intro#p-001 are on no page, from 'keptsecret' on",
        ),
        (
            '<p data-address="intro#p-001" style="position: relative; top: 3000px">far away</p>',
            "P020 intro.md 7 of 7 characters of intro#p-001 are on no page, from 'faraway' on",
        ),
        (
            '<p data-address="intro#p-001" style="display: none">gone</p>',
            "P020 intro.md 4 of 4 characters of intro#p-001 are on no page, from 'gone' on",
        ),
    ],
)
def test_a_fault_in_a_section_is_a_finding_with_its_address(
    press: Press, body: str, message: str
) -> None:
    with pytest.raises(EngrossError) as caught:
        press(unit("intro", body))
    assert said(caught.value) == [message]


def test_a_section_that_is_not_well_formed_is_a_finding(press: Press) -> None:
    with pytest.raises(EngrossError) as caught:
        press(unit("intro", "<p>open"))
    assert said(caught.value)[0].startswith("S020 intro.md intro: the section is not well-formed: ")


def test_figures_that_are_not_equally_wide_cannot_be_a_slot(press: Press) -> None:
    with pytest.raises(EngrossError) as caught:
        press(
            unit("intro", f"<p>p. {slot('intro')}</p>"),
            sheet=".page-number { font-variant-numeric: lining-nums proportional-nums }",
        )
    message = "G004 intro.md intro: the figures of the page number for intro differ in width"
    assert said(caught.value) == [message]


def test_a_rule_that_pages_ignore_is_a_warning_and_the_pages_are_made(press: Press) -> None:
    made = press(unit("intro", "<p>word</p>"), sheet="p { text-wrap: pretty }")
    assert [f"{found.code} {found.message}" for found in made.findings] == [
        "S021 ignored `text-wrap: pretty` at 1:5, unknown property"
    ]


def test_a_rule_that_pages_ignore_is_told_again_from_the_cache(
    press: Press, tmp_path: Path
) -> None:
    runs = [
        press(unit("intro", "<p>word</p>"), sheet="p { color: nocolour }", store=Store(tmp_path))
        for _ in range(2)
    ]
    assert [run.typeset for run in runs] == [1, 0]
    assert runs[0].findings == runs[1].findings
    assert len(runs[0].findings) == 1


def test_a_unit_that_takes_too_long_is_given_up(house: House) -> None:
    with pytest.raises(EngrossError) as caught:
        typeset(
            [unit("long", "<p>word</p>")], house, store=Store(None), limits=Limits(seconds=0.05)
        )
    assert said(caught.value) == ["X001 long.md long takes longer than 0.05 seconds"]
    assert caught.value.exit_status == 8


def test_a_unit_that_needs_too_much_memory_is_given_up(house: House) -> None:
    with pytest.raises(EngrossError) as caught:
        typeset(
            [unit("wide", "<p>word</p>")], house, store=Store(None), limits=Limits(memory=48 << 20)
        )
    assert said(caught.value) == ["X002 wide.md wide needs more memory than its limit"]


def test_a_unit_with_too_many_pages_is_given_up(house: House) -> None:
    body = "<p>a</p>" + '<p style="break-before: page">a</p>' * 3
    with pytest.raises(EngrossError) as caught:
        typeset([unit("many", body)], house, store=Store(None), limits=Limits(pages=3))
    assert said(caught.value) == ["X005 many.md many has 4 pages, more than the 3 allowed"]


def test_a_worker_that_dies_is_replaced_and_its_unit_tried_once_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[Worker] = []
    make = Hands.take

    def first_one_dies(self: Hands) -> Worker:
        hand = make(self)
        if not killed:
            killed.append(hand)
            hand.process.kill()
        return hand

    monkeypatch.setattr(Hands, "take", first_one_dies)
    made = typeset([unit("intro", "<p>word</p>")], house, store=Store(None))
    assert (len(killed), len(made.parts[0].pages)) == (1, 1)


def test_a_unit_whose_worker_dies_twice_is_a_finding(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Hands.take

    def dies(self: Hands) -> Worker:
        hand = make(self)
        hand.process.kill()
        return hand

    monkeypatch.setattr(Hands, "take", dies)
    with pytest.raises(EngrossError) as caught:
        typeset([unit("intro", "<p>word</p>")], house, store=Store(None))
    assert said(caught.value) == ["X003 intro.md intro ended the typesetting process twice"]


def test_a_worker_makes_way_before_its_memory_has_grown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    take = Hands.take

    def watched(self: Hands) -> Worker:
        hand = take(self)
        if hand.process.pid not in started:
            started.append(hand.process.pid)
        return hand

    monkeypatch.setattr(Hands, "take", watched)
    monkeypatch.setattr("engross.make.typeset.pool.RENEWED", 2)
    units = [unit(f"u{n}", f"<p>word {n}</p>") for n in range(5)]
    made = typeset(units, house, store=Store(None))
    assert [len(part.pages) for part in made.parts] == [1] * 5
    # five units and the furniture, two to a worker
    assert len(started) == 3


def test_all_units_that_fail_are_reported_at_once(press: Press) -> None:
    units = [unit(name, paragraph(name, 1, "sign \u0bf5")) for name in ("one", "two")]
    with pytest.raises(EngrossError) as caught:
        press(*units)
    assert [found.place.path for found in caught.value.findings] == ["one.md", "two.md"]


def test_the_parent_never_loads_the_engine() -> None:
    code = (
        "import sys; import engross.make.typeset.press, engross.make.typeset.writing.write;"
        "print(sorted({'weasyprint', 'fontTools', 'pydyf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_sampled_prose_has_no_fault_at_all(press: Press) -> None:
    body = paragraph("intro", 1, prose(300) + note("intro", "a", prose(40)) + " end.")
    assert press(unit("intro", body)).findings == ()


def test_a_face_that_no_rule_names_may_not_stand_in(house: House) -> None:
    only_gentium = "\u02e4"
    both = House(house.sheets, house.fonts + fonts.pinned("Gentium Book Plus"))
    with pytest.raises(EngrossError) as caught:
        typeset([unit("intro", f"<p>A {only_gentium}.</p>")], both, store=Store(None))
    message = "'Gentium Book Plus' stood in for '\u02e4' (U+02E4), which the asked face lacks"
    assert said(caught.value) == [f"G003 intro.md intro: {message}"]


def test_of_many_characters_the_first_are_named_at_their_place(house: House) -> None:
    both = House(house.sheets, house.fonts + fonts.pinned("Gentium Book Plus"))
    body = "<p>A.</p>" + paragraph("intro", 2, "\u02e4\u02c5\u02ef\u02f0.")
    with pytest.raises(EngrossError) as caught:
        typeset([unit("intro", body)], both, store=Store(None))
    assert said(caught.value) == [
        "G003 intro.md intro#p-002: 'Gentium Book Plus' stood in for "
        "'\u02c5' (U+02C5), '\u02e4' (U+02E4), '\u02ef' (U+02EF) and 1 more, "
        "which the asked face lacks"
    ]


def test_a_font_program_with_another_digest_is_refused(house: House) -> None:
    wrong = House(house.sheets, tuple(replace(face, digest="0" * 64) for face in house.fonts[:1]))
    with pytest.raises(EngrossError) as caught:
        typeset([Unit("intro", section("intro", "<p>a</p>"), "en", "a")], wrong, store=Store(None))
    assert {line[:4] for line in said(caught.value)} == {"G002", "G005"}
    assert "the font program of 'EB Garamond' is none of the edition's" in str(caught.value)


def test_elements_that_are_nested_too_deeply_are_a_finding(press: Press) -> None:
    with pytest.raises(EngrossError) as caught:
        press(unit("deep", "<div>" * 900 + "word" + "</div>" * 900))
    assert said(caught.value) == ["X004 deep.md the elements of deep are nested too deeply"]


def test_numbers_that_never_settle_end_in_a_finding(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "ROUNDS", 0)
    with pytest.raises(EngrossError) as caught:
        press(unit("intro", f"<p>p. {slot('intro')}</p>"))
    assert said(caught.value) == ["X006 engross the page numbers in intro do not settle"]


def picture(mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, (40, 30), (200, 20, 20)).save(target, "PNG")
    return target.getvalue()


MAP = '<p><img alt="A map" src="edition:map.png" style="width: 20mm"/></p>'


@pytest.mark.parametrize(
    ("asset", "body", "said"),
    [
        (picture()[:60], MAP, "F020 intro: edition:map.png cannot be used"),
        (b"no image", MAP, "F020 intro: edition:map.png cannot be used"),
        (
            picture(),
            MAP.replace('alt="A map" ', ""),
            "S022 intro: the image edition:map.png has no description",
        ),
    ],
)
def test_an_image_that_is_broken_or_says_nothing_is_a_finding(
    house: House, asset: bytes, body: str, said: str
) -> None:
    own = House(house.sheets, house.fonts, {"edition:map.png": asset})
    with pytest.raises(EngrossError) as caught:
        typeset([unit("intro", body)], own, store=Store(None))
    (found,) = [found for found in caught.value.findings if found.is_error]
    assert f"{found.code} {found.message}".startswith(said)


def test_an_image_of_the_edition_is_a_figure_and_grey_in_print(house: House) -> None:
    own = House(house.sheets, house.fonts, {"edition:map.png": picture()})
    made = typeset([unit("intro", MAP)], own, store=Store(None))
    files = {medium: write(made, Plan(medium, "x")) for medium in ("print", "screen")}
    assert {medium: inks(file) for medium, file in files.items()} == {
        "print": {"gray"},
        "screen": {"gray", "rgb"},
    }
    assert [faults(file) for file in files.values()] == [[], []]
    figures = [node for node in kids(made.parts[0].tree) if node["S"] == "Figure"]
    assert [node["alt"] for node in figures] == ["A map"]


def kids(node: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [kid for kid in node["K"] if isinstance(kid, dict)]
    return [node, *(deeper for kid in inner for deeper in kids(kid))]
