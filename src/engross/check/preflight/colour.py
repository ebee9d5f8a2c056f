"""Colour spaces of a PDF as a press sees them: which plates, and how much ink on each."""

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

Channels = tuple[float, float, float, float]
"""Cyan, magenta, yellow, black, from 0 to 1."""
NO_INK: Channels = (0.0, 0.0, 0.0, 0.0)
SIMPLE = {
    "/DeviceGray": ("grey", 1),
    "/G": ("grey", 1),
    "/DeviceCMYK": ("cmyk", 4),
    "/CMYK": ("cmyk", 4),
    "/DeviceRGB": ("rgb", 3),
    "/RGB": ("rgb", 3),
    "/Pattern": ("pattern", 0),
}
MANAGED = {"/CalGray": 1, "/CalRGB": 3, "/Lab": 3}


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space, resolved as far as a press cares."""

    kind: str
    """`grey`, `cmyk`, `rgb`, `spot`, `pattern`, `managed` (with a profile) or `unknown`."""
    channels: int
    name: str = ""
    """Name of a spot colour, or of a managed space: `ICCBased (3)`."""


GREY = Space("grey", 1)


def space(value: Any, resources: Any) -> Space:
    """The space that a name or an array stands for; `resources` hold the named ones."""
    if isinstance(value, Name):
        if str(value) in SIMPLE:
            return Space(*SIMPLE[str(value)])
        held = resource(resources, "/ColorSpace", value)
        return Space("unknown", 0) if held is None else space(held, None)
    if not isinstance(value, Array) or not len(value):
        return Space("unknown", 0)
    family = str(value[0])
    if family in SIMPLE:
        return Space(*SIMPLE[family])
    if family in MANAGED:
        return Space("managed", MANAGED[family], family[1:])
    if family == "/ICCBased" and isinstance(value[1], Stream):
        channels = int(value[1].get("/N", 0))
        return Space("managed", channels, f"ICCBased ({channels})")
    if family in ("/Indexed", "/I"):
        return space(value[1], resources)
    if family == "/Separation":
        return Space("spot", 1, str(value[1])[1:])
    if family == "/DeviceN":
        return Space("spot", len(value[1]), " + ".join(str(one)[1:] for one in value[1]))
    return Space("unknown", 0)


def gradient(shading: Any, resources: Any) -> tuple[Space, tuple[float, ...]]:
    """The colour space of a gradient; one of greys may be as dark as black."""
    kind = space(shading.get("/ColorSpace"), resources)
    return kind, (0.0,) if kind.kind == "grey" else ()


def resource(resources: Any, kind: str, name: Any) -> Any:
    """What a drawing calls by a name, among its resources of a kind; None where nothing is."""
    return None if resources is None else resources.get(kind, Dictionary()).get(str(name))


def ink(kind: Space, values: tuple[float, ...]) -> Channels | None:
    """The plates that a colour prints on; None where a press cannot say."""
    if kind.kind == "grey" and values:
        return (0.0, 0.0, 0.0, round(1 - values[0], 4))
    if kind.kind == "cmyk" and len(values) == 4:
        return (values[0], values[1], values[2], values[3])
    if kind.kind == "spot" and kind.name == "Black" and values:
        return (0.0, 0.0, 0.0, values[0])
    if kind.kind == "spot" and kind.name == "None":
        return NO_INK
    return None


def shown(kind: Space, values: tuple[float, ...]) -> str:
    """A colour in words: `RGB 0.2 0.2 0.2`, `CMYK 60 40 40 100`."""
    if kind.kind == "cmyk":
        return "CMYK " + " ".join(f"{value * 100:.0f}" for value in values)
    if kind.kind == "rgb":
        return "RGB " + " ".join(f"{value:g}" for value in values)
    if kind.kind == "spot":
        return f"spot colour {kind.name}"
    if kind.kind == "managed":
        return f"{kind.name} " + " ".join(f"{value:g}" for value in values)
    return kind.kind
