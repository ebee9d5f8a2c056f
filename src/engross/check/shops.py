"""The rules of shops that a file can be held against: a dated table, and a row for each rule."""

import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engross.catalog import finding
from engross.check.epub.opened import EPUB_TYPE, XHTML, Opened, open_epub
from engross.model.finding import Finding, Place


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one shop."""

    shop: str
    measure: str
    """Names one of the numbers that `measured` gives."""
    source: str
    """Where it was read: official page, third-party page, memory."""
    least: int | None = None
    most: int | None = None

    def holds(self, value: int) -> bool:
        """Whether a file with this number may be handed in."""
        low = self.least is None or value >= self.least
        return low and (self.most is None or value <= self.most)

    @property
    def words(self) -> str:
        """The limits: `at least 1400`."""
        least = f"at least {self.least}" if self.least is not None else ""
        most = f"at most {self.most}" if self.most is not None else ""
        return " and ".join(part for part in (least, most) if part)


Row = tuple[Rule, int]
"""A rule, and the number of a file that is held against it."""


@cache
def table() -> tuple[str, tuple[Rule, ...]]:
    """The day on which the table was last looked through, and its rules."""
    read = tomllib.loads(files(__package__).joinpath("shops.toml").read_text("utf-8"))
    return read["seen"], tuple(Rule(**row) for row in read["rule"])


def shop_rows(name: str, book: bytes) -> tuple[Row, ...]:
    """Every rule held against an EPUB; none for a file that cannot be opened."""
    opened = open_epub(name, book)
    if not isinstance(opened, Opened):
        return ()
    values = measured(opened, len(book))
    return tuple((rule, values[rule.measure]) for rule in table()[1])


def shop_findings(name: str, rows: tuple[Row, ...]) -> tuple[Finding, ...]:
    """A finding for each rule that a file breaks."""
    seen = table()[0]
    return tuple(
        finding(
            "Q120",
            Place(name),
            f"{rule.shop} takes {rule.words} {rule.measure}, the file has {value} "
            f"({rule.source}, seen {seen})",
        )
        for rule, value in rows
        if not rule.holds(value)
    )


def measured(book: Opened, size: int) -> Mapping[str, int]:
    """The numbers that shops have rules about."""
    from PIL import Image

    items = {book.item_name(item): item for item in book.items()}
    pictures = {
        name: book.files.get(name, b"")
        for name, item in items.items()
        if (item.get("media-type") or "").startswith("image/") and not name.endswith(".svg")
    }
    covers = {
        name
        for name, item in items.items()
        if "cover-image" in (item.get("properties") or "").split()
    }
    sizes: dict[str, tuple[int, int]] = {}
    strange = 0
    for name, content in pictures.items():
        with Image.open(io.BytesIO(content)) as image:
            sizes[name] = image.size
            strange += image.mode not in {"RGB", "L", "1", "P"}
    cover = next((sizes[name] for name in sorted(covers) if name in sizes), (0, 0))
    inside = [size for name, size in sizes.items() if name not in covers]
    properties = [(item.get("properties") or "").split() for item in items.values()]
    return {
        "bytes": size,
        "pixels of the largest picture": max((w * h for w, h in sizes.values()), default=0),
        "bytes of the largest picture": max(
            (len(body) for name, body in pictures.items() if name not in covers), default=0
        ),
        "pictures that are not RGB or grey": strange,
        "short side of the cover": min(cover),
        "long side of the cover": max(cover),
        "bytes of the cover": sum(len(pictures.get(name, b"")) for name in covers),
        "navigation document": sum("nav" in row for row in properties),
        "NCX": sum(i.get("media-type") == "application/x-dtbncx+xml" for i in items.values()),
        "levels of the navigation": _levels(book),
        "pictures inside": len(inside),
    }


def _levels(book: Opened) -> int:
    """How deep the contents of the navigation document go."""
    navs = [nav for document in book.documents.values() for nav in document.elements("nav")]
    return max(
        (
            sum(above.tag == f"{XHTML}ol" for above in link.iterancestors())
            for nav in navs
            if nav.get(EPUB_TYPE) == "toc"
            for link in nav.iter(f"{XHTML}a")
        ),
        default=0,
    )
