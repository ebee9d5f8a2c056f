"""One subset of each font program for the whole volume, and the fonts that use it."""

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, String

from engross.make.typeset.used import collect

if TYPE_CHECKING:
    from engross.make.typeset.joining.book import Joined


def write(book: "Joined") -> None:
    """Give every part's resources the fonts of the volume."""
    rows = collect((*book.work.parts, book.work.sampler))
    files = {digest: program(book, body) for digest, body in sorted(book.work.subsets.items())}
    fonts = {
        name: font(book, name, row, files[row["program"]]) for name, row in sorted(rows.items())
    }
    seen: set[tuple[int, int]] = set()
    for page in book.pages:
        if "/Font" not in page.get("/Resources", Dictionary()):
            continue
        held = page.Resources.Font
        if held.objgen in seen:
            continue
        seen.add(held.objgen)
        for name, value in fonts.items():
            held[f"/{name}"] = value


def program(book: "Joined", content: bytes) -> tuple[Object, bool]:
    """The stream of a font program, and whether it has PostScript outlines."""
    outlines = content[:4] == b"OTTO"
    stream = book.pdf.make_stream(content)
    if outlines:
        stream.Subtype = Name.OpenType
    else:
        stream.Length1 = len(content)
    return stream, outlines


def font(book: "Joined", name: str, row: dict[str, Any], file: tuple[Object, bool]) -> Object:
    """One font of the drawings: widths and characters of the glyphs in use."""
    stream, outlines = file
    used: dict[int, Any] = dict(sorted(row["glyphs"].items()))
    base = Name(f"/{name}+{row['name']}")
    widest = max((width for width, _ in used.values()), default=0)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        FontFamily=String(row["family"]),
        Flags=row["flags"],
        FontBBox=Array([0, row["descent"], widest, row["ascent"]]),
        ItalicAngle=0,
        Ascent=row["ascent"],
        Descent=row["descent"],
        CapHeight=row["ascent"],
        StemV=80,
    )
    descriptor["/FontFile3" if outlines else "/FontFile2"] = stream
    child = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if outlines else Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        W=widths(used),
        FontDescriptor=book.pdf.make_indirect(descriptor),
    )
    if not outlines:
        child.CIDToGIDMap = Name.Identity
    return book.pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([book.pdf.make_indirect(child)]),
            ToUnicode=book.pdf.make_stream(characters(used)),
        )
    )


def widths(used: dict[int, Any]) -> Array:
    """Widths by runs of glyph numbers."""
    rows = Array()
    run: Array | None = None
    last = -2
    for glyph, (width, _) in used.items():
        if run is None or glyph != last + 1:
            if run is not None:
                rows.append(run)
            rows.append(glyph)
            run = Array()
        run.append(width)
        last = glyph
    if run is not None:
        rows.append(run)
    return rows


def characters(used: dict[int, Any]) -> bytes:
    """The map from glyphs to the characters that they were set for."""
    rows = [
        f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>"
        for glyph, (_, text) in used.items()
        if text
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
