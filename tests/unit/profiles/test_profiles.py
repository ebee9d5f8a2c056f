"""Printer profiles as data, and books that fit them or not."""

import re
from importlib.resources import files

import pytest

from engross.make.press.fit import Interior, fit, taking
from engross.make.press.profiles import find, shipped
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.schema.profile import Figure, Profile
from engross.schema.trim import page_size, points

PLACE = Place("manifest.yaml", 9, 3)
NAMES = ["generic", "ingramspark", "kdp-paperback", "lulu", "offset", "saddle-stitch"]
BOOK = Interior("6in 9in", "perfect", 34, inner=57.6, outer=54.0)


def book(**changes: object) -> Interior:
    from dataclasses import replace

    return replace(BOOK, **changes)  # type: ignore[arg-type]


def messages(name: str, interior: Interior) -> list[str]:
    _, findings = fit(name, shipped()[name], interior, PLACE)
    return [str(found) for found in findings]


def profile_file(path: str, text: str) -> SourceFile:
    return SourceFile.of(path, text.encode())


def test_six_printers_are_shipped() -> None:
    assert list(shipped()) == NAMES


def test_every_figure_of_a_profile_names_a_source_that_has_a_date() -> None:
    for profile in shipped().values():
        figures = [value for value in vars(profile).values() if isinstance(value, Figure)]
        assert len(figures) >= 13
        assert {figure.source for figure in figures} <= set(profile.sources)
        assert all(source.read >= "2026" for source in profile.sources.values())
        assert set(profile.sources) == {figure.source for figure in figures}


def test_inner_margins_grow_with_the_pages() -> None:
    margins = shipped()["kdp-paperback"].margins.value
    assert [margins.inner(n) for n in (24, 150, 151, 500, 700, 828)] == [
        27.0, 27.0, 36.0, 45.0, 54.0, 63.0,
    ]  # fmt: skip


@pytest.mark.parametrize(("length", "want"), [("0.125in", 9.0), ("3mm", 8.5039), ("6pt", 6.0)])
def test_lengths_become_points(length: str, want: float) -> None:
    assert points(length) == want


def test_a_length_without_a_unit_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("'3' is not a length such as 0.125in")):
        points("3")


@pytest.mark.parametrize(
    ("pages", "gutter"), [(34, 0.65), (60, 0.65), (384, 0.8), (600, 0.9), (820, 0.925)]
)
def test_the_gutter_is_wider_the_thicker_a_book_is(pages: int, gutter: float) -> None:
    """The measure stays: what the gutter gains the fore-edge gives; a printer may ask for more."""
    sheet, findings = fit(
        "kdp-paperback",
        shipped()["kdp-paperback"],
        book(pages=pages, inner=0.8 * 72, outer=0.75 * 72),
        PLACE,
    )
    assert findings == ()
    assert sheet is not None
    assert sheet.gutter_shift == pytest.approx((gutter - 0.8) * 72)


def test_a_block_moves_as_far_as_the_printer_asks() -> None:
    sheet, findings = fit("kdp-paperback", shipped()["kdp-paperback"], BOOK, PLACE)
    assert findings == ()
    assert sheet is not None
    assert (sheet.bleed_outer, sheet.bleed_inner, sheet.blanks) == (9, 0, 0)
    thick, findings = fit("lulu", shipped()["lulu"], book(pages=400, inner=50.0, outer=60.0), PLACE)
    assert findings == ()
    assert thick is not None
    # 0.8 in are asked for, and quotation marks hang out by some points more.
    assert (thick.bleed_inner, thick.gutter_shift) == (9.0, 11.2)
    narrow = book(pages=400, inner=50.0, outer=45.6)
    thick, findings = fit("lulu", shipped()["lulu"], narrow, PLACE)
    assert findings == ()
    assert thick is not None
    assert thick.gutter_shift == 9.6  # as far as the fore-edge has room


def test_an_unknown_printer_is_named_with_those_that_there_are() -> None:
    found = find("kdp-paperbak", {}, PLACE)
    assert isinstance(found, tuple)
    assert [str(one) for one in found] == [
        "manifest.yaml:9:3: W120 there is no printer profile 'kdp-paperbak'\n"
        "    fix: did you mean 'kdp-paperback'? use one of generic, ingramspark, kdp-paperback, "
        "lulu, offset, saddle-stitch, or add profiles/kdp-paperbak.yaml to the book"
    ]


