"""What a book brings for the eye: pictures and sheets, looked at before anything is made."""

import re
from collections.abc import Iterator

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.catalog import finding
from engross.catalog.nearest import did_you_mean
from engross.model.finding import Finding, Place
from engross.model.text import Block, Point, figures, leaves
from engross.read import Sources, decode
from engross.read.css import judge_sheet
from engross.read.images import judge
from engross.render.environment import OWN, editions
from engross.render.sheets import NAMES, styles

Asked = tuple[str, str, Place]
"""A path of the book, the words that describe the picture, and the place that shows it."""


def judge_pictures(edition: Edition, sources: Sources, store: Store) -> list[Finding]:
    """What is wrong with the pictures of an edition, each told once, where it is first shown."""
    found: list[Finding] = []
    files = {}
    for path, alt, place in asked(edition):
        if not alt.strip():
            says = f"'{path}' has no description"
            fix = f"write it between the brackets: ![What it shows]({path})"
            found.append(finding("F025", place, says, fix))
        if path not in files:
            files[path] = (sources.file(path, place), place)
    cover = edition.manifest.cover.image
    if cover and cover not in files:
        place = Place("manifest.yaml")
        files[cover] = (sources.file(cover, place), place)
    found += [file for file, _ in files.values() if isinstance(file, Finding)]
    held = [(file, place) for file, place in files.values() if not isinstance(file, Finding)]
    return found + judge(held, sources.limits, store)


def judge_sheets(sources: Sources) -> list[Finding]:
    """What is wrong with the book's own sheets and templates: what each asks for, and its name."""
    found: list[Finding] = []
    for path, text in _texts(sources, "styles", "css", found):
        found += judge_sheet(path, text)
        if (name := path.rpartition("/")[2]) not in NAMES:
            says = f"nothing reads a sheet named '{name}'"
            fix = f"use one of {', '.join(sorted(NAMES))}"
            found.append(finding("S008", Place(path), says, fix))
    own = {
        path.removeprefix(OWN): text for path, text in _texts(sources, "templates", "html", found)
    }
    named = " ".join(own.values())
    for name in sorted(own.keys() - set(editions())):
        if f"'{name}'" not in named and f'"{name}"' not in named:
            says = f"nothing uses a template named '{name}'{did_you_mean(name, editions())}"
            found.append(finding("S009", Place(OWN + name), says))
    return found


def _texts(
    sources: Sources, folder: str, suffix: str, found: list[Finding]
) -> Iterator[tuple[str, str]]:
    """Path and text of the book's own files of a kind; `found` gets what cannot be read."""
    for pattern in (f"{folder}/*.{suffix}", f"{folder}/*/*.{suffix}"):
        for path in sources.find(pattern):
            file = sources.file(path)
            if isinstance(file, Finding):
                found.append(file)
                continue
            text, more = decode(file)
            found += [fault for fault in more if fault.is_error]
            yield path, text or ""


def asked(edition: Edition) -> Iterator[Asked]:
    """All pictures of an edition's texts and notes, text by text."""
    for section in edition.sections:
        content = section.content
        around = (getattr(content, part, None) for part in ("headnote", "plates"))
        for body in (section.body, *around):
            if body is not None:
                yield from _shown(body.blocks)
                for note in body.notes:
                    yield from _shown(note.blocks)


def _shown(blocks: tuple[Block, ...]) -> Iterator[Asked]:
    for one in figures(blocks):
        if one.path:
            yield one.path, one.alt, Place(one.origin.path, one.origin.line)
    for leaf in leaves(blocks):
        for point in leaf.content:
            if isinstance(point, Point) and point.kind == "image" and point.get("path"):
                place = Place(leaf.origin.path, leaf.origin.line)
                yield point.get("path"), point.get("alt"), place


def own_texts(sources: Sources, folder: str, suffix: str) -> dict[str, str]:
    """A book's own templates or sheets, by name below their folder."""
    texts = _texts(sources, folder, suffix, [])
    return {path.removeprefix(f"{folder}/"): text for path, text in texts}


def text_face(sources: Sources, house: str) -> str:
    """The family that the text of pages is set in, as the house's tokens name it."""
    sheet = styles(house, "print", own_texts(sources, "styles", "css"))
    match = re.search(r'--text-face:\s*"([^"]+)"', sheet)
    return match[1] if match else ""
