"""The memorandum in each shipped house: every check that runs passes; each has its own look."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from engross.commands.build import build
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.render.sheets import houses

TRIM = {"large-print": "7in 10in"}


@dataclass(frozen=True)
class Made:
    folder: Path
    outcome: Outcome

    def file(self, kind: str) -> Path:
        return Path(next(made.path for made in self.outcome.outputs if made.kind == kind))


@pytest.fixture(
    scope="module",
    params=houses(),
)
def made(request: pytest.FixtureRequest, book: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp(request.param) / "book"
    shutil.copytree(book, folder, ignore=shutil.ignore_patterns("dist"))
    manifest = folder / "manifest.yaml"
    text = manifest.read_text("utf-8")
    assert text.count("\nstyle: documentary") == 1
    text = text.replace("\nstyle: documentary", f"\nstyle: {request.param}")
    if request.param in TRIM:
        assert "\nprint:" not in text
        text += f"\nprint:\n  trim: {TRIM[request.param]}\n"
    manifest.write_text(text, "utf-8")
    outcome = build(BuildRequest(book=folder))
    assert outcome.ok, [str(found) for found in outcome.findings]
    return request.param, Made(folder, outcome)


def test_there_are_three_houses() -> None:
    assert houses() == ("documentary", "large-print", "plain")


def test_no_check_fails_and_some_ran(made: tuple[str, Made]) -> None:
    checks = made[1].outcome.checks
    assert [f"{check.name}: {check.detail}" for check in checks if check.verdict == "failed"] == []
    verdicts = [check.verdict for check in checks]
    assert verdicts.count("passed") >= 9
    assert next(check.verdict for check in checks if check.name == "typography") == "passed"


def test_print_has_the_trim_that_was_asked_for(made: tuple[str, Made]) -> None:
    house, edition = made
    width, height = (float(part[:-2]) * 72 for part in TRIM.get(house, "6in 9in").split())
    with pikepdf.open(edition.file("print")) as pdf:
        left, low, right, top = (float(side) for side in pdf.pages[0].trimbox)
    assert (round(right - left, 2), round(top - low, 2)) == (width, height)


def test_each_house_is_set_in_its_own_face(made: tuple[str, Made]) -> None:
    house, edition = made
    own = {"documentary": "EB-Garamond", "plain": "Gentium-Book-Plus", "large-print": "Noto-Sans+"}
    with pikepdf.open(edition.file("screen")) as pdf:
        fonts = {str(font.BaseFont) for font in pdf.pages[5].Resources.Font.values()}
    regular = {name.partition("+")[2] + "+" for name in fonts}
    found = {name for name, face in own.items() if any(one.startswith(face) for one in regular)}
    assert found == {house}, fonts


@pytest.mark.parametrize("made", ["large-print"], indirect=True)
def test_large_print_has_no_letter_below_fourteen_points_in_its_text(
    made: tuple[str, Made],
) -> None:
    _, edition = made
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    document = pdfium.PdfDocument(edition.file("screen").read_bytes())
    sizes: dict[float, int] = {}
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            size = round(raw.FPDFText_GetFontSize(text.raw, at), 1)
            sizes[size] = sizes.get(size, 0) + 1
        text.close()
        page.close()
    document.close()
    # The engine writes CSS pixels; what the join stamps (heads, folios) has a matrix of its own.
    small = sum(count for size, count in sizes.items() if 1.5 < size < 14 / 0.75 - 0.1)
    assert sum(sizes.values()) > 30_000
    # Calls of notes, and names in Japanese characters, which look larger than Latin letters.
    assert small / sum(sizes.values()) < 0.03
