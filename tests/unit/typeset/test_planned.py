"""What is taken from the engine, how a line is filled, and the pages of one paragraph."""

import hashlib
import importlib
import inspect
import io
import operator

import pypdfium2
import pytest
from tests.unit.typeset.small_house import paragraph, prose, section, unit

from engross.make.typeset.values import Plan, Unit
from engross.make.typeset.writing.write import write
from engross.model.finding import Severity

PRIVATE = {
    "weasyprint.layout.inline": {
        "iter_line_boxes": "04aec48a",
        "get_next_linebox": "67af458c",
        "_adjust_line_height": "822443b0",
        "line_box_verticality": "1018aadb",
        "count_expandable_spaces": "175fe6f4",
        "strut": "b57885b7",
    },
    "weasyprint.layout.block": {"_linebox_layout": "e07bbe00"},
    "weasyprint.layout": {
        "LayoutContext._update_footnote_area": "2e317e4b",
        "layout_document": "a5cbf437",
    },
    "weasyprint.layout.background": {"layout_backgrounds": "5d7d4d58"},
    "weasyprint.draw.text": {"draw_text": "ebaf9623", "draw_first_line": "1bb8eae6"},
    "weasyprint.text.line_break": {
        "Layout": "681b737d",
        "create_layout": "6587192c",
        "line_size": "03fa04fd",
    },
    "weasyprint.document": {"Page": "69061840", "Document.copy": "1beed2ce"},
    "weasyprint.formatting_structure.boxes": {
        "Box.translate": "2e16dfbe",
        "ParentBox.copy_with_children": "6b906f6c",
        "ParentBox.remove_decoration": "689d6c8b",
    },
}
"""What the engine's room calls or replaces in WeasyPrint, and the digest of its source."""


def test_the_private_names_of_the_engine_are_as_they_were_when_their_callers_were_written() -> None:
    changed = []
    for module, names in PRIVATE.items():
        for name, digest in names.items():
            found = operator.attrgetter(name)(importlib.import_module(module))
            if hashlib.sha256(inspect.getsource(found).encode()).hexdigest()[:8] != digest:
                changed.append(f"{module}.{name}")
    assert changed == []


def test_letters_and_glyphs_take_their_share_of_what_a_line_lacks() -> None:
    from engross.make.typeset.engine.fit import SHARE, share

    assert share(10.0, 0.0, 0.0, 30.0) == (0.0, 0.0)
    assert share(10.0, 4.0, 4.0, 30.0) == pytest.approx((SHARE * 5.0, SHARE * 5.0))
    assert share(100.0, 4.0, 2.0, 30.0) == pytest.approx((4.0, 2.0))
    assert sum(share(-7.0, 4.0, 4.0, 10.0)) == pytest.approx(-7.0 * SHARE)


def test_pages_begin_with_the_very_lines_that_the_paragraph_was_planned_with(press) -> None:  # type: ignore[no-untyped-def]
    """A paragraph over pages, with a forced break in it, loses and doubles nothing."""
    words = prose(900, 3).replace("</p>", "")
    body = f'<p class="paragraph" data-address="t#p-001">{words}<br/>{prose(60, 4)}</p>'
    made = press(Unit("t", section("t", body), "en", "T"))
    (part,) = made.parts
    assert len(part.pages) > 2


def test_what_is_set_line_by_line_is_told_once_with_its_reason(press) -> None:  # type: ignore[no-untyped-def]
    words = f'{prose(40)} <span class="boxed">a box</span> {prose(40)}'
    ragged = f'<p class="ragged">{prose(9)} <i>a box</i> {prose(9)}</p>'
    units = [Unit(name, section(name, paragraph(name, 1, words)), "en", "T") for name in "ab"]
    units.append(Unit("c", section("c", ragged), "en", "T"))
    sheet = ".boxed, .ragged i { display: inline-block } .ragged { text-align: left }"
    made = press(*units, sheet=sheet)
    assert [(one.code, one.severity, one.message) for one in made.findings] == [
        ("W312", Severity.INFO, "a: some lines are not planned by whole paragraphs: a box in them")
    ]


def test_column_heads_stand_over_their_rows_wherever_the_table_begins(press) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(f"<tr><td>row {number}</td></tr>" for number in range(80))
    table = f"<table><thead><tr><th>Head</th></tr></thead><tbody>{rows}</tbody></table>"
    words = (
        f'<p class="paragraph" data-address="t#p-001">{prose(450)}</p>'  # planned with its pages
    )
    made = press(unit("t", words + table))
    content = write(made, Plan("screen", "T", ("A. Author",), "en", created="1961-09-14"))
    pages = []
    with pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
        for page in pdf:
            text = page.get_textpage()
            lines = [text.get_rect(n) for n in range(text.count_rects())]
            heads = [at for at in lines if text.get_text_bounded(*at) == "Head"]
            first = [at for at in lines if text.get_text_bounded(*at).startswith("row")][:1]
            pages.append([round(head[1] - row[3]) for head in heads for row in first])
    assert pages[0] == []
    assert len(pages) > 3
    assert all(len(gaps) == 1 and 0 < gaps[0] < 12 for gaps in pages[1:]), pages
