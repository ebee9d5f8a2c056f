"""
What the reading PDF is besides its pages: a profile for its colours, sources attached, and the
marks of PDF/UA and PDF/A.

The marks are a candidate's: `commands` has them judged, and makes the file without them where they
fail.
"""

from collections.abc import Sequence

from engross.make.press import xmp
from engross.make.press.icc import srgb
from engross.make.typeset.values import Attachment, Finish

UA = "PDF/UA-1"
A = "PDF/A-3a"
ALL = frozenset({UA, A})


def finish(attachments: Sequence[Attachment] = (), claims: frozenset[str] = ALL) -> Finish:
    """Profile, attachments and the marks in `claims`."""
    rows = xmp.access_rows(archived=A in claims) if UA in claims else []
    if A in claims:
        rows += xmp.archive_rows()
    return Finish(
        "1.7",
        "GTS_PDFA1",
        {"OutputConditionIdentifier": "sRGB", "Info": "sRGB (IEC 61966-2-1)"},
        srgb(),
        3,
        xmp=lambda _digest, _date: rows,
        attachments=tuple(attachments),
    )
