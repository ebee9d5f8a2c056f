"""A book that names its printing condition with an ICC file gets PDF/X-4 with that file in it."""

import hashlib
import io
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from tests.conformance import condition

from engross.commands.build import build
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.make.press.archive import srgb

BOOK = Path(__file__).parent.parent / "data" / "facing"
REAL = (
    Path("/usr/share/color/icc/ghostscript/default_cmyk.icc"),
    Path("/usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc"),
)
"""CMYK profiles as Ghostscript and TeX Live install them."""
PRINT = """
print:
  intent:
    identifier: FOGRA39
    condition: Offset, ISO 12647-2:2004/Amd 1
    icc: colour/press.icc
"""


@dataclass
class Desk:
    """One book, built again with each profile; its units stay in the cache."""

    folder: Path
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def build(self, icc: bytes) -> Outcome:
        key = hashlib.sha256(icc).hexdigest()
        if key not in self.outcomes:
            (self.folder / "colour").mkdir(exist_ok=True)
            (self.folder / "colour" / "press.icc").write_bytes(icc)
            self.outcomes[key] = build(BuildRequest(book=self.folder, kinds=("print", "cover")))
        return self.outcomes[key]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("condition") / "book"
    shutil.copytree(BOOK, folder)
    manifest = folder / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8") + PRINT, "utf-8")
    return Desk(folder)


def test_a_made_profile_is_one() -> None:
    cms = pytest.importorskip("PIL.ImageCms")
    opened = cms.ImageCmsProfile(io.BytesIO(condition.profile())).profile
    assert (opened.device_class, opened.xcolor_space.strip()) == ("prtr", "CMYK")
    assert opened.profile_description == "A condition made for tests"


@pytest.mark.parametrize("which", ["made", *(path.name for path in REAL)])
def test_interior_and_cover_carry_the_condition_by_name_and_file(desk: Desk, which: str) -> None:
    icc = condition.profile()
    if which != "made":
        path = next(path for path in REAL if path.name == which)
        if not path.is_file():
            pytest.skip(f"{which} is not on this machine")
        icc = path.read_bytes()
    outcome = desk.build(icc)
    assert [str(one) for one in outcome.findings if one.code not in ("W284",)] == []
    pressed = [made for made in outcome.outputs if made.kind in ("print", "cover")]
    assert len(pressed) == 2
    for made in pressed:
        with pikepdf.open(made.path) as pdf:
            [intent] = pdf.Root.OutputIntents
            assert pdf.pdf_version == "1.6"
            assert b"PDF/X-4" in pdf.Root.Metadata.read_bytes()
            assert (intent.S, str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
            assert str(intent.RegistryName) == "http://www.color.org"
            assert intent.DestOutputProfile.read_bytes() == icc
            assert intent.DestOutputProfile.N == 4
    assert {c.verdict for c in outcome.checks if c.name == "preflight"} == {"passed"}


@pytest.mark.parametrize(
    ("icc", "message"),
    [
        (
            srgb(),
            "W287 colour/press.icc is an ICC profile of class 'mntr' for RGB, and a press needs "
            "one of class 'prtr' for CMYK",
        ),
        (
            condition.profile(b"scnr"),
            "W287 colour/press.icc is an ICC profile of class 'scnr' for CMYK, and a press needs "
            "one of class 'prtr' for CMYK",
        ),
        (
            b"GIF89a, and no profile",
            "W287 colour/press.icc is no ICC profile, and a press needs one of class 'prtr' for "
            "CMYK",
        ),
        (
            condition.profile()[:-9],
            "W287 colour/press.icc is no ICC profile, and a press needs one of class 'prtr' for "
            "CMYK",
        ),
    ],
    ids=["of a screen", "of a scanner", "a picture", "cut short"],
)
def test_a_file_that_is_no_profile_of_a_press_is_refused(
    desk: Desk, icc: bytes, message: str
) -> None:
    outcome = desk.build(icc)
    assert not outcome.ok
    assert {f"{one.code} {one.message}" for one in outcome.findings if one.is_error} == {message}


def test_a_profile_that_is_not_there_is_a_finding(desk: Desk) -> None:
    desk.build(condition.profile())
    (desk.folder / "colour" / "press.icc").unlink()
    outcome = build(BuildRequest(book=desk.folder, kinds=("print",)))
    [found] = [one for one in outcome.findings if one.is_error]
    assert (found.code, "colour/press.icc" in found.message) == ("F001", True)
