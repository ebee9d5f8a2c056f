"""A document of ours as TEI P5: record, text, notes, corrections."""

from collections.abc import Sequence

from lxml import etree

from engross.assemble.edition import FacingRow
from engross.make.tei.blocks import Writer, sectioned
from engross.make.tei.elements import add, pointer
from engross.make.tei.header import header
from engross.make.tei.inlines import xml_id
from engross.model.text import Body, Leaf, leaves, plain
from engross.parse.markdown import parse_inline
from engross.parse.tei.names import TEI, XML, tag_of
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Correction
from engross.schema.manifest import Manifest


def make_tei(
    record: DocumentRecord,
    body: Body,
    corrections: Sequence[Correction] = (),
    manifest: Manifest | None = None,
    facing: Sequence[FacingRow] = (),
) -> bytes:
    """
    The document as a TEI P5 file in UTF-8.

    Marks and points of corrections become `choice` with `sic` and `corr`, under the responsibility
    and certainty of their ledger entries; every verified entry is a `change` of the revision
    history. Blocks and notes have ids made of their addresses: `yamada-p-007`,
    `yamada-note-kurile`. An original stands behind the text, with links between the blocks that
    face each other; plates are a `facsimile`.
    """
    applied = [entry for entry in corrections if entry.status == "verified"]
    root = etree.Element(tag_of("TEI"), nsmap={None: TEI})  # type: ignore[dict-item]  # default
    root.set(f"{XML}id", record.id)
    root.set(f"{XML}lang", record.language)
    root.append(header(record, applied, manifest))
    if record.plates:
        _facsimile(root, record)
    text = add(root, "text")
    inside = add(text, "body")
    held = {note.id: note for note in body.notes}
    goals = {f"{record.id}-{leaf.id}" for leaf in leaves(body.blocks)}
    goals |= {xml_id(f"{record.id}/note/{name}") for name in held}
    goals.add(record.id)
    entries = {entry.id: entry for entry in applied}
    writer = Writer(held, entries, record.id, goals=frozenset(goals))
    first = next(iter(leaves(body.blocks)), None)
    if not (isinstance(first, Leaf) and first.role == "heading") and record.title.supplied:
        head = add(inside, "head", record.title.supplied, [("type", "supplied")])
        if record.title.supplied_by:
            head.set("resp", pointer(record.title.supplied_by))
    sectioned(writer, inside, body.blocks)
    if facing:
        _original(add(text, "back"), record, facing)
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
    sectioned(Writer({}, {}, name, goals=goals), inside, blocks)
    group = add(inside, "linkGrp", "", [("type", "facing")])
    for row in facing:
        sides = ((name, row.original), (record.id, row.text))
        ends = [f"#{where}-{leaf.id}" for where, held in sides for leaf in leaves(held)]
        add(group, "link", "", [("target", " ".join(ends))])
