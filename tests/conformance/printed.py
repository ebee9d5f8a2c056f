"""A small interior for the press and the same for reading, as engross makes them, for tests."""

import dataclasses
import io
import re
from collections.abc import Callable
from functools import cache

import pikepdf

from engross.cache.store import Store
from engross.check.preflight import Sides, Wanted, interior, reading
from engross.make.press import archive, pdfx
from engross.make.press.profiles import shipped
from engross.make.typeset.fonts import pinned
from engross.make.typeset.press import typeset
from engross.make.typeset.values import Attachment, House, Plan, Typesetting, Unit
from engross.make.typeset.writing.write import write

TRIM = "5in 7in"
SHEET = """
@page { size: 5in 7in; margin: 20mm 16mm 20mm 20mm;
  @footnote { border-top: .4pt solid; padding-top: 3pt } }
html { font: 10.5pt/14pt "EB Garamond"; color: device-cmyk(0 0 0 1) }
p { margin: 0 } a { color: inherit; text-decoration: none }
.page-number { font-variant-numeric: lining-nums tabular-nums }
.note { float: footnote; font-size: 8.5pt; line-height: 11pt }
.note::footnote-call { content: "1"; font-size: 7pt }
.note::footnote-marker { content: "1. " }
"""
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
BODIES = {
    "title": "<h1>A Conversation</h1><p>Printed for a test.</p>",
    "talk": (
        "<h1>The Talk</h1><p data-address='talk#p-001'>The Ambassador said this"
        "<span class='note' id='talk-note-one' data-note='one' data-number='1'>A note.</span> and "
        "that; see <a href='https://section.invalid/#rows'>the rows</a>, page "
        "<a class='page-number' href='https://page.invalid/#rows'>00</a>.</p>"
        "<h2>A part</h2><p>Then he left.</p>"
        "<p><svg xmlns='http://www.w3.org/2000/svg' width='80' height='40' viewBox='0 0 80 40'>"
        "<title>A black square</title>"
        "<rect x='20' y='0' width='40' height='40' style='fill: black'/></svg></p>"
    ),
    "rows": (
        "<h1>Rows</h1><table><thead><tr><th scope='col'>Day</th><th scope='col'>Deed</th></tr>"
        "</thead><tbody><tr><th scope='row'>One</th><td>He came.</td></tr></tbody></table>"
        "<dl><div><dt>He</dt><dd>An envoy.</dd></div><div><dt>It</dt><dd>A word.</dd></div></dl>"
    ),
}
CREATED = "2026-11-23T00:00:00Z"


@cache
def typesetting() -> Typesetting:
    """Title page, a blank verso, a text with note, link and figure, and a table."""
    units = [
        Unit(
            address=key,
            html=f'<section {XHTML} id="{key}">{body}</section>',
            language="en",
            title=key.title(),
            recto=key.title(),
            opening="recto" if key == "talk" else "any",
            display=key == "title",
        )
        for key, body in BODIES.items()
    ]
    return typeset(units, House((SHEET,), pinned("EB Garamond")), store=Store(None))


def plan(medium: str = "print") -> Plan:
    bleed = 9.0 if medium == "print" else 0.0
    return Plan(
        medium=medium,  # type: ignore[arg-type]
        title="A Conversation",
        created=CREATED,
        modified=CREATED,
        identifier="urn:uuid:59f3211e-785b-5509-a9b5-6f66ea836b3d",
        bleed_outer=bleed,
        bleed_top=bleed,
        bleed_bottom=bleed,
    )


@cache
def press(standard: str = "PDF/X-1a:2003", icc: bytes | None = None) -> bytes:
    """The interior, finished for the press."""
    intent = shipped()["generic"].intent.value
    return write(typesetting(), plan(), pdfx.finish(pdfx.Press(standard, intent, icc)))


@cache
def screen() -> bytes:
    """The reading PDF with an attachment."""
    received = Attachment("received.txt", b"He came.\n", "text/plain", "As received")
    return write(typesetting(), plan("screen"), archive.finish([received]))


@cache
def wanted() -> Wanted:
    """What the interior must be; margins and numbers of pages as a small book has them."""
    found = interior(shipped()["generic"], TRIM, "perfect", 4, [2])
    free = Sides(head=30.0, foot=30.0, fore_edge=36.0, spine=50.0)
    return dataclasses.replace(found, least_pages=4, free=free)


@cache
def wanted_reading() -> Wanted:
    return reading(TRIM, 4, [2])


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    """The file after a change, saved as it was: a mutant differs by that change alone."""
    old = content.startswith(b"%PDF-1.4")
    modes = pikepdf.ObjectStreamMode
    with pikepdf.open(io.BytesIO(content)) as pdf:
        version = pdf.pdf_version
        change(pdf)
        target = io.BytesIO()
        settings = {
            "object_stream_mode": modes.disable if old else modes.generate,
            "force_version": version,
            "deterministic_id": True,
        }
        pdf.save(target, **(settings | options))  # type: ignore[arg-type]
    return target.getvalue()


def draw(pdf: pikepdf.Pdf, drawing: bytes, page: int = 2, **resources: object) -> None:
    """Put a drawing on a page (index), with resources by kind: `ExtGState={"T": …}`."""
    sheet = pdf.pages[page]
    held = sheet.obj.get("/Resources")
    new = pikepdf.Dictionary(held) if held is not None else pikepdf.Dictionary()
    sheet.obj.Resources = new
    for kind, rows in resources.items():
        group = pikepdf.Dictionary(new.get(f"/{kind}", pikepdf.Dictionary()))
        for name, value in rows.items():  # type: ignore[attr-defined]
            group[f"/{name}"] = value
        new[f"/{kind}"] = group
    sheet.contents_add(pdf.make_stream(b"\nq\n" + drawing + b"\nQ\n"))


def text_at(pdf: pikepdf.Pdf, paint: bytes, x: int = 120, y: int = 300, size: float = 10) -> bytes:
    """Two letters of a font of the third page, in a colour, at a place."""
    content = pdf.pages[2].obj.Contents[1].read_bytes()
    found = re.search(rb"(/[A-Z]{6}) [\d.]+ Tf\s*\[<([0-9a-f]{4})>", content)
    assert found is not None
    return b"%s BT %s %g Tf %d %d Td <%s%s> Tj ET" % (
        paint, found[1], size, x, y, found[2], found[2],
    )  # fmt: skip


def image(
    pdf: pikepdf.Pdf, size: tuple[int, int], space: object, channels: int, level: int = 128
) -> pikepdf.Stream:
    """A flat picture."""
    stream = pdf.make_stream(bytes([level]) * (size[0] * size[1] * channels))
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = size
    stream.ColorSpace, stream.BitsPerComponent = space, 8
    return stream


def icc(kind: bytes = b"prtr", colours: bytes = b"CMYK") -> bytes:
    """The head of an ICC profile of a class, for checks that read no further."""
    head = bytearray(132)
    head[0:4] = (132).to_bytes(4, "big")
    head[12:16], head[16:20], head[36:40] = kind, colours, b"acsp"
    return bytes(head)
