"""Small files of Word, written part by part."""

import io
import zipfile
from xml.sax.saxutils import escape

SPACE = "http://schemas.openxmlformats.org/"
WORD = f"{SPACE}wordprocessingml/2006/main"
OFFICE = f"{SPACE}officeDocument/2006/relationships"
WHO = 'w:id="9" w:author="A. Sample" w:date="2026-01-02T03:04:05Z"'


def r(text: str, *properties: str) -> str:
    """A run of words with properties such as `i` or `vertAlign w:val="superscript"`."""
    marks = "".join(f"<w:{one}/>" for one in properties)
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph of runs; words alone are one."""
    inner = "".join(run if run.startswith(("<w:", "<mc:")) else r(run) for run in runs)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{more}</w:pPr>{inner}</w:p>"


def table(*rows: list[str]) -> str:
    """A table whose cells hold blocks."""
    made = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def call(number: int, kind: str = "footnote") -> str:
    """The call of a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def word_file(body: str, **beside: str) -> bytes:
    """A Word file with this body, and `footnotes`, `endnotes`, `comments`, `header1` beside it."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{name.strip("1")}+xml"/>'
        for name in ("document.main", *beside)
    ).replace("/word/document.main.xml", "/word/document.xml")
    rels = "".join(
        f'<Relationship Id="b-{name}" Type="{OFFICE}/{name.strip("1")}" Target="{name}.xml"/>'
        for name in beside
    )
    head = f'xmlns:w="{WORD}" xmlns:wps="urn:wps" xmlns:mc="{SPACE}markup-compatibility/2006"'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{SPACE}package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{SPACE}package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{SPACE}package/2006/relationships">'
        f"{rels}</Relationships>",
        "word/document.xml": f"<w:document {head}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in beside.items():
        root = {"header1": "hdr"}.get(name, name)
        parts[f"word/{name}.xml"] = f"<w:{root} {head}>{inner}</w:{root}>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()
