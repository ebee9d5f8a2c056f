"""A document of ours as TEI P5: record, text, notes, corrections."""

from collections.abc import Sequence

from lxml import etree

from engross.assemble.edition import FacingRow
from engross.make.tei.blocks import Writer, sectioned
from engross.make.tei.elements import add, no_original, pointer
from engross.make.tei.elements import root as new_root
from engross.make.tei.header import header
from engross.make.tei.inlines import xml_id
from engross.model.text import Body, Leaf, Mark, Note, Point, leaves, plain
from engross.parse.markdown import parse_inline
from engross.parse.tei.names import XML
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Correction
from engross.schema.manifest import Manifest
from engross.schema.registers import SourceItem


def make_tei(
    record: DocumentRecord,
    body: Body,
    notes: Sequence[Note] = (),
    corrections: Sequence[Correction] = (),
    manifest: Manifest | None = None,
    sources: Sequence[SourceItem] = (),
    facing: Sequence[FacingRow] = (),
) -> bytes:
    """
    The document as a TEI P5 file in UTF-8.

    `notes` may name notes that the body does not hold; their calls have to stand in it. Marks and
    points of corrections become `choice` with `sic` and `corr`, under the responsibility and
    certainty of their ledger entries; every verified entry is a `change` of the revision history.
    Of the sources those that are cited are listed at the end. Blocks and notes have ids made of
    their addresses: `yamada-p-007`, `yamada-note-kurile`. An original stands behind the text, with
    links between the blocks that face each other; plates are a `facsimile`.
    """
    applied = [entry for entry in corrections if entry.status == "verified"]
    root = new_root()
    root.set(f"{XML}id", record.id)
    root.set(f"{XML}lang", record.language)
    header(root, record, applied, manifest)
    if record.plates:
        _facsimile(root, record)
    text = add(root, "text")
    inside = add(text, "body")
    held = {note.id: note for note in (*notes, *body.notes)}
    cited = [item for item in sources if item.id in _cited(body, held)]
    goals = {f"{record.id}-{leaf.id}" for leaf in leaves(body.blocks)}
    goals |= {xml_id(f"{record.id}/note/{name}") for name in held}
    goals |= {record.id, *(item.id for item in cited)}
    entries = {entry.id: entry for entry in applied}
    writer = Writer(no_original, held, entries, record.id, goals=frozenset(goals))
    first = next(iter(leaves(body.blocks)), None)
    if not (isinstance(first, Leaf) and first.role == "heading") and record.title.supplied:
        head = add(inside, "head", record.title.supplied, [("type", "supplied")])
        if record.title.supplied_by:
            head.set("resp", pointer(record.title.supplied_by))
    sectioned(writer, inside, body.blocks)
    if cited or facing:
        back = add(text, "back")
    if facing:
        _original(back, record, facing)
    if cited:
        listed = add(back, "listBibl")
        for item in cited:
            _bibl(listed, item)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _facsimile(root: etree._Element, record: DocumentRecord) -> None:
    """The pictures of the leaves, with what the captions say."""
    facsimile = add(root, "facsimile")
    for plate in record.plates:
        surface = add(facsimile, "surface", "", [("n", plate.leaf)])
        add(surface, "desc", plain(parse_inline(plate.caption)))
        graphic = add(surface, "graphic", "", [("url", f"documents/{record.id}/{plate.file}")])
        add(graphic, "desc", plate.alt)


def _original(back: etree._Element, record: DocumentRecord, facing: Sequence[FacingRow]) -> None:
    """The text that was translated, and which of its blocks stands beside which of ours."""
    name = f"{record.id}-original"
    facts = [("type", "original"), (f"{XML}id", name), (f"{XML}lang", record.source_language)]
    inside = add(back, "div", "", facts)
    blocks = tuple(block for row in facing for block in row.original)
    goals = frozenset(f"{name}-{leaf.id}" for leaf in leaves(blocks))
    sectioned(Writer(no_original, {}, {}, name, goals=goals), inside, blocks)
    group = add(inside, "linkGrp", "", [("type", "facing")])
    for row in facing:
        sides = ((name, row.original), (record.id, row.text))
        ends = [f"#{where}-{leaf.id}" for where, held in sides for leaf in leaves(held)]
        add(group, "link", "", [("target", " ".join(ends))])


def _cited(body: Body, notes: dict[str, Note]) -> set[str]:
    """The keys of the sources that text and notes cite."""
    found: set[str] = set()
    for blocks in (body.blocks, *(note.blocks for note in notes.values())):
        for leaf in leaves(blocks):
            for item in leaf.content:
                marks: tuple[Mark | Point, ...] = item.marks
                if isinstance(item, Point):
                    marks = (*marks, item)
                found |= {mark.get("source") for mark in marks if mark.kind == "citation"}
    return found


def _bibl(parent: etree._Element, item: SourceItem) -> None:
    """A source with the facts that the register has."""
    bibl = add(parent, "bibl", "", [(f"{XML}id", item.id), ("type", item.type)])
    for role, names in (("author", item.author), ("editor", item.editor)):
        for name in names:
            text = name.literal or ", ".join(part for part in (name.family, name.given) if part)
            add(bibl, role, text)
    add(bibl, "title", item.title)
    if item.container_title:
        add(bibl, "title", item.container_title, [("level", "m")])
    if item.volume:
        add(bibl, "biblScope", item.volume, [("unit", "volume")])
    if item.page:
        add(bibl, "biblScope", item.page, [("unit", "page")])
    if item.publisher:
        add(bibl, "publisher", item.publisher)
    if item.URL:
        add(bibl, "ref", item.URL, [("target", item.URL)])
