"""
What each element of TEI becomes: the tables that the reader, the report and the docs go by.

An element that stands in no table here but in TEI P5 is kept as text under a mark that names it;
one that stands in neither is kept as text and reported.
"""

from importlib.resources import files

from lxml import etree


def named(words: str) -> frozenset[str]:
    """The names in a list that spaces separate."""
    return frozenset(words.split())


def _classes() -> dict[str, frozenset[str]]:
    """The elements of each class in `classes.txt`."""
    found: dict[str, frozenset[str]] = {}
    for line in files(__package__).joinpath("classes.txt").read_text("utf-8").splitlines():
        name, *elements = line.split() or ["#"]
        if name != "#":
            found[name] = found.get(name, frozenset()) | frozenset(elements)
    return found


CLASSES = _classes()
"""What an element without rules of its own is on a page, by its class in TEI."""

LEAVES = {
    "p": "paragraph",
    "ab": "paragraph",
    "head": "heading",
    "dateline": "dateline",
    "signed": "signature",
    "salute": "salute",
    "byline": "byline",
    "trailer": "trailer",
    "addrLine": "address",
    "affiliation": "affiliation",
    "l": "verse",
    "speaker": "speaker",
    "stage": "stage",
    "titlePart": "title",
    "docImprint": "imprint",
    "docAuthor": "author",
    "docDate": "dateline",
    "docEdition": "edition",
    "imprimatur": "imprint",
    "seg": "label",
    "label": "label",
    "bibl": "paragraph",
    **dict.fromkeys(CLASSES["paragraph"], "paragraph"),
    **{name: name.lower() for name in CLASSES["leaf"]},
}
"""Elements that hold running text, with the role of the leaf block."""

DIVISIONS = {
    "div": "section",
    **{f"div{n}": "section" for n in range(1, 8)},
    "opener": "opener",
    "closer": "closer",
    "postscript": "postscript",
    "frus:attachment": "attachment",
    "lg": "verse",
    "sp": "speech",
    "address": "address",
    "argument": "argument",
    "epigraph": "epigraph",
    "floatingText": "attachment",
    "docTitle": "title",
    "body": "section",
    "front": "section",
    "back": "section",
    "group": "section",
    "text": "section",
    "titlePage": "title-page",
    "listBibl": "bibliography",
    **{name: name.lower() for name in CLASSES["division"]},
}
"""Elements that hold blocks, with the role of the division."""

CONTEXTUAL = (
    named("dateline signed salute byline affiliation docDate docAuthor docEdition bibl label")
    | CLASSES["contextual"]
)
"""Leaves where they stand among blocks, marks where they stand in running text."""

STRUCTURAL = frozenset(DIVISIONS) | {"item", "quote", "cit", "note", "figure", "cell"}

MARKS = {
    "hi": "emphasis",
    "emph": "emphasis",
    "foreign": "language",
    "distinct": "language",
    "mentioned": "quote",
    "soCalled": "quote",
    "quote": "quote",
    "q": "quote",
    "said": "quote",
    "title": "title",
    "persName": "person",
    "placeName": "place",
    "settlement": "place",
    "country": "place",
    "region": "place",
    "geogName": "place",
    "orgName": "organisation",
    "name": "name",
    "rs": "name",
    "term": "term",
    "gloss": "term",
    "date": "date",
    "time": "time",
    "ref": "reference",
    "ptr": "reference",
    "add": "added",
    "del": "deleted",
    "subst": "substitution",
    "unclear": "unclear",
    "supplied": "supplied",
    "surplus": "surplus",
    "damage": "damage",
    "restore": "restored",
    "sic": "sic",
    "corr": "corrected",
    "orig": "original",
    "reg": "regularised",
    "abbr": "abbreviation",
    "expan": "expansion",
    "ex": "expansion",
    "am": "abbreviation",
    "seg": "segment",
    "c": "glyph",
    "g": "glyph",
    "stamp": "stamp",
    "label": "label",
    "salute": "salute",
    "signed": "signature",
    "dateline": "dateline",
    "affiliation": "affiliation",
    "byline": "byline",
    "bibl": "work",
    "author": "person",
    "editor": "person",
    "publisher": "organisation",
    "pubPlace": "place",
    "docDate": "date",
    "docAuthor": "person",
    "docEdition": "edition",
    "num": "number",
    "measure": "number",
    "roleName": "office",
    "forename": "name",
    "surname": "name",
}
"""Elements inside running text, with the kind of mark."""

