"""The objects of a PDF as bytes, with their numbers and places; equal calls give equal bytes."""

import hashlib
import struct
import zlib

BUNDLE = 100
"""Objects that are packed into one stream, where the version knows such."""
LEVEL = 6
NOWHERE = (0, 0, 65535)
UTF_16 = b"\xfe\xff"
ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r"})


class File:
    """A file in work. Numbers are taken first and filled later, in any order."""

    def __init__(self, version: str) -> None:
        self.bundled = version >= "1.5"
        head = b"%%PDF-%s\n%%\xbf\xf7\xa2\xfe\n" % version.encode()
        self.pieces, self.size = [head], len(head)
        self.places: dict[int, tuple[int, int, int]] = {0: NOWHERE}
        """Kind, then place; or kind, bundle and place in it: as a cross-reference has them."""
        self.waiting: list[tuple[int, bytes]] = []
        self.next = 1

    def take(self, count: int = 1) -> int:
        """The first of so many numbers."""
        first = self.next
        self.next += count
        return first

    def add(self, body: bytes, number: int = 0) -> int:
        """An object that is no stream, under its number or a new one."""
        number = number or self.take()
        if self.bundled:
            self.waiting.append((number, body))
            if len(self.waiting) == BUNDLE:
                self._bundle()
        else:
            self._put(number, body)
        return number

    def stream(self, content: bytes, entries: bytes = b"", number: int = 0) -> int:
        """A stream as it is; `entries` say how it is packed."""
        number = number or self.take()
        head = b"<<%s/Length %d>>" % (entries, len(content))
        self._put(number, b"%s\nstream\n%s\nendstream" % (head, content))
        return number

    def packed(self, content: bytes, entries: bytes = b"", number: int = 0) -> int:
        """A stream that is made smaller."""
        content = zlib.compress(content, LEVEL)
        return self.stream(content, b"/Filter/FlateDecode" + entries, number)

    def digest(self) -> str:
        """What has been written so far, in 32 digits."""
        whole = hashlib.md5(usedforsecurity=False)
        for piece in self.pieces:
            whole.update(piece)
        return whole.hexdigest()

    def close(self, root: int, information: int) -> bytes:
        """The whole file."""
        if self.waiting:
            self._bundle()
        name = self.digest().encode()
        ends = b"/Root %d 0 R/Info %d 0 R/ID [<%s><%s>]" % (root, information, name, name)
        start = self.size
        if self.bundled:
            number = self.take()
            self.places[number] = (1, start, 0)
            rows = b"".join(struct.pack(">BIH", *row) for row in self._rows())
            self.packed(rows, b"/Type/XRef/W[1 4 2]/Size %d%s" % (self.next, ends), number)
        else:
            rows = b"".join(
                b"%010d %05d %s \n" % (place, more, b"n" if kind else b"f")
                for kind, place, more in self._rows()
            )
            table = b"xref\n0 %d\n%strailer\n<</Size %d%s>>\n" % (self.next, rows, self.next, ends)
            self.pieces.append(table)
        self.pieces.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self.pieces)

    def _rows(self) -> list[tuple[int, int, int]]:
        return [self.places.get(number, NOWHERE) for number in range(self.next)]

    def _put(self, number: int, body: bytes) -> None:
        piece = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        self.places[number] = (1, self.size, 0)
        self.pieces.append(piece)
        self.size += len(piece)

    def _bundle(self) -> None:
        bundle, heads, at = self.take(), [], 0
        for index, (number, body) in enumerate(self.waiting):
            self.places[number] = (2, bundle, index)
            heads.append(b"%d %d " % (number, at))
            at += len(body) + 1
        first = b"".join(heads)
        bodies = b"\n".join(body for _, body in self.waiting)
        entries = b"/Type/ObjStm/N %d/First %d" % (len(heads), len(first))
        self.packed(first + bodies, entries, bundle)
        self.waiting = []


def raw(words: str) -> bytes:
    """The bytes of a string: ASCII, or UTF-16 behind its mark. Names are sorted by them."""
    return words.encode() if words.isascii() else UTF_16 + words.encode("utf-16-be")


def text(words: str) -> bytes:
    """A string object."""
    if words.isascii():
        return b"(%s)" % words.translate(ESCAPED).encode()
    return b"<%s>" % raw(words).hex().encode()


def number(value: float) -> bytes:
    """A number to four places."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode() if value else b"0"


def references(numbers: list[int]) -> bytes:
    """Objects by their numbers, as an array has them."""
    return b" ".join([b"%d 0 R" % one for one in numbers])
