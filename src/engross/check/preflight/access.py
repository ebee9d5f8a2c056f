"""What a screen reader and an archive need of the reading PDF, as far as we judge it ourselves."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from engross.check.preflight.record import packet_of
from engross.check.preflight.report import Tally

REPORT = "report it: engross writes tags and marks itself"
PRINTED = 4
"""The flag of an annotation that is printed."""
HEADING = re.compile(r"/H([1-6])$")


def judge(pdf: pikepdf.Pdf, tally: Tally) -> None:
    """Look at the whole of a file that says it is PDF/UA-1 and PDF/A-3a."""
    accessible(pdf, tally)
    archival(pdf, tally)


def accessible(pdf: pikepdf.Pdf, tally: Tally) -> None:
    """Language, title, tags and everything that hangs from them."""
    root, add = pdf.Root, tally.add
    packet = packet_of(pdf)
    if not re.search(r"pdfuaid:part>\s*1\s*<|pdfuaid:part=\"1\"", packet):
        add("W270", "the file does not say that it is PDF/UA-1", REPORT)
    if not str(root.get("/Lang", "")):
        add("W271", "the file does not name its language", "give the manifest a language")
    if "dc:title" not in packet:
        add("W271", "the file has no title for a reader", "give the manifest a title")
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        add("W271", "a viewer would show the file's name and not its title", REPORT)
    if root.get("/MarkInfo", {}).get("/Marked") is not True or "/StructTreeRoot" not in root:
        add("W272", "the file is not tagged", REPORT)
        return
    _tree(root.StructTreeRoot, tally)


def _tree(tree: Any, tally: Tally) -> None:
    level, notes = 0, set[bytes]()
    for element in elements(tree):
        kind = str(element.get("/S"))
        if found := HEADING.match(kind):
            depth = int(found[1])
            if depth > level + 1:
                words = f"a heading of level {depth} follows one of level {level}"
                tally.add("W274", words)
            level = depth
        elif kind == "/Figure" and not str(element.get("/Alt", "")):
            tally.add("W273", "a figure has no description", "describe it where it is named")
        elif kind == "/TH" and not any("/Scope" in row for row in _below(element, "/A")):
            tally.add("W275", "a table's heading does not say what it heads", REPORT)
        elif kind == "/L" and any(kid not in ("/LI", "/Caption") for kid in _kinds(element)):
            tally.add("W267", "a list holds something else than its items", REPORT)
        elif kind != "/L" and "/LI" in _kinds(element):
            tally.add("W267", "an item stands in no list", REPORT)
        elif kind == "/Note":
            key = bytes(element.get("/ID", b""))
            if not key or key in notes:
                tally.add("W276", "a note has no identifier of its own", REPORT)
            notes.add(key)


def elements(tree: Any) -> Iterator[Any]:
    """Every element of a tag tree, in the order of reading."""
    todo = [tree]
    while todo:
        element = todo.pop()
        if "/S" in element:
            yield element
        kids = [kid for kid in _below(element, "/K") if "/MCID" not in kid and "/Obj" not in kid]
        todo += reversed(kids)


def _below(element: Any, key: str) -> list[Any]:
    """The dictionaries of an entry, which holds one or an array."""
    held = element.get(key)
    rows = list(held) if isinstance(held, Array) else [held]
    return [row for row in rows if isinstance(row, Dictionary)]


def _kinds(element: Any) -> list[str]:
    """The kinds of the elements directly below one."""
    return [str(kid.S) for kid in _below(element, "/K") if "/S" in kid]


def archival(pdf: pikepdf.Pdf, tally: Tally) -> None:
    """Colours with a profile, attachments with their standing, nothing that acts."""
    root, add = pdf.Root, tally.add
    packet = packet_of(pdf)
    if not re.search(r"pdfaid:part>\s*3\s*<", packet) or not re.search(
        r"pdfaid:conformance>\s*A\s*<", packet
    ):
        add("W277", "the file does not say that it is PDF/A-3a", REPORT)
    intents = [row for row in root.get("/OutputIntents", []) if row.get("/S") == Name.GTS_PDFA1]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        add("W278", "the file's colours have no profile", REPORT)
    if "/ID" not in pdf.trailer:
        add("W264", "the file has no identifier", REPORT)
    if pdf.pdf_version > "1.7":
        add("W265", f"the file is PDF {pdf.pdf_version}, and PDF/A-3 is PDF 1.7", REPORT)
    if "/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", {}):
        add("W279", "the file does something when it is opened", REPORT)
    if any(isinstance(o, Stream) and o.get("/Interpolate") is True for o in pdf.objects):
        add("W291", "a picture is to be smoothed by the reader, which an archive refuses", REPORT)
    listed = {row.objgen for row in root.get("/AF", [])}
    for row in _attached(pdf):
        if "/AFRelationship" not in row or row.objgen not in listed:
            words = f"attachment {row.get('/UF', '')} does not say what it is to the file"
            add("W279", words, REPORT)


def _attached(pdf: pikepdf.Pdf) -> list[Any]:
    held = pdf.Root.get("/Names", {}).get("/EmbeddedFiles")
    rows = held.get("/Names", []) if held is not None else []
    return [rows[at] for at in range(1, len(rows), 2)]


def page(one: Any, tally: Tally) -> None:
    """Links of one page: named, tagged, printed, in the order of the tags."""
    links = one.get("/Annots", [])
    if len(links) and one.get("/Tabs") != Name.S:
        tally.add("W274", "links are not visited in the order of the text", REPORT)
    for link in links:
        if not str(link.get("/Contents", "")).strip() or "/StructParent" not in link:
            tally.add("W276", "a link does not say where it leads", REPORT)
        if not int(link.get("/F", 0)) & PRINTED:
            tally.add("W279", "a link is not marked to be printed", REPORT)
        action = link.get("/A")
        if action is not None and action.get("/S") not in (Name.URI, Name.GoTo):
            tally.add("W279", "a link does something else than lead somewhere", REPORT)
