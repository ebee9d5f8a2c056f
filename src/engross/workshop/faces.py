"""The faces that a book brings of its own, and those that a sheet asks for."""

import re
from collections.abc import Callable, Sequence
from html import unescape

from engross.cache.store import Store
from engross.catalog import finding
from engross.make.cut import FAMILIES, cut, eastern, used
from engross.make.typeset.fonts import named
from engross.model.finding import Finding, Place
from engross.model.font import FontFile
from engross.parse.load import Parsed
from engross.read import Sources
from engross.read.fonts import read_face
from engross.render import Rendered
from engross.render.sheets import SHEETS, styles
from engross.schema.manifest import Manifest
from engross.workshop.pictures import own_texts

BOLD = 600
"""Weight from which on a face is bold."""
BOLD_WORDS = re.compile(r"<(strong|b|dt)\b.*?</\1>", re.DOTALL)
ITALIC = re.compile(r'<(?:em|cite|i)\b|class="[^"]*\b(?:foreign|probably|see|errata)\b')
"""What the sheets of a house set in italics."""
EMBEDDED = 600_000
"""Bytes: a face that is larger, cut to the characters in use, stays out of an EPUB."""


def own_faces(
    manifest: Manifest, sources: Sources, place: Callable[..., Place] = lambda *_: Place()
) -> tuple[tuple[FontFile, ...], list[Finding]]:
    """
    The faces of the manifest's `fonts`, in its order, and what is wrong with them.

    `place` says where a key of the manifest stands.
    """
    faces: list[FontFile] = []
    findings: list[Finding] = []
    for index, row in enumerate(manifest.fonts):
        at = place("fonts", index, "file")
        file = sources.file(row.file, at)
        made = file if isinstance(file, Finding) else read_face(file, row, at)
        if isinstance(made, Finding):
            findings.append(made)
        elif any(made.name == one.name for one in faces):
            message = f"'{row.file}' is {made.name}, which another file of the book is already"
            findings.append(finding("G009", at, message))
        else:
            faces.append(made)
    return tuple(faces), findings


def judge_faces(manifest: Parsed[Manifest], sources: Sources) -> tuple[Finding, ...]:
    """
    What is wrong with the book's own faces; one that no sheet asks for is a warning.

    Raises:
        EngrossError: a sheet cannot be read.
    """
    faces, findings = own_faces(manifest.value, sources, manifest.place)
    if faces and not findings:
        sheets = own_texts(sources, "styles", "css")
        whole = "".join(
            styles(manifest.value.style, medium, sheets, volume=True) for medium in SHEETS
        )
        for index, face in enumerate(faces):
            if f'"{face.family}"' not in whole:
                findings.append(_idle(face, manifest.place("fonts", index, "file")))
    return tuple(findings)


def reflowable_faces(
    sheet: str,
    own: tuple[FontFile, ...],
    sections: Sequence[Rendered],
    store: Store,
    idle: frozenset[str] = frozenset(),
) -> tuple[FontFile, ...]:
    """The faces of a sheet that go into an EPUB or a web edition, cut to the characters in use."""
    texts = [unescape(section.html) for section in sections]
    near, far = used([*texts, sheet]), eastern(texts)
    slanted = _bold_italic(sheet, texts)
    found: list[FontFile] = []
    # They are 45 million bytes: read, and held in memory, where a text needs them alone.
    for face in named(sheet, own, idle if far else FAMILIES):
        if face.family in FAMILIES and face not in own:
            found.append(cut(face, far, store))
        elif face.flowing and (slanted or not face.italic or face.weight < BOLD):
            part = cut(face, near, store)
            found += [part] if len(part.content) <= EMBEDDED else []
    return tuple(found)


def _bold_italic(sheet: str, texts: Sequence[str]) -> bool:
    """Whether an italic stands within bold words, or a rule of the sheet makes both."""
    return any("bold" in rule and "italic" in rule for rule in sheet.split("}")) or any(
        ITALIC.search(bold[0]) for text in texts for bold in BOLD_WORDS.finditer(text)
    )


def _idle(face: FontFile, place: Place) -> Finding:
    rule = f'--text-face: "{face.family}", serif'
    message = f"no sheet asks for the family '{face.family}'"
    fix = f"name it in styles/tokens.css, for example {rule}; or take the file out of the manifest"
    return finding("G010", place, message, fix)
