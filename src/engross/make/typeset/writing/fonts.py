"""One subset of each font program for the whole volume, and the fonts that use it."""

from engross.make.typeset.crossing import Font, Glyph, fonts_of
from engross.make.typeset.writing.book import Book
from engross.make.typeset.writing.file import text

PLAIN = b"/Plain<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def write(book: Book, *, plain: bool) -> int:
    """The number of the fonts by their names in the drawings."""
    rows = fonts_of((*book.work.parts, book.work.sampler))
    programs = {}
    for digest, content in sorted(book.work.subsets.items()):
        outlines = content[:4] == b"OTTO"
        kind = b"/Subtype/OpenType" if outlines else b"/Length1 %d" % len(content)
        programs[digest] = book.file.packed(content, kind), outlines
    fonts = b"".join(
        b"/%s %d 0 R" % (name.encode(), font(book, name, row, *programs[row.program]))
        for name, row in sorted(rows.items())
    )
    return book.file.add(b"<<%s%s>>" % (fonts, PLAIN if plain else b""))


def font(book: Book, name: str, row: Font, program: int, outlines: bool) -> int:
    """One font of the drawings: widths and characters of the glyphs in use."""
    add = book.file.add
    used = dict(sorted(row.glyphs.items()))
    base = f"/{name}+{row.name}".encode()
    widest = max((width for width, _ in used.values()), default=0)
    high, low = row.ascent, row.descent
    descriptor = add(
        b"<</Type/FontDescriptor/FontName%s/FontFamily%s/Flags %d/FontBBox[0 %d %d %d]"
        b"/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile%d %d 0 R>>"
        % (
            *(base, text(row.family), row.flags, low, widest, high, high, low, high),
            *(3 if outlines else 2, program),
        )
    )
    child = add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont%s/W[%s]/FontDescriptor %d 0 R%s/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
        % (
            0 if outlines else 2,
            base,
            widths(used),
            descriptor,
            b"" if outlines else b"/CIDToGIDMap/Identity",
        )
    )
    return add(
        b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (base, child, book.file.packed(characters(used)))
    )


def widths(used: dict[int, Glyph]) -> bytes:
    """Widths by runs of glyph numbers."""
    rows, last = [], -2
    for glyph, (width, _) in used.items():
        rows.append(b" %d" % width if glyph == last + 1 else b"]%d[%d" % (glyph, width))
        last = glyph
    return b"".join(rows)[1:] + b"]" if rows else b""


def characters(used: dict[int, Glyph]) -> bytes:
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
