"""
The volume of the bench as typst sets it: same text, notes, references, page and face, no more.

    python typst_volume.py BOOK FOLDER      writes FOLDER/volume.typ and FOLDER/volume.pdf

There is no proof, no tag of ours and no record in it: it is what a fast typesetter takes for a
whole book, by which `scale.py` measures what a corrected word costs here.
"""

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import typst
from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HEAD = """#set page(width: 6in, height: 9in, numbering: "1",
  margin: (inside: 0.8in, outside: 0.75in, top: 61pt, bottom: 69pt),
  header: context align(center, text(9pt)[A Volume of Documents]))
#set text(font: "EB Garamond", size: 10.5pt, lang: "en", hyphenate: true)
#set par(justify: true, first-line-indent: 1em, leading: 7.2pt, spacing: 7.2pt)
#let at(goal) = link(goal, context [#counter(page).at(goal).first()])
#outline(depth: 1)
"""
ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\#$*_`<>@[]~/=-+'\""})


def words(element: etree._Element) -> Iterator[str]:
    """An element's text as typst reads it; notes at the foot, references with their pages."""
    yield (element.text or "").translate(ESCAPED)
    for child in element:
        inner = "".join(words(child))
        if child.tag == f"{TEI}note":
            yield f"#footnote[{inner}]"
        elif child.tag == f"{TEI}ref":
            yield f"{inner}, p. #at(<{child.get('target', '')[1:]}>)"
        else:
            yield inner
        yield (child.tail or "").translate(ESCAPED)


def source(volume: Path) -> str:
    """The whole volume as typst's markup."""
    rows = [HEAD]
    for division in etree.parse(volume).iter(f"{TEI}div"):
        if division.get("type") != "document":
            continue
        rows.append("#pagebreak(weak: true)")
        for part in division:
            text = "".join(words(part))
            if part.tag == f"{TEI}head":
                rows.append(f"= {text} <{division.get(XML_ID)}>")
            else:
                rows.append(f"{text}\n")
    return "\n".join(rows)


def main() -> None:
    """Write the source and set it."""
    book, folder = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / "volume.typ"
    text.write_text(source(book / "sources" / "volume.xml"), "utf-8")
    spec = find_spec("rendercv_fonts")
    assert spec is not None
    assert spec.submodule_search_locations
    faces = Path(spec.submodule_search_locations[0]) / "EB Garamond"
    typst.compile(text, output=folder / "volume.pdf", font_paths=[faces])


if __name__ == "__main__":
    main()
