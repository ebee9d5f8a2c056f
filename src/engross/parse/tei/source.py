"""
The bytes of a TEI file as a tree: no network, no huge trees.

A document type declaration is passed over. The characters that it declares by name are put in, up
to the parser's own bounds; nothing that stands in another file is fetched, and a text that takes
in another file is refused.
"""

import re

from lxml import etree

from engross.catalog import finding, stop
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.parse.tei.elements import line_of
from engross.parse.tei.names import name_of
from engross.read.xml import parse_xml

INCLUDE = "{http://www.w3.org/2001/XInclude}include"
DEPTH = 100
"""Elements within elements that are followed; real volumes have about twenty."""


def parse(file: SourceFile) -> etree._Element:
    """
    Read the file into a tree whose root is `TEI` or `teiCorpus`.

    Raises:
        EngrossError: the file is not well formed, names what is outside it, or is not TEI P5.
    """
    try:
        root = parse_xml(file.content, resolve_entities="internal", collect_ids=False)
    except etree.XMLSyntaxError as error:
        raise stop([_broken(file, error)]) from error
    if name_of(root.tag) in ("TEI.2", "teiCorpus.2"):
        message = f"<{name_of(root.tag)}> is TEI P4, which was replaced in 2007"
        fix = "convert it to TEI P5 (p4top5.xsl of the TEI Consortium), and name the result"
        raise stop([finding("I003", Place(file.path, line_of(root)), message, fix)])
    if name_of(root.tag) not in ("TEI", "teiCorpus"):
        message = f"the root element is <{name_of(root.tag)}>, not <TEI> or <teiCorpus>"
        fix = "name a TEI P5 file"
        raise stop([finding("I003", Place(file.path, line_of(root)), message, fix)])
    header = {one for above in root.iter("{*}teiHeader") for one in above.iter(INCLUDE)}
    if taken := [_taken_in(file, one) for one in root.iter(INCLUDE) if one not in header]:
        raise stop(taken)
    deep = _too_deep(root)
    if deep is not None:
        message = f"<{name_of(deep.tag)}> stands more than {DEPTH} elements deep"
        raise stop([finding("I005", Place(file.path, line_of(deep)), message)])
    return root


def _taken_in(file: SourceFile, element: etree._Element) -> Finding:
    """What another file would have to say."""
    message = f"the text takes in {element.get('href', '')!r} by XInclude; no other file is read"
    fix = f"take it in first: xmllint --xinclude --output whole.xml {file.path}"
    return finding("I002", Place(file.path, line_of(element)), message, fix)


def _broken(file: SourceFile, error: etree.XMLSyntaxError) -> Finding:
    """What the parser stopped at: an entity that the file does not say, or a broken tag."""
    row, column = error.position
    what = (error.msg or "no XML").rsplit(", line", 1)[0]
    entity = re.match(r"Entity '(.+)' not defined", what)
    if entity or "amplification" in what or "entity reference loop" in what:
        name = entity[1] if entity else ""
        return finding(
            "I002",
            Place(file.path, row or 1, column),
            f"the entity &{name}; is declared outside the file, or nowhere"
            if entity
            else "the entities of the file stand for one another without end",
            'write the characters themselves, or declare it in the file: <!ENTITY name "…">',
        )
    return finding("I001", Place(file.path, row or 1, column), f"not well formed: {what}")


def _too_deep(root: etree._Element) -> etree._Element | None:
    """The first element below the depth that we follow."""
    depth = 0
    element: etree._Element
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            return element
    return None
