"""
Finish a joined interior or a drawn cover for the press: what PDF/X asks for and engines leave out.

The result says that it is PDF/X only as a candidate: `commands` asks preflight, and takes the mark
off again (`standard="none"`) where it is not earned.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from engross.make.press import xmp
from engross.schema.trim import Intent

VERSIONS = {"PDF/X-1a:2003": "1.4", "PDF/X-4": "1.6", "none": "1.7"}
"""The PDF version that each kind is written in."""
ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/AF", "/OCProperties", "/Perms", "/Collection")
"""Entries of the catalog that do something, or hold something that is not ink."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a file for the press says of itself."""

    standard: str
    """`PDF/X-1a:2003`, `PDF/X-4` or `none`."""
    intent: Intent
    icc: bytes | None = None
    """The output profile that PDF/X-4 carries."""


def finish(pdf: bytes, press: Press) -> bytes:
    """
    The file as the press takes it: no links or actions, its condition named, its version fixed.

    Text, pages, tags and outline stay; the same input gives the same bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        strip(file)
        if press.standard != "none":
            intend(file, press)
            mark(file, press.standard, hashlib.sha256(pdf).hexdigest())
        target = io.BytesIO()
        old = press.standard == "PDF/X-1a:2003"
        streams = pikepdf.ObjectStreamMode
        file.save(
            target,
            deterministic_id=True,
            object_stream_mode=streams.disable if old else streams.generate,
            force_version=VERSIONS[press.standard],
        )
    return target.getvalue()


def strip(file: pikepdf.Pdf) -> None:
    """Take off what a press does not print: links, their tags' references, actions, attachments."""
    for key in ACTIVE:
        if key in file.Root:
            del file.Root[key]
    names = file.Root.get("/Names")
    if names is not None:
        for key in ("/JavaScript", "/EmbeddedFiles"):
            if key in names:
                del names[key]
    unlink(file)
    for page in file.pages:
        for key in ("/Annots", "/Tabs", "/AA"):
            if key in page.obj:
                del page.obj[key]


def unlink(file: pikepdf.Pdf) -> None:
    """Take annotations out of the tag tree; the words of a link stay."""
    tree = file.Root.get("/StructTreeRoot")
    if tree is None or "/ParentTree" not in tree or "/Nums" not in tree.ParentTree:
        return
    rows: list[Any] = []
    numbers = tree.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        entry = numbers[at + 1]
        if isinstance(entry, Array):
            rows += [numbers[at], entry]
            continue
        kids = entry.get("/K")
        if isinstance(kids, Array):
            entry.K = Array([kid for kid in kids if not is_reference(kid)])
        elif kids is not None and is_reference(kids):
            del entry.K
    tree.ParentTree.Nums = Array(rows)


def is_reference(kid: Any) -> bool:
    """Whether a kid of a tag stands for an annotation."""
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR


def intend(file: pikepdf.Pdf, press: Press) -> None:
    """Name the printing condition, and carry its profile where one is given."""
    intent = press.intent
    row = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(intent.identifier),
        OutputCondition=String(intent.condition),
        Info=String(intent.condition),
        RegistryName=String(intent.registry),
    )
    if press.icc is not None:
        stream = file.make_stream(press.icc)
        stream.N = 4
        row.DestOutputProfile = stream
    file.Root.OutputIntents = Array([file.make_indirect(row)])


def mark(file: pikepdf.Pdf, standard: str, seed: str) -> None:
    """Say which kind of PDF/X the file is, and that it is not trapped."""
    file.docinfo["/Trapped"] = Name("/False")
    if standard == "PDF/X-4":
        rows = xmp.press_rows(standard, seed) + xmp.dates_rows(xmp.packet_of(file))
    else:
        file.docinfo["/GTS_PDFXVersion"] = String(standard)
        rows = xmp.press_rows(standard, seed)
    xmp.add(file, rows)
