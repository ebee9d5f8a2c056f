"""Files as strangers write them: kinds of construct, drawn and put in order by a seed."""

import io
import zipfile
from random import Random

from tests.unit.new.word import WHO, call, p, r, table, word_file

NAMES = {
    "office": "office",
    "text": "text",
    "table": "table",
    "draw": "drawing",
    "style": "style",
}
SPACES = "".join(
    f' xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for key, name in NAMES.items()
)
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def _field(code: str, result: str) -> str:
    kinds = ("begin", "separate", "end")
    marks = [f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in kinds]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{r(result)}{marks[2]}"


def _item(words: str, depth: int = 0, numbering: int = 1) -> str:
    place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{numbering}"/>'
    return p(words, more=f"<w:numPr>{place}</w:numPr>")


LEVELS = (("upperRoman", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3."))
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>'
    for n, levels in (
        (
            1,
            "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{text}"/></w:lvl>'
                for at, (form, text) in enumerate(LEVELS)
            ),
        ),
        (
            2,
            '<w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/>'
            '<w:lvlText w:val="%1)"/></w:lvl>',
        ),
    )
)
NUMBERING += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/></w:style>'
    for name, said in (
        ("Heading1", "heading 1"),
        ("Caption", "caption"),
        ("Signature", "Signature"),
    )
)
BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
BOX = f"<w:r><wps:txbx><w:txbxContent>{p('Boxed words.')}</w:txbxContent></wps:txbx></w:r>"
COMMENT = '<w:comment{} w:id="1"/>'
WORD = {
    "poem": p("O river,", BREAK, "that runs", BREAK, "to the sea"),
    "head": p("TO:", TAB, "Ann") + p("FROM:", TAB, "Bob") + p("SUBJECT:", TAB, "Ships"),
    "typed table": p("Rye", TAB, "12", TAB, "7") + p("Oats", TAB, "3", TAB, "400"),
    "lists": _item("first")
    + _item("inner", 1)
    + _item("innermost", 2)
    + p("Between.")
    + _item("second")
    + _item("fifth", 0, 2),
    "list in a cell": table([_item("in a cell", 0, 2) + _item("too", 0, 2), p("beside")]),
    "empty cells": table([p("Rye"), p("")], [p(""), p("")]),
    "merged cells": table([p("above"), p("right")], [p("below")]).replace(
        '<w:tc><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space="preserve">below',
        '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>below',
    ),
    "table in a table": table([p("outer") + table([p("nested")]) + p("after")]),
    "notes": p("Head", call(2), style="Heading1")
    + p("Body", call(3, "endnote"), " goes on", call(4))
    + table([p("Cell", call(5)), p("x")])
    + p("Caption", call(6), style="Caption"),
    "comments": p('<w:commentRangeStart w:id="1"/>', "Over")
    + p("both", '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>', "."),
    "changes": table(
        [p("cell ", f"<w:del {WHO}><w:r><w:delText>old</w:delText></w:r></w:del>"), p("b")]
    )
    + p("It was ", f"<w:ins {WHO}>{r('always')}</w:ins>", " so."),
    "box": p("Beside ", BOX, " it."),
    "hidden": p("Seen ", r("unseen", "vanish"), " again."),
    "fields": p("See ", _field("REF _a", "Figure 2"), " of ", _field("DATE", "3 May"), ".")
    + p(_field("TOC", "Ice"), TAB, "3"),
    "marks": p("H", r("2", 'vertAlign w:val="subscript"'), "O", r(" Anno", "smallCaps"), " x"),
    "page": p("Before", '<w:r><w:br w:type="page"/></w:r>', " after"),
    "signs": p("ZW\u200cNJ mid\u2060dle \u200emark soft\u00adhyphen nb\u00a0sp non\u2011br \ufb01"),
    "markup": p(":::") + p("[^1] and ![a](b.png)") + p("# no *head* `c` &amp; <b>") + p("    1. x"),
    "signature": p("Yours,") + p("A. Sample", style="Signature"),
}


