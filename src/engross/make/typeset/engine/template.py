"""
The drawings of a unit as the writer takes them, wherever they come to stand. Runs in a worker.

The streams follow one another; the side-car says how long each is. A template is bytes in which
`%d` stands for the number of an object, and the numbers that are meant: from 0 in the unit, -1 for
the fonts of the volume. A page is cut where it shows the number of another.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

SHOW = re.compile(rb"\[[^\]]*\]\s*TJ")
REFERENCE = re.compile(rb"(\d+) 0 R")
LENGTH = re.compile(rb"/Length \d+")
NONE = re.compile(rb"<<(/\w+ <<>>)*/Font \d+ 0 R>>")
"""Resources that have nothing but fonts."""

Slot = tuple[int, list[Any]]
"""A marked sequence, and what the writer is told of it."""


class Templates:
    """What is written of one unit."""

    def __init__(self, resources: bytes, objects: Sequence[bytes], fonts: int) -> None:
        self.known, self.fonts = objects, fonts
        self.order: dict[int, int] = {}
        self.streams: list[bytes] = []
        self.resources = None if NONE.fullmatch(resources) else self._template(resources)
        self.objects = list(self._objects())

    def _template(self, text: bytes) -> tuple[str, list[int]]:
        numbers: list[int] = []

        def mark(found: re.Match[bytes]) -> bytes:
            one = int(found[1])
            numbers.append(-1 if one == self.fonts else self.order.setdefault(one, len(self.order)))
            return b"%d 0 R"

        return REFERENCE.sub(mark, text.replace(b"%", b"%%")).decode("latin-1"), numbers

    def _objects(self) -> Iterator[tuple[str, list[int], int]]:
        """Those that are used: template, numbers, and the length of a stream or -1."""
        done = 0
        while done < len(self.order):
            number = list(self.order)[done]
            done += 1
            head, stream, rest = self.known[number].partition(b"\nstream\n")
            if not stream:
                yield *self._template(head), -1
                continue
            body, entries = rest.removesuffix(b"\nendstream"), LENGTH.sub(b"", head[2:-2])
            if b"/Filter" not in entries:
                body, entries = zlib.compress(body, 9), b"/Filter /FlateDecode" + entries
            self.streams.append(body)
            yield *self._template(entries), len(body)

    def page(self, content: bytes, slots: Sequence[Slot]) -> list[Any]:
        """The pieces of a page: lengths of streams, and slots between them."""
        pieces: list[Any] = []
        for piece in cut(content, slots):
            if isinstance(piece, bytes):
                self.streams.append(zlib.compress(piece, 9))
                pieces.append(len(self.streams[-1]))
            else:
                pieces.append(piece)
        return pieces


def cut(content: bytes, slots: Sequence[Slot]) -> Iterator[bytes | list[Any]]:
    """
    A page's drawing in turns with its slots, each with the form that it has now.

    Raises:
        ValueError: a slot shows nothing.
    """
    at, places = 0, []
    for sequence, row in slots:
        head = re.search(rb"/Span\s*<<\s*/MCID %d\s*>>\s*BDC" % sequence, content)
        show = SHOW.search(content, head.end()) if head else None
        if head is None or show is None or show.end() > content.index(b"EMC", head.end()):
            raise ValueError(f"slot {sequence} for {row[0]} is empty")
        places.append((show.start(), show.end(), row))
    for start, end, row in sorted(places, key=lambda place: place[0]):
        yield content[at:start]
        yield [*row, content[start:end].decode("ascii")]
        at = end
    yield content[at:]
