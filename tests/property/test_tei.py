"""Whatever a TEI file nests, no character is lost, and the export says the same again."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.tei_volume import make_tei_volume, points

from engross.model.source import SourceFile
from engross.parse.tei import prove, read_tei
from engross.parse.tei.elements import P5
from engross.parse.tei.proof import of_tree, segments

TEI = "http://www.tei-c.org/ns/1.0"
BLOCKS = [
    "p",
    "ab",
    "head",
    "dateline",
    "signed",
    "salute",
    "opener",
    "closer",
    "postscript",
    "list",
    "table",
    "quote",
    "figure",
    "lg",
    "address",
    "div",
    "note",
    "pb",
    "gap",
    "lb",
    "seg",
    "byline",
    "trailer",
    "sp",
    "bibl",
    "listPerson",
    "listBibl",
    "itemitem",
    "frus",
]
INLINES = [
    "hi",
    "persName",
    "placeName",
    "term",
    "gloss",
    "date",
    "ref",
    "note",
    "lb",
    "pb",
    "gap",
    "space",
    "add",
    "del",
    "subst",
    "choice",
    "unclear",
    "supplied",
    "c",
    "seg",
    "foreign",
    "title",
    "quote",
    "list",
    "table",
    "signed",
    "uh-oh",
    "bibl",
    "fw",
    "anchor",
    "handShift",
    "label",
    "dateline",
    "salute",
    "figure",
    "lg",
    "stamp",
]
WORDS = st.sampled_from(
    [
        "one",
        " two ",
        "three,",
        "(four",
        " ",
        "\n   ",
        ".",
        "”",
        "“five",
        "six seven",
        "",
        "\xa0",
        "8",
        "é\xa0x",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        {},
        {},
        {"rend": "italic"},
        {"type": "from"},
        {"{http://www.w3.org/XML/1998/namespace}lang": "no tag"},
        {"rend": "blockquote"},
        {"type": "source"},
        {"n": "0"},
        {"target": "#nowhere"},
        {"when": "1948-02-30"},
        {"break": "no"},
        {"rendition": "#dots", "n": "3"},
        {"unit": "chars", "quantity": "1"},
        {"cols": "2"},
    ]
)
INSIDE = {
    "list": ["item", "label", "head", "pb", "note", "p"],
    "table": ["row", "head", "pb", "note"],
    "row": ["cell", "pb", "note"],
    "choice": ["sic", "corr", "orig", "reg", "abbr", "expan"],
    "subst": ["del", "add"],
    "figure": ["head", "graphic", "figDesc", "p", "note"],
    "lg": ["l", "head", "pb", "lg"],
    "address": ["addrLine", "pb"],
    "sp": ["speaker", "p", "stage"],
    "graphic": [],
    "pb": [],
    "lb": [],
    "anchor": [],
    "handShift": [],
}
EMPTY = {"graphic", "pb", "lb", "anchor", "handShift"}
ALL = sorted(
    {name for name in P5 if ":" not in name}
    - {"TEI", "teiCorpus", "text", "teiHeader", "sourceDoc", *EMPTY}
)
"""Every element of TEI may turn up anywhere."""
FLOWS = {"div", "opener", "closer", "postscript", "quote", "item", "cell", "note", "body"}


@st.composite
def trees(draw: st.DrawFn, name: str = "body", depth: int = 0) -> etree._Element:
    """An element with whatever may or may not stand in it."""
    element = etree.Element(f"{{{TEI}}}{name}")
    for key, value in draw(ATTRIBUTES).items():
        element.set(key, value)
    if name in EMPTY:
        return element
    names = INSIDE.get(name) or ([*BLOCKS, "hi", "persName"] if name in FLOWS else INLINES)
    if (
        name not in ("list", "table", "row", "body", "choice", "subst")
        or draw(st.integers(0, 9)) > 8
    ):
        element.text = draw(WORDS)
    for _ in range(draw(st.integers(0, 3 if depth < 4 else 0))):
        kind = draw(st.sampled_from(names) | st.sampled_from(ALL))
        child = draw(trees(kind, depth + 1))
        child.tail = draw(WORDS) if name not in ("choice", "subst") else ""
        element.append(child)
    return element


@st.composite
def regions(draw: st.DrawFn, name: str, depth: int = 0) -> etree._Element:
    """Front, body, back or a compilation: sections and documents, and what stands between them."""
    element = etree.Element(f"{{{TEI}}}{name}")
    element.text = draw(WORDS) if draw(st.booleans()) else None
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(
            st.sampled_from(
                [
                    "div",
                    "document",
                    "compilation",
                    "titlePage",
                    "pb",
                    "note",
                    "p",
                    "listPerson",
                    "listBibl",
                ]
            )
        )
        if kind == "compilation" and depth < 2:
            child = draw(regions("div", depth + 1))
            child.set("type", draw(st.sampled_from(["compilation", "chapter", "cmopilation"])))
        elif kind == "document":
            child = draw(trees("div", 1))
            child.set("type", "document")
            child.set("n", str(draw(st.integers(1, 3))))
        else:
            child = draw(trees("div" if kind == "compilation" else kind, 2))
        if kind[:4] != "list" and draw(st.booleans()):
            child.set("{http://www.w3.org/XML/1998/namespace}id", draw(st.sampled_from("aAb")))
        child.tail = draw(WORDS)
        element.append(child)
        if draw(st.integers(0, 5)) == 5:
            element.append(etree.Comment(" a remark "))
            element[-1].tail = draw(WORDS)
    return element


@st.composite
def files(draw: st.DrawFn) -> SourceFile:
    """A volume of sections and documents, or a body that is one document."""
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    text = etree.SubElement(root, f"{{{TEI}}}text")
    if draw(st.booleans()):
        text.append(draw(trees()))
    else:
        for name in ("front", "body", "back"):
            if name == "body" or draw(st.booleans()):
                text.append(draw(regions(name)))
    return SourceFile.of("v.xml", etree.tostring(root, encoding="utf-8"))


QUICK = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@QUICK
@given(file=files())
def test_every_character_and_every_element_is_accounted_for(file: SourceFile) -> None:
    volume = read_tei(file)
    assert [str(f) for f in volume.findings if f.code == "I031"] == []
    assert [str(f) for f in prove(volume, file)] == []


@QUICK
@given(file=files())
def test_what_is_exported_reads_as_the_same_texts(file: SourceFile) -> None:
    volume = read_tei(file)
    written = SourceFile.of("v.xml", make_tei_volume(volume, file))
    again = read_tei(written)
    assert [str(f) for f in prove(again, written)] == []
    assert again.notes == volume.notes
    assert points(again, "break") == points(volume, "break")
    first = [(d.id, segments(of_tree(d.body).text)) for d in volume.documents]
    second = [(d.id, segments(of_tree(d.body).text)) for d in again.documents]
    assert second == first
