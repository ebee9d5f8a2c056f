"""From a place in a finished file back to the file of the book that an editor would open."""

import re
from collections.abc import Mapping

from engross.schema import registers

ADDRESS = re.compile(r'data-address="([^"]+)"')
REGISTERS = {
    **{name: f"{name}.yaml" for name in registers.REGISTERS},
    "readings": "documents/*/notes.yaml",
    "corrections": "corrections.yaml",
}
"""Sections that are made from one file of the book; all others come from the manifest."""


def origin(file: str, line: int, text: str, evidence: Mapping[str, bytes]) -> str:
    """
    Find the last address that begins before a line of an XHTML or HTML file; 0 where none is known.

    Gives it with the file of the book that it came from, of those published as evidence:
    `yamada#p-007, from documents/yamada/transcript.md`; empty where none is known. A file's stem is
    the address of its section.
    """
    section = file.rpartition("/")[2].partition(".")[0]
    before = text.split("\n")[: line or None]
    addresses = ADDRESS.findall("\n".join(before)) if line else []
    address = addresses[-1] if addresses else section
    path = _path(address, evidence)
    return f"{address}, from {path}" if path else ""


def _path(address: str, evidence: Mapping[str, bytes]) -> str:
    section = re.split("[#/]", address, maxsplit=1)[0]
    folder = f"documents/{section}"
    if f"{folder}/document.yaml" in evidence:
        if "/note/" in address:
            return f"{folder}/notes.yaml"
        return f"{folder}/{'transcript.md' if '#' in address else 'document.yaml'}"
    manifest = evidence.get("manifest.yaml", b"").decode("utf-8", "replace")
    prose = re.search(rf"prose:\s*(\S+)\s+id:\s*{re.escape(section)}\b", manifest)
    if prose:
        return prose[1]
    register = REGISTERS.get(section, "")
    if register not in evidence and (volume := _in_volume(section, evidence)):
        return volume
    if register:
        return register
    return "manifest.yaml" if manifest and section else ""


def _in_volume(section: str, evidence: Mapping[str, bytes]) -> str:
    r"""
    The TEI file that has a section, and the line where it begins there.

    >>> _in_volume("d-1", {"sources/v.xml": b'<body>\n<div xml:id="d_1">'})
    'sources/v.xml:2'
    """
    # An address has hyphens where an identifier has other signs.
    identifier = re.escape(section).replace(r"\-", "[-_.]").encode()
    for name, body in sorted(evidence.items()):
        if name.endswith(".xml"):
            found = re.search(rb"""xml:id=["']%b["']""" % identifier, body)
            if found:
                return f"{name}:{body.count(bytes([10]), 0, found.start()) + 1}"
    return ""
