"""The pinned faces, and a fontconfig that sees nothing else."""

import hashlib
from collections.abc import Collection, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from engross.model.font import FontFile
from engross.model.markup import escaped

FACES = {"Regular": (400, False), "Italic": (400, True), "Bold": (700, False)} | {
    "BoldItalic": (700, True)
}
NOTO = tuple(f"Noto Sans{script}" for script in ("", " JP", " KR", " SC"))
FAMILIES = ("EB Garamond", "Gentium Book Plus", *NOTO, "Open Sans")
"""The families of the pinned package that a house may name."""
SPOKEN = {"Noto Sans JP": "ja", "Noto Sans KR": "ko", "Noto Sans SC": "zh"}
"""Large families that every house names for one language, and that are read for it alone."""


def face(family: str, weight: int, italic: bool, content: bytes) -> FontFile:
    """Name a font program by what it is, and by the digest of its bytes."""
    return FontFile(family, weight, italic, content, hashlib.sha256(content).hexdigest())


@cache
def pinned(family: str) -> tuple[FontFile, ...]:
    """
    The faces of a family of the pinned package, regular first.

    Raises:
        LookupError: the package or the family is not there.
    """
    spec = find_spec("rendercv_fonts")
    if spec is None or not spec.submodule_search_locations or family not in FAMILIES:
        raise LookupError(family)
    name = "Noto Sans" if family in NOTO else family
    folder = Path(spec.submodule_search_locations[0]) / name
    stem = family.replace(" ", "")
    files = ((folder / f"{stem}-{cut}.ttf", *row) for cut, row in FACES.items())
    faces = tuple(
        face(family, weight, italic, path.read_bytes())
        for path, weight, italic in files
        if path.is_file()
    )
    if not faces:
        raise LookupError(family)
    return faces


def named(
    css: str, own: Sequence[FontFile] = (), without: Collection[str] = ()
) -> tuple[FontFile, ...]:
    """
    The faces of all families that a sheet names: the book's own, and pinned ones.

    A family that the book brings takes the place of a pinned one of that name. Those of `without`
    are not read, since nothing is set in them.
    """
    brought = {face.family for face in own}
    return tuple(face for face in own if f'"{face.family}"' in css) + tuple(
        face
        for family in FAMILIES
        if f'"{family}"' in css and family not in brought and family not in without
        for face in pinned(family)
    )


def configuration(folder: Path, cache_folder: Path) -> str:
    """The text of a `fonts.conf` that sees one folder and nothing of the machine."""
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><reset-dirs/><dir>{escaped(str(folder))}</dir>"
        f"<cachedir>{escaped(str(cache_folder))}</cachedir>"
        "<config><rescan><int>0</int></rescan></config></fontconfig>\n"
    )
