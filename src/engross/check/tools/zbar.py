"""zbar reads the bars of a cover as a shop's scanner does, from poppler's picture of the page."""

from engross.check.tools.child import Absent, run
from engross.disk.passing import passing

_NAME = "cover.pdf"
NOTHING = 4
"""The status of zbarimg that found no symbol."""


def barcodes(pdf: bytes, resolution: int = 300) -> tuple[tuple[str, str], ...] | Absent:
    """Kind and digits of each barcode on any page: `(("EAN-13", "9780306406157"),)`."""
    with passing("zbar") as folder:
        folder.write(_NAME, pdf)
        drawn = run(
            ["pdftoppm", "-r", str(resolution), "-gray", "-png", _NAME, "c"],
            folder.path,
        )
        if isinstance(drawn, Absent):
            return drawn
        pictures = sorted(path.name for path in folder.path.glob("c*.png"))
        if drawn.status or not pictures:
            return Absent("pdftoppm could not draw the cover")
        read = run(["zbarimg", "--quiet", *pictures], folder.path)
    if isinstance(read, Absent):
        return read
    if read.status not in (0, NOTHING):
        return Absent(f"zbarimg ended with status {read.status}")
    rows = [line.partition(":") for line in read.out.splitlines() if ":" in line]
    return tuple((kind, digits) for kind, _, digits in rows)