DEFAULT_ELEMENT = {
    "emphasis": "hi",
    "strong": "hi",
    "small-caps": "hi",
    "underline": "hi",
    "sub": "hi",
    "sup": "hi",
    "strike": "hi",
    "upright": "hi",
    "printed": "hi",
    "spaced": "hi",
    "code": "hi",
    "rend": "hi",
    "language": "foreign",
    "quote": "quote",
    "person": "persName",
    "place": "placeName",
    "organisation": "orgName",
    "term": "term",
    "date": "date",
    "time": "time",
    "reference": "ref",
    "link": "ref",
    "added": "add",
    "deleted": "del",
    "substitution": "subst",
    "unclear": "unclear",
    "supplied": "supplied",
    "surplus": "surplus",
    "sic": "sic",
    "corrected": "corr",
    "original": "orig",
    "abbreviation": "abbr",
    "expansion": "expan",
    "segment": "seg",
    "glyph": "c",
    "signature": "signed",
    "salute": "salute",
    "title": "title",
    "name": "rs",
}
"""The element of a mark that names no element of its own."""

POINTS = {
    "pb": "break",
    "cb": "column",
    "gb": "gathering",
    "milestone": "milestone",
    "lb": "line",
    "gap": "gap",
    "space": "space",
    "anchor": "anchor",
    "handShift": "hand-shift",
    "graphic": "image",
    "fw": "forme-work",
    "index": "index",
}
"""Elements that stand between two characters."""

PLAIN = CLASSES["division"] | CLASSES["paragraph"] | CLASSES["leaf"]
"""Blocks that are set plainly."""

FLOATING = frozenset({"break", "column", "gathering", "milestone", "line", "anchor", "space"}) | {
    "hand-shift",
    "note",
    "forme-work",
    "index",
}
"""Points that may wait for the next block when they stand between blocks."""

LISTED = CLASSES["listed"]
"""Elements of elements alone: a comma stands between two of them."""

APART = CLASSES["apart"]
"""Elements that a space divides, where the file has none between two of them."""

RENDITIONS = {
    "italic": "emphasis",
    "italics": "emphasis",
    "i": "emphasis",
    "bold": "strong",
    "strong": "strong",
    "b": "strong",
    "smallcaps": "small-caps",
    "small-caps": "small-caps",
    "sc": "small-caps",
    "underline": "underline",
    "underlined": "underline",
    "double-underline": "underline",
    "sub": "sub",
    "subscript": "sub",
    "sup": "sup",
    "super": "sup",
    "superscript": "sup",
    "strikethrough": "strike",
    "overstrike": "strike",
    "roman": "upright",
    "normal": "upright",
    "typewriter": "code",
    "spaced-out": "spaced",
    "pre-print": "printed",
    "latintype": "latin",
    "antiqua": "latin",
    "capitals": "capitals",
    "allcaps": "capitals",
}
"""`hi/@rend`, with the kind of mark."""

VALUES: dict[tuple[str, str], frozenset[str]] = {
    ("hi", "rend"): frozenset(RENDITIONS),
    ("p", "rend"): named(
        "sectiontitleital sectiontitle center flushleft left right italic inline hanging indent "
        "sourceparagraphspaceafter sourceparagraphtightspacing sourceparagraphfullindent "
        "sourcearchiveheading sourceheadcenterboldbig sourceheadcenterbold sourceheadbold "
        "boldtext subjectlist blockquote noindent"
    ),
    ("div", "type"): named(
        "document document-pending compilation chapter subchapter section toc attachment index "
        "online-supplement address writingSession image letter envelope enclosure volume part "
        "preface appendix bibliography glossary"
    ),
    ("list", "type"): named(
        "subject participants to from references toc terms names persons sources index simple "
        "bulleted ordered numbered unordered gloss inline"
    ),
    ("note", "type"): named(
        "source summary commentary textual textConst explanatory author editorial foot end "
        "translator footnote"
    ),
    ("cell", "role"): named("num label data dot-leader"),
    ("row", "role"): named("label data"),
}
"""Values that are known; another is reported with the nearest of these."""

DATA_LISTS = named("listPerson listPlace listOrg listBibl listEvent listWit standOff particDesc")
"""Registers that stand in the back matter as records; kept whole."""

DROPPED = {
    "xhtml:script": "program code of a web page, not text",
    "xhtml:object": "player of a web page, not text",
    "xhtml:param": "setting of a web page's player, not text",
    "xhtml:style": "style sheet of a web page, not text",
    "frus:file": "pointer to a file",
    "frus:pdf": "pointer to a file",
}
"""Elements whose content is left out, with the reason that the report gives."""

HIDDEN = "hidden from readers by display:none"

P5 = frozenset(files(__package__).joinpath("p5.txt").read_text("utf-8").split())
"""Elements of TEI P5, and those of the FRUS name space that its volumes declare."""


def line_of(element: etree._Element) -> int:
    """The line on which an element's tag ends, from 1; 0 if the parser does not know it."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def inner_text(element: etree._Element) -> str:
    """All characters below an element, as they stand."""
    return "".join(str(piece) for piece in element.itertext())
