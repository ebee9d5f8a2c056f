"""The XMP packet of a finished file: what a standard adds to that of every file."""

import uuid

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
PDFX = "http://ns.adobe.com/pdfx/1.3/"
PDFXID = "http://www.npes.org/pdfx/ns/id/"

_UA_SCHEMA = f"""<rdf:Description rdf:about="" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDFUA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""PDF/A wants properties outside its own list described; the mark of PDF/UA is one."""


def archive_rows() -> list[str]:
    """The mark of PDF/A-3a."""
    return [
        (
            f'<rdf:Description rdf:about="" xmlns:pdfaid="{PDFA}">'
            "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>"
        )
    ]


def access_rows(*, archived: bool) -> list[str]:
    """The mark of PDF/UA-1; with its schema where the file is marked as PDF/A as well."""
    mark = (
        f'<rdf:Description rdf:about="" xmlns:pdfuaid="{PDFUA}">'
        "<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    )
    return [mark, *([_UA_SCHEMA] if archived else [])]


def press_rows(standard: str, seed: str, date: str) -> list[str]:
    """
    The mark of a PDF/X kind.

    Args:
        standard: `PDF/X-1a:2003` or `PDF/X-4`.
        seed: the document's id is derived from it.
        date: of the last change; the metadata have it too.
    """
    trapped = (
        '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        "<pdf:Trapped>False</pdf:Trapped></rdf:Description>"
    )
    if standard != "PDF/X-4":
        return [
            trapped,
            (
                f'<rdf:Description rdf:about="" xmlns:pdfx="{PDFX}"><pdfx:GTS_PDFXVersion>'
                f"{standard}</pdfx:GTS_PDFXVersion></rdf:Description>"
            ),
        ]
    key = uuid.uuid5(uuid.NAMESPACE_URL, seed)
    return [
        trapped,
        (
            f'<rdf:Description rdf:about="" xmlns:pdfxid="{PDFXID}"><pdfxid:GTS_PDFXVersion>'
            f"{standard}</pdfxid:GTS_PDFXVersion></rdf:Description>"
        ),
        (
            '<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">'
            f"<xmpMM:DocumentID>uuid:{key}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>"
            "<xmpMM:RenditionClass>default</xmpMM:RenditionClass></rdf:Description>"
        ),
        (
            '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
            f"<xmp:MetadataDate>{date}</xmp:MetadataDate></rdf:Description>"
        ),
    ]
