"""What a file says of itself: version, id, dates, printing condition, and nothing that acts."""

import re
import struct
from typing import Any

import pikepdf
from pikepdf import Name

from engross.check.preflight.report import Tally
from engross.check.preflight.wanted import Wanted

REPORT = "report it: engross finishes the file itself"
DATE = re.compile(r"D:\d{14}(Z|[+-]\d\d'\d\d'?)?$")
ACTIVE = {
    "/OpenAction": "an action on opening",
    "/AA": "actions",
    "/AcroForm": "form fields",
    "/OCProperties": "layers",
}
VERSIONS = {"PDF/X-1a:2003": ("1.4",), "PDF/X-4": ("1.6",)}


def judge(pdf: pikepdf.Pdf, content: bytes, wanted: Wanted, tally: Tally) -> None:
    """Look at the whole of a file that goes to the press."""
    add = tally.add
    claim = claimed(pdf)
    if wanted.standard in VERSIONS:
        if claim != wanted.standard:
            says = f"says it is {claim}" if claim else "does not say what kind of PDF/X it is"
            add("W260", f"the file {says}; wanted is {wanted.standard}", REPORT)
        if pdf.pdf_version not in VERSIONS[wanted.standard]:
            add(
                "W265",
                f"the file is PDF {pdf.pdf_version}, and {wanted.standard} is PDF "
                f"{VERSIONS[wanted.standard][0]}",
                REPORT,
            )
        if wanted.standard == "PDF/X-1a:2003" and b"/ObjStm" in content:
            add("W265", "the file has object streams, which PDF 1.4 does not know", REPORT)
        intent(pdf, wanted, tally)
        dates(pdf, tally)
        if str(pdf.docinfo.get("/Trapped", "")) not in ("/True", "/False"):
            add("W262", "the file does not say whether it is trapped", REPORT)
        if "/ID" not in pdf.trailer:
            add("W264", "the file has no identifier", REPORT)
    elif claim:
        add("W260", f"the file says it is {claim}, and nobody asked for that", REPORT)
    if wanted.press:
        active(pdf, tally)


def packet_of(pdf: pikepdf.Pdf) -> str:
    """The XMP packet; empty where there is none."""
    held = pdf.Root.get("/Metadata")
    return held.read_bytes().decode("utf-8", "replace") if held is not None else ""


def claimed(pdf: pikepdf.Pdf) -> str:
    """The kind of PDF/X that a file says it is, where that kind says it."""
    if "/GTS_PDFXVersion" in pdf.docinfo:
        return str(pdf.docinfo["/GTS_PDFXVersion"])
    found = re.search(r"pdfxid:GTS_PDFXVersion>\s*(PDF/X[^<]*)", packet_of(pdf))
    return found[1].strip() if found else ""


def intent(pdf: pikepdf.Pdf, wanted: Wanted, tally: Tally) -> None:
    """One printing condition, by its registered name, with a profile where the kind asks for it."""
    rows = [row for row in pdf.Root.get("/OutputIntents", []) if row.get("/S") == Name.GTS_PDFX]
    if len(rows) != 1:
        count = "no" if not rows else f"{len(rows)}"
        tally.add("W261", f"the file names {count} printing conditions and not one", REPORT)
        return
    name = str(rows[0].get("/OutputConditionIdentifier", ""))
    if name != wanted.condition:
        tally.add(
            "W261",
            f"the printing condition is '{name[:40]}' and not '{wanted.condition}'",
            REPORT,
        )
    profile = rows[0].get("/DestOutputProfile")
    if profile is None:
        if wanted.standard == "PDF/X-4":
            tally.add(
                "W261",
                "PDF/X-4 carries the condition's colour profile, and the file has none",
                "name its file as `icc` in the printer's profile",
            )
        if not str(rows[0].get("/RegistryName", "")):
            tally.add("W261", "the printing condition has no registry and no profile", REPORT)
        return
    found = colour_profile(profile.read_bytes())
    if found != ("prtr", "CMYK"):
        tally.add(
            "W261",
            f"the condition's profile is of class '{found[0]}' for {found[1]}, and a press needs "
            "'prtr' for CMYK",
            "name the output profile of the printing condition",
        )


def colour_profile(content: bytes) -> tuple[str, str]:
    """Class and colours of an ICC profile; `none` for something else."""
    if len(content) < 132 or content[36:40] != b"acsp":
        return "none", "none"
    if struct.unpack(">I", content[:4])[0] > len(content):
        return "none", "none"
    return content[12:16].decode("latin-1").strip(), content[16:20].decode("latin-1").strip()


def dates(pdf: pikepdf.Pdf, tally: Tally) -> None:
    """Title and dates, and the same dates in both places."""
    facts = pdf.docinfo
    if not str(facts.get("/Title", "")).strip():
        tally.add("W263", "the file has no title", "give the manifest a title")
    packet = packet_of(pdf)
    for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        date = str(facts.get(key, ""))
        if not DATE.match(date):
            tally.add("W263", f"the file has no {key[1:]}", "give the manifest a date")
            continue
        found = re.search(rf"xmp:{name}>([^<]*)<", packet)
        if found and re.sub(r"\D", "", found[1])[:14] != date[2:16]:
            tally.add("W263", f"{key[1:]} differs between the file's two records", REPORT)


def active(pdf: pikepdf.Pdf, tally: Tally) -> None:
    """Nothing that acts, and nothing that is not printed."""
    names = pdf.Root.get("/Names", {})
    found = [words for key, words in ACTIVE.items() if key in pdf.Root]
    found += ["scripts"] if "/JavaScript" in names else []
    found += ["attachments"] if "/EmbeddedFiles" in names or "/AF" in pdf.Root else []
    for words in found:
        tally.add("W266", f"the file has {words}, which a press does not print", REPORT)


def annotations(page: Any, tally: Tally) -> None:
    """No links, comments or actions on a page for the press."""
    if len(page.get("/Annots", [])):
        tally.add("W266", "the page has links or comments, which a press does not print", REPORT)
    if "/AA" in page:
        tally.add("W266", "the page has actions", REPORT)
