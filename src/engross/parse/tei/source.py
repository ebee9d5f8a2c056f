"""The bytes of a TEI file as a tree: no DTD, no entities, no network, no huge trees."""

from contextlib import suppress
from xml.parsers import expat

from lxml import etree

from engross.catalog import finding, stop
from engross.model.finding import EngrossError, Place
from engross.model.source import SourceFile
from engross.parse.tei.elements import line_of
from engross.parse.tei.names import name_of

DEPTH = 100
"""Elements within elements that are followed; real volumes have about twenty."""


class _Seen(Exception):  # noqa: N818  (a signal, not an error)
    """Ends the look at the prolog."""


def _doctype_line(content: bytes) -> int:
    """The line of a document type declaration, or 0; looks no further than the root element."""
    parser = expat.ParserCreate()
    line = 0

    def doctype(*_: object) -> None:
        nonlocal line
        line = parser.CurrentLineNumber
        raise _Seen

    def start(*_: object) -> None:
        raise _Seen

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    # what is not well formed is lxml's to report
    with suppress(_Seen, expat.ExpatError, LookupError, ValueError):
        parser.Parse(content, True)
    return line


def parse(file: SourceFile) -> etree._Element:
    """
    Read the file into a tree whose root is `TEI` or `teiCorpus`.

    Raises:
        EngrossError: the file has a DOCTYPE, is not well formed, or is not TEI.
    """
    line = _doctype_line(file.content)
    if line:
        raise _declared(file, line)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(file.content, parser)
    except etree.XMLSyntaxError as error:
        row, column = error.position
        what = (error.msg or "no XML").rsplit(", line", 1)[0]
        raise stop(
            [
                finding(
                    "I001",
                    Place(file.path, row or 1, column),
                    f"not well formed: {what}",
                    "mend the file at this place, or ask its makers for a whole copy",
                )
            ]
        ) from error
    if _docinfo(root):
        raise _declared(file, 1)
    if name_of(root.tag) not in ("TEI", "teiCorpus"):
        raise stop(
            [
                finding(
                    "I003",
                    Place(file.path, line_of(root)),
                    f"the root element is <{name_of(root.tag)}>, not <TEI> or <teiCorpus>",
                    "name a TEI P5 file",
                )
            ]
        )
    deep = _too_deep(root)
    if deep is not None:
        raise stop(
            [
                finding(
                    "I005",
                    Place(file.path, line_of(deep)),
                    f"<{name_of(deep.tag)}> stands more than {DEPTH} elements deep",
                    "take out elements that hold nothing but one another",
                )
            ]
        )
    return root


def _too_deep(root: etree._Element) -> etree._Element | None:
    """The first element below the depth that we follow."""
    depth = 0
    element: etree._Element
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            return element
    return None


def _declared(file: SourceFile, line: int) -> EngrossError:
    return stop(
        [
            finding(
                "I002",
                Place(file.path, line),
                "the file has a document type declaration, and may define entities in it",
                "take the DOCTYPE out and write the characters themselves",
            )
        ]
    )


def _docinfo(root: etree._Element) -> str:
    return str(getattr(root.getroottree().docinfo, "doctype", ""))
