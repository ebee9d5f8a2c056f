"""What a file says of itself: labels of pages, document information and XMP, from the plan."""

import re

from engross.make.typeset.values import Plan
from engross.make.typeset.writing.book import Book
from engross.make.typeset.writing.file import text
from engross.model.markup import escaped

PRODUCER = "engross"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{rows}
</rdf:Description>
{more}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def information(plan: Plan) -> bytes:
    """The entries of the document information."""
    rows = {
        "Title": plan.title,
        "Author": ", ".join(plan.authors),
        "Subject": plan.subject,
        "Keywords": ", ".join(plan.keywords),
        "Producer": PRODUCER,
        "CreationDate": pdf_date(plan.created),
        "ModDate": pdf_date(plan.modified or plan.created),
    }
    return b"".join(b"/%s%s" % (key.encode(), text(value)) for key, value in rows.items() if value)


def page_labels(book: Book) -> bytes:
    """Ranges of printed numbers; pages added at the end carry the count on."""
    rows, before = b"", b""
    for index, page in enumerate(book.work.pages):
        style = b"D" if page.label.isdigit() else b"r"
        if style != before:
            rows += b"%d<</S/%s/St 1>>" % (index, style)
        before = style
    return b"/PageLabels<</Nums[%s]>>" % rows


def pdf_date(stamp: str) -> str:
    """`2026-11-23T10:00:00Z` or `2026-11-23` as PDF writes it; nothing for nothing."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?", stamp)
    if found is None:
        return ""
    return "D:" + "".join(part or "00" for part in found.groups()) + "Z"


def xmp(plan: Plan, more: list[str]) -> bytes:
    """The one XMP packet, with what a standard adds to it."""
    rows = [
        f"<dc:title>{alternative(plan.title)}</dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{escaped(plan.language)}</rdf:li></rdf:Bag></dc:language>",
        "<dc:format>application/pdf</dc:format>",
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
    ]
    if plan.authors:
        names = "".join(f"<rdf:li>{escaped(name)}</rdf:li>" for name in plan.authors)
        rows.append(f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>")
    if plan.subject:
        rows.append(f"<dc:description>{alternative(plan.subject)}</dc:description>")
    if plan.keywords:
        rows.append(f"<pdf:Keywords>{escaped(', '.join(plan.keywords))}</pdf:Keywords>")
    if plan.identifier:
        rows.append(f"<dc:identifier>{escaped(plan.identifier)}</dc:identifier>")
    if plan.created:
        rows.append(f"<xmp:CreateDate>{long_date(plan.created)}</xmp:CreateDate>")
        rows.append(f"<xmp:ModifyDate>{long_date(plan.modified or plan.created)}</xmp:ModifyDate>")
    return XMP.format(rows="\n".join(rows), more="".join(f"{row}\n" for row in more)).encode()


def alternative(text: str) -> str:
    """A text in its one language, as XMP wants titles and descriptions."""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escaped(text)}</rdf:li></rdf:Alt>'


def long_date(stamp: str) -> str:
    """A date with its time, as XMP and the document information must agree on it."""
    return stamp if "T" in stamp else f"{stamp}T00:00:00Z"
