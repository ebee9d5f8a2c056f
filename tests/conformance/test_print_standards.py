"""What others say of our PDF files: veraPDF, qpdf, poppler and Ghostscript."""

import io

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image, ImageCms
from tests.conformance import poppler
from tests.conformance.printed import draw, image, plan, press, screen, typesetting

from engross.check.tools.child import Absent
from engross.check.tools.findings import findings
from engross.check.tools.ghostscript import peak_ink
from engross.check.tools.qpdf import qpdf
from engross.check.tools.verapdf import verapdf
from engross.check.tools.verdict import Status
from engross.make.press import archive
from engross.make.press.archive import srgb
from engross.make.typeset.writing.write import write

pytestmark = pytest.mark.tools


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_passes_the_reading_pdf_as_accessible_and_as_archival(
    verapdf_tool: str, flavour: str
) -> None:
    said = verapdf(screen(), flavour)  # type: ignore[arg-type]
    assert (
        said.line == f"veraPDF {flavour} 1.28.2: passed, 0 fatals / 0 errors / 0 warnings / 0 infos"
    )


def test_verapdf_fails_a_file_without_its_mark(verapdf_tool: str) -> None:
    bare = write(typesetting(), plan("screen"), archive.finish(claims=frozenset()))
    said = verapdf(bare, "ua1")
    assert said.status is Status.FAILED
    (found,) = findings(said, "a.pdf")
    assert found.code == "W103"
    assert found.message.startswith("veraPDF ua1: 5-1: The PDF/UA version and conformance level")


def test_qpdf_finds_both_files_sound(qpdf_tool: str) -> None:
    for content in (press(), screen()):
        assert qpdf(content).status is Status.PASSED


def test_poppler_sees_embedded_subsets_and_the_boxes(poppler_tool: str) -> None:
    fonts = poppler.fonts(press())
    assert not isinstance(fonts, Absent)
    assert fonts
    assert all(font.embedded and font.subset and font.unicode for font in fonts)
    seen = poppler.info(press())
    assert not isinstance(seen, Absent)
    assert [page.trim[0] for page in seen.pages] == [0.0, 9.0, 0.0, 9.0]
    assert {page.trim[2] - page.trim[0] for page in seen.pages} == {360.0}
    assert seen.fields["PDF version"] == "1.4"


def test_ghostscript_finds_one_plate_on_every_page_and_the_ink_of_a_rich_black(
    ghostscript_tool: str,
) -> None:
    plain = peak_ink(press())
    assert not isinstance(plain, Absent)
    assert len(plain) == 4
    assert max(plain) <= 101
    with pikepdf.open(io.BytesIO(press())) as pdf:
        draw(pdf, b"1 1 0.5 1 k 100 300 40 40 re f")
        target = io.BytesIO()
        pdf.save(target)
    rich = peak_ink(target.getvalue())
    assert not isinstance(rich, Absent)
    assert abs(rich[2] - 350) <= 4


def test_the_colour_profile_is_srgb_to_a_colour_engine() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    theirs = ImageCms.createProfile("sRGB")
    picture = Image.new("RGB", (6, 6))
    picture.putdata([(r * 51, g * 51, (r * g) % 256) for r in range(6) for g in range(6)])
    same = ImageCms.profileToProfile(picture, ours, theirs)
    assert same is not None
    pairs = zip(picture.tobytes(), same.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 1


def test_attachments_come_back_byte_for_byte_with_their_standing() -> None:
    with pikepdf.open(io.BytesIO(screen())) as pdf:
        (name,) = pdf.attachments
        assert name == "received.txt"
        held = pdf.attachments[name]
        assert held.get_file().read_bytes() == b"He came.\n"
        assert held.obj.AFRelationship == Name.Source
        assert str(held.obj.EF.F.Params.ModDate) == "D:20261123000000Z"


def test_a_file_for_the_press_keeps_its_tags_and_words_and_loses_its_links() -> None:
    with pikepdf.open(io.BytesIO(press())) as pdf, pikepdf.open(io.BytesIO(screen())) as full:
        assert "/StructTreeRoot" in pdf.Root
        assert not any("/Annots" in page.obj for page in pdf.pages)
        assert any("/Annots" in page.obj for page in full.pages)
        raw = pdf.Root.StructTreeRoot.unparse(resolved=True)
        assert b"OBJR" not in raw
        assert image(pdf, (1, 1), Name.DeviceGray, 1).Width == 1
