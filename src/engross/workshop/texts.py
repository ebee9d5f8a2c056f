"""The book's own templates and sheets, as texts."""

import re

from engross.model.finding import Finding
from engross.read import Sources, decode
from engross.render.sheets import styles


def own_texts(sources: Sources, folder: str, suffix: str) -> dict[str, str]:
    """A book's own templates or sheets, by name below their folder."""
    texts: dict[str, str] = {}
    for pattern in (f"{folder}/*.{suffix}", f"{folder}/*/*.{suffix}"):
        for path in sources.find(pattern):
            file = sources.file(path)
            if not isinstance(file, Finding):
                texts[path.removeprefix(f"{folder}/")] = decode(file)[0] or ""
    return texts


def text_face(sources: Sources, house: str) -> str:
    """The family that the text of pages is set in, as the house's tokens name it."""
    sheet = styles(house, "print", own_texts(sources, "styles", "css"))
    match = re.search(r'--text-face:\s*"([^"]+)"', sheet)
    return match[1] if match else ""
