"""Catalog entries, page labels, document information and XMP: from the plan alone."""

import re
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from engross.model.markup import escaped

if TYPE_CHECKING:
    from engross.make.typeset.joining.book import Plan

PRODUCER = "engross"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{rows}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def write(pdf: pikepdf.Pdf, plan: "Plan", labels: list[str], pages: int) -> None:
    """Write everything that says what the file is."""
    root = pdf.Root
    root.Lang = String(plan.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=page_labels(labels, pages))
    stream = pdf.make_stream(xmp(plan).encode("utf-8"))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    root.Metadata = stream
    information = {
        "/Title": plan.title,
        "/Author": ", ".join(plan.authors),
        "/Subject": plan.subject,
        "/Keywords": ", ".join(plan.keywords),
        "/Producer": PRODUCER,
        "/CreationDate": pdf_date(plan.created),
        "/ModDate": pdf_date(plan.modified or plan.created),
    }
    held = pdf.docinfo
    for key, value in information.items():
        if value:
            held[key] = String(value)


def page_labels(labels: list[str], pages: int) -> Array:
    """Ranges of printed numbers; pages added at the end carry the count on."""
    rows = Array()
    before: tuple[str, int] | None = None
    count = 0
    for index in range(min(len(labels), pages)):
        style = "/D" if labels[index].isdigit() else "/r"
        count = 1 if before is None or before[0] != style else count + 1
        if before is None or before[0] != style:
            rows.append(index)
            rows.append(Dictionary(S=Name(style), St=1))
        before = (style, count)
    if not len(rows):
        rows.append(0)
        rows.append(Dictionary(S=Name.D, St=1))
    return rows


def pdf_date(stamp: str) -> str:
    """`2026-11-23T10:00:00Z` or `2026-11-23` as PDF writes it; nothing for nothing."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?", stamp)
    if found is None:
        return ""
    return "D:" + "".join(part or "00" for part in found.groups()) + "Z"


def xmp(plan: "Plan") -> str:
    """The one XMP packet; the same for the same plan."""
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
    return XMP.format(rows="\n".join(rows))


def alternative(text: str) -> str:
    """A text in its one language, as XMP wants titles and descriptions."""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escaped(text)}</rdf:li></rdf:Alt>'


def long_date(stamp: str) -> str:
    """A date with its time, as XMP and the document information must agree on it."""
    return stamp if "T" in stamp else f"{stamp}T00:00:00Z"
