"""
Draw book/images/map.svg: Hokkaido and the Kurile Islands, with Okinawa as an inset.

The coast is Natural Earth's (public domain) as the npm package world-atlas 2.0.2 carries it:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python book/images/draw_map.py package/land-10m.json

Same data, same bytes. Words are drawn as outlines, so that every reader shows the same letters; a
white ground keeps the black lines legible in dark mode. No border is drawn and no island given to
anybody: a dashed line goes round those that were in dispute.
"""

import hashlib
import json
import math
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

Point = tuple[float, float]
SHA256 = "9b9f584709c119d63fbadf484ce425260497697b7166be7a2fe360e8c0b171a8"
TARGET = Path(__file__).with_name("map.svg")
WIDTH, HEIGHT = 640, 830
GRAIN = 0.35
"""Units below which bends of the coast are smoothed."""
SPECK = 0.4
"""Islands smaller than this many square units are left out."""
DISPUTED = [
    (149.15, 45.85), (149.25, 45.25), (147.6, 43.75), (146.9, 43.3), (146.0, 43.22),
    (145.86, 43.36), (145.62, 43.52), (145.42, 43.61), (145.27, 43.75), (145.5, 44.3),
    (146.3, 44.9), (147.7, 45.65),
]  # fmt: skip
"""Round Habomai, Shikotan, Kunashiri/Kunashir and Etorofu/Iturup."""
TITLE = "Hokkaido, the Kurile Islands and Okinawa"
DESCRIPTION = (
    "Outline map. From Hokkaido in the southwest the Kurile Islands run northeast to Kamchatka, "
    "between the Sea of Okhotsk and the Pacific Ocean. A dashed line goes round the four "
    "southernmost: Habomai and Shikotan east of Hokkaido, Kunashiri/Kunashir and "
    "Etorofu/Iturup north of them. An inset shows Okinawa, southwest of Kyushu."
)


class Window:
    """A piece of the earth in a rectangle of the drawing, in Lambert's conformal projection."""

    def __init__(self, box: tuple[float, float, float, float], centre: Point, scale: float,
                 parallels: Point) -> None:  # fmt: skip
        self.left, self.top, self.width, self.height = box
        self.centre, self.scale = centre, scale
        low, high = (math.radians(value) for value in parallels)
        self.n = math.log(math.cos(low) / math.cos(high)) / math.log(_t(high) / _t(low))
        self.f = math.cos(low) * _t(low) ** self.n / self.n
        self.origin = self._plain(*centre)

    def _plain(self, lon: float, lat: float) -> Point:
        radius = self.f / _t(math.radians(lat)) ** self.n
        angle = self.n * math.radians(lon - self.centre[0])
        return radius * math.sin(angle), radius * math.cos(angle)

    def __call__(self, lon: float, lat: float) -> Point:
        """A place as a point of the drawing; `scale` is units to a radian of the globe."""
        x, y = self._plain(lon, lat)
        return (
            self.left + self.width / 2 + (x - self.origin[0]) * self.scale,
            self.top + self.height / 2 + (y - self.origin[1]) * self.scale,
        )


