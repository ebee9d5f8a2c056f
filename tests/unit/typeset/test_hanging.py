"""A space that does not fit hangs over the measure; it does not divide the line before it."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from small_house import SHEET, paragraph, prose, section

from engross.make.typeset import fonts

WORDS = "and Shikotan. But the conclusion of a peace treaty "
Faces = list[tuple[str, str, int, bool]]


@pytest.fixture
def faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Faces:
    """The engine in this process sees the pinned faces alone, as in a worker."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    rows = fonts.pinned("EB Garamond")
    for face in rows:
        (folder / f"{face.digest}.ttf").write_bytes(face.content)
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(fonts.configuration(folder, tmp_path / "cache"), "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    return [(face.digest, face.family, face.weight, face.italic) for face in rows]


def lines(laid_out: Any) -> list[str]:
    from engross.make.typeset.engine import weasy

    def words(line: Any) -> str:
        texts = (box for box in line.descendants() if isinstance(box, weasy.boxes.TextBox))
        return "".join(text.text for text in texts)

    pages = laid_out.pages
    return [words(line) for page in pages for line in weasy.text_lines(page._page_box)]


def sheet(width: float) -> str:
    return f"{SHEET} @page {{ size: {width}pt 4in; margin: 0 }} p {{ text-indent: 0 }}"


def narrower() -> Iterator[float]:
    """Measures at which the words just fit, and the space behind them does not."""
    return (214 - step / 4 for step in range(16))


@pytest.mark.parametrize("behind", ["<em>with</em> Japan", '<b style="display: block">x</b>'])
def test_a_text_whose_words_all_fit_is_one_line(faces: Faces, behind: str) -> None:
    from engross.make.typeset.engine import hanging, weasy

    found = {False: set[str](), True: set[str]()}
    for width in narrower():
        shop = weasy.Shop([sheet(width)], {})
        for mended in found:
            html = f'<html lang="en"><body><p>{WORDS}{behind}</p></body></html>'
            with hanging.spaces() if mended else nullcontext():
                found[mended].add(lines(shop.render(ElementTree.fromstring(html)))[0].strip())
    assert "and" in found[False], "the engine does so no more: hanging.py is not needed"
    assert "and" not in found[True]
    assert WORDS.strip() in found[True]


def test_a_unit_is_laid_out_again_only_where_such_a_line_is_seen(
    faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engross.make.typeset.engine import hanging, layout, weasy

    again = 0
    mend = hanging.spaces

    def counted() -> Any:
        nonlocal again
        again += 1
        return mend()

    monkeypatch.setattr(hanging, "spaces", counted)
    body = paragraph("t", 1, f"{WORDS}<em>with</em> Japan {prose(40)}")
    job = {"address": "t", "html": section("t", body), "language": "en", "classes": "body"}
    outcomes = set()
    for width in narrower():
        again = 0
        _, laid_out = layout.paged(weasy.Shop([sheet(width)], {}), job)
        assert lines(laid_out)[0] != "and"
        outcomes.add(again)
    assert outcomes == {0, 1}
