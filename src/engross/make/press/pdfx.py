"""
What PDF/X asks of a file, and engines leave out.

The result says that it is PDF/X only as a candidate: `commands` asks preflight, and takes the mark
off again (`standard="none"`) where it is not earned.
"""

from dataclasses import dataclass

from engross.make.typeset.values import Finish
from engross.schema.trim import Intent

VERSIONS = {"PDF/X-1a:2003": "1.4", "PDF/X-4": "1.6", "none": "1.7"}
"""The PDF version that each kind is written in."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a file for the press says of itself."""

    standard: str
    """`PDF/X-1a:2003`, `PDF/X-4` or `none`."""
    intent: Intent
    icc: bytes | None = None
    """The output profile that PDF/X-4 carries."""


def finish(press: Press) -> Finish:
    """The condition that is printed for, the version, and which kind of PDF/X the file is."""
    if press.standard == "none":
        return Finish(VERSIONS["none"])
    intent = press.intent
    old = press.standard != "PDF/X-4"
    named = f"/GTS_PDFXVersion({press.standard})" if old else ""
    kind = "pdfx" if old else "pdfxid"
    return Finish(
        VERSIONS[press.standard],
        "GTS_PDFX",
        {
            "OutputConditionIdentifier": intent.identifier,
            "OutputCondition": intent.condition,
            "Info": intent.condition,
            "RegistryName": intent.registry,
        },
        press.icc,
        4,
        f"/Trapped/False{named}".encode(),
        {"pdf:Trapped": "False", f"{kind}:GTS_PDFXVersion": press.standard},
        identified=not old,
    )