def _t(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


def rings(topology: dict) -> list[list[Point]]:
    """Every coast of the file as a closed line of longitudes and latitudes."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)
    found = []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                line: list[Point] = []
                for number in ring:
                    piece = arcs[number] if number >= 0 else arcs[~number][::-1]
                    line += piece[1:] if line else piece
                found.append(line)
    return found


def cut(ring: list[Point], west: float, south: float, east: float, north: float) -> list[Point]:
    """The part of a coast within a box of degrees (Sutherland and Hodgman)."""
    edges: list[tuple[Callable[[Point], bool], Callable[[Point, Point], Point]]] = [
        (lambda p: p[0] >= west, lambda a, b: _at_x(a, b, west)),
        (lambda p: p[0] <= east, lambda a, b: _at_x(a, b, east)),
        (lambda p: p[1] >= south, lambda a, b: _at_y(a, b, south)),
        (lambda p: p[1] <= north, lambda a, b: _at_y(a, b, north)),
    ]
    for inside, meet in edges:
        kept: list[Point] = []
        for a, b in zip(ring[-1:] + ring[:-1], ring, strict=True):
            if inside(b):
                kept += [b] if inside(a) else [meet(a, b), b]
            elif inside(a):
                kept.append(meet(a, b))
        ring = kept
        if not ring:
            break
    return ring


def _at_x(a: Point, b: Point, x: float) -> Point:
    return x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])


def _at_y(a: Point, b: Point, y: float) -> Point:
    return a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]), y


def smooth(line: list[Point]) -> list[Point]:
    """Fewer points, nowhere further than the grain from the old line (Douglas and Peucker)."""
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        start, end = todo.pop()
        a, b = line[start], line[end]
        length = math.dist(a, b) or 1.0
        far, most = 0, GRAIN
        for at in range(start + 1, end):
            p = line[at]
            away = (
                abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length
                if a != b
                else math.dist(a, p)
            )
            if away > most:
                far, most = at, away
        if far:
            keep.add(far)
            todo += [(start, far), (far, end)]
    return [line[at] for at in sorted(keep)]


def area(line: list[Point]) -> float:
    """Square units within a closed line."""
    return (
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(line, line[1:] + line[:1], strict=True)))
        / 2
    )


def path(lines: Iterable[list[Point]]) -> str:
    """Closed lines as the data of an SVG path."""
    parts = []
    for line in lines:
        x, y = (round(value, 1) for value in line[0])
        steps = [f"M{x:g} {y:g}l"]
        for point in line[1:]:
            nx, ny = (round(value, 1) for value in point)
            steps.append(f"{round(nx - x, 1):g} {round(ny - y, 1):g}")
            x, y = nx, ny
        parts.append(steps[0] + " ".join(steps[1:]) + "z")
    return "".join(parts)


def coast(topology: list[list[Point]], window: Window, box: tuple[float, ...]) -> str:
    """The land in a window."""
    found = []
    for ring in topology:
        if not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in ring):
            continue
        inside = cut(ring, *box)
        if len(inside) < 3:
            continue
        line = smooth([window(*point) for point in inside])
        if area(line) >= SPECK:
            found.append(line)
    return path(sorted(found))


class Letters:
    """Words as outlines of the pinned faces."""

    def __init__(self) -> None:
        spec = find_spec("rendercv_fonts")
        assert spec is not None
        assert spec.submodule_search_locations
        folder = Path(spec.submodule_search_locations[0]) / "EB Garamond"
        self.faces = {
            cut: TTFont(folder / f"EBGaramond-{cut}.ttf") for cut in ("Regular", "Italic")
        }
        self.used: dict[str, str] = {}
        """Outlines by id, in the font's own units."""

    def __call__(self, x: float, y: float, words: str, size: float = 21, cut: str = "Regular",
                 anchor: str = "middle", spread: float = 0.0) -> str:  # fmt: skip
        """One line of words; x and y are its base line's start, middle or end."""
        face = self.faces[cut]
        glyphs, names = face.getGlyphSet(), face.getBestCmap()
        scale = size / face["head"].unitsPerEm
        uses, far = [], 0.0
        for one in words:
            key = f"{cut[0]}{ord(one):x}"
            if key not in self.used:
                pen = SVGPathPen(glyphs, ntos=lambda value: f"{round(value)}")
                glyphs[names[ord(one)]].draw(pen)
                self.used[key] = pen.getCommands()
            if self.used[key]:
                uses.append(f'<use href="#{key}" x="{far:.0f}"/>')
            far += glyphs[names[ord(one)]].width + spread / scale
        width = far * scale - spread
        x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
        place = f"translate({x:.1f} {y:.1f}) scale({scale:.4f} {-scale:.4f})"
        return f'<g transform="{place}">{"".join(uses)}</g>'

    def outlines(self) -> str:
        """The outlines in use, once each."""
        return "".join(
            f'<path id="{key}" d="{drawing}"/>'
            for key, drawing in sorted(self.used.items())
            if drawing
        )


def draw(land: list[list[Point]]) -> str:
    """The whole drawing."""
    main = Window((0, 0, WIDTH, 556), (148.4, 46.45), 2960, (43.0, 50.0))
    inset = Window((0, 566, 300, 264), (128.4, 28.45), 2170, (26.0, 31.0))
    say = Letters()
    dashed = smooth([main(*point) for point in DISPUTED])
    names = [
        say(*main(142.75, 43.25), "Hokkaido"),
        say(192, 100, "Sakhalin", anchor="start"),
        say(568, 26, "Kamchatka", anchor="end"),
        say(*main(148.2, 48.9), "Sea of Okhotsk", cut="Italic", spread=1.5),
        say(*main(153.6, 44.2), "Pacific Ocean", cut="Italic", spread=1.5),
        say(*main(152.15, 46.05), "Kurile Islands", anchor="start", spread=1.0),
        say(318, 278, "Etorofu/Iturup", anchor="end"),
        leader(290, 284, 308, 338),
        say(282, 312, "Kunashiri/Kunashir", anchor="end"),
        leader(226, 318, 232, 384),
        say(304, 420, "Shikotan", anchor="start"),
        leader(300, 414, 268, 413),
        say(284, 456, "Habomai", anchor="start"),
        leader(280, 450, 241, 429),
        say(*inset(128.25, 26.1), "Okinawa", anchor="start"),
        say(178, 594, "Kyushu", anchor="end"),
        leader(182, 588, 210, 583),
        say(*inset(125.9, 29.2), "East China Sea", cut="Italic", size=19),
    ]
    legend = [
        (
            '<path d="M324 640h44" fill="none" stroke="#000" stroke-width="1.6" '
            'stroke-dasharray="6 4"/>'
        ),
        say(378, 646, "Islands in dispute", 19, anchor="start"),
        say(378, 668, "between Japan and", 19, anchor="start"),
        say(378, 690, "the Soviet Union", 19, anchor="start"),
        scale_bar(main, 324, 740, 300, say, "Main map"),
        scale_bar(inset, 324, 800, 300, say, "Inset"),
    ]
    clips = "".join(
        f'<clipPath id="{name}"><rect x="{w.left + 1}" y="{w.top + 1}" width="{w.width - 2}" '
        f'height="{w.height - 2}"/></clipPath>'
        for name, w in (("main", main), ("inset", inset))
    )
    frames = "".join(
        f'<rect x="{w.left + 1}" y="{w.top + 1}" width="{w.width - 2}" height="{w.height - 2}" '
        'fill="none" stroke="#000" stroke-width="1.2"/>'
        for w in (main, inset)
    )
    shore = 'fill="#e8e8e8" stroke="#000" stroke-width="0.8" stroke-linejoin="round"'
    lands = "".join(
        f'<g clip-path="url(#{name})"><path {shore} d="{coast(land, w, box)}"/></g>'
        for name, w, box in (
            ("main", main, (136.0, 38.0, 162.0, 56.0)),
            ("inset", inset, (121.0, 23.0, 136.0, 35.0)),
        )
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img">\n<title>{TITLE}</title>\n'
        f"<desc>{DESCRIPTION}</desc>\n<defs>{clips}{say.outlines()}</defs>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{lands}\n'
        f'<path d="{path([dashed])}" fill="none" stroke="#000" stroke-width="1.6" '
        f'stroke-dasharray="6 4"/>\n{frames}\n<g fill="#000">\n' + "\n".join(names + legend)
        + "\n</g>\n</svg>\n"
    )  # fmt: skip


def leader(x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line from a name to its place."""
    return f'<path d="M{x1} {y1}L{x2} {y2}" fill="none" stroke="#000" stroke-width="0.8"/>'


def scale_bar(window: Window, x: float, y: float, km: int, say: Letters, words: str) -> str:
    """A bar of so many kilometres at the window's middle."""
    length = window.scale * km / 6371
    return (
        f'<path d="M{x} {y - 5}v5h{length:.1f}v-5" fill="none" stroke="#000" stroke-width="1.2"/>'
        + say(x + length + 10, y + 2, f"{words}: {km} km", 19, anchor="start")
    )


def main() -> int:
    """Read the coast, write the map."""
    content = Path(sys.argv[1]).read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        print(f"{sys.argv[1]} is not land-10m.json of world-atlas 2.0.2", file=sys.stderr)
        return 1
    drawing = draw(rings(json.loads(content)))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(drawing, "utf-8")
    print(f"{TARGET.name}: {len(drawing)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
