"""
The one door to WeasyPrint 70; only worker processes open it.

Private names are used where the public ones lose what the writer needs (boxes, marked content,
font programs). The version is pinned and `tests/unit/typeset` would notice a change.
"""

import contextlib
import importlib
import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]  # it has no types
import pydyf
import pyphen  # type: ignore[import-untyped]  # it has no types
from PIL import Image, ImageFile, ImageOps
from weasyprint import CSS, HTML, layout
from weasyprint.css import AnonymousStyle
from weasyprint.document import Page
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, block, inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import _use_references
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import Layout, create_layout, get_log_attrs, line_size, strut
from weasyprint.urls import URLFetcher, URLFetcherResponse

from engross.make.pictures import turned
from engross.make.typeset.engine import source

# English is divided as in America, unless a region is given that writes as in Britain.
pyphen.LANGUAGES["en"] = pyphen.LANGUAGES["en_US"]
pyphen.LANGUAGES_LOWERCASE |= {f"en_{region}": "en_GB" for region in ("au", "ie", "in", "nz", "za")}
ImageFile.LOAD_TRUNCATED_IMAGES = False  # weasyprint switches it on: half an image is a fault

# The engine's objects have no types; these names say which of them is meant.
Box = Any
Context = Any
Document = Any
"""What was laid out."""
Face = Any
"""A font program as a drawing uses it."""
Glyphs = Any
"""Glyphs that the shaper gave: a line, one of its runs, their numbers and widths."""
Style = Any
"""The computed properties of a box."""

svg_path: Any = importlib.import_module("weasyprint.svg.path")  # hidden by a function of its name
LOG = logging.getLogger("weasyprint")
PT = 0.75
"""Points in a CSS pixel."""
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*")
"""How files of dots begin; they are read in full before the engine has them."""
ORIENTATION = 0x0112
"""The field of EXIF data that says how a picture is to be turned."""


