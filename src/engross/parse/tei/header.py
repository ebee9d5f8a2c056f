"""The facts of a `teiHeader`, in both ages of the FRUS headers and in those of letter editions."""

from lxml import etree

from engross.parse.tei import dates
from engross.parse.tei.manuscripts import actions, agent, manuscripts
from engross.parse.tei.names import TEI, XML, name_of
from engross.parse.tei.reading import Reading, words
from engross.parse.tei.volume import Agent, Header, Title

SPELLINGS = {
    "subseries": "sub-series",
    "volumenumber": "volume-number",
    "volumeno": "volume-number",
}
"""The older spelling of a title's type, and the newer."""


def path(element: etree._Element, *names: str) -> list[etree._Element]:
    """The elements that a path of TEI names leads to; `*` is not understood."""
    found = [element]
    for name in names:
        found = [
            child
            for above in found
            for child in above.iterchildren(etree.Element)
            if name_of(child.tag) == name
        ]
    return found


def _first(element: etree._Element, *names: str) -> str:
    found = path(element, *names)
    return words(found[0]) if found else ""


def _titles(statement: list[etree._Element]) -> tuple[Title, ...]:
    titles = []
    for element in statement:
        for title in path(element, "title"):
            kind = title.get("type", "")
            kind = SPELLINGS.get(kind, kind) or f"level-{title.get('level', 'a')}"
            titles.append(Title(kind, words(title)))
    return tuple(title for title in titles if title.text)


def _agents(element: etree._Element) -> tuple[Agent, ...]:
    result: list[Agent] = []
    for statement in path(element, "fileDesc", "titleStmt"):
        for child in statement.iterchildren(etree.Element):
            name = name_of(child.tag)
            if name not in ("editor", "author", "funder", "principal", "sponsor"):
                continue
            people = [*path(child, "name"), *path(child, "persName"), *path(child, "orgName")]
            role = child.get("role") or name
            result += [agent(person, role) for person in people or [child]]
    for statement in element.iter(f"{{{TEI}}}respStmt"):
        role = "; ".join(words(resp) for resp in path(statement, "resp"))
        for kind in ("persName", "name", "orgName"):
            result += [agent(person, role) for person in path(statement, kind)]
    return tuple(one for one in result if one.name)


def read(reading: Reading, element: etree._Element) -> Header:
    """Read a header."""
    titles = _titles(path(element, "fileDesc", "titleStmt"))
    by_kind = {title.kind: title.text for title in reversed(titles)}
    series = by_kind.get("series") or by_kind.get("level-s", "")
    main = by_kind.get("complete") or by_kind.get("level-a") or by_kind.get("main") or ""
    if not main:
        main = next((t.text for t in titles if t.kind not in ("series", "level-s")), "")
    made = path(element, "profileDesc", "creation", "date")
    ids = path(element, "fileDesc", "publicationStmt", "idno")
    languages = path(element, "profileDesc", "langUsage", "language")
    root = element.getparent()
    own_language = root.get(f"{XML}lang", "") if root is not None else ""
    reading.account_tree(element, "data")
    return Header(
        title=main,
        titles=titles,
        series=series,
        subseries=by_kind.get("sub-series", ""),
        volume=by_kind.get("volume-number", ""),
        agents=_agents(element),
        publisher=_first(element, "fileDesc", "publicationStmt", "publisher"),
        place=_first(element, "fileDesc", "publicationStmt", "pubPlace"),
        creation=dates.first_day(made[0]) if made else "",
        id=next((words(one) for one in ids if one.get("type") == "frus"), ""),
        language=languages[0].get("ident", "") if languages else own_language,
        manuscripts=manuscripts(element),
        correspondence=actions(element),
    )
