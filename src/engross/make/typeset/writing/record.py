"""What a file says of itself: labels of pages, document information and XMP, from the plan."""

import re
import uuid

from engross.make.typeset.values import Finish, Plan
from engross.make.typeset.writing.book import Book
from engross.make.typeset.writing.file import text
from engross.model.markup import escaped

PRODUCER = "engross"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""{names}>
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


def xmp(plan: Plan, finish: Finish, digest: str) -> bytes:
    """The one XMP packet; `digest` tells the file from all others."""
    people = "".join(f"<rdf:li>{escaped(name)}</rdf:li>" for name in plan.authors)
    rows = {
        "dc:title": alternative(plan.title),
        "dc:language": f"<rdf:Bag><rdf:li>{escaped(plan.language)}</rdf:li></rdf:Bag>",
        "dc:format": "application/pdf",
        "pdf:Producer": PRODUCER,
        "dc:creator": people and f"<rdf:Seq>{people}</rdf:Seq>",
        "dc:description": plan.subject and alternative(plan.subject),
        "pdf:Keywords": escaped(", ".join(plan.keywords)),
        "dc:identifier": escaped(plan.identifier),
        "xmp:CreateDate": long_date(plan.created),
        "xmp:ModifyDate": long_date(plan.modified or plan.created),
        **finish.properties,
    }
    if finish.identified:
        rows |= {
            "xmp:MetadataDate": rows["xmp:ModifyDate"],
            "xmpMM:DocumentID": f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
            "xmpMM:VersionID": "1",
            "xmpMM:RenditionClass": "default",
        }
    said = {key: value for key, value in rows.items() if value}
    used = sorted({key.partition(":")[0] for key in said})
    return XMP.format(
        names="".join(f' xmlns:{name}="{NAMESPACES[name]}"' for name in used),
        rows="\n".join(f"<{key}>{value}</{key}>" for key, value in said.items()),
        more=finish.schemas,
    ).encode()


def alternative(text: str) -> str:
    """A text in its one language, as XMP wants titles and descriptions."""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escaped(text)}</rdf:li></rdf:Alt>'


def long_date(stamp: str) -> str:
    """A date with its time, as XMP and the document information must agree on it."""
    return stamp if "T" in stamp or not stamp else f"{stamp}T00:00:00Z"
