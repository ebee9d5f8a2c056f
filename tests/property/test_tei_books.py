"""
Whatever elements of TEI a file is made of, it builds and is proved, and its words are all there.

Files are drawn over all elements of TEI P5 by their classes, some of them in places of their own,
many in one `teiCorpus`, which is typeset once. One that fails is found by building each alone.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.property.test_documents import pictures

from engross.commands.build import build
from engross.commands.new import NewRequest, new
from engross.commands.request import BuildRequest
from engross.model.finding import EngrossError
from engross.parse.tei.elements import CLASSES, P5, named
from engross.read import Limits
from engross.verify import verify_folder

TEI = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
WORDS = ("the", "harbour", "of", "Nagasaki", "1961", "re-opened", "d’être", "£5,000", "(so", "on)")
WORDS += ("Moscow,", "“peace”", "[sic]", "and", "Ōsaka", "a", "I", "efficient", "Straße", "no.") * 2
OUTSIDE = frozenset(
    [
        "TEI",
        "teiCorpus",
        "teiHeader",
        "text",
        "body",
        "front",
        "back",
        "group",
        "sourceDoc",
        "facsimile",
    ]
)
"""What stands about the text."""
EMPTY = frozenset(
    [
        "pb",
        "lb",
        "cb",
        "gb",
        "milestone",
        "anchor",
        "gap",
        "space",
        "handShift",
        "ptr",
        "graphic",
        "media",
    ]
)
BESIDE = named("figDesc fw index binaryObject desc head") | EMPTY
INSIDE = {
    "list": ("item", "item", "item", "head", "label", "pb"),
    "table": ("row", "row", "row", "head", "pb"),
    "row": ("cell", "cell", "cell"),
    "choice": ("sic", "corr", "orig", "reg", "abbr", "expan"),
    "subst": ("del", "add"),
    "ruby": ("rb", "rt"),
    "app": ("lem", "rdg", "rdg", "rdgGrp", "note"),
    "rdgGrp": ("rdg", "rdg"),
    "figure": ("head", "graphic", "figDesc", "p"),
    "lg": ("l", "l", "l", "head", "lg"),
    "address": ("addrLine", "addrLine"),
    "sp": ("speaker", "p", "stage", "l"),
    "castList": ("castItem", "castItem", "castGroup", "head"),
    "castItem": ("role", "roleDesc", "actor"),
    "biblStruct": ("analytic", "monogr", "series"),
    "analytic": ("author", "title"),
    "monogr": ("author", "title", "imprint", "biblScope"),
    "imprint": ("pubPlace", "publisher", "date"),
    "entry": ("form", "gramGrp", "sense", "etym"),
    "form": ("orth", "pron", "hyph"),
    "sense": ("def", "cit", "usg"),
    "cit": ("quote", "bibl"),
    "listBibl": ("bibl", "biblStruct", "head"),
    "listPerson": ("person", "head"),
    "person": ("persName", "birth", "note"),
    "opener": ("dateline", "salute"),
    "closer": ("salute", "signed", "dateline"),
    "postscript": ("label", "p"),
    "msDesc": ("msIdentifier", "head", "p"),
    "msIdentifier": ("settlement", "repository", "idno"),
    "titlePage": ("docTitle", "byline", "docImprint", "docDate"),
    "docTitle": ("titlePart", "titlePart"),
    "respStmt": ("resp", "name"),
    "eg": (),
}
BLOCKS = ("p", "p", "p", "ab", "list", "table", "lg", "quote", "figure", "sp", "floatingText")
BLOCKS += ("castList", "entry", "u", "listBibl", "biblStruct", "opener", "closer", "postscript")
BLOCKS += ("pb", "milestone", "argument", "epigraph", "msDesc", "stage", "address", "trailer")
PHRASES = ("hi", "hi", "note", "note", "ref", "persName", "date", "lb", "pb", "gap", "choice")
PHRASES += ("del", "add", "subst", "supplied", "unclear", "app", "foreign", "q", "title", "fw")
ALL = sorted(name for name in P5 - OUTSIDE if ":" not in name)
FLOWS = CLASSES["division"] | named("div quote item cell note argument epigraph body")
RENDS = ("italic", "bold", "smallcaps", "superscript", "underline", "wavy", "bold italic")
STYLES = ("font-style: italic", "font-variant: small-caps; letter-spacing: 1pt", "color: red")


class Pen:
    """Writes the text of a file, as its seed says."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.left = 60
        """Elements that may still be made."""
        self.seed = seed
        self.names = 0

    def words(self, most: int = 8) -> str:
        found = " ".join(self.draw.choices(WORDS, k=self.draw.randint(1, most)))
        return f"{self.draw.choice(['', ' ', ''])}{found}{self.draw.choice(['', ' ', chr(10)])}"

    def attributes(self, element: etree._Element, name: str) -> None:
        draw = self.draw
        if draw.random() < 0.15:
            element.set("rend", draw.choice(RENDS))
        if draw.random() < 0.06:
            element.set("style", draw.choice(STYLES))
        if draw.random() < 0.06:
            element.set(f"{XML}lang", draw.choice(["fr", "de", "la", "ru-Latn"]))
        if draw.random() < 0.1:
            self.names += 1
            element.set(f"{XML}id", f"x{self.seed}-{self.names}")
        if name in ("note", "pb", "item", "l", "lb") and draw.random() < 0.4:
            element.set("n", str(draw.randint(1, 99)))
        if name in ("lb", "pb") and draw.random() < 0.2:
            element.set("break", "no")
        if name == "list" and draw.random() < 0.5:
            element.set("type", draw.choice(["bulleted", "ordered", "simple", "gloss", "index"]))
        if name in ("row", "cell") and draw.random() < 0.2:
            element.set("role", "label")
        if name == "graphic":
            element.set("url", draw.choice([*pictures(), "absent.png"]))
        if name in ("ref", "ptr"):
            element.set("target", draw.choice(["https://example.org/a", f"#x{self.seed}-1"]))

    def make(self, name: str, depth: int, parent: str = "") -> etree._Element:
        self.left -= 1
        element = etree.Element(f"{{{TEI}}}{name}")
        self.attributes(element, name)
        if name in EMPTY:
            return element
        if name in INSIDE:
            kinds, count, mixed = INSIDE[name], self.draw.randint(0, 4), not INSIDE[name]
        elif name in FLOWS and parent not in ("p", "hi"):
            kinds, count = (*BLOCKS, *PHRASES) if name in ("item", "cell") else BLOCKS, 3
            count, mixed = self.draw.randint(0, count), name in ("item", "cell", "note", "quote")
        else:
            kinds, count, mixed = PHRASES, self.draw.choice([0, 0, 1, 2]), True
        if mixed and self.draw.random() < 0.95:
            element.text = self.words()
        for _ in range(count if depth and kinds and self.left > 0 else 0):
            kind = self.draw.choice(ALL if self.draw.random() < 0.25 and mixed else kinds)
            if kind == "note" and name == "note":
                kind = "hi"
            element.append(self.make(kind, depth - 1, name))
            if mixed:
                element[-1].tail = self.words(4)
        if not mixed and not len(element):
            element.append(self.make(kinds[0], 0, name))
        return element

    def body(self) -> etree._Element:
        body = etree.Element(f"{{{TEI}}}body")
        for _ in range(self.draw.randint(0, 3)):
            body.append(self.make(self.draw.choice(BLOCKS), 4))
        for _ in range(self.draw.randint(1, 2)):
            division = etree.SubElement(body, f"{{{TEI}}}div")
            if self.draw.random() < 0.7:
                division.append(self.make("head", 1))
            for _ in range(self.draw.randint(1, 4)):
                any_one = self.draw.random() < 0.3
                division.append(self.make(self.draw.choice(ALL if any_one else BLOCKS), 4))
            paragraph = etree.SubElement(division, f"{{{TEI}}}p")
            paragraph.text = "So " + self.words()
        return body


