"""
What two parsers saw of a page is kept, so that only new pages of a volume are looked at again.

A page in pieces is known by them, wherever they stand: the key of a piece is a digest of its
drawing and of every font and state that it may use. The key of another page is that of
all that it shows, with its boxes; neither its number nor its links. Pages with pictures, forms or
patterns are looked at each time.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from pikepdf import Array, Dictionary, Stream

from engross.check.preflight.colour import Space
from engross.check.preflight.glance import Glance, Seen
from engross.check.preflight.paint import Painted, font_key, inherited, painted
from engross.check.preflight.pieces import Piece, looked_at, pieces, together
from engross.check.tools.record import Keeper

FORM = "2"
"""Of what is kept; another number makes it void."""
SHOWN = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/Rotate", "/Resources")
OWN = ("/Contents", "/UserUnit", "/Group")
ELSEWHERE = ("/XObject", "/Pattern", "/Shading", "/ColorSpace")
"""Resources whose use ties what was seen to objects of this very file, or that few pages have."""


class Pages:
    """The pages of one open file, each looked at once, in this build or in one before."""

    def __init__(self, glance: Glance, store: Keeper | None) -> None:
        self.glance = glance
        self.store = store
        self.digests: dict[tuple[int, int], str] = {}
        self.parsers = [version("pikepdf"), version("pypdfium2"), FORM]
        self.pieces: dict[str, bytes | None] = {}
        """What was seen of each piece of the file, by key; None for one that is no piece."""
        self.parts: list[list[tuple[str, Piece]]] = []
        """The pieces of each page, with their keys."""

    def learn(self, pages: Sequence[Any]) -> None:
        """Look at the pieces of all pages that no build has seen, all in one file."""
        self.parts = [[(self._piece_key(one), one) for one in pieces(page)] for page in pages]
        unseen: dict[str, Piece] = {}
        for key, piece in {key: piece for row in self.parts for key, piece in row}.items():
            kept = self.store.get(key) if self.store is not None else None
            if kept is not None and _readable(kept, piece.resources):
                self.pieces[key] = kept
            else:
                unseen[key] = piece
        for key, found in zip(unseen, looked_at(unseen.values()), strict=True):
            self.pieces[key] = None
            if found is not None and not found[0].pictures:
                self.pieces[key] = row = _written(*found)
                if self.store is not None:
                    self.store.put(key, row)

    def _from_pieces(self, number: int) -> tuple[Painted, Seen] | None:
        rows: list[tuple[Painted, Seen, tuple[float, float]]] = []
        for key, piece in self.parts[number - 1] if number <= len(self.parts) else ():
            kept = self.pieces[key]
            if kept is None:
                return None
            rows.append((*_read(kept, piece.resources), piece.at))
        return together(rows, self.glance.size(number)) if rows else None

    def _piece_key(self, piece: Piece) -> str:
        rows = [
            [kind, name, self._digest(value)]
            for kind, held in piece.resources.items()
            for name, value in held.items()
        ]
        row = ["piece", self.parsers, hashlib.sha256(piece.drawing).hexdigest(), rows]
        return hashlib.sha256(json.dumps(row).encode()).hexdigest()

    def look(self, number: int, page: Any) -> tuple[Painted, Seen | None]:
        """What a page paints, and what PDFium sees of it; None where PDFium has no such page."""
        if number <= len(self.glance) and (known := self._from_pieces(number)) is not None:
            return known
        key = self._key(page) if self.store is not None and number <= len(self.glance) else ""
        if self.store is not None and key and (kept := self.store.get(key)) is not None:
            try:
                return _read(kept, inherited(page, "/Resources"))
            except (ValueError, KeyError, TypeError):
                pass  # an entry of another form counts as none
        ink = painted(page)
        seen = self.glance.page(number) if number <= len(self.glance) else None
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


def _readable(kept: bytes, resources: Any) -> bool:
    try:
        _read(kept, resources)
    except (ValueError, KeyError, TypeError):
        return False
    return True


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
