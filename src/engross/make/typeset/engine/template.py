"""
The drawings of a unit as the writer takes them, wherever they come to stand. Runs in a worker.

The streams follow one another; the part says how long each is. A page is cut where it shows the
number of another.
"""

import re
import zlib
from collections.abc import Iterator, Sequence

from engross.make.typeset.crossing import FONTS, Slot, Template

SHOW = re.compile(rb"\[[^\]]*\]\s*TJ")
REFERENCE = re.compile(rb"(\d+) 0 R")
LENGTH = re.compile(rb"/Length \d+")
NONE = re.compile(rb"<<(/\w+ <<>>)*/Font \d+ 0 R>>")
"""Resources that have nothing but fonts."""

Slots = Sequence[tuple[int, Slot]]
"""Each with the number of its marked sequence."""


class Templates:
    """What is written of one unit."""

    def __init__(self, resources: bytes, objects: Sequence[bytes], fonts: int) -> None:
        self.known, self.fonts = objects, fonts
        self.order: dict[int, int] = {}
        self.streams: list[bytes] = []
        self.resources = None if NONE.fullmatch(resources) else self._template(resources)
        self.objects = list(self._objects())

    def _template(self, text: bytes) -> Template:
        numbers: list[int] = []

        def mark(found: re.Match[bytes]) -> bytes:
            one, after = int(found[1]), len(self.order)
            numbers.append(FONTS if one == self.fonts else self.order.setdefault(one, after))
            return b"%d 0 R"

        return Template(REFERENCE.sub(mark, text.replace(b"%", b"%%")).decode("latin-1"), numbers)

    def _objects(self) -> Iterator[Template]:
        """Those that are used."""
        done = 0
        while done < len(self.order):
            number = list(self.order)[done]
            done += 1
            head, stream, rest = self.known[number].partition(b"\nstream\n")
            if not stream:
                yield self._template(head)
                continue
            body, entries = rest.removesuffix(b"\nendstream"), LENGTH.sub(b"", head[2:-2])
            if b"/Filter" not in entries:
                body, entries = zlib.compress(body, 9), b"/Filter /FlateDecode" + entries
            self.streams.append(body)
            yield self._template(entries)._replace(length=len(body))

    def page(self, content: bytes, slots: Slots) -> list[int | Slot]:
        """The pieces of a page: lengths of streams, and slots between them."""
        pieces: list[int | Slot] = []
        for piece in cut(content, slots):
            if isinstance(piece, bytes):
                self.streams.append(zlib.compress(piece, 9))
                pieces.append(len(self.streams[-1]))
            else:
                pieces.append(piece)
        return pieces


def cut(content: bytes, slots: Slots) -> Iterator[bytes | Slot]:
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
            raise ValueError(f"slot {sequence} for {row.target} is empty")
        places.append((show.start(), show.end(), row))
    for start, end, row in sorted(places, key=lambda place: place[0]):
        yield content[at:start]
        yield row._replace(form=content[start:end].decode("ascii"))
        at = end
    yield content[at:]
