"""A volume that was read from TEI, as TEI again: same documents, notes, breaks, names and text."""

from itertools import chain

from lxml import etree

from engross.make.tei.blocks import Writer, blocks
from engross.make.tei.elements import add, set_attributes
from engross.model.source import SourceFile
from engross.model.text import Point
from engross.parse.tei.calls import place
from engross.parse.tei.ids import Ids
from engross.parse.tei.names import FRUS, TEI, XML, name_of, tag_of
from engross.parse.tei.proof import _documents, _records
from engross.parse.tei.reader import texts_of
from engross.parse.tei.source import parse
from engross.parse.tei.volume import Part, TeiDocument, TeiVolume, every_leaf
from engross.read.xml import parse_xml


def make_tei_volume(volume: TeiVolume, file: SourceFile) -> bytes:
    """
    The volume as a TEI P5 file in UTF-8.

    Header and records are those of the file that was read, as they stand there; the text is written
    from the tree. Ids are those of the file, where it had them and they were not doubled.
    """
    source = parse(file)
    place(source)
    ids = Ids.of(source)
    originals = {new: old for old, new in ids.new.items()}
    originals |= {new: new for _, _, new in ids.again}  # doubled there: ours from now on
    used = any(row.name.startswith("frus:") for row in volume.coverage.elements)
    root = etree.Element(tag_of("TEI"), nsmap={None: TEI, **({"frus": FRUS[0]} if used else {})})
    if volume.id in originals:
        root.set(f"{XML}id", originals[volume.id])
    every = [one for one in source.iter(etree.Element) if name_of(one.tag) in ("TEI", "teiCorpus")]
    header = next((one for one in every[0] if name_of(str(one.tag)) == "teiHeader"), None)
    root.append(add(root, "teiHeader") if header is None else _copied(header))
    for tei in every:
        for child in tei.iterchildren(etree.Element):
            beside = child not in texts_of(tei)
            if beside and name_of(child.tag) not in ("teiHeader", "TEI", "teiCorpus"):
                root.append(_copied(child))
    texts = [one for tei in every if name_of(tei.tag) == "TEI" for one in texts_of(tei)]
    kept = _records(texts, [one for text in texts for one in _documents(text)])
    text = add(root, "text")
    for name in ("front", "body", "back"):
        parts: tuple[Part | TeiDocument, ...] = getattr(volume, name)
        own = [one for one in kept if _region(one) == name]
        if not parts and not own and name != "body":
            continue
        region = add(text, name)
        for part in parts:
            _part(region, part, alone=len(volume.documents) == 1)
        _rename(region, originals)
        for one in own:
            region.append(_copied(one))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _copied(element: etree._Element) -> etree._Element:
    """An element as the source has it, doubled ids and all."""
    return parse_xml(etree.tostring(element, with_tail=False), collect_ids=False)


def _region(element: etree._Element) -> str:
    names = [name_of(str(above.tag)) for above in element.iterancestors()]
    return next(name for name in names if name in ("front", "body", "back"))


def _rename(region: etree._Element, originals: dict[str, str]) -> None:
    """Write ids as the file had them, and so those that a further call of a note points to."""
    for element in region.iter(etree.Element):
        if own := element.get(f"{XML}id"):
            element.set(f"{XML}id", originals.get(own, own))
        if name_of(element.tag) == "ptr" and element.get("type") == "note":
            goal = element.get("target", "")[1:]
            element.set("target", f"#{originals.get(goal, goal)}")


def _part(parent: etree._Element, part: Part | TeiDocument, *, alone: bool = False) -> None:
    """Append a part with what it holds, or a document."""
    writer = Writer({note.id: note for note in part.body.notes})
    if isinstance(part, TeiDocument):
        if part.whole and alone:
            blocks(writer, parent, part.body.blocks)
            return
        facts = [("type", "document"), (f"{XML}id", part.id)]
        element = add(parent, "div", "", [*facts, ("n", part.number)])
        set_attributes(element, part.attributes)
        blocks(writer, element, part.body.blocks)
        return
    element = parent
    if part.kind == "title-page":
        element = add(parent, "titlePage", "", [(f"{XML}id", part.id)])
        set_attributes(element, part.attributes)
    elif part.kind != "text":
        element = add(parent, "div", "", [("type", part.type), ("n", part.number)])
        element.set(f"{XML}id", part.id)
        set_attributes(element, part.attributes, "n")
    blocks(writer, element, part.body.blocks)
    for inner in part.parts:
        _part(element, inner)


def points(volume: TeiVolume, kind: str) -> int:
    """How many points of a kind stand in all texts and notes."""
    texts = [every_leaf(part.body) for part in volume.walk()]
    content = (item for leaf in chain.from_iterable(texts) for item in leaf.content)
    return sum(isinstance(item, Point) and item.kind == kind for item in content)
