"""The record of one document: what its head, dateline, source note and header say."""

import re
from collections.abc import Iterator

from lxml import etree

from engross.model.text import Body, Leaf, ListBlock, Mark, Note, Run, leaves
from engross.parse.tei.dates import day
from engross.parse.tei.reading import folded
from engross.parse.tei.volume import Header, every_leaf
from engross.schema.base import Id
from engross.schema.document import (
    Dates,
    DocumentRecord,
    Hand,
    Participant,
    Place,
    Received,
    Source,
    Titles,
)

CLASSIFICATION = re.compile(
    r"(?:^|[.;] )((?:Top Secret|Secret|Confidential|Restricted|Official Use Only|"
    r"Limited Official Use|Personal|Unclassified|No classification marking|Eyes Only)[^.]*)\."
)
KEEPER = re.compile(
    r"archiv|librar|museum|department|ministry|agency|bureau|office|commission|committee|council|"
    r"institut|universit|cent(?:er|re)\b|collection|files\b|papers\b",
    re.IGNORECASE,
)
"""Words in the name of whoever keeps papers."""
NUMBER = re.compile(r"^\d+[a-z]?\.\s+")


def runs(body: Body, kind: str) -> Iterator[tuple[Leaf, Mark, str]]:
    """Each stretch of text under a mark of that kind, in the text itself."""
    for leaf in leaves(body.blocks):
        current: Mark | None = None
        text = ""
        for item in leaf.content:
            mark = next((m for m in item.marks if m.kind == kind), None)
            if mark is not current and current is not None:
                yield leaf, current, text
                text = ""
            current = mark
            if mark is not None and isinstance(item, Run):
                text += item.text
        if current is not None:
            yield leaf, current, text


def heading(body: Body) -> Leaf | None:
    """The document's head: the first that stands in no attachment."""
    for block in body.blocks:
        if isinstance(block, Leaf) and block.role == "heading":
            return block
    return None


def note_text(note: Note) -> str:
    """A note in one line."""
    return folded(" ".join(leaf.text for leaf in leaves(note.blocks)))


def _statements(body: Body) -> list[str]:
    """The statements of the archival source, each in one line, as the file has them."""
    stated = [leaf.text for leaf in leaves(body.blocks) if leaf.role == "source"]
    return stated + [note_text(note) for note in body.notes if note.kind == "source"]


def is_editorial_note(body: Body, header: Header | None) -> bool:
    """Whether it says so itself, or has neither dateline nor source nor opener nor signature."""
    head = heading(body)
    if head is not None and re.search(r"\beditorial note$", head.text.strip(" .[]"), re.IGNORECASE):
        return True
    own = {leaf.role for leaf in leaves(body.blocks)}
    framed = own & {"dateline", "signature", "salute", "letterhead"}
    return header is None and not framed and not any(_statements(body))


def _source(body: Body, header: Header | None) -> Source:
    if header is not None and header.manuscripts:
        ms = header.manuscripts[0]
        return Source.model_construct(
            repository=ms.repository,
            place=", ".join(part for part in (ms.settlement, ms.country) if part),
            collection=", ".join(part for part in (ms.collection, ms.shelfmark) if part),
            form=" ".join(part for part in (ms.form, ms.object_type) if part),
            also=tuple(
                ", ".join(p for p in (other.repository, other.shelfmark, other.form) if p)
                for other in header.manuscripts[1:]
            ),
        )
    stated = _statements(body)
    first = re.sub(r"^Sources?:\s*", "", stated[0]) if stated else ""
    match = CLASSIFICATION.search(first)
    name = re.split(r"[,;:]|\. |\.$", first, maxsplit=1)[0].strip()
    return Source.model_construct(
        repository=name if KEEPER.search(name) and not name[:1].isdigit() else "",
        collection=first if first[:1].isdigit() else "",
        raw=folded(" ".join(stated)),
        classification=match[1] if match else "",
    )


def _event(body: Body, header: Header | None) -> str:
    """The day of the document: of its sending, else the first in a dateline; or nothing."""
    if header is not None:
        for action in header.correspondence:
            if action.kind in ("sent", "") and action.day:
                return action.day
        if header.creation:
            return header.creation
    for leaf, mark, _ in runs(body, "date"):
        if leaf.role in ("dateline", "letterhead"):
            for name in ("when", "from", "notBefore", "when-iso"):
                found = day(mark.get(name))
                if found:
                    return found
    return ""