class Jail(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the given assets and nothing else: no network, no files, no data URLs."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("edition",), allow_redirects=False)
        self.assets = assets
        self.refused: list[str] = []
        self.sound: dict[str, bytes] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002  # the engine's signature
        """
        The bytes of an asset.

        Raises:
            ValueError: any other address; it is kept in `refused`.
            OSError: an image that is not whole.
        """
        if url not in self.assets:
            self.refused.append(url)
            raise ValueError(f"{url} is not part of the edition")
        body = self.assets[url]
        if url not in self.sound and body.startswith(PICTURES):
            self.sound[url] = upright(body)
        return URLFetcherResponse(url, self.sound.get(url, body))


def upright(body: bytes) -> bytes:
    """
    A picture as a page shows it: turned as its EXIF data say, eight bits, grey or RGB, on white.

    Raises:
        OSError: it is not whole; the engine would print the half of it.
    """
    with Image.open(io.BytesIO(body)) as picture:
        picture.load()
        whole = turned(picture)
        clear = picture.has_transparency_data
        plain = picture.mode in {"L", "RGB"} and not clear
        if plain and picture.getexif().get(ORIENTATION, 1) == 1:
            return body
        if clear:
            ground = Image.new("RGBA", whole.size, "white")
            whole = Image.alpha_composite(ground, whole.convert("RGBA"))
        grey = whole.mode in {"1", "L", "LA"} or picture.mode == "LA"
        target = io.BytesIO()
        whole.convert("L" if grey else "RGB").save(target, "PNG")
    return target.getvalue()


class Ink(Stream):  # type: ignore[misc]  # WeasyPrint has no types
    """A page's drawing: greys as DeviceGray, and the place of every marked sequence kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._current_color: Any = None
        self._current_color_stroke: Any = None
        self.sequences: list[tuple[int, int]] = []
        self.chromatic = False

    def marked(self, box: Box, tag: str) -> Any:
        """Begin a sequence with its colour, so that it can be drawn elsewhere too."""
        self._current_color = None
        self.sequences.append((len(self.stream), id(box)))
        return super().marked(box, tag)

    def set_color(self, color: Any, stroke: bool = False) -> None:
        """Write black, white and grey as such; a print keeps them on one plate."""
        *channels, alpha = color
        level = grey(color.space, channels)
        if level is None:
            self.chromatic = True
            super().set_color(color, stroke)
            return
        self.set_alpha(alpha, stroke)
        mark: Any = ("grey", level)
        if mark == (self._current_color_stroke if stroke else self._current_color):
            return
        if stroke:
            self._current_color_stroke = mark
        else:
            self._current_color = mark
        self.stream.append(f"{level:g} {'G' if stroke else 'g'}".encode())

    def set_alpha(self, alpha: float, stroke: bool = False, fill: bool | None = None) -> None:
        """Say nothing of full opacity until something else was said."""
        if alpha != 1 or getattr(self, "_faint", False):
            self._faint = True
            super().set_alpha(alpha, stroke, fill)

    @property
    def content(self) -> bytes:
        """The drawing."""
        whole: bytes = self.data
        return whole.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")

    def artifact_from(self, mcid: int) -> None:
        """Turn a marked sequence into decoration: it is drawn and not read."""
        index, _ = self.sequences[mcid]
        self.stream[index : index + 3] = ["/Artifact", b"", b"BMC"]


def grey(space: str, channels: Sequence[float]) -> float | None:
    """The grey level of a colour, 0 black to 1 white; None for a real colour."""
    if space == "device-cmyk":
        return round(1 - channels[3], 4) if not any(channels[:3]) else None
    if space == "srgb" and len(set(channels)) == 1:
        return round(float(channels[0]), 4)
    return None


def document(tree: ElementTree.Element, jail: Jail) -> Any:
    """An HTML document from a finished tree, without the tag soup parser."""
    html = HTML.__new__(HTML)
    html.base_url = "edition:/"
    html.url_fetcher = jail
    html.media_type = "print"
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    html.etree_element = tree
    return html


class Shop:
    """Sheets and faces, parsed once and used for many units."""

    def __init__(self, sheets: Sequence[str], assets: Mapping[str, bytes]) -> None:
        self.faces = FontConfiguration()
        self.jail = Jail(assets)
        self.sheets = [self.sheet(text) for text in sheets]
        self.images: dict[str, Any] = {}
        self.blanks: dict[str, Box] = {}
        self.picture: Any = None
        """The engine's way from an address to an image."""

    def sheet(self, text: str) -> Any:
        """A parsed style sheet."""
        return CSS(string=text, base_url="edition:/", url_fetcher=self.jail, font_config=self.faces)

    def blank(self, classes: str) -> Box:
        """The box of an empty page, for a body of these classes."""
        if classes not in self.blanks:
            empty = source.page_document(ElementTree.Element("section"), "en", classes)
            self.blanks[classes] = self.render(empty).pages[0]._page_box
        return self.blanks[classes]

    def bound(self, laid_out: Document, pages: Sequence[Box]) -> Document:
        """What was laid out, on other pages."""
        for page in pages:
            layout.layout_backgrounds(page, self.picture)
        return laid_out.copy([Page(page) for page in pages])

    def render(self, tree: ElementTree.Element, extra: Sequence[Any] = ()) -> Document:
        """Lay a document out."""
        return document(tree, self.jail).render(
            font_config=self.faces, stylesheets=[*self.sheets, *extra], cache=self.images
        )


PATCHED: dict[str, tuple[Any, ...]] = {
    "_update_footnote_area": (LayoutContext,),
    "draw_first_line": (drawing,),
    "iter_line_boxes": (inline, block),
    "layout_backgrounds": (layout,),
    "point": (svg_path,),
}
"""Every function of the engine that one of ours takes the place of, and where it is looked up."""


def patch(name: str, own: Any) -> Any:
    """Let the engine call a function of ours by the name of one of its own, which is given back."""
    before = getattr(PATCHED[name][0], name)
    for place in PATCHED[name]:
        setattr(place, name, own)
    return before


@contextlib.contextmanager
def unpaged(shop: Shop) -> Iterator[None]:
    """
    Let the engine lay out what is put on pages later.

    Notes are collected and laid out once; by itself it lays all of them out again for each, to
    learn whether they still fit. Backgrounds are left out: they depend on the pages.
    """

    def collect(context: Context) -> bool:
        context.current_footnote_area.children = context.current_page_footnotes
        return False

    def later(_: Any, picture: Any) -> None:
        shop.picture = picture

    update = patch("_update_footnote_area", collect)
    backgrounds = patch("layout_backgrounds", later)
    try:
        yield
    finally:
        patch("_update_footnote_area", update)
        patch("layout_backgrounds", backgrounds)


def paint(laid_out: Document) -> tuple[list[Ink], dict[str, Any]]:
    """Draw all pages, and what they use; the drawings stay open for changes."""
    pdf = pydyf.PDF()
    faces = pydyf.Dictionary({})
    pdf.add_object(faces)
    kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
    resources["Font"] = faces.reference
    kept = {"pdf": pdf, "resources": resources, "images": {}, "faces": faces}
    streams = []
    for page in laid_out.pages:
        corners = (0, 0, page.width, page.height)
        images, profiles = kept["images"], laid_out.color_profiles
        stream = Ink(laid_out.fonts, corners, resources, images, {}, profiles, None)
        stream.transform(d=-1, f=page.height * PT)
        page.paint(stream, PT)
        streams.append(stream)
    return streams, kept


def things(laid_out: Document, kept: dict[str, Any]) -> tuple[bytes, list[bytes], int]:
    """The resources of the pages, all objects that they lead to, and which of them is the fonts."""
    _use_references(kept["pdf"], kept["resources"], kept["images"], laid_out.color_profiles)
    bodies = [
        one.data if one.free == "n" and one.number > 2 else b"" for one in kept["pdf"].objects
    ]
    return kept["resources"].data, bodies, kept["faces"].number


def shape(text: str, style: Style, stream: Ink) -> list[tuple[Face, int, float]]:
    """The font, glyph and width (thousandths of the size) of each glyph of a text."""
    layout = create_layout(text, style, None, None, 0)
    line, _ = layout.get_first_line()
    found = []
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        font, size = stream.add_font(item.item.analysis.font)
        found += [
            (font, info.glyph, info.geometry.width * FROM_UNITS * 1000 / size)
            for info in item.glyphs.glyphs[0 : item.glyphs.num_glyphs]
        ]
    return found
