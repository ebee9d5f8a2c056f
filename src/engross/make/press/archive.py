"""
What the reading PDF is besides its pages: a profile for its colours, sources attached, and the
marks of PDF/UA and PDF/A.

The marks are a candidate's: `commands` has them judged, and makes the file without them where they
fail.
"""

import struct
from collections.abc import Sequence
from importlib.resources import files

from engross.make.typeset.values import Attachment, Finish

D50 = (0.9642, 1.0, 0.82491)
COLUMNS = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.7141),
}
"""The primaries of sRGB, adapted to D50 (IEC 61966-2-1; ICC.1:2004-10)."""
ADAPTATION = (
    (1.04788, 0.02292, -0.05022),
    (0.02959, 0.99048, -0.01707),
    (-0.00925, 0.01508, 0.75168),
)
"""From D65 to D50, after Bradford."""
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""g, a, b, c, d of the parametric curve of type 3."""


UA = "PDF/UA-1"
A = "PDF/A-3a"
ALL = frozenset({UA, A})


UA_SCHEMA = files(__package__).joinpath("ua.xml")
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
        schemas=UA_SCHEMA.read_text("utf-8") if claims == ALL else "",
        attachments=tuple(attachments),
    )


def srgb() -> bytes:
    """An ICC profile of version 4 for displays; its date is that of the ICC's specification."""
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(*CURVE)
    tags = {
        b"desc": _text("sRGB"),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(*(x for row in ADAPTATION for x in row)),
        **{key: b"XYZ \0\0\0\0" + _fixed(*value) for key, value in COLUMNS.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    offset = 128 + 4 + 12 * len(tags)
    table, body, places = b"", b"", dict[bytes, int]()
    for key, content in tags.items():
        if content not in places:
            places[content] = offset + len(body)
            body += content + b"\0" * (-len(content) % 4)
        table += key + struct.pack(">II", places[content], len(content))
    size = offset + len(body)
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI",
        size, b"\0\0\0\0", 0x04200000, b"mntr", b"RGB ", b"XYZ ",
        2004, 10, 1, 0, 0, 0,
        b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", b"\0\0\0\0", 0, 0,
    )  # fmt: skip
    header += _fixed(*D50)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _text(words: str) -> bytes:
    coded = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(coded), 28) + coded
