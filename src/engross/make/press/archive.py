"""
Finish the reading PDF: colours with a profile, sources attached, and the marks of PDF/UA and PDF/A.

The join has done the rest: tags, notes at their calls, link texts, table headers, languages. The
marks are a candidate's: `commands` has them judged, and finishes without them where they fail.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from engross.make.press import xmp
from engross.make.press.icc import srgb

UA = "PDF/UA-1"
A = "PDF/A-3a"
ALL = frozenset({UA, A})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A source of the edition that travels in the file."""

    name: str
    content: bytes = field(repr=False)
    media: str
    """`text/plain`, `application/yaml` …"""
    about: str
    """What it is, in a few words."""


def finish(
    pdf: bytes, attachments: Sequence[Attachment] = (), claims: frozenset[str] = ALL
) -> bytes:
    """
    The joined file with profile, attachments and the marks in `claims`; same input, same bytes.

    Attachments carry the file's own date, not that of a disk.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        profile = file.make_stream(srgb())
        profile.N = 3
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB (IEC 61966-2-1)"),
            DestOutputProfile=profile,
        )
        file.Root.OutputIntents = Array([file.make_indirect(intent)])
        attach(file, attachments)
        plainly(file)
        rows = xmp.access_rows(archived=A in claims) if UA in claims else []
        if A in claims:
            rows += xmp.archive_rows()
        xmp.add(file, rows)
        target = io.BytesIO()
        file.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            force_version="1.7",
        )
    return target.getvalue()


def plainly(file: pikepdf.Pdf) -> None:
    """Draw pictures dot by dot: an archive takes none that a reader is to smooth (6.2.8)."""
    for one in file.objects:
        if isinstance(one, pikepdf.Stream) and "/Interpolate" in one:
            del one["/Interpolate"]


def attach(file: pikepdf.Pdf, attachments: Sequence[Attachment]) -> None:
    """Attach files as sources, by name."""
    if not attachments:
        return
    date = file.docinfo.get("/ModDate")
    names, sources = Array(), Array()
    for one in sorted(attachments, key=lambda row: row.name):
        stream = file.make_stream(one.content)
        stream.Type = Name.EmbeddedFile
        stream.Subtype = Name("/" + one.media)
        stream.Params = Dictionary(
            Size=len(one.content),
            CheckSum=String(hashlib.md5(one.content, usedforsecurity=False).digest()),
        )
        if date is not None:
            stream.Params.ModDate = date
        row = file.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(one.name),
                UF=String(one.name),
                Desc=String(one.about),
                AFRelationship=Name.Source,
                EF=Dictionary(F=stream, UF=stream),
            )
        )
        names.append(String(one.name))
        names.append(row)
        sources.append(row)
    if "/Names" not in file.Root:
        file.Root.Names = Dictionary()
    file.Root.Names.EmbeddedFiles = file.make_indirect(Dictionary(Names=names))
    file.Root.AF = sources
