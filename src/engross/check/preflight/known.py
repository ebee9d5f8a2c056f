"""
What two parsers saw of a page is kept, so that only new pages of a volume are looked at again.

The key is a digest of all that a page shows: its drawing, its boxes, and every font and state that
its drawing may use, with their programs; neither its number nor its links. Pages with pictures,
forms or patterns are looked at each time.
"""

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from pikepdf import Array, Dictionary, Stream

from engross.cache.keeper import Keeper
from engross.check.preflight.colour import Space
from engross.check.preflight.glance import Glance, Seen
from engross.check.preflight.paint import Painted, font_key, inherited, painted
from engross.check.preflight.replacing import Replacing

FORM = "1"
"""Edition of what is kept; another number makes it void."""
SHOWN = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/Rotate", "/Resources")
OWN = ("/Contents", "/UserUnit", "/Group")
ELSEWHERE = ("/XObject", "/Pattern", "/Shading", "/ColorSpace")
"""Resources whose use ties what was seen to objects of this very file, or that few pages have."""


class Pages:
    """The pages of one open file, each looked at once, in this build or in one before."""

    def __init__(self, glance: Glance, store: Keeper | None) -> None:
        self.glance = glance
        self.store = store
        self.replacing = Replacing()
        self.digests: dict[tuple[int, int], str] = {}
        self.parsers = [version("pikepdf"), version("pypdfium2"), FORM]

    def look(self, number: int, page: Any) -> tuple[Painted, Seen | None]:
        """What a page paints, and what PDFium sees of it; None where PDFium has no such page."""
        key = self._key(page) if self.store is not None and number <= len(self.glance) else ""
        if self.store is not None and key and (kept := self.store.get(key)) is not None:
            try:
                return _read(kept, inherited(page, "/Resources"))
            except (ValueError, KeyError, TypeError):
                pass  # an entry of another form counts as none
        ink = painted(page)
        seen = None
        if number <= len(self.glance):
            seen = self.glance.page(number, words=self.replacing.may(page))
        if self.store is not None and key and seen is not None and not ink.pictures:
            self.store.put(key, _written(ink, seen, inherited(page, "/Resources")))
        return ink, seen

    def _key(self, page: Any) -> str:
        """The digest of a page; empty where it cannot be known again by what it shows."""
        resources = inherited(page, "/Resources")
        if resources is None or any(len(resources.get(name, ())) for name in ELSEWHERE):
            return ""
        rows = [*self.parsers, *(self._digest(inherited(page, name)) for name in SHOWN)]
        rows += [self._digest(page.get(name)) for name in OWN]
        return hashlib.sha256(json.dumps(["page", rows]).encode()).hexdigest()

    def _digest(self, value: Any) -> str:
        """A digest of an object and all below it, whatever numbers its objects have."""
        indirect = getattr(value, "is_indirect", False)
        if indirect and value.objgen in self.digests:
            return self.digests[value.objgen]
        if indirect:
            self.digests[value.objgen] = "itself"
        rows: list[Any] = [type(value).__name__]
        if isinstance(value, Stream | Dictionary):
            rows += [[key, self._digest(value[key])] for key in sorted(value.keys())]
        elif isinstance(value, Array):
            rows += [self._digest(one) for one in value]
        else:
            rows.append(repr(value))
        if isinstance(value, Stream):
            rows.append(hashlib.sha256(value.read_raw_bytes()).hexdigest())
        found = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
        if indirect:
            self.digests[value.objgen] = found
        return found


def _written(ink: Painted, seen: Seen, resources: Any) -> bytes:
    """Both as bytes; fonts are kept by the names that the page has for them."""
    fonts = resources.get("/Font", Dictionary())
    names = [name for name in sorted(fonts.keys()) if font_key(name, fonts[name]) in ink.fonts]
    row = {
        "colours": [
            [what, asdict(kind), values, count]
            for (what, (kind, values)), count in ink.colours.items()
        ],
        "type_sizes": list(ink.type_sizes.items()),
        "rules": sorted(ink.rules),
        "transparent": sorted(ink.transparent),
        "fonts": names,
        "counts": [ink.missing_glyphs, ink.hidden_text, ink.strings, ink.too_deep],
        "seen": asdict(seen),
    }
    return json.dumps(row, ensure_ascii=False).encode()


def _read(kept: bytes, resources: Any) -> tuple[Painted, Seen]:
    """
    Both from their bytes.

    Raises:
        ValueError, KeyError, TypeError: these are not such bytes.
    """
    row = json.loads(kept)
    fonts = resources.get("/Font", Dictionary())
    missing, hidden, strings, deep = row["counts"]
    ink = Painted(
        colours={
            (what, (Space(**kind), tuple(values))): count
            for what, kind, values, count in row["colours"]
        },
        type_sizes=dict(row["type_sizes"]),
        rules=set(row["rules"]),
        transparent=set(row["transparent"]),
        fonts={font_key(name, fonts[name]): fonts[name] for name in row["fonts"]},
        missing_glyphs=missing,
        hidden_text=hidden,
        strings=strings,
        too_deep=deep,
    )
    seen = row["seen"]
    seen["text"] = tuple(seen["text"]) if seen["text"] else None
    seen["others"] = tuple(tuple(box) for box in seen["others"])
    return ink, Seen(**seen)
