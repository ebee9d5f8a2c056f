"""
A process that unpacks pictures, one after the other, and says of each whether it is whole.

Bounded in memory and time: a picture from a stranger may be made to break what unpacks it. The
frames that come in are a length of eight bytes and a picture; a line of JSON answers each.
"""

import io
import json
import resource
import sys
import warnings

SECONDS = 60
"""Processor time for one picture; a whole one of 60 million pixels takes two."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""What Pillow may take the bytes for; it knows forty more, each with faults of its own."""
GROUND = 1 << 30
"""Address space of the process beside its pixels, in bytes."""


def look(body: bytes, pixels: int) -> dict[str, object]:
    """Width, height and what is wrong, "" for nothing; nothing is unpacked beyond the limit."""
    # The plugins are named because Pillow loads some of them only when it has tried all others.
    from PIL import (
        GifImagePlugin,  # noqa: F401 - see above
        Image,
        JpegImagePlugin,  # noqa: F401 - see above
        MpoImagePlugin,  # noqa: F401 - see above
        PngImagePlugin,  # noqa: F401 - see above
        WebPImagePlugin,  # noqa: F401 - see above
    )

    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
            size = {"width": picture.width, "height": picture.height}
            if picture.width * picture.height <= pixels:
                picture.load()
    except MemoryError:
        raise
    except Exception as fault:  # whatever a broken file makes of the library, the picture is bad
        return {"width": 0, "height": 0, "fault": str(fault) or type(fault).__name__}
    return {**size, "fault": ""}


def main() -> None:
    """Answer until the other end closes; the only argument is the limit of pixels."""
    from PIL import Image, ImageFile

    pixels = int(sys.argv[1])
    Image.MAX_IMAGE_PIXELS = None  # ours is asked before anything is unpacked
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("ignore")
    space = GROUND + 12 * pixels
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    while len(head := sys.stdin.buffer.read(8)) == 8:
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
        answer = look(sys.stdin.buffer.read(int.from_bytes(head, "big")), pixels)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