def header(title: str) -> etree._Element:
    return etree.fromstring(
        f"<teiHeader xmlns='{TEI}'><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        "<publicationStmt><p>Drawn.</p></publicationStmt><sourceDesc><p>Drawn.</p></sourceDesc>"
        "</fileDesc></teiHeader>"
    )


def tei(seed: int, body: etree._Element) -> etree._Element:
    """A `TEI` around a body."""
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    root.append(header(f"Drawn {seed}"))
    etree.SubElement(root, f"{{{TEI}}}text").append(body)
    return root


def document(seed: int) -> etree._Element:
    """A `TEI` of the generator."""
    return tei(seed, Pen(seed).body())


def write(folder: Path, roots: list[etree._Element]) -> Path:
    """A file of one `TEI`, or of all in a corpus, its pictures beside it."""
    folder.mkdir(parents=True)
    for name, content in pictures().items():
        (folder / name).write_bytes(content)
    root = roots[0]
    if len(roots) > 1:
        root = etree.Element(f"{{{TEI}}}teiCorpus", nsmap={None: TEI})
        root.append(header("Drawn Files"))
        root.extend(etree.fromstring(etree.tostring(one)) for one in roots)
    path = folder / "drawn.xml"
    path.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    return path


def faults(folder: Path, roots: list[etree._Element]) -> list[str]:
    source = write(folder, roots)
    made = new(NewRequest(folder / "book", source, date="2026-11-30"))
    if made.exit_status:
        return [str(one) for one in made.findings]
    form = folder / "book/manifest.yaml"
    outputs = "outputs: [epub, print, screen, web]"
    form.write_text(re.sub(r"(?m)^outputs:.*$", outputs, form.read_text("utf-8")), "utf-8")
    try:
        done = build(BuildRequest(book=folder / "book"))  # whole: parts are not proved
    except EngrossError as error:
        return [str(one) for one in error.findings if one.is_error]
    told = [str(one) for one in done.findings if one.is_error]
    return told or lost(source, next(folder.glob("**/dist/**/*.epub")))


