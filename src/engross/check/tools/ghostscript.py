"""Ghostscript's view of a PDF: the most ink in any point, as it separates the plates."""

from pathlib import Path
from typing import TYPE_CHECKING

from engross.check.tools.child import Absent, run
from engross.disk.passing import passing

if TYPE_CHECKING:
    from PIL import Image

DPI = 72
"""A point is a pixel: fine enough for areas and pictures, and quick."""
_NAME = "inked.pdf"


def peak_ink(pdf: bytes) -> tuple[float, ...] | Absent:
    """
    The most ink of each page in percent, all four plates added.

    Exact to about 2 percent: a pixel's sum is taken in steps of four 255ths.
    """
    with passing("gs") as taken:
        folder = taken.path
        taken.write(_NAME, pdf)
        options = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", f"-r{DPI}"]
        ended = run(["gs", *options, "-sOutputFile=%d.tif", _NAME], folder, 600)
        if isinstance(ended, Absent):
            return ended
        if ended.status:
            said = (ended.err.strip() or ended.out.strip() or f"status {ended.status}").splitlines()
            return Absent(f"Ghostscript could not print the file: {said[0]}")
        pages = sorted(folder.glob("*.tif"), key=lambda path: int(path.stem))
        return tuple(_peak(path) for path in pages)


def _peak(path: Path) -> float:
    from PIL import Image

    with Image.open(path) as picture:
        return most_ink(picture)


def most_ink(picture: "Image.Image") -> float:
    """The most ink of a picture in CMYK, all four plates added, in percent."""
    from PIL import ImageChops

    cyan, magenta, yellow, black = picture.split()
    half = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    levels = ImageChops.add(*half, scale=2).histogram()
    most = max((level for level, count in enumerate(levels) if count), default=0)
    return round(most * 400 / 255, 1)
