"""
The plain way, frozen: what engross is measured against.

One script, one piece, no checks: Jinja2, WeasyPrint and EbookLib make an EPUB and a print PDF of a book's
folder, with notes, contents and registers. `--references target-counter` lets the engine fill the page numbers
of the contents, `static` prints zeros in their place. Run: script.py BOOK OUT [--to epub,print] [--references …]
"""

import argparse
import html
import re
from pathlib import Path

import yaml
from jinja2 import Environment
from markdown_it import MarkdownIt

PAGE = Environment(
    autoescape=False
).from_string("""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ book.title }}</title><style>{{ css }}</style></head><body>
<section class="title"><h1>{{ book.title }}</h1><p>{{ book.subtitle }}</p></section>
<section class="imprint">{{ imprint }}</section><section><h1>Contents</h1><ol class="contents">
{% for s in sections %}<li><a href="#{{ s.id }}">{{ s.title }}</a> <a class="{{ references }}" href="#{{ s.id }}">{{
  "00" if references == "static" }}</a></li>{% endfor %}</ol></section>
{% for s in sections %}<section id="{{ s.id }}"><h1>{{ s.title }}</h1>{{ s.page }}</section>{% endfor %}</body></html>""")
LIST = Environment(autoescape=False).from_string("""<dl>{% for head, body in rows %}<dt>{{ head }}</dt>
<dd>{{ body }}</dd>{% endfor %}</dl>""")
CSS = """@page { size: 6in 9in; margin: 0.75in 0.6in 0.85in 0.75in; bleed: 9pt;
  @bottom-center { content: counter(page) } @top-center { content: string(head); font-variant: small-caps } }
@page :first { @bottom-center { content: none } @top-center { content: none } }
@font-face { font-family: Text; src: url("REGULAR") } @font-face { font-family: Text; font-style: italic; src: url("ITALIC") }
html { font: 10.5pt/14pt Text; hyphens: auto; text-align: justify } section { break-before: page }
h1 { string-set: head content(); font-size: 16pt; text-align: center } p { margin: 0; text-indent: 1em; widows: 2 }
.note { float: footnote; font-size: 8.5pt; line-height: 10.5pt; text-indent: 0 } .target-counter::after { content:
target-counter(attr(href), page) } table { border-spacing: 4pt } .signature { margin-left: 50% } dt { break-after: avoid }"""


def prose(text: str, titles: dict[str, str]) -> str:
    def cite(match: re.Match[str]) -> str:
        parts = [part.strip().lstrip("@").partition(",") for part in match[1].split(";")]
        return "; ".join(titles.get(key, key) + comma + locator for key, comma, locator in parts)

    text = re.sub(r"\[(@[^\]]+)\]", cite, text)
    text = re.sub(r"\[([^\]]+)\]\{lang=([\w-]+)\}", r'<i lang="\2">\1</i>', text)
    return MarkdownIt("commonmark", {"html": True}).render(text)


def load(folder: Path, name: str) -> dict:
    path = folder / name
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) if path.exists() else {}


def tei(path: Path) -> list[dict]:
    """Chapters, documents and sections of a TEI volume: paragraphs, notes, references, names."""
    from lxml import etree

    def words(element) -> str:
        text = html.escape(element.text or "", quote=False)
        for child in element:
            name = etree.QName(child).localname
            if name == "note":
                identity = child.get("{http://www.w3.org/XML/1998/namespace}id")
                notes[identity] = f"<p>{words(child)}</p>"
                text += f"⟦{identity}⟧"
            elif name == "ref":
                text += (
                    f'<a href="{child.get("target")}">{words(child)}</a>⟪{child.get("target")[1:]}⟫'
                )
            else:
                text += words(child)
            text += html.escape(child.tail or "", quote=False)
        return text

    made = []
    for div in etree.parse(path).iter("{*}div"):
        notes: dict[str, str] = {}
        title, body = "", ""
        for child in div:
            match etree.QName(child).localname:
                case "head":
                    title = words(child)
                case "p" | "dateline":
                    body += f"<p>{words(child)}</p>"
                case "list":
                    body += "".join(f"<p>{words(item)}</p>" for item in child)
        identity = div.get("{http://www.w3.org/XML/1998/namespace}id")
        made.append({"id": identity, "title": title, "body": body, "notes": notes, "ready": True})
    return made