def lost(source: Path, epub: Path) -> list[str]:
    """Letters of the file's text that the EPUB has not as often, by no code of the reader."""
    wanted = Counter[str]()
    for text in etree.parse(source).getroot().iter(f"{{{TEI}}}text"):
        wanted += letters(plain(text))
    with zipfile.ZipFile(io.BytesIO(epub.read_bytes())) as book:
        pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
    found = letters(piece for page in pages for piece in etree.fromstring(page).itertext())
    return [f"{one}: {wanted[one]} in the file, {found[one]} read" for one in wanted - found]


def letters(pieces: Iterable[str]) -> Counter[str]:
    return Counter("".join(re.findall(r"\w", "".join(pieces))))


def plain(element: etree._Element) -> list[str]:
    """The words of an element, without those that stand beside the text."""
    name = etree.QName(element).localname
    if name in BESIDE - {"head"}:
        return []
    found = [element.text or ""]
    children = list(element.iterchildren(etree.Element))
    if name == "choice":
        order = ("sic", "orig", "abbr")
        first = next((c for n in order for c in children if etree.QName(c).localname == n), None)
        children = [first if first is not None else children[0]] if children else []
    for child in children:
        found += [*plain(child), child.tail or ""]
    return found


def prove(folder: Path, seeds: list[int]) -> None:
    """Build them in one book; where that fails, tell the first that fails alone."""
    if not (told := faults(folder / "all", [document(seed) for seed in seeds])):
        return
    for seed in seeds:
        if alone := faults(folder / f"alone-{seed}", [document(seed)]):
            pytest.fail(
                "\n".join([f"seed {seed}", *alone[:4], etree.tostring(document(seed)).decode()])
            )
    pytest.fail("only together: " + "\n".join(told[:4]))


SEEDS = st.integers(1, 2**31)
QUIET = settings(deadline=None, phases=[Phase.generate], database=None)


