"""Draw a cover and finish it for the press."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Array, Dictionary, Name

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.make.press import pdfx
from engross.make.press.barcode import Bars
from engross.make.press.wrap import Wrap
from engross.make.typeset.fonts import named
from engross.make.typeset.pool import Pool
from engross.make.typeset.press import typeset
from engross.make.typeset.values import Finish, House, Plan, Unit
from engross.make.typeset.writing.write import write
from engross.model.font import FontFile
from engross.render.frames import COVER_IMAGE, Frames


@dataclass(frozen=True, slots=True)
class Design:
    """What a cover is drawn from."""

    edition: Edition
    css: str
    """The sheets of the medium `wrap`."""
    store: Store
    own: Mapping[str, str] = field(default_factory=dict)
    """The book's own templates."""
    image: bytes | None = None
    """On the front, under its words."""
    bars: Bars | None = None
    bars_edge: float = 0.0
    """Points from the bars' box to trim and spine."""
    pool: Callable[[House], Pool] | None = None
    """Gives the workers for a house; without it each drawing starts its own."""
    faces: tuple[FontFile, ...] = ()
    """Those that the book brings."""
    idle: frozenset[str] = frozenset()
    """Pinned families that nothing is set in."""


def draw_wrap(design: Design, wrap: Wrap, plan: Plan, press: pdfx.Press) -> bytes:
    """
    The wrap of a book with a spine: one page with its boxes, finished for the press.

    Raises:
        EngrossError: the template or the page cannot be made.
    """
    finish = pdfx.finish(press)
    with paper(design, wrap, plan, finish) as file:
        boxed(file, wrap)
        return saved(file, finish)


def draw_folded(design: Design, wrap: Wrap, plan: Plan, press: pdfx.Press) -> bytes:
    """The cover of a saddle-stitched booklet: four pages, front, two blank ones inside, back."""
    half, finish = replace(wrap, width=wrap.panel[0] + wrap.bleed), pdfx.finish(press)
    with (
        paper(design, half, plan, finish, back=False) as file,
        paper(design, half, plan, finish, front=False) as last,
    ):
        for _ in range(2):
            file.add_blank_page(page_size=(half.width, half.height))
            file.pages[-1].obj.Contents = file.make_stream(b"")
        file.pages.extend(last.pages)
        for number, page in enumerate(file.pages, start=1):
            left = 0.0 if number % 2 else wrap.bleed
            trim = [left, wrap.bleed, left + wrap.panel[0], wrap.bleed + wrap.panel[1]]
            page.obj.MediaBox = Array([0, 0, half.width, half.height])
            page.obj.BleedBox = page.obj.MediaBox
            page.obj.TrimBox = Array(trim)
        return saved(file, finish)


def paper(
    design: Design,
    wrap: Wrap,
    plan: Plan,
    finish: Finish,
    *,
    front: bool = True,
    back: bool = True,
) -> pikepdf.Pdf:
    """
    The whole paper as one page, without boxes; the caller closes it.

    A booklet's front and back are papers of their own: a front alone begins at its fold.
    """
    manifest = design.edition.manifest
    words = manifest.cover.blurb or manifest.description
    frames = Frames(design.edition, design.own)
    html = frames.cover_wrap(
        wrap=wrap,
        front=front,
        back=back,
        left=(left := wrap.folds[1] if back else 0.0),
        panel=wrap.panel[0] - wrap.hinge,
        image=COVER_IMAGE if design.image is not None else "",
        blurb=[part.strip() for part in words.split("\n\n") if part.strip()],
        code=design.bars,
        edge=design.bars_edge,
    )
    page = f"@page {{ size: {wrap.width}pt {wrap.height}pt; margin: 0 }}"
    assets = {COVER_IMAGE: design.image} if design.image is not None else {}
    file = pikepdf.open(io.BytesIO(typeset_one(design, html, plan, finish, (page,), assets)))
    untagged(file)
    if front and not (design.image and manifest.cover.finished):
        drawing = typeset_one(design, frames.cover_front(), plan, finish)
        with pikepdf.open(io.BytesIO(drawing)) as source:
            place_front(file, source, wrap, left + wrap.hinge)
    return file


def typeset_one(
    design: Design,
    html: str,
    plan: Plan,
    finish: Finish,
    sheets: tuple[str, ...] = (),
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """One section as pages in the cover's style."""
    manifest = design.edition.manifest
    house = House((design.css, *sheets), named(design.css, design.faces, design.idle), assets or {})
    unit = Unit("cover", html, manifest.language, manifest.title, display=True, level=0)
    pool = design.pool(house) if design.pool is not None else None
    made = typeset([unit], house, store=design.store, pool=pool)
    return write(made, replace(plan, medium="print", coloured=True), finish)


def place_front(file: pikepdf.Pdf, source: pikepdf.Pdf, wrap: Wrap, start: float) -> None:
    """
    Draw the front on its panel: whole, in the middle, as large as it can be beside a hinge.

    It becomes a part of the page, and no drawing within it: there, readers lose the place of words
    that the page says beside their glyphs.
    """
    front = source.pages[0]
    _, _, width, height = (float(value) for value in front.mediabox)
    room = wrap.panel[0] - wrap.hinge
    scale = min(room / width, wrap.panel[1] / height)
    left = start + (room - width * scale) / 2
    low = wrap.bleed + (wrap.panel[1] - height * scale) / 2
    page = file.pages[0]
    held = file.copy_foreign(source.make_indirect(front.resources))
    renamed: dict[str, Name] = {}
    for kind, things in held.items():
        if isinstance(things, Dictionary):
            page.resources[kind] = page.resources.get(kind, Dictionary())
            for name, thing in things.items():
                renamed[name] = Name(f"/Front{name[1:]}")
                page.resources[kind][renamed[name]] = thing
    rows = [
        ([renamed.get(str(one), one) if isinstance(one, Name) else one for one in row], operator)
        for row, operator in pikepdf.parse_content_stream(front)
    ]
    drawing = pikepdf.unparse_content_stream(rows)
    moved = f"\nq {scale:.6f} 0 0 {scale:.6f} {left:.4f} {low:.4f} cm\n".encode()
    page.contents_add(file.make_stream(moved + drawing + b"\nQ\n"))


def boxed(file: pikepdf.Pdf, wrap: Wrap) -> None:
    """Mark where the paper is trimmed."""
    width, height = wrap.trim
    page = file.pages[0].obj
    page.MediaBox = Array([0, 0, wrap.width, wrap.height])
    page.BleedBox = page.MediaBox
    page.TrimBox = Array([wrap.bleed, wrap.bleed, wrap.bleed + width, wrap.bleed + height])


def untagged(file: pikepdf.Pdf) -> None:
    """Take tags and destinations off: a cover is not read aloud, and nothing leads to it."""
    for key in ("/StructTreeRoot", "/MarkInfo", "/Names", "/PageLabels", "/Outlines", "/PageMode"):
        if key in file.Root:
            del file.Root[key]
    for page in file.pages:
        if "/StructParents" in page.obj:
            del page.obj.StructParents


def saved(file: pikepdf.Pdf, finish: Finish) -> bytes:
    """The file's bytes, in the version that is asked for."""
    target, modes = io.BytesIO(), pikepdf.ObjectStreamMode
    mode = modes.disable if finish.version < "1.5" else modes.generate
    version = finish.version
    file.save(target, deterministic_id=True, object_stream_mode=mode, force_version=version)
    return target.getvalue()
