"""A line that was divided once is not divided again, and comes out as before."""

import inspect
import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from small_house import SHEET, note, paragraph, prose, section

from engross.make.typeset import fonts, part


@pytest.fixture
def faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int, bool]]:
    """The engine in this process sees the pinned faces alone, as in a worker."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    for face in fonts.pinned("EB Garamond"):
        (folder / f"{face.digest}.ttf").write_bytes(face.content)
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(fonts.configuration(folder, tmp_path / "cache"), "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    rows = fonts.pinned("EB Garamond")
    return [(face.digest, face.family, face.weight, face.italic) for face in rows]


def job() -> dict[str, Any]:
    """A unit of several pages with notes, in words that are often divided."""
    long = "representations international understanding considerations administration " * 12
    body = paragraph("t", 1, long)
    for number in range(2, 9):
        hung = note("t", f"n{number}", prose(60, number))
        body += paragraph("t", number, prose(120, number) + hung)
    html = section("t", body)
    return {"address": "t", "html": html, "language": "en", "classes": "body"}


def test_a_unit_is_the_same_whether_or_not_its_layouts_are_made_cheaper(
    faces: list[tuple[str, str, int, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from engross.make.typeset.engine import layout, lines, weasy
    from engross.make.typeset.engine.faces import Known

    divided: list[str] = []
    divide = lines.inline.split_first_line

    def counted(text: str, *rest: Any, **more: Any) -> Any:
        divided.append(text)
        return divide(text, *rest, **more)

    monkeypatch.setattr(lines.inline, "split_first_line", counted)
    shop = weasy.Shop([SHEET], {})
    remembered = part.encode(layout.lay_out(shop, job(), Known(faces)))
    few = len(divided)
    monkeypatch.setattr(layout, "paged", layout.paged.__wrapped__)  # type: ignore[attr-defined]  # what the decorator hides
    forgotten = part.encode(layout.lay_out(shop, job(), Known(faces)))
    made, heard = part.decode("t", remembered)
    assert heard == []
    assert made is not None
    assert made.pages > 2
    assert remembered == forgotten
    assert few < len(divided) - few
    assert lines.inline.split_first_line is counted
    monkeypatch.setattr(weasy, "unpainted", nullcontext)
    assert part.encode(layout.lay_out(shop, job(), Known(faces))) == forgotten


def test_what_a_line_is_remembered_by_is_all_that_the_engine_looks_at() -> None:
    from weasyprint.text import fonts as theirs
    from weasyprint.text import line_break

    from engross.make.typeset.engine.lines import STYLE

    source = inspect.getsource(line_break) + inspect.getsource(theirs.get_font_description)
    assert set(re.findall(r"style\['(\w+)'\]", source)) == set(STYLE)