@settings(QUIET, max_examples=1, derandomize=True)
@given(st.lists(SEEDS, min_size=20, max_size=20, unique=True))
def test_twenty_files_of_any_elements_build_and_keep_their_words(
    tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    prove(tmp_path_factory.mktemp("drawn"), seeds)


@pytest.mark.slow
@settings(QUIET, max_examples=50)
@given(st.lists(SEEDS, min_size=20, max_size=20, unique=True))
def test_a_thousand_files_of_any_elements_build_and_keep_their_words(
    tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    prove(tmp_path_factory.mktemp("drawn"), seeds)


FOUND = {
    "items and rows of nothing": (
        "<list><item>a</item><item/></list><list type='bulleted'><item/></list><list/><list>"
        "<item/></list><table><row/></table><table><row><cell/></row></table><list type='gloss'>"
        "<label>b</label><item/><label/><item/></list>"
    ),
    "labels of items without words, and types that sheets have for their own": (
        "<list><label>no.</label><label>no. of b</label><item>c</item></list><div type='stamp'>"
        "<p>a</p><ab type='note'>b</ab></div><div type='folio'><list type='cover'><item>c</item>"
        "</list></div>"
    ),
    "two notes in a head, notes beside blocks, and entries of a dictionary": (
        "<div><head>a<note>b <ref target='#i'>c</ref></note> d<note>e <ref target='#k'>f</ref>"
        "</note></head><p xml:id='i'>g<ref target='#n2'>2</ref></p><p xml:id='k'>h</p>"
        "<note xml:id='n2' n='2'>l</note><entry><form><orth>m</orth></form><sense><cit><quote>n"
        "</quote><bibl>O, 12</bibl></cit><cit><quote>q</quote></cit></sense></entry></div>"
    ),
    "rows of heads at the foot of a page, and words of verse over lines": (
        f"<lg><l>a <lb n='1' break='no'/> b</l></lg>{'<p>c</p>' * 26}<table><row role='label'>"
        f"<cell>d</cell></row><row role='label'><cell>{'<p>e</p>' * 12}</cell></row></table>"
    ),
    "rows of different lengths": (
        "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row><row/></table>"
        "<table><row><cell rows='2'>d</cell><cell>e</cell></row><row><cell>f</cell></row></table>"
    ),
    "lines, pages and calls at the edges of words": (
        "<p><lb n='1'/>a<lb n='2'/>b.<lb/> <note>c</note> d</p><lb/><salute><lb n='5'/>e</salute>"
        "<p><lb/><note>f</note><lb/>g<pb n='1'/>h</p><lg><l n='5'><stage>i</stage> j</l>"
        "<pb xml:id='page_2' n='2'/><l n='10'>k</l></lg>"
    ),
    "lists and tables with heads in a note": (
        "<p>a<note>b<list xml:lang='fr'><head>c</head><label>d</label><item xml:lang='de'>e</item>"
        "</list><table><head>f</head><row><cell>g</cell></row></table></note></p>"
    ),
    "cells that end and begin in one line, over a page": (
        f"<table><row><cell>{''.join(f'<p>a{n}</p>' for n in range(40))}</cell><cell>"
        f"{''.join(f'<p>b{n}</p>' for n in range(34))}</cell><cell>"
        f"{''.join(f'<p>c{n}</p>' for n in range(40))}</cell></row></table><usg/><p>e</p>"
    ),
    "readings above and below": (
        "<p>a <ruby><rb>b</rb><rt>one</rt><rt place='below'>two</rt></ruby> c, d <ruby>e<rt>three"
        "</rt></ruby> <ruby><rb>f</rb><rt>four</rt><rb>g</rb><rt>five</rt></ruby></p>"
    ),
    "signs of several elements": (
        "<p><choice><abbr>y<am>\u0304</am></abbr><expan>yen</expan></choice> <unclear>a</unclear>"
        " <app><lem>b</lem><rdg wit='#B'>c</rdg><witDetail wit='#B'>in the margin</witDetail></app>"
        " <app><lem>b</lem><rdg/></app>"
        "</p><div><head>A <subst><del>bad</del><add>good</add></subst> year</head><p>d</p></div>"
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_what_was_drawn_once_and_not_proved_is_proved(tmp_path: Path, what: str) -> None:
    body = etree.fromstring(f"<body xmlns='{TEI}'>{FOUND[what]}<p>End.</p></body>")
    assert faults(tmp_path / "file", [tei(1, body)]) == []


def test_a_text_without_heads_in_a_language_without_words_of_its_own_is_proved(
    tmp_path: Path,
) -> None:
    file = etree.fromstring(
        f"<TEI xmlns='{TEI}' xml:lang='lat'><teiHeader/><text><front><div><p>Lectori.</p></div>"
        "</front><body><p>Gallia est.</p></body></text></TEI>"
    )
    assert faults(tmp_path / "file", [file]) == []
    folder = next((tmp_path / "file").glob("**/dist/*/current"))
    assert (folder / "evidence/manifest.yaml").read_text("utf-8").count("\nlanguage: la\n") == 1
    report = verify_folder(folder, limits=Limits())
    assert report.proved
