"""
What the reading PDF is besides its pages: a profile for its colours, sources attached, and the
marks of PDF/UA and PDF/A.

The marks are a candidate's: `commands` has them judged, and makes the file without them where they
fail.
"""

from collections.abc import Sequence

from engross.make.press.icc import srgb
from engross.make.typeset.values import Attachment, Finish

UA = "PDF/UA-1"
A = "PDF/A-3a"
ALL = frozenset({UA, A})


UA_SCHEMA = """<rdf:Description rdf:about="" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/A wants properties outside its own list described; the mark of PDF/UA is one."""


def finish(attachments: Sequence[Attachment] = (), claims: frozenset[str] = ALL) -> Finish:
    """Profile, attachments and the marks in `claims`."""
    marks = {"pdfuaid:part": "1"} if UA in claims else {}
    if A in claims:
        marks |= {"pdfaid:part": "3", "pdfaid:conformance": "A"}
    return Finish(
        "1.7",
        "GTS_PDFA1",
        {"OutputConditionIdentifier": "sRGB", "Info": "sRGB (IEC 61966-2-1)"},
        srgb(),
        3,
        properties=marks,
        schemas=UA_SCHEMA if claims == ALL else "",
        attachments=tuple(attachments),
    )