def _place(body: Body, header: Header | None) -> Place | None:
    if header is not None:
        for action in header.correspondence:
            if action.kind == "sent" and action.places and action.places[0].name.strip():
                return Place(name=action.places[0].name)
    for leaf, _, text in runs(body, "place"):
        if leaf.role == "dateline" and text.strip():
            before = leaf.text.split(text, 1)[0]
            supplied = before.count("[") > before.count("]")
            return Place(name=folded(text), supplied=supplied)
    return None


def _person(key: str) -> Id | None:
    """The first key that can be an id of the persons register."""
    first = key.split()[0] if key.strip() else ""
    return first if re.fullmatch(r"[a-z][a-z0-9-]{0,63}", first) else None


def _participants(body: Body, header: Header | None) -> tuple[Participant, ...]:
    """Senders and receivers of the header, or those named in the head; then those present."""
    found: list[Participant] = []
    if header is not None:
        for action in header.correspondence:
            role = {"sent": "author", "received": "recipient"}.get(action.kind)
            found += [
                Participant.model_validate(
                    {"person": _person(agent.key), "name": agent.name, "role": role}
                )
                for agent in action.agents
                if role and agent.name.strip()
            ]
    head = heading(body)
    for leaf, mark, text in runs(body, "person"):
        role = {"from": "author", "to": "recipient"}.get(mark.get("type"))
        if head is not None and leaf.id == head.id and role and text.strip():
            found.append(
                Participant.model_validate(
                    {"person": _person(mark.get("key")), "name": folded(text), "role": role}
                )
            )
    return (*found, *_present(body))


def _present(body: Body) -> Iterator[Participant]:
    """Those in a list of participants, each with the rest of the line as office."""
    for block in body.blocks:
        if not isinstance(block, ListBlock) or block.role != "participants":
            continue
        for item in block.items:
            for leaf in leaves(item.blocks):
                named = Body((leaf,))
                people = [(mark, text) for _, mark, text in runs(named, "person")]
                name = folded(people[0][1]) if people else leaf.text
                if not name.strip():
                    continue
                key = people[0][0].get("key") if people else ""
                office = folded(leaf.text.replace(name, "", 1)).strip(" ,;") if people else ""
                yield Participant(person=_person(key), name=name, office=office, role="attended")


def _hands(header: Header | None) -> tuple[Hand, ...]:
    if header is None:
        return ()
    hands = []
    for ms in header.manuscripts:
        for hand in ms.hands:
            parts = (hand.medium, hand.style, hand.text)
            text = "; ".join(part for part in parts if part) or hand.id
            hands.append(Hand(id=hand.id, person=_person(hand.scribe), description=text))
    return tuple(hands)


def listed(head: Leaf) -> str:
    """A head as contents and running heads have it: words that were deleted are not its words."""
    runs = [item for item in head.content if isinstance(item, Run)]
    gone = {"deleted", "surplus"}
    return folded("".join(one.text for one in runs if not gone & {m.kind for m in one.marks}))


def title_of(body: Body, header: Header | None) -> str:
    """The head in one line, without the number before it; of a letter, the header's title."""
    head = heading(body)
    if head is not None:
        return NUMBER.sub("", listed(head))
    return header.title if header is not None else ""


def make(
    identifier: str,
    body: Body,
    header: Header | None,
    file: tuple[str, str],
    language: str,
    element: etree._Element,
) -> DocumentRecord:
    """
    The record, as far as the file goes; nothing is made up.

    What the schema of `document.yaml` demands and the file does not say is "": the day of an
    undated document, the repository of one without a source, the title of one without a head,
    the language where none is named.
    `header` is given only where it describes this one document.
    """
    path, sha256 = file
    dates = Dates.model_construct(event=_event(body, header), record=None)
    # Withheld is a document of which nothing is printed but its heading.
    texts = [leaf for leaf in every_leaf(Body(body.blocks)) if leaf.role != "heading"]
    withheld = bool(texts) and all("not declassified" in leaf.text.lower() for leaf in texts)
    return DocumentRecord(
        id=identifier,
        type=element.get("subtype", "").strip() or "document",
        received=Received(file=path, sha256=sha256, format="tei"),
        title=Titles.model_construct(supplied=title_of(body, header)),
        dates=dates,
        place=_place(body, header),
        language=language,
        source=_source(body, header),
        participants=_participants(body, header),
        hands=_hands(header),
        withheld=withheld,
    )
