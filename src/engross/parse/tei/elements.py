"""
What each element of TEI becomes: the tables that the reader, the report and the docs go by.

An element that stands in no table here but in TEI P5 is kept as text under a mark that names it;
one that stands in neither is kept as text and reported.
"""

from functools import cache

TEI = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
FRUS = ("http://history.state.gov/frus/ns/1.0", "http://history.state.gov/ns/1.0")
XHTML = "http://www.w3.org/1999/xhtml"

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
}
"""Elements that hold blocks, with the role of the division."""

CONTEXTUAL = frozenset(
    "dateline signed salute byline affiliation docDate docAuthor docEdition bibl label".split()
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

FLOATING = frozenset({"break", "column", "gathering", "milestone", "line", "anchor", "space"}) | {
    "hand-shift",
    "note",
    "forme-work",
    "index",
}
"""Points that may wait for the next block when they stand between blocks."""

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
    ("p", "rend"): frozenset(
        "sectiontitleital sectiontitle center flushleft left right italic inline hanging indent "
        "sourceparagraphspaceafter sourceparagraphtightspacing sourceparagraphfullindent "
        "sourcearchiveheading sourceheadcenterboldbig sourceheadcenterbold sourceheadbold "
        "boldtext subjectlist blockquote noindent".split()
    ),
    ("div", "type"): frozenset(
        "document document-pending compilation chapter subchapter section toc attachment index "
        "online-supplement address writingSession image letter envelope enclosure volume part "
        "preface appendix bibliography glossary".split()
    ),
    ("list", "type"): frozenset(
        "subject participants to from references toc terms names persons sources index simple "
        "bulleted ordered numbered unordered gloss inline".split()
    ),
    ("note", "type"): frozenset(
        "source summary commentary textual textConst explanatory author editorial foot end "
        "translator footnote".split()
    ),
    ("cell", "role"): frozenset("num label data dot-leader".split()),
    ("row", "role"): frozenset("label data".split()),
}
"""Values that are known; another is reported with the nearest of these."""

DATA_LISTS = frozenset(
    "listPerson listPlace listOrg listBibl listEvent listWit standOff particDesc".split()
)
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

P5 = frozenset(
    """
TEI ab abbr abstract accMat acquisition activity actor add addName addSpan additional additions
addrLine address adminInfo affiliation age alt altGrp altIdent alternate am analytic anchor
annotation anyElement app appInfo application arc argument att attDef attList attRef author
authority availability back bibl biblFull biblScope biblStruct bicond binaryObject binding
bindingDesc binding birth bloc body broadcast byline c cRefPattern caesura calendar calendarDesc
camera caption case castGroup castItem castList catDesc catRef catchwords category cb cell certainty
change channel char charDecl charName charProp choice cit citeData citeStructure cl classCode
classDecl classRef classSpec classes climate closer code collation collection colloc colophon cond
condition conditional constitution constraint constraintSpec content conversion corr correction
correspAction correspContext correspDesc correspLocation country creation custEvent custodialHist
damage damageSpan dataFacet dataRef dataSpec datatype date dateline death decoDesc decoNote def
default defaultVal del delSpan depth derivation desc dictScrap dim dimensions distinct distributor
district div div1 div2 div3 div4 div5 div6 div7 divGen docAuthor docDate docEdition docImprint
docTitle domain eLeaf eTree edition editionStmt editor editorialDecl education eg egXML elementRef
elementSpec ellipsis email emph empty encodingDesc entry entryFree epigraph epilogue equipment equiv
etym event eventName ex exemplum expan explicit extent f fDecl fDescr fLib facsimile factuality
faith figDesc figure fileDesc filiation finalRubric floatingText floruit foliation foreign forename
forest form formula front fs fsConstraints fsDecl fsDescr fsdDecl fsdLink funder fvLib fw g gap gb
gen genName geo geoDecl geogFeat geogName gi gloss glyph gram gramGrp graph graphic group handDesc
handNote handNotes handShift head headItem headLabel height heraldry hi history hom hyph hyphenation
iNode idno if iff imprimatur imprint incident incipit index institution interaction interp interpGrp
interpretation item iType join joinGrp keywords kinesic l label langKnowledge langKnown langUsage
language langs lang layout layoutDesc lb lbl leaf lem lg licence line link linkGrp list listAnnotation
listApp listBibl listChange listEvent listForest listNym listObject listOrg listPerson listPlace
listPrefixDef listRef listRelation listTranspose listWit locale localName location locus locusGrp m
macroRef macroSpec mapping material measure measureGrp media meeting memberOf mentioned metDecl
metSym metamark milestone mod model modelGrp modelSequence moduleRef moduleSpec monogr mood move
moduleSpec msContents msDesc msFrag msIdentifier msItem msItemStruct msName msPart musicNotation name
namespace nameLink nationality node normalization notatedMusic note noteGrp notesStmt num number numeric
nym oRef oVar objectDesc objectIdentifier objectName objectType object occupation offset opener orgName
orgTitle orig origDate origPlace org origin outputRendition p pRef pVar page paraContent param
paramList paramSpec particDesc path pause pb pc per performance persName person personGrp persona
persPronouns phr physDesc place placeName point population pos postBox postCode postscript precision
prefixDef preparedness principal pron projectDesc prologue provenance ptr pubPlace publicationStmt
publisher punctuation purpose q quotation quote re recordHist recording recordingStmt rdg rdgGrp
redo ref refState refsDecl reg region relatedItem relation remarks rendition repository residence
resp respStmt respons restore retrace revisionDesc rhyme role roleDesc roleName root row rs rt ruby
rb rubric s said salute samplingDecl schemaRef schemaSpec schema scriptDesc scriptNote scriptStmt seal
sealDesc secFol secl seg segmentation sense sequence seriesStmt series set setting settingDesc
settlement sex shift sic signatures signed soCalled socecStatus sound source sourceDesc sourceDoc sp
spGrp space span spanGrp speaker specDesc specGrp specGrpRef specList sponsor stage stamp standOff
state stdVals street stress string styleDefDecl subc subst substJoin summary superEntry supplied
supportDesc support surface surfaceGrp surname surplus surrogates syll symbol syntax table tag tagUsage
tagsDecl taxonomy tech teiCorpus teiHeader term terrain text textClass textDesc textLang textNode then
time timeline title titlePage titlePart titleStmt tns trailer trait transcriptionDesc transpose tree
triangle typeDesc typeNote u unclear undo unicodeName unicodeProp unihanProp unit unitDecl unitDef
usg vAlt vColl vDefault vLabel vMerge vNot vRange val valDesc valItem valList value variantEncoding
view vocal w watermark when width wit witDetail witEnd witStart witness writing xenoData xr zone
frus:attachment frus:file frus:pdf frus:page
    """.split()
)
"""Elements of TEI P5, and those of the FRUS name space that its volumes declare."""


@cache
def name_of(tag: str) -> str:
    """The element's name: bare for TEI, with a prefix for the name spaces that we know."""
    if not tag.startswith("{"):
        return tag
    space, local = tag[1:].split("}", 1)
    if space == TEI:
        return local
    if space in FRUS:
        return f"frus:{local}"
    if space == XHTML:
        return f"xhtml:{local}"
    return tag
