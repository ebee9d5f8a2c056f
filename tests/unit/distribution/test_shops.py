"""What shops ask of an EPUB, as a dated table."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from tests.golden.sample import edition

from engross.check.shops import Rule, shop_findings, shop_rows, table
from engross.make.epub import make_epub
from engross.render import render


def picture(width: int, height: int, mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, (width, height)).save(target, "PNG" if mode != "CMYK" else "JPEG")
    return target.getvalue()


def book(cover: bytes, inside: bytes | None = None) -> bytes:
    seal = {"images/seal.png": inside or picture(10, 10)}
    return make_epub(edition(), render(edition(), "epub"), "", images=seal, cover=cover).content


def test_a_cover_as_we_draw_it_suits_every_shop() -> None:
    rows = shop_rows("a.epub", book(picture(1400, 2100)))
    assert {row[0].shop for row in rows} == {
        "Apple Books",
        "Kindle Direct Publishing",
        "Kobo",
        "Google Play Books",
    }
    assert [str(row) for row in rows if not row[0].holds(row[1])] == []


def test_a_cover_that_is_too_small_is_told_with_the_shop_and_the_rules_day() -> None:
    (found,) = shop_findings("a.epub", shop_rows("a.epub", book(picture(1000, 1500))))
    assert str(found) == (
        "a.epub: Q120 Apple Books takes at least 1400 short side of the cover, the file has 1000 "
        f"(third-party page, seen {table()[0]})\n"
        "    fix: change the file, or look whether the shop still asks for this"
    )


def test_an_epub_without_cover_breaks_the_rules_about_covers() -> None:
    made = make_epub(
        edition(), render(edition(), "epub"), "", images={"images/seal.png": picture(10, 10)}
    ).content
    broken = [row[0].measure for row in shop_rows("a.epub", made) if not row[0].holds(row[1])]
    assert sorted(set(broken)) == ["long side of the cover", "short side of the cover"]


def test_what_is_no_archive_has_no_rows() -> None:
    assert shop_rows("a.epub", b"no archive") == ()


@pytest.mark.parametrize("rule", table()[1], ids=lambda rule: f"{rule.shop}: {rule.measure}")
def test_every_rule_has_a_limit_and_can_be_broken(rule: Rule) -> None:
    assert date.fromisoformat(table()[0])
    assert rule.source in {"official page", "third-party page", "memory"}
    assert rule.words
    assert not rule.holds(rule.least - 1 if rule.least is not None else (rule.most or 0) + 1)
    assert replace(rule, least=None, most=None).holds(0)


def test_an_unpacked_measure_is_of_the_whole_file() -> None:
    made = book(picture(1400, 2100))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
    rows = {row[0].measure: row[1] for row in shop_rows("a.epub", made)}
    assert rows["bytes"] == len(made)
    assert (rows["navigation document"], rows["NCX"]) == (1, 1)
