"""A book's own font programs: whether they can be read, are of a kind we take, and may be used."""

import hashlib
import io

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.font import FontFile
from engross.model.source import SourceFile
from engross.schema.manifest import OwnFace

COLLECTION = b"ttcf"
"""How a file begins that holds several fonts."""
KINDS = {
    b"\x00\x01\x00\x00": "",
    b"true": "",
    b"OTTO": "",
    COLLECTION: "",
    b"wOFF": "a font packed for the web (WOFF)",
    b"wOF2": "a font packed for the web (WOFF 2)",
    b"typ1": "a PostScript font",
    b"%!PS": "a PostScript font",
}
"""By their first four bytes: what a file is where we do not take it; "" where we do."""

NEEDED = ("head", "hhea", "maxp", "hmtx", "cmap", "name", "OS/2", "post")
RESTRICTED = 0x0002
PREVIEW = 0x0004
WHOLE = 0x0100
BITMAPS = 0x0200


def read_face(file: SourceFile, row: OwnFace, place: Place) -> FontFile | Finding:
    """One face by what its own tables call it, or what is wrong with it where the book names it."""
    kind = KINDS.get(file.content[:4], "no font")
    if kind == "no font" or not file.content:
        return _damaged(file, place, "it does not begin as a font does")
    if kind:
        return _strange(file, place, kind)
    try:
        content = _member(file, row.face, place)
        if isinstance(content, Finding):
            return content
        family, weight, italic, allowed, variable = _tables(content)
    except Exception as fault:  # fontTools raises whatever a broken table makes it raise
        missing = f"there is no table {fault}" if isinstance(fault, KeyError) else str(fault)
        return _damaged(file, place, missing.partition("\n")[0] or type(fault).__name__)
    if variable:
        return _strange(file, place, "a variable font")
    if refused := _refusal(allowed):
        return finding(
            "G007",
            place,
            f"'{file.path}' ({family}) may not be used: {refused} (fsType {allowed:#06x})",
        )
    return FontFile(
        family,
        weight,
        italic,
        content,
        hashlib.sha256(content).hexdigest(),
        row.licence,
        row.flowing and not allowed & PREVIEW,
    )


def _member(file: SourceFile, wanted: str, place: Place) -> bytes | Finding:
    """The font that is wanted of a collection, by name or number, as a file of its own."""
    from fontTools.ttLib import TTCollection

    if not file.content.startswith(COLLECTION):
        return file.content
    with TTCollection(io.BytesIO(file.content), lazy=True, recalcTimestamp=False) as held:
        names = [font["name"].getBestFullName() or "" for font in held]
        numbers = map(str, range(1, len(names) + 1))
        one = {**dict(zip(numbers, held, strict=True)), **dict(zip(names, held, strict=True))}
        if wanted not in one:
            message = (
                f"'{file.path}' is a collection of {len(names)} fonts, "
                + (f"none of which is '{wanted}'" if wanted else "and the book does not say which")
                + f": {', '.join(names)}"
            )
            fix = f"say which: face: {names[0]}"
            return finding("G008", place, message, fix)
        target = io.BytesIO()
        one[wanted].save(target)
        return target.getvalue()


def _tables(content: bytes) -> tuple[str, int, bool, int, bool]:
    """Family, weight, slope, fsType, and whether it is variable; every checksum is compared."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(content), lazy=False, checkChecksums=2) as font:
        for tag in NEEDED:
            font[tag]
        outlines = font["CFF "] if "CFF " in font else font["glyf"]
        if not font.getBestCmap() or outlines is None:
            raise ValueError("it has no characters")
        names, metrics = font["name"], font["OS/2"]
        family = names.getDebugName(16) or names.getDebugName(1) or ""
        if not family.strip():
            raise ValueError("it does not say its family")
        italic = bool(metrics.fsSelection & 1 or font["head"].macStyle & 2)
        return family, metrics.usWeightClass, italic, metrics.fsType, "fvar" in font


def _refusal(allowed: int) -> str:
    """Why `OS/2.fsType` forbids what an edition does: embed outlines, cut to the glyphs in use."""
    if allowed & 0x000F == RESTRICTED:
        return "it forbids embedding"
    if allowed & BITMAPS:
        return "it allows only its bitmaps to be embedded"
    if allowed & WHOLE:
        return "it forbids to embed a part, and a PDF takes the glyphs in use alone"
    return ""


def _damaged(file: SourceFile, place: Place, reason: str) -> Finding:
    return finding("G006", place, f"'{file.path}' is no font that can be read: {reason}")


def _strange(file: SourceFile, place: Place, kind: str) -> Finding:
    return finding("G008", place, f"'{file.path}' is {kind}, which is not taken")
