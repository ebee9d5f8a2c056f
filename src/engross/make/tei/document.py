"""A document of ours as TEI P5: record, text, notes, corrections."""

from collections.abc import Sequence

from lxml import etree

from engross.make.tei.blocks import sectioned
from engross.make.tei.elements import XML, add, no_original
from engross.make.tei.elements import root as new_root
from engross.make.tei.header import header
from engross.make.tei.inlines import Writer
from engross.model.text import Body, Leaf, Note, leaves
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Correction
from engross.schema.manifest import Manifest


def make_tei(
    record: DocumentRecord,
    body: Body,
    notes: Sequence[Note] = (),
    corrections: Sequence[Correction] = (),
    manifest: Manifest | None = None,
) -> bytes:
    """
    The document as a TEI P5 file in UTF-8.

    `notes` may name notes that the body does not hold; their calls have to stand in it. Marks and
    points of corrections become `choice` with `sic` and `corr`, under the responsibility and
    certainty of their ledger entries; every decided entry is a `change` of the revision history.
    """
    applied = [entry for entry in corrections if entry.status == "verified"]
    root = new_root()
    root.set(f"{XML}id", record.id)
    root.set(f"{XML}lang", record.language)
    header(root, record, applied, manifest)
    text = add(root, "text")
    inside = add(text, "body")
    held = {note.id: note for note in (*notes, *body.notes)}
    writer = Writer(no_original, held, {entry.id: entry for entry in applied})
    first = next(iter(leaves(body.blocks)), None)
    if not (isinstance(first, Leaf) and first.role == "heading") and record.title.supplied:
        head = add(inside, "head", record.title.supplied, [("type", "supplied")])
        if record.title.supplied_by:
            head.set("resp", record.title.supplied_by)
    sectioned(writer, inside, body.blocks)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
