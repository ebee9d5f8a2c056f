"""Front, body and back: sections, compilations and chapters down to the documents."""

from dataclasses import dataclass, replace

from lxml import etree

from engross.model.source import SourceFile
from engross.model.text import Body, Note, Point, leaves
from engross.parse.tei import record
from engross.parse.tei.elements import DATA_LISTS, line_of
from engross.parse.tei.flow import Flow
from engross.parse.tei.ids import normal
from engross.parse.tei.names import XML, name_of
from engross.parse.tei.order import in_order, place_rest, subheads
from engross.parse.tei.reading import Reading, Scope
from engross.parse.tei.volume import Header, Part, TeiDocument

REGIONS = ("front", "body", "back")
LISTED = {"names": "persons", "persons": "persons", "terms": "terms", "sources": "sources"}
LISTED |= {"index": "index", "toc": "toc"}
"""Sections that are registers, by the type of their list."""
Parts = tuple[Part | TeiDocument, ...]


@dataclass(slots=True)
class Text:
    """What one `text` holds."""

    front: Parts = ()
    body: Parts = ()
    back: Parts = ()


@dataclass(slots=True)
class Source:
    """Where documents come from."""

    reading: Reading
    header: Header | None
    file: SourceFile
    language: str


def is_division(element: etree._Element) -> bool:
    """Whether the element is a `div`, numbered or not."""
    name = name_of(element.tag)
    return name == "div" or (name.startswith("div") and name[3:].isdigit())


def is_document(element: etree._Element) -> bool:
    """Whether the element is one archival item."""
    return is_division(element) and element.get("type", "").strip() == "document"


def volume_id(reading: Reading, header: Header | None) -> str:
    """From the header's own identifier, else from the file's name."""
    return normal(header.id) if header is not None and header.id else reading.stem


def holds_documents(element: etree._Element) -> bool:
    """Whether divisions below it are documents; if none is, a text is one document."""
    return any(is_document(below) for below in element.iterdescendants(etree.Element))


def text(
    reading: Reading, element: etree._Element, header: Header | None, file: SourceFile
) -> Text:
    """Read a `text`; in one without documents the body is the document."""
    result = Text()
    if name_of(element.tag) != "sourceDoc":
        reading.account(element, "mapped")
    language = element.get(f"{XML}lang") or (header.language if header is not None else "")
    single = not holds_documents(element)
    source = Source(reading, header if single else None, file, language)
    if name_of(element.tag) == "sourceDoc":
        result.body = (document(source, element, _whole_id(reading, element, header)),)
        return result
    for child in element.iterchildren(etree.Element):
        name = name_of(child.tag)
        if name == "body" and single:
            identifier = _whole_id(reading, element, header)
            result.body += (document(source, child, identifier),)
        elif name in REGIONS:
            reading.account(child, "mapped")
            own, found = _inside(source, child, 1)
            if own.blocks:
                line = line_of(child)
                found = (Part(reading.ids.free("text"), "text", "", own, line=line), *found)
            setattr(result, name, getattr(result, name) + found)
        else:
            result.body += _beside(source, child)
    return result


def _whole_id(reading: Reading, element: etree._Element, header: Header | None) -> str:
    """The id of a text that is one document: its own, that of its file, or one that is free."""
    above = element.getparent()
    given = reading.ids.given(element)
    if not given and above is not None and name_of(above.tag) == "TEI":
        given = reading.ids.given(above)
    return given or reading.ids.free(volume_id(reading, header))


def _beside(source: Source, element: etree._Element) -> Parts:
    """What stands beside front, body and back: a group of texts, or loose text."""
    reading = source.reading
    name = name_of(element.tag)
    if name == "text":
        one = text(reading, element, source.header, source.file)
        return one.front + one.body + one.back
    if name == "group":
        reading.account(element, "mapped")
        found: Parts = ()
        for child in element.iterchildren(etree.Element):
            found += _beside(source, child)
        return found
    flow = Flow(reading, Scope(name, pending=reading.pending))
    reading.pending = []
    flow.element(element)
    flow.flush()
    if not flow.blocks and not flow.scope.notes:  # breaks and catchwords: of what follows
        reading.pending = flow.scope.pending
        return ()
    body = _finish(flow, flow.scope)
    return (Part(reading.ids.free("text"), "text", "", body, line=line_of(element)),)


