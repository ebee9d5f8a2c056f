"""A small ICC profile of a press, written from the specification (ICC.1:2001-04), for tests."""

import struct


def profile(kind: bytes = b"prtr", colours: bytes = b"CMYK") -> bytes:
    """An output profile whose tables have two points an axis: black is dark, paper is white."""
    text = b"A condition made for tests"
    table = _table(colours)
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text) + 1) + text + bytes(1 + 78),
        b"cprt": b"text" + bytes(4) + b"Free for every use\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D),
        b"A2B0": table,
    }
    offset = 128 + 4 + 12 * len(tags)
    index, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        index += name + struct.pack(">II", offset + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(
        ">I4sI4s4s4s", offset + len(body), bytes(4), 0x02400000, kind, colours, b"Lab "
    )
    head += struct.pack(">6H", 2026, 11, 23, 0, 0, 0) + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + index + body


def _table(colours: bytes) -> bytes:
    """From inks to Lab, 8 bits, linear curves."""
    inks = len(colours.strip())
    curve = bytes(range(256))
    unit = struct.pack(">9i", *(0x10000 if n % 4 == 0 else 0 for n in range(9)))
    points = b"".join(
        bytes((255 * (inks - bin(n).count("1")) // inks, 128, 128)) for n in range(2**inks)
    )
    return b"mft1" + bytes(4) + bytes((inks, 3, 2, 0)) + unit + curve * inks + points + curve * 3