def docx(draw: Random) -> bytes:
    """A file of Word."""
    names = draw.sample(sorted(WORD), 8)
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(f"Footnote {n}.")}{p("Its end.")}</w:footnote>'
        for n in (2, 4, 5, 6)
    )
    return word_file(
        p("A letter.") + "".join(WORD[name] for name in names) + p("The end."),
        footnotes=notes if "notes" in names else "",
        endnotes=f'<w:endnote w:id="3">{p("At the end.")}</w:endnote>' if "notes" in names else "",
        comments=f'<w:comment w:id="1" w:author="B" w:date="2026-02-03T00:00:00Z">'
        f"{p('Which?')}</w:comment>"
        if "comments" in names
        else "",
        styles=STYLES,
        numbering=NUMBERING,
        header1=p("Page head"),
    )


def _p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def _listed(*items: str) -> str:
    inner = "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
    return f'<text:list text:style-name="L">{inner}</text:list>'


def _note(number: int, kind: str = "footnote") -> str:
    return (
        f'<text:note text:id="n{number}" text:note-class="{kind}"><text:note-citation>{number}'
        f"</text:note-citation><text:note-body>{_p(f'Note {number}.')}</text:note-body></text:note>"
    )


def _cells(*cells: str) -> str:
    inner = "".join(f"<table:table-cell>{one}</table:table-cell>" for one in cells)
    column = f'<table:table-column table:number-columns-repeated="{len(cells)}"/>'
    return f"<table:table>{column}<table:table-row>{inner}</table:table-row></table:table>"


OPEN = {
    "poem": _p("O river,<text:line-break/>that runs<text:line-break/>to sea"),
    "tabs": _p("TO:<text:tab/>Ann") + _p("Rye<text:tab/>12<text:tab/>7"),
    "lists": _listed(_p("one") + _listed(_p("inner")), _p("two"))
    + _p("Between.")
    + _listed(_p("x")),
    "notes": f'<text:h text:outline-level="1">Head{_note(1)}</text:h>'
    + _p(f"Body{_note(2)} on{_note(3, 'endnote')}.")
    + _cells(_p(f"cell{_note(4)}"), _p("b")),
    "cells": _cells(_p("a") + _p("second"), ""),
    "fields": _p("On <text:date>3 May</text:date>, see <text:sequence>2</text:sequence>."),
    "contents": "<text:table-of-content><text:index-body><text:index-title>"
    + _p("Contents")
    + "</text:index-title>"
    + _p("Ice<text:tab/>3")
    + "</text:index-body></text:table-of-content>",
    "section": f'<text:section text:name="s">{_p("Within.")}</text:section>',
    "box": _p(f"<draw:frame><draw:text-box>{_p('Box words.')}</draw:text-box></draw:frame>Beside"),
    "page": _p("Before<text:soft-page-break/> after <text:span>span</text:span>"),
    "signs": _p("ZW\u200cNJ mid\u2060dle soft\u00adhyphen nb\u00a0sp \u2116 7"),
}