def _inside(source: Source, element: etree._Element, level: int) -> tuple[Body, Parts]:
    """The element's own text before its first part, and its parts, text between them included."""
    reading = source.reading
    scope = Scope(reading.ids.given(element) or normal(name_of(element.tag)), [])
    scope.pending, reading.pending = list(reading.pending), []
    flow = Flow(reading, scope, level=level)
    flow.text(element.text)
    own: Body | None = None
    found: list[Part | TeiDocument] = []

    def close(after: etree._Element) -> None:
        nonlocal own, flow, scope
        flow.flush()
        if any(point.kind == "note" for point in scope.pending):
            # a note between parts stays with the text that holds it
            flow.blocks = list(place_rest(tuple(flow.blocks), scope.pending))
            scope.pending = []
        reading.pending, waiting = list(scope.pending), scope
        if flow.blocks:
            body = Body(in_order(tuple(flow.blocks)), finished(waiting.notes))
            if own is None and not found:
                own = body
            else:
                identifier = reading.derived(scope, "text")
                found.append(Part(identifier, "text", "", body, line=line_of(after)))
        scope = Scope(scope.id, [], derived=scope.derived)
        flow = Flow(reading, scope, level=level)

    for child in element:
        if isinstance(child.tag, str):
            name = name_of(child.tag)
            if is_division(child) or name in ("titlePage", *DATA_LISTS):
                close(child)
                part = _part(source, child, name, level)
                if part is not None:
                    found.append(part)
                scope.pending, reading.pending = list(reading.pending), []
            else:
                flow.element(child)
        flow.text(child.tail)
    close(element)
    return own or Body(()), tuple(found)


def _part(
    source: Source, element: etree._Element, name: str, level: int
) -> Part | TeiDocument | None:
    """A division, title page or record."""
    reading = source.reading
    if name in DATA_LISTS:
        reading.account_tree(element, "data")
        return None
    if is_document(element):
        given = reading.ids.given(element)
        number = normal(f"d{element.get('n', '')}") if element.get("n") else "document"
        return document(source, element, given or reading.ids.free(number))
    reading.account(element, "mapped")
    identifier = reading.ids.given(element)
    kind = "title-page" if name == "titlePage" else reading.value(element, "type") or "section"
    if kind == "section":
        kind = _subject(reading, element)
    identifier = identifier or reading.ids.free(normal(kind))
    attributes = reading.attributes(element, "id", "type" if kind != "title-page" else "id")
    line = line_of(element)
    if holds_documents(element):
        body, parts = _inside(source, element, level + 1)
    else:
        scope = Scope(identifier, [])
        scope.pending, reading.pending = list(reading.pending), []
        flow = Flow(reading, scope, level=level)
        flow.walk(element)
        body, parts = _finish(flow, scope), ()
    title = record.title_of(body, None) or next(
        (record.listed(one) for one in leaves(body.blocks) if one.role in ("heading", "title")), ""
    )
    return Part(
        identifier,
        kind,
        title,
        body,
        parts,
        element.get("n", ""),
        line,
        attributes,
        element.get("type", ""),
    )


def _subject(reading: Reading, element: etree._Element) -> str:
    """What a section lists, by the type of a list in it or by its id; else `section`."""
    for one in element.iterdescendants(etree.Element):
        if name_of(one.tag) == "list" and (kind := LISTED.get(one.get("type", "").strip())):
            return kind
    identifier = reading.ids.given(element)
    return identifier if identifier in LISTED.values() else "section"


def finished(notes: list[Note | None]) -> tuple[Note, ...]:
    """The notes, all of them read by now."""
    return tuple(note for note in notes if note is not None)


def _finish(flow: Flow, scope: Scope) -> Body:
    """The text that a flow has read, with the points that waited to its end."""
    flow.flush()
    blocks = in_order(place_rest(tuple(flow.blocks), scope.pending))
    return Body(subheads(blocks), finished(scope.notes))


def document(source: Source, element: etree._Element, identifier: str) -> TeiDocument:
    """Read one document."""
    reading = source.reading
    reading.account(element, "mapped")
    scope = Scope(identifier, [])
    scope.pending, reading.pending = list(reading.pending), []
    flow = Flow(reading, scope)
    flow.walk(element)
    body = _finish(flow, scope)
    language = reading.language(element, element.get(f"{XML}lang") or source.language)
    made = record.make(
        identifier,
        body,
        source.header,
        (source.file.path, source.file.sha256),
        language,
        element,
    )
    head = record.heading(body)
    editorial = is_division(element) and record.is_editorial_note(body, source.header)
    return TeiDocument(
        id=identifier,
        number=element.get("n", ""),
        title=made.title.supplied,
        kind="editorial-note" if editorial else "document",
        record=made,
        body=body,
        heading=head.id if head is not None else "",
        line=line_of(element),
        whole=not is_division(element),
        attributes=reading.attributes(element, "type", "id", "n") if is_division(element) else (),
    )


def rest(reading: Reading, body: Parts) -> Parts:
    """The body, where points that waited to the file's end stand at the end of its last text."""
    waiting, reading.pending = list(reading.pending), []
    if not waiting:
        return body
    if not body:
        text = Body(place_rest((), waiting))
        return (Part(reading.ids.free("text"), "text", "", text),)
    last = body[-1]
    return (*body[:-1], _append(last, waiting))


def _append(part: Part | TeiDocument, waiting: list[Point]) -> Part | TeiDocument:
    if isinstance(part, Part) and part.parts:
        return replace(part, parts=(*part.parts[:-1], _append(part.parts[-1], waiting)))
    return replace(part, body=replace(part.body, blocks=place_rest(part.body.blocks, waiting)))