def sections(folder: Path, book: dict) -> list[dict]:
    sources = load(folder, "sources.yaml").get("sources", [])
    titles = {row["id"]: row.get("title-short", row.get("title", "")) for row in sources}
    made = []
    for entry in book["sections"]:
        if "prose" in entry and isinstance(entry, dict):
            text, *rest = re.split(
                r"\n(?=\[\^\w+\]: )", (folder / entry["prose"]).read_text("utf-8")
            )
            notes = dict(re.match(r"\[\^(\w+)\]: (.*)", row, re.S).groups() for row in rest)
            title, _, text = text.removeprefix("# ").partition("\n")
            text = re.sub(r"\[\^(\w+)\]", r"⟦\1⟧", text)
            made.append(
                {"id": entry["id"], "title": title, "body": prose(text, titles), "notes": notes}
            )
        elif isinstance(entry, dict) and "tei" in entry:
            made += tei(folder / entry["tei"])
        elif isinstance(entry, dict):
            place = folder / "documents" / entry["document"]
            data, notes = load(place, "document.yaml"), load(place, "notes.yaml")
            text = re.sub(
                r"(?m)^::: ?(\w+).*$",
                r'\n<div class="\1">\n',
                (place / "transcript.md").read_text("utf-8"),
            )
            body = MarkdownIt("commonmark", {"html": True}).render(
                re.sub(r"(?m)^:::$", "\n</div>\n", text)
            )
            for note in notes["notes"]:
                at = note["at"]
                words = html.escape(at.get("prefix", "") + at["exact"], quote=False).replace(
                    '"', "&quot;"
                )
                start = list(re.finditer("<p>", body))[
                    int(at.get("block", "p-001")[2:]) - 1
                ].start()
                found = body.find(words, start)
                end = found + len(words) if found >= 0 else body.find("</p>", start)
                body = body[:end] + f"⟦{note['id']}⟧" + body[end:]
            texts = {note["id"]: note["text"] for note in notes["notes"]}
            made.append(
                {
                    "id": entry["document"],
                    "title": data["title"]["supplied"],
                    "body": body,
                    "notes": texts,
                }
            )
            rows = [
                (row["at"]["exact"], prose(row.get("comment", ""), titles))
                for row in notes["readings"]
            ]
            made.append(
                {"id": "readings", "title": "Readings", "body": LIST.render(rows=rows), "notes": {}}
            )
    for name, rows in (
        (
            "persons",
            [(r["name"], r["text"]) for r in load(folder, "persons.yaml").get("persons", [])],
        ),
        (
            "chronology",
            [(r["date"], r["text"]) for r in load(folder, "chronology.yaml").get("events", [])],
        ),
        (
            "abbreviations",
            [
                (r["abbr"], r["expansion"])
                for r in load(folder, "abbreviations.yaml").get("abbreviations", [])
            ],
        ),
        ("sources", [(r["title"], r.get("URL", "")) for r in sources]),
    ):
        body = LIST.render(rows=[(head, prose(str(text), titles)) for head, text in rows])
        made.append({"id": name, "title": name.capitalize(), "body": body, "notes": {}})
    for section in made:
        given = section.pop("notes")
        ready = section.pop("ready", False)
        notes = given if ready else {key: prose(text, titles) for key, text in given.items()}
        numbers = {key: n for n, key in enumerate(re.findall("⟦([\\w-]+)⟧", section["body"]), 1)}
        span = {key: " ".join(re.sub(r"</?p>", " ", text).split()) for key, text in notes.items()}
        section["page"] = re.sub(
            "⟦(.+?)⟧", lambda m: f'<span class="note">{span[m[1]]}</span>', section["body"]
        )
        call = '<a epub:type="noteref" id="call-{0}" href="#note-{0}">{1}</a>'
        text = re.sub("⟦(.+?)⟧", lambda m: call.format(m[1], numbers[m[1]]), section["body"])
        aside = '<aside epub:type="footnote" id="note-{0}">{1}<p><a href="#call-{0}">{2}</a></p></aside>'
        section["epub"] = text + "".join(
            aside.format(key, notes[key], n) for key, n in numbers.items()
        )
    return made


def write_print(book: dict, made: list[dict], path: Path, references: str) -> None:
    from rendercv_fonts import paths_to_font_folders
    from weasyprint import HTML

    fonts = next(Path(folder) for folder in paths_to_font_folders if "EB Garamond" in str(folder))
    css = CSS.replace("REGULAR", f"{fonts}/EBGaramond-Regular.ttf").replace(
        "ITALIC", f"{fonts}/EBGaramond-Italic.ttf"
    )
    imprint = "".join(f"<p>{value}</p>" for value in book["rights"].values())
    zeros = "000" if references == "static" else ""
    slot = rf' (p. <a class="{references}" href="#\1">{zeros}</a>)'
    for section in made:
        section["page"] = re.sub("⟪(.+?)⟫", slot, section["page"])
    page = PAGE.render(book=book, sections=made, references=references, imprint=imprint, css=css)
    HTML(string=page, base_url="/").write_pdf(path)


def write_epub(book: dict, made: list[dict], path: Path) -> None:
    from ebooklib import epub

    out = epub.EpubBook()
    out.set_identifier(book["identifier"])
    out.set_title(book["title"])
    out.set_language(book["language"])
    for person in book["people"]:
        out.add_author(person["name"], role=person["role"], uid=person["role"])
    for section in made:
        item = epub.EpubHtml(
            uid=section["id"], title=section["title"], file_name=f"{section['id']}.xhtml", lang="en"
        )
        body = re.sub("⟪.+?⟫", "", section["epub"])
        body = re.sub(r'href="#(d\d+)"', r'href="\1.xhtml"', body)
        item.content = f"<h1>{section['title']}</h1>{body}"
        out.add_item(item)
        out.toc.append(item)
        out.spine.append(item)
    out.add_item(epub.EpubNcx())
    out.add_item(epub.EpubNav())
    epub.write_epub(path, out, {"epub3_pages": False, "raise_exceptions": True})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--to", default="epub,print")
    parser.add_argument(
        "--references", choices=["target-counter", "static"], default="target-counter"
    )
    asked = parser.parse_args()
    manifest = load(asked.book, "manifest.yaml")
    asked.out.mkdir(parents=True, exist_ok=True)
    everything = sections(asked.book, manifest)
    if "epub" in asked.to:
        write_epub(manifest, everything, asked.out / "script.epub")
    if "print" in asked.to:
        write_print(manifest, everything, asked.out / "script.pdf", asked.references)