def odt(draw: Random) -> bytes:
    """A text of OpenDocument."""
    body = "".join(OPEN[name] for name in draw.sample(sorted(OPEN), 7))
    text = f"{_p('A letter.')}{body}{_p('End.')}"
    content = f"<office:body><office:text>{text}</office:text></office:body>"
    head = f"<style:header>{_p('Page head')}</style:header>"
    styles = f"<office:styles/><office:master-styles><style:master-page>{head}"
    parts = {
        "content.xml": f"<office:document-content{SPACES}>{content}</office:document-content>",
        "styles.xml": f"<office:document-styles{SPACES}>{styles}</style:master-page>"
        "</office:master-styles></office:document-styles>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


HTML = {
    "head": "<p>TO: Ann<br>FROM: Bob</p>",
    "poem": "<p>O river,<br>&nbsp;that runs<br>to s\u00e9a<br><br>Come home",
    "lists": "<ol type=i start=3><li>three<li>four<ul><li>inner</ul></ol>"
    "<p>x<ol start=5><li>five</ol>",
    "table": "<table><thead><tr><th>A<th>B<tbody><tr><td rowspan=2>x<br>y<td>"
    "<tr><td><ul><li>p</ul></table>",
    "nested": "<table><tr><td>outer<table><tr><td>nested</table></table>",
    "typed": "<pre>Rye    12    7\nOats   3     400\nHay    1     2</pre>",
    "marks": "<p>H<sub>2</sub>O <b>bold</b> <code>c</code> <s>no</s> &mdash; \u00fc &amp; "
    "<a href=#x>link</a>",
    "quotation": "<blockquote><p>One<p>two</blockquote><hr><address>Street<br>Town</address>",
    "terms": "<dl><dt>T<dd>D</dl><h1>Head</h1><center>Centred</center>",
}


def html(draw: Random) -> bytes:
    """An HTML file, with few ends of elements, as people leave them out."""
    body = "".join(HTML[name] for name in draw.sample(sorted(HTML), 6))
    return f"<title>T</title><style>p {{}}</style><p>A letter.</p>{body}<p>End.".encode()


RTF = {
    "poem": r"\pard O river,\line that runs\line to sea\par",
    "head": r"\pard TO:\tab Ann\par FROM:\tab Bob\par",
    "table": r"\trowd\cellx3000\cellx6000\pard\intbl Rye\cell 12\cell\row"
    r"\trowd\cellx3000\cellx6000\pard\intbl Oats\cell\cell\row",
    "note": r"\pard Gone{\super\chftn}{\footnote\pard Of ours.\par} by"
    r"{\*\footnote\ftnalt\pard Too.\par} noon.\par",
    "marks": r"\pard {\i it} {\super 2}{\scaps sc}{\strike st} \ldblquote q\rdblquote \emdash "
    r"\u1052?\par",
    "codes": r"\pard caf\'e9 \u8364? {\field{\*\fldinst PAGE}{\fldrslt 7}} \page New\par",
}
"""Parts of an RTF file; what each says stands in `SAID`."""
SAID = {
    "poem": "O river, that runs to sea",
    "head": "TO: Ann FROM: Bob",
    "table": "Rye 12 Oats",
    "note": "Gone by noon. Of ours. Too.",
    "marks": "it 2scst \u201cq\u201d\u2014\u041c",
    "codes": "caf\u00e9 \u20ac 7 New",
}


def rtf(draw: Random) -> tuple[bytes, str]:
    """An RTF file, and what it says."""
    names = draw.sample(sorted(RTF), 5)
    body = "\n".join(RTF[name] for name in names)
    said = " ".join(SAID[name] for name in names)
    head = r"{\rtf1\ansi\ansicpg1252{\info{\title T}}\pard A letter.\par"
    text = rf"{head}{body}\pard End.\par}}"
    return text.encode("ascii"), f"A letter. {said} End."


MARKDOWN = {
    "head": ("# Head[^h]\n\n[^h]: In head.", "Head In head."),
    "lines": ("TO: Ann\\\nFROM: Bob", "TO: Ann FROM: Bob"),
    "poem": ("::: verse\nO river,\n  that runs\n\nCome home\n:::", "O river, that runs Come home"),
    "lists": ("- a\n  - b[^b]\n\n5. x\n6. y\n\n[^b]: Of b.", "a b x y Of b."),
    "table": ("> | a[^t] | b |\n> |---|---|\n> |  |  |\n\n[^t]: Of it.", "a b Of it."),
    "signs": ("&amp; [x](http://y.z) `c` [^9] <b>", "&amp; [x](http://y.z) `c` [^9] <b>"),
    "idle": ("[^i]: Called nowhere.", "[^i]: Called nowhere."),
}


def markdown(draw: Random) -> tuple[bytes, str]:
    """A Markdown file, and what it says."""
    rows = [MARKDOWN[name] for name in draw.sample(sorted(MARKDOWN), 5)]
    text = "\n\n".join(["A letter.", *(row[0] for row in rows), "End."])
    return f"{text}\n".encode(), " ".join(["A letter.", *(row[1] for row in rows), "End."])
