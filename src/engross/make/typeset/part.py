"""A part as bytes: what a worker sends, and what the cache keeps."""

import json
from typing import Any

from engross.make.typeset.values import Part

MAGIC = b"engross-part-2\n"


def encode(result: dict[str, Any]) -> bytes:
    """Pack drawings, side-car and what was heard; the same result gives the same bytes."""
    drawing: bytes = result.get("drawing", b"")
    plain = {key: value for key, value in result.items() if key != "drawing"}
    side = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return MAGIC + len(side).to_bytes(8, "big") + side + drawing


def decode(address: str, payload: bytes) -> tuple[Part | None, list[list[str]]]:
    """
    Unpack a part and the faults that were heard; no part where the unit could not be typeset.

    Raises:
        ValueError: these are not the bytes of a part.
    """
    if not payload.startswith(MAGIC):
        raise ValueError("not a part")
    start = len(MAGIC) + 8
    end = start + int.from_bytes(payload[len(MAGIC) : start], "big")
    plain = json.loads(payload[start:end])
    heard = plain.get("heard", [])
    if "side" not in plain:
        return None, heard
    return Part(address, payload[end:], plain["side"]), heard
