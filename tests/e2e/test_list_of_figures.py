"""A list of the pictures that have captions, in prose and behind documents, with their pages."""

import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pypdfium2
from PIL import Image
from tests.small import small

from engross.commands.build import build
from engross.commands.request import BuildRequest

PROSE = """\
# Introduction

Words.

![A harbour](harbour.png "The harbour *in winter*")

More words.

![Without a caption](harbour.png)
"""


def test_a_list_of_figures_names_each_caption_and_leads_to_it(tmp_path: Path) -> None:
    book = small(
        tmp_path / "book",
        "list-of-figures\n{prose: introduction.md, id: introduction}\n{document: paper}",
        {"introduction.md": PROSE},
        "outputs: [epub, print, web]\n",
    )
    picture = io.BytesIO()
    Image.new("L", (900, 900), 200).save(picture, "PNG")
    (book / "harbour.png").write_bytes(picture.getvalue())
    (book / "documents/paper/leaves").mkdir()
    (book / "documents/paper/leaves/1.png").write_bytes(picture.getvalue())
    record = book / "documents/paper/document.yaml"
    plate = "plates: [{file: leaves/1.png, sha256: %s, alt: A leaf, caption: The *first* leaf}]\n"
    digest = sha256(picture.getvalue()).hexdigest()
    record.write_text(record.read_text("utf-8") + plate % digest, "utf-8")

    outcome = build(BuildRequest(book=book, out=tmp_path / "dist", jobs=1))
    assert outcome.ok, [str(found) for found in outcome.findings]
    folder = tmp_path / "dist/small/current"
    with zipfile.ZipFile(folder / "small.epub") as archive:
        page = archive.read("EPUB/list-of-figures.xhtml").decode()
    assert re.findall(r'<a class="entry" href="([^"]+)">([^<]+)</a>', page) == [
        ("introduction.xhtml#p-003", "The harbour in winter"),
        ("paper.xhtml#plates-p-001", "The first leaf"),
    ]
    pdf = pypdfium2.PdfDocument(folder / "small-print-generic.pdf")
    texts = [one.get_textpage().get_text_bounded() for one in pdf]
    listed = next(text for text in texts if text.startswith("Illustrations"))
    for words in ("The harbour in winter", "The first leaf"):
        (number,) = re.findall(rf"{words}\s+(\d+)", listed)
        assert words in texts[int(number) - 1]
    pdf.close()
