from pathlib import Path

from engross.commands.check import check
from engross.preview.drawing import Drawing


def test_the_preview_reports_what_check_reports(book_copy: Path) -> None:
    text = book_copy / "introduction.md"
    text.write_text(f"{text.read_text('utf-8')}\n![A map](images/gone.png)\n", "utf-8")
    wanted = check(book_copy).findings
    assert "F001" in [found.code for found in wanted]
    shown = Drawing(book_copy).draw()
    assert (shown.findings, shown.good) == (wanted, False)
