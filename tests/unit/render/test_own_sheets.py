"""Every sheet and template that a book brings is used, or a finding says that it is not."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engross.read.sources import open_folder
from engross.render.sheets import NAMES
from engross.workshop.pictures import judge_sheets
from engross.workshop.workshop import Workshop


def test_a_sheet_that_nothing_reads_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    for name in (*NAMES, "pages.css"):
        (tmp_path / "styles" / name).write_text("", "utf-8")
    assert [str(found) for found in judge_sheets(open_folder(tmp_path))] == [
        "styles/pages.css: S008 nothing reads a sheet named 'pages.css'\n"
        "    fix: use one of book.css, cover.css, epub.css, house.css, print.css, screen.css, "
        "shared.css, tokens.css, volume.css, web.css, wrap.css"
    ]


def test_a_template_that_nothing_uses_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "templates/parts").mkdir(parents=True)
    texts = {"imprint": "{% include 'logo.html' %}", "logo": "", "titlepage": "", "parts/text": ""}
    for name, text in texts.items():
        (tmp_path / "templates" / f"{name}.html").write_text(text, "utf-8")
    assert [str(found) for found in judge_sheets(open_folder(tmp_path))] == [
        "templates/titlepage.html: S009 nothing uses a template named 'titlepage.html'; "
        "did you mean title-page.html?\n"
        "    fix: give it the name of the template that it replaces, or include it in another"
    ]


def test_the_page_of_a_report_or_catalogue_is_not_the_books_to_change(tmp_path: Path) -> None:
    (tmp_path / "templates/catalogue").mkdir(parents=True)
    for name in ("report.html", "diff.html", "catalogue/index.html"):
        (tmp_path / "templates" / name).write_text("", "utf-8")
    found = judge_sheets(open_folder(tmp_path))
    assert [one.message.partition("; did")[0] for one in found] == [
        f"nothing uses a template named '{name}'"
        for name in ("catalogue/index.html", "diff.html", "report.html")
    ]


@pytest.mark.parametrize(
    ("name", "own"), [("book.css", False), ("screen.css", True), ("documentary/screen.css", True)]
)
def test_a_screen_sheet_of_the_book_sets_the_reading_pdf(
    name: str, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    shop: Any = Workshop.__new__(Workshop)
    manifest = SimpleNamespace(
        style="documentary", language="en", print=SimpleNamespace(trim="5in 8in")
    )
    vars(shop).update(
        edition=SimpleNamespace(manifest=manifest, volume=False),
        own_sheets={name: "p { color: #ff0000 }"},
        own_faces=(),
        idle=frozenset(),
        pictures={},
        pages=(),
        units=[],
        typesetting="as printed",
    )
    monkeypatch.setattr(Workshop, "pool", lambda *_: None)
    monkeypatch.setattr(Workshop, "_order", {})
    monkeypatch.setattr(
        "engross.make.typeset.press.typeset", lambda _, house, **__: seen.extend(house.sheets)
    )
    assert (shop.reading == "as printed") is not own
    assert any("#ff0000" in sheet for sheet in seen) is own
