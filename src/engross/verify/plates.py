"""The proof of plates: each leaf's picture stands in the file, and is that of the evidence."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Name
from PIL import Image, ImageChops

from engross.check.epub.content import MOST_BYTES, MOST_PIXELS
from engross.check.epub.opened import XHTML, Opened
from engross.check.preflight.access import elements
from engross.model.finding import Finding
from engross.model.text import Inline, Point, figures, leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.parse.markdown import parse_markdown
from engross.read import Sources
from engross.verify.report import Log
from engross.verify.texts import SectionText

NEAR = 3
"""Levels of grey, of 255, by which a dot may differ after a change of colour space."""
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What to do with a picture by the orientation in its EXIF data."""
MOST = 120_000_000
"""Dots of a picture that is compared dot by dot."""
SQUARE, CLOSE = 8, 12
"""Squares of a picture made smaller: their side in dots, and by how many greys they may differ."""
BROKEN = (
    pikepdf.PdfError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    NotImplementedError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture of the evidence."""

    address: str
    """The address of its caption."""
    content: bytes
    alt: str
    loose: bool = False
    """Whether a line or a note shows it, so that it may stand before others."""


def prove_shown(book: Opened, plates: Sequence[Plate], log: Log) -> None:
    """
    Each picture is in an EPUB or web edition, byte for byte, shown as often as it stands.

    One that shops refuse may be there smaller, in RGB.
    """
    since = len(log.findings)
    shown: Counter[tuple[str, str]] = Counter()
    bodies: dict[str, bytes] = {}
    for document in (one for one in book.documents.values() if one.section != "cover"):
        for picture in document.root.iter("img", f"{XHTML}img"):
            body = book.files.get(book.resolve(document.name, picture.get("src", ""))[0], b"")
            digest = hashlib.sha256(body).hexdigest()
            shown[digest, picture.get("alt", "")] += 1
            bodies[digest] = body
    for plate in plates:
        key = hashlib.sha256(plate.content).hexdigest(), plate.alt
        if shown[key] <= 0:
            left = (one for one, count in shown.items() if count > 0 and one[1] == plate.alt)
            key = next((one for one in left if _smaller(plate.content, bodies[one[0]])), key)
        shown[key] -= 1
        if shown[key] < 0:
            _gone(plate, log)
    known = {plate.alt for plate in plates}
    for (_, alt), count in shown.items():
        if count > 0 and alt and alt not in known:
            log.fault("P017", f"a picture '{alt[:40]}' is shown that no text has")
    if plates:
        log.check("plates", len(plates), "pictures", since)


def prove_in_pdf(content: bytes, plates: Sequence[Plate], log: Log) -> None:
    """
    Each picture is drawn, dot by dot, and described where there are tags.

    They stand in their order, those that are loose aside; one that drifts to a next page may stand
    behind those there.
    """
    since = len(log.findings)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            tagged = "/StructTreeRoot" in pdf.Root
            parts = list(elements(pdf.Root.StructTreeRoot)) if tagged else []
            alts = [str(one.get("/Alt", "")) for one in parts if Name.Figure == one.S]
            drawn = [(n, picture) for n, page in enumerate(pdf.pages) for picture in _drawn(page)]
            at = here = 0
            for plate in plates:
                if b"<svg" not in plate.content[:4096]:  # of a drawing the description is proved
                    near = [n for n in range(at) if plate.loose or drawn[n][0] >= here - 1]
                    rest = (*near, *range(at, len(drawn)))  # the first that it can be
                    place = next((n for n in rest if same_dots(plate, drawn[n][1])), None)
                    if place is None:
                        _gone(plate, log)
                    else:
                        here = max(here, drawn.pop(place)[0])
                        at = place if place >= at else at - 1
                if tagged and plate.alt not in alts:
                    log.fault("P017", f"the picture of {plate.address} has lost its description")
    except BROKEN as error:
        log.fault("P017", f"the pictures cannot be read: {type(error).__name__}: {error}")
    log.check("plates", len(plates), "pictures", since)


def plates_of(book: Book, sources: Sources, order: list[str]) -> Iterator[Plate]:
    """All pictures of texts and of leaves, whose digests were proved when the book was parsed."""
    shown: dict[str, list[tuple[str, str, str]]] = {}
    texts: list[DocumentSource | ProseSource] = [*book.documents, *book.prose]
    for text in texts:
        address = text.id if isinstance(text, DocumentSource) else text.section.id
        rows = shown.setdefault(address, [])
        blocks = text.body.blocks
        if isinstance(text, DocumentSource):
            record = text.record
            blocks = (*parse_markdown(record.value.headnote, record.path).blocks, *blocks)
        rows += [(f"{address}, {Path(f.path).name}", f.path, f.alt) for f in figures(blocks)]
        placed = {path for _, path, _ in rows}
        if isinstance(text, DocumentSource):
            for number, plate in enumerate(text.record.value.plates, 1):
                path = f"documents/{address}/{plate.file}"
                if path not in placed:
                    rows.append((f"{address}/plates#p-{number:03}", path, plate.alt))
    for address in sorted(shown, key=lambda one: order.index(one) if one in order else -1):
        for name, path, alt in shown[address]:
            file = sources.file(path) if path else None
            if file is not None and not isinstance(file, Finding):
                yield Plate(name, file.content, alt)


def loose_plates(book: Book, texts: Iterable[SectionText], sources: Sources) -> Iterator[Plate]:
    """The pictures that stand in lines, and those that notes show."""
    rows = [
        (f"{text.address}/note/{note}", one.path, one.alt)
        for text in texts
        for note in text.order
        for one in figures(text.held.get(note, ()))
    ]
    for document in book.documents:
        held = (*document.body.blocks, *(one for n in document.body.notes for one in n.blocks))
        shown = (one for leaf in leaves(held) for one in set_in(leaf.content))
        rows += [(document.id, path, alt) for path, alt in shown]
    for address, path, alt in rows:
        file = sources.file(path) if path else None
        if file is not None and not isinstance(file, Finding):
            yield Plate(f"{address}, {Path(path).name}", file.content, alt, loose=True)


def set_in(content: Iterable[Inline]) -> Iterator[tuple[str, str]]:
    """The pictures that stand in a line, and their words."""
    for item in content:
        if isinstance(item, Point) and item.kind == "image" and item.get("path"):
            yield item.get("path"), item.get("alt")


def _gone(plate: Plate, log: Log) -> None:
    log.fault("P017", f"the picture of {plate.address} is not there, or not as the evidence has it")


def _drawn(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """The pictures that a page draws, in order."""
    held = page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    if not any(one.get("/Subtype") == Name.Image for one in dict(held).values()):
        return
    for row, operator in pikepdf.parse_content_stream(page, "Do"):
        if str(operator) == "Do":
            found = held.get(str(row[0]))
            if found is not None and found.get("/Subtype") == Name.Image:
                yield found


def _smaller(content: bytes, shown: bytes) -> bool:
    """Whether a picture that no EPUB may hold is shown by a smaller one."""
    try:
        with Image.open(io.BytesIO(content)) as mine, Image.open(io.BytesIO(shown)) as theirs:
            dots, large = mine.width * mine.height, len(content) > MOST_BYTES
            if dots > MOST or not (large or dots > MOST_PIXELS or mine.mode == "CMYK"):
                return False
            whole, small = _grey(mine), _grey(theirs)
            across, down = whole.width / small.width, whole.height / small.height
            if min(across, down) < 1 or abs(across - down) > 0.01 * across:
                return False
            low, high = ImageChops.difference(
                whole.resize(small.size, Image.Resampling.LANCZOS).reduce(SQUARE),
                small.reduce(SQUARE),
            ).getextrema()
    except BROKEN:
        return False
    return isinstance(high, int) and isinstance(low, int) and high <= CLOSE


def _grey(picture: Image.Image) -> Image.Image:
    """A picture as it is seen: turned as its data say, on white paper, in levels of grey."""
    way = int(picture.getexif().get(0x0112, 1))  # EXIF 2.32, 4.6.4
    turned = picture.transpose(TURNED[way]) if way in TURNED else picture
    if turned.mode.startswith("I"):  # sixteen bits
        return turned.convert("I").point(lambda level: level / 256).convert("L")
    clear = turned.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper.convert("L")


def same_dots(plate: Plate, drawn: pikepdf.Object) -> bool:
    """Whether a drawn picture is the plate."""
    with Image.open(io.BytesIO(plate.content)) as picture:
        if picture.width * picture.height > MOST:
            return False
        mine = _grey(picture)
    if mine.size != (int(drawn.Width), int(drawn.Height)):
        return False
    theirs = pikepdf.PdfImage(drawn).as_pil_image().convert("L")
    low, high = ImageChops.difference(mine, theirs).getextrema()
    return isinstance(high, int) and isinstance(low, int) and high <= NEAR