def test_a_books_own_profile_goes_before_a_shipped_one() -> None:
    text = files("engross.make").joinpath("profiles/generic.yaml").read_text("utf-8")
    ours = profile_file("profiles/generic.yaml", text.replace("not chosen yet", "of ours"))
    found = find("generic", {"profiles/generic.yaml": ours}, PLACE)
    assert isinstance(found, Profile)
    assert found.title == "a printer of ours"


def test_a_fault_in_an_own_profile_has_its_line() -> None:
    text = files("engross.make").joinpath("profiles/generic.yaml").read_text("utf-8")
    wrong = profile_file("profiles/ours.yaml", text.replace("bleed: 0.125in", "bleed: wide"))
    found = find("ours", {"profiles/ours.yaml": wrong}, PLACE)
    assert isinstance(found, tuple)
    assert [(one.code, one.place.path) for one in found if isinstance(one, Finding)] == [
        ("M021", "profiles/ours.yaml")
    ]


def test_too_few_pages_name_the_printers_and_bindings_that_would_take_them() -> None:
    assert messages("lulu", book(pages=20)) == [
        "manifest.yaml:9:3: W123 Lulu binds 'perfect' books of 32 or more pages, and this one has "
        "20\n"
        "    fix: use a printer and binding that takes 20 pages: ingramspark (perfect), "
        "ingramspark (case), offset (saddle), saddle-stitch (saddle)"
    ]
    assert list(taking(6, "6in 9in", {"b": shipped()["saddle-stitch"]})) == ["b (saddle)"]


def test_too_many_pages_are_named() -> None:
    (said,) = messages("kdp-paperback", book(pages=900, inner=80))
    assert said.startswith(
        "manifest.yaml:9:3: W124 KDP paperback binds 'perfect' books of 828 or fewer pages"
    )


def test_blank_pages_are_told_and_counted() -> None:
    sheet, findings = fit("saddle-stitch", shipped()["saddle-stitch"], book(pages=33), PLACE)
    assert sheet is not None
    assert (sheet.pages, sheet.blanks, sheet.multiple, sheet.binding) == (36, 3, 4, "saddle")
    assert [str(found) for found in findings] == [
        "manifest.yaml:9:3: W125 3 blank pages stand at the end for saddle-stitch: saddle-stitched "
        "booklet binds multiples of 4, and this makes 36 pages\n"
        "    fix: leave it so, or add or cut text"
    ]
    assert not findings[0].is_error


def test_margins_that_cannot_be_had_say_what_would_fit() -> None:
    assert messages("kdp-paperback", book(pages=802, inner=36.0, outer=40.0)) == [
        "manifest.yaml:9:3: W126 KDP paperback wants 0.875 in free at the spine of 802 pages and "
        "0.375 in at the fore-edge; the text block leaves 0.5 in and 0.556 in, which is 0.194 in "
        "too little however it is moved\n"
        "    fix: make the text block 0.194 in narrower (--gutter and --fore-edge in tokens.css), "
        "or take a trim at least 6.194 in wide and 9in high"
    ]


def test_a_trim_that_a_printer_does_not_cut_is_named() -> None:
    (said,) = messages("kdp-paperback", book(trim="6.2in 9in"))
    assert said.startswith("manifest.yaml:9:3: W121 KDP paperback does not print 6.2 × 9 in\n")
    assert said.endswith("or a printer that does: ingramspark, lulu, offset, saddle-stitch")


def test_a_binding_that_a_printer_does_not_have_is_named() -> None:
    assert messages("kdp-paperback", book(binding="case")) == [
        "manifest.yaml:9:3: W122 KDP paperback does not bind 'case', only 'perfect'\n"
        "    fix: change print.binding, or use a printer that binds so: ingramspark, lulu, offset"
    ]


def test_all_listed_trims_are_sizes() -> None:
    for profile in shipped().values():
        for trim in profile.trims.value:
            width, height = page_size(trim)
            assert 250 < width < 700
            assert 400 < height < 900
