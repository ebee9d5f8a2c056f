"""
Sections as pages have them, kept from one build to the next.

A section is kept under the digest of itself and of every answer that its template may ask of the
rest of the edition: manifest, words, and how the sections are called and numbered. What templates
of the program make is kept alone, and for pages alone: what is in them is read back and proved
whether it was kept or not, and a cache may come from somebody else.
"""

import hashlib
import io
import pickle
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from engross.assemble.edition import Edition, Section
from engross.cache.store import Keeper
from engross.language.catalogue import Catalogue
from engross.model.text import Origin
from engross.schema.base import Model

KINDS = frozenset({"document", "prose"})
"""Sections that say what their own text says; what lists others depends on all of them."""
HIDDEN = ("documents", "edition", "paragraph_address")
"""What the templates of these cannot ask, since no key has the answers."""
BENT = 200
"""Numbers among which every rule of plural forms has shown all that it does."""
LIBRARIES = ("babel", "jinja2", "markupsafe")
CODE = ("assemble", "language", "model", "render", "templates")


class _Pickler(pickle.Pickler):
    """Says what a value is, in every process alike."""

    def reducer_override(self, value: Any) -> Any:
        """A block without its place in a file, a form without digests of files: no word of it."""
        if isinstance(value, Origin):
            return Origin, ()
        if isinstance(value, Model):
            fields = (row for row in vars(value).items() if row[0] != "sha256")
            return tuple, ((type(value).__name__, *fields),)
        if isinstance(value, Catalogue):  # how words bend with a number is a function
            forms = tuple(map(value.form, range(BENT)))
            return tuple, ((value.language, tuple(value.entries.items()), forms),)
        return NotImplemented


class Cards:
    """The kept sections of an edition."""

    def __init__(self, edition: Edition, store: Keeper) -> None:
        called = [
            (one.address, one.kind, one.number, one.title, one.short_title)
            for one in edition.sections
        ]
        self._store = store
        self._ground = _said((code(), edition.manifest, edition.own, called))
        self._keys: dict[str, str] = {}

    def get(self, section: Section) -> str | None:
        """What was made of a section like this one."""
        if section.kind not in KINDS:
            return None
        key = hashlib.sha256(self._ground + _said(section)).hexdigest()
        self._keys[section.address] = key
        found = self._store.get(key)
        return None if found is None else found.decode("utf-8", "replace")

    def put(self, section: Section, html: str) -> None:
        """Keep what was made of a section that was asked for before."""
        if section.kind in KINDS:
            self._store.put(self._keys[section.address], html.encode())

    def narrowed(self, section: Section, context: Mapping[str, Any]) -> Mapping[str, Any]:
        """What its template may see: where the result is kept, nothing that no key has."""
        if section.kind not in KINDS:
            return context
        return {name: value for name, value in context.items() if name not in HIDDEN}


@cache
def code() -> bytes:
    """The digest of what makes a section: our modules, templates and words, and what says days."""
    whole = hashlib.sha256("".join(map(version, LIBRARIES)).encode())

    def walk(folder: Traversable) -> None:
        for entry in sorted(folder.iterdir(), key=lambda one: one.name):
            if entry.is_dir():
                walk(entry)
            elif not entry.name.endswith(".pyc"):
                whole.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")

    for name in CODE:
        walk(files("engross").joinpath(name))
    return whole.digest()


def _said(value: object) -> bytes:
    target = io.BytesIO()
    pickler = _Pickler(target, protocol=5)
    pickler.fast = True  # the same whether or not two equal texts are one in memory
    pickler.dump(value)
    return hashlib.sha256(target.getbuffer()).digest()
