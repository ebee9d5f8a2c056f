"""A volume that was read from TEI, as TEI again: same documents, notes, breaks, names and text."""

from itertools import chain

from lxml import etree

from engross.make.tei.blocks import Writer, blocks
from engross.make.tei.elements import add, set_attributes
from engross.make.tei.elements import root as new_root
from engross.model.text import Body, Point
from engross.parse.tei.names import XML
from engross.parse.tei.volume import Part, Record, TeiDocument, TeiVolume, every_leaf
from engross.read.xml import parse_xml


def make_tei_volume(volume: TeiVolume) -> bytes:
    """
    The volume as a TEI P5 file in UTF-8.

    The header and the records are those of the source, as they stood there; the text is written
    from the tree. Ids are those of the source, where it had them and they were not doubled.
    """
    originals = {new: old for old, new in volume.ids.items()}
    originals |= {new: new for new in volume.renamed}  # doubled in the source: ours from now on
    used = any(row.name.startswith("frus:") for row in volume.coverage.elements)
    root = new_root(frus=used)
    if volume.id in originals:
        root.set(f"{XML}id", originals[volume.id])
    if volume.header.xml:
        root.append(_parsed(volume.header.xml))
    else:
        add(root, "teiHeader")
    _records(root, volume.records, "TEI")
    text = add(root, "text")
    for name in ("front", "body", "back"):
        parts: tuple[Part | TeiDocument, ...] = getattr(volume, name)
        kept = [record for record in volume.records if record.region == name]
        if not parts and not kept and name != "body":
            continue
        region = add(text, name)
        for part in parts:
            _part(region, part, originals, alone=len(volume.documents) == 1)
        _records(region, tuple(kept), name)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _parsed(xml: bytes) -> etree._Element:
    """An element as the source has it, doubled ids and all."""
    return parse_xml(xml, collect_ids=False)


def _records(parent: etree._Element, records: tuple[Record, ...], region: str) -> None:
    """Put elements that were kept whole back."""
    for record in records:
        if record.region == region:
            parent.append(_parsed(record.xml))


def _writer(body: Body, originals: dict[str, str]) -> Writer:
    return Writer(
        original=lambda identifier: originals.get(identifier, ""),
        notes={note.id: note for note in body.notes},
    )


def _part(
    parent: etree._Element,
    part: Part | TeiDocument,
    originals: dict[str, str],
    *,
    alone: bool = False,
) -> None:
    """Append a part with what it holds, or a document."""
    writer = _writer(part.body, originals)
    if isinstance(part, TeiDocument):
        if part.whole and alone:
            blocks(writer, parent, part.body.blocks)
            return
        facts = [("type", "document"), (f"{XML}id", originals.get(part.id, part.id))]
        element = add(parent, "div", "", [*facts, ("n", part.number)])
        set_attributes(element, part.attributes, writer.original)
        blocks(writer, element, part.body.blocks)
        return
    element = parent
    if part.kind == "title-page":
        element = add(parent, "titlePage", "", [(f"{XML}id", originals.get(part.id, ""))])
        set_attributes(element, part.attributes, writer.original)
    elif part.kind != "text":
        element = add(parent, "div", "", [("type", part.type), ("n", part.number)])
        element.set(f"{XML}id", originals.get(part.id, part.id))
        set_attributes(element, part.attributes, writer.original, "n")
    blocks(writer, element, part.body.blocks)
    for inner in part.parts:
        _part(element, inner, originals)


def points(volume: TeiVolume, kind: str) -> int:
    """How many points of a kind stand in all texts and notes."""
    texts = [every_leaf(part.body) for part in volume.walk()]
    content = (item for leaf in chain.from_iterable(texts) for item in leaf.content)
    return sum(isinstance(item, Point) and item.kind == kind for item in content)
