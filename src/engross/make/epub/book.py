"""The files of an EPUB, from finished sections."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from engross.assemble.edition import DocumentContent, Edition
from engross.assemble.volume import day_of
from engross.make.epub.container import Entry, Item, Package, pack
from engross.make.epub.pages import mark_leaves, mark_pages, none_lost
from engross.make.epub.pieces import MOST, divide
from engross.make.records.accessibility import accessibility
from engross.make.records.facts import CREATORS, creators
from engross.make.typeset.values import PageStart
from engross.model.check import Output
from engross.model.font import FontFile
from engross.render import Rendered
from engross.render.frames import Frames, NavEntry
from engross.render.links import image as image_name

MARC = "marc:relators"
XHTML = "application/xhtml+xml"
IMAGES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""Media types of pictures, by the end of their names."""
LEVELS = 2
"""How deep the navigation goes."""


def make_epub(
    edition: Edition,
    rendered: Sequence[Rendered],
    css: str,
    *,
    faces: Sequence[FontFile] = (),
    images: Mapping[str, bytes] | None = None,
    cover: bytes | None = None,
    page_list: Sequence[PageStart] = (),
    own: Mapping[str, str] | None = None,
    most: int = MOST,
) -> Output:
    """
    Make an EPUB 3 of an edition's sections, rendered for `epub` and in reading order.

    A long section is several files of at most `most` bytes (`pieces.divide`). Without a section of
    contents the navigation ends the book. `page_list` is where the pages of the reference printing
    begin; images go by their path in the book; the cover is a PNG or JPEG.

    Raises:
        EngrossError: a page that is not found, or an archive that was not written whole.
    """
    frames = Frames(edition, own or {})
    sections, pages, lost = mark_pages(rendered, page_list)
    none_lost(lost)
    sections, leaves = mark_leaves(sections)
    pieces = divide(sections, lambda title: frames.words.say("continued", title=title), most)
    pages = tuple((pieces.target(target), label) for target, label in pages)
    leaves = tuple((pieces.target(target), label) for target, label in leaves)
    entries = contents(
        sections, {one.address: day_of(one, frames.words) for one in edition.sections}
    )
    marks = landmarks(frames, sections, cover is not None)
    listed = any(section.kind == "contents" for section in sections)
    navigation = frames.navigation(entries, marks, pages, leaves).encode()
    ncx = frames.ncx(entries, pages).encode()
    items = [
        *(_cover(frames, cover) if cover is not None else ()),
        *_texts(frames, pieces.files),
        Item("nav-document", "nav.xhtml", XHTML, navigation, ("nav",), in_spine=not listed),
        Item("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx),
        *_look(css, faces, images or {}),
    ]
    package = Package(
        identifier=edition.manifest.identifier,
        language=edition.manifest.language,
        modified=edition.modified,
        metadata=metadata(edition, sections, paged=bool(pages)),
        items=tuple(items),
    )
    return Output("epub", f"{edition.manifest.edition}.epub", pack(package))


def _texts(frames: Frames, pieces: Sequence[Rendered]) -> Iterator[Item]:
    for piece in pieces:
        text = frames.section_file(piece).encode()
        yield Item(piece.address, f"{piece.address}.xhtml", XHTML, text, in_spine=True)


def _look(css: str, faces: Sequence[FontFile], images: Mapping[str, bytes]) -> Iterator[Item]:
    """Sheet, faces and pictures."""
    sheet = "\n".join([*(face.rule(face.suffix) for face in faces), css]).encode()
    yield Item("style-sheet", "style.css", "text/css", sheet)
    for number, face in enumerate(faces, 1):
        yield Item(f"face-{number}", face.file(face.suffix), f"font/{face.suffix}", face.content)
    for number, (path, content) in enumerate(sorted(images.items()), 1):
        kind = IMAGES[PurePosixPath(path).suffix.lower()]
        yield Item(f"image-{number}", image_name(path, "epub"), kind, content)


def contents(rendered: Sequence[Rendered], days: Mapping[str, str]) -> tuple[NavEntry, ...]:
    """
    The sections as a tree of two levels: a deeper one stands behind its chapter, beside it.

    A document has its day behind it, unless its title says it. Kindles show two levels and no
    more; the contents in the book itself have them all.
    """
    flat = [
        (
            min(section.level, LEVELS),
            NavEntry(
                ", ".join(filter(None, (section.title, days.get(section.address)))),
                f"{section.address}.xhtml",
            ),
        )
        for section in rendered
        if section.in_contents or section.kind == "contents"
    ]
    return _tree(flat)


def _tree(flat: Sequence[tuple[int, NavEntry]]) -> tuple[NavEntry, ...]:
    result: list[NavEntry] = []
    index = 0
    while index < len(flat):
        level, entry = flat[index]
        end = index + 1
        while end < len(flat) and flat[end][0] > level:
            end += 1
        result.append(NavEntry(entry.title, entry.href, _tree(flat[index + 1 : end])))
        index = end
    return tuple(result)


def landmarks(
    frames: Frames, rendered: Sequence[Rendered], has_cover: bool
) -> tuple[tuple[str, str, str], ...]:
    """Type, target and title of the places that a reading system looks for."""
    say = frames.words.say
    marks = [("cover", "cover.xhtml", say("cover"))] if has_cover else []
    contents_file = next((s.address for s in rendered if s.kind == "contents"), None)
    toc = f"{contents_file}.xhtml" if contents_file else "nav.xhtml#toc"
    marks.append(("toc", toc, say("title-contents")))
    body = next((s for s in rendered if s.matter == "body"), rendered[0])
    marks.append(("bodymatter", f"{body.address}.xhtml", say("start")))
    kinds = {"sources": "bibliography", "index": "index", "title-page": "titlepage"}
    marks += [
        (kinds[section.kind], f"{section.address}.xhtml", section.title)
        for section in rendered
        if section.kind in kinds
    ]
    return tuple(marks)


def _cover(frames: Frames, picture: bytes) -> list[Item]:
    kind = "png" if picture.startswith(b"\x89PNG") else "jpg"
    name = f"images/cover.{kind}"
    manifest = frames.edition.manifest
    alt = manifest.cover.alt or frames.words.say("cover-alt", title=manifest.title)
    page = frames.cover_page(name, alt).encode()
    return [
        Item("cover-page", "cover.xhtml", XHTML, page, in_spine=True),
        Item("cover-image", name, IMAGES[f".{kind}"], picture, ("cover-image",)),
    ]


def metadata(edition: Edition, rendered: Sequence[Rendered], *, paged: bool) -> tuple[Entry, ...]:
    """
    The lines of the package's metadata; only what the manifest has or the files show.

    The sections are as they stand in the EPUB; `paged`: they mark the pages of a printing.
    """
    manifest = edition.manifest
    lines: list[Entry] = []

    def add(element: str, value: str, **attributes: str) -> None:
        if value:
            lines.append(Entry(element, " ".join(value.split()), attributes))

    def meta(property_: str, value: str, refines: str = "", scheme: str = "") -> None:
        attributes = {"property": property_}
        if refines:
            attributes["refines"] = f"#{refines}"
        if scheme:
            attributes["scheme"] = scheme
        if value:
            lines.append(Entry("", " ".join(value.split()), attributes))

    add("title", manifest.title, id="title")
    meta("title-type", "main", "title")
    if manifest.subtitle:
        add("title", manifest.subtitle, id="subtitle")
        meta("title-type", "subtitle", "subtitle")
    add("language", manifest.language)
    if manifest.isbn.epub:
        add("identifier", f"urn:isbn:{manifest.isbn.epub.replace('-', '')}", id="isbn")
        meta("identifier-type", "15", "isbn", "onix:codelist5")
    named = manifest.people
    others = [one for one in creators(edition) if one not in named]
    for number, person in enumerate([*others, *named], 1):
        element = "creator" if person in others or person.role in CREATORS else "contributor"
        add(element, person.name, id=f"person-{number}")
        meta("role", person.role, f"person-{number}", MARC)
        meta("file-as", person.file_as, f"person-{number}")
    if manifest.publisher:
        add("publisher", manifest.publisher.name)
    add("date", manifest.date)
    for section in edition.sections:
        if isinstance(section.content, DocumentContent):
            add("source", section.content.citation)
    rights = manifest.rights
    add("rights", " ".join(part for part in (rights.statement, rights.terms) if part))
    add("description", manifest.description)
    for subject in manifest.subjects:
        add("subject", subject)
    if manifest.series:
        meta("belongs-to-collection", manifest.series)
        lines[-1] = Entry("", manifest.series, {**lines[-1].attributes, "id": "series"})
        meta("collection-type", "series", "series")
        meta("group-position", manifest.volume, "series")
    meta("schema:version", manifest.version)
    return (*lines, *statements(edition, rendered, paged=paged))


def statements(edition: Edition, rendered: Sequence[Rendered], *, paged: bool) -> tuple[Entry, ...]:
    """The accessibility of the files as the package says it; see `records.accessibility`."""
    found = accessibility(edition, rendered, paged=paged)
    lines = [("schema:accessMode", value) for value in found.modes]
    lines += [("schema:accessModeSufficient", value) for value in found.sufficient]
    lines += [("schema:accessibilityFeature", value) for value in found.features]
    lines += [("schema:accessibilityHazard", value) for value in found.hazards]
    lines.append(("schema:accessibilitySummary", found.summary))
    if paged:
        lines.append(("pageBreakSource", page_source(edition)))
    if found.exemption:
        lines.append(("a11y:exemption", found.exemption))
    entries = [Entry("", " ".join(value.split()), {"property": name}) for name, value in lines]
    if found.conforms_to:
        claim = {"property": "dcterms:conformsTo", "id": "conformance"}
        entries.append(Entry("", found.conforms_to, claim))
        refined = {"refines": "#conformance"}
        entries.append(Entry("", found.certified_by, {"property": "a11y:certifiedBy", **refined}))
        entries.append(Entry("", found.certified_on, {"property": "dcterms:date", **refined}))
    return tuple(entries)


def page_source(edition: Edition) -> str:
    """The printing whose pages are marked: by ISBN, else by title and the edition's identifier."""
    manifest = edition.manifest
    if manifest.isbn.print:
        return f"urn:isbn:{manifest.isbn.print.replace('-', '')}"
    source = edition.words.say("page-source", title=manifest.title)
    return f"{source} ({manifest.identifier})"
