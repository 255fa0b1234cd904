"""Line figures out of strokes and discs: the page draws them as SVG, the cover with Pillow.

A figure is drawn for the right side. In profile the side that works is the near one, so
that its mirror image is the same pose on the left, down to which arm is in front.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 200, 120
"""The field that every figure is drawn in."""
GROUND = 116
"""Where the floor is, down from the top."""
HEAD, TORSO, LIMB = 11.0, 17.0, 9.0
"""Radius of a head, widths of a trunk and of an arm or leg, at size 1."""
RIM = 5.0
"""How much wider a halo is than its stroke."""
LINE = 3.5
"""Width of arrows and outlines."""
FAINT = 0.4
"""Opacity of what lies behind the body, or is not of it."""
_STEPS = 8  # straight pieces between two points of a curve


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line with round ends and joints; a filled shape where ``filled``."""

    points: tuple[Point, ...]
    width: float = LIMB
    faint: bool = False
    halo: bool = False
    """Lies over the body: a rim of the ground's colour sets it off."""
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A head or a ball."""

    centre: Point
    radius: float = HEAD
    hollow: bool = False
    """An outline, the ground's colour in it."""
    faint: bool = False


Part = Stroke | Disc


@dataclass(frozen=True, slots=True)
class Figure:
    """A body in a pose, or a picture of what lies inside one."""

    parts: tuple[Part, ...]
    """Back to front."""
    floor: bool = True


def curve(*points: Point) -> tuple[Point, ...]:
    """A smooth line through *points* (Catmull-Rom), as many short straight ones."""
    padded = (points[0], *points, points[-1])
    found: list[Point] = []
    for i in range(len(points) - 1):
        a, b, c, d = padded[i : i + 4]
        found.extend(_between(a, b, c, d, step / _STEPS) for step in range(_STEPS))
    return (*found, points[-1])


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def at(p: float, q: float, r: float, s: float) -> float:
        bend = (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3
        return round((2 * q + (r - p) * t + bend) / 2, 2)

    return at(a[0], b[0], c[0], d[0]), at(a[1], b[1], c[1], d[1])


def arrow(*points: Point, both: bool = False) -> tuple[Stroke, ...]:
    """An arrow along *points*: its line and its head; with *both*, a head at either end."""
    heads = [_barbs(points[-2], points[-1])]
    if both:
        heads.append(_barbs(points[1], points[0]))
    return (Stroke(points, LINE, halo=True), *(Stroke(head, LINE) for head in heads))


def _barbs(before: Point, tip: Point) -> tuple[Point, Point, Point]:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    one, other = (
        (round(tip[0] - 7 * math.cos(a), 2), round(tip[1] - 7 * math.sin(a), 2))
        for a in (angle + 0.65, angle - 0.65)
    )
    return one, tip, other


def row(scale: float, *figures: Figure) -> Figure:
    """*figures* side by side on one floor, each *scale* times its size, with even spaces."""
    spans = [_span(figure) for figure in figures]
    room = WIDTH - scale * sum(right - left for left, right in spans)
    space = room / (len(figures) + 1)
    parts: list[Part] = []
    at = space
    for figure, (left, right) in zip(figures, spans, strict=True):
        parts.extend(_scaled(part, scale, at - left * scale) for part in figure.parts)
        at += (right - left) * scale + space
    return Figure(tuple(parts))


def _span(figure: Figure) -> tuple[float, float]:
    """How far left and right *figure* reaches."""
    left, right = float(WIDTH), 0.0
    for part in figure.parts:
        points, reach = (
            ((part.centre,), part.radius)
            if isinstance(part, Disc)
            else (part.points, part.width / 2)
        )
        left = min(left, *(x - reach for x, _ in points))
        right = max(right, *(x + reach for x, _ in points))
    return left, right


def _scaled(part: Part, scale: float, right: float) -> Part:
    """*part* at *scale*, moved to the *right*; what stood on the floor stands there still."""

    def at(point: Point) -> Point:
        x, y = point
        return round(x * scale + right, 2), round(GROUND - (GROUND - y) * scale, 2)

    if isinstance(part, Disc):
        return replace(part, centre=at(part.centre), radius=part.radius * scale)
    return replace(part, points=tuple(map(at, part.points)), width=part.width * scale)


def mirrored(figure: Figure) -> Figure:
    """*figure* for the other side."""

    def flipped(part: Part) -> Part:
        if isinstance(part, Disc):
            return replace(part, centre=(WIDTH - part.centre[0], part.centre[1]))
        return replace(part, points=tuple((WIDTH - x, y) for x, y in part.points))

    return replace(figure, parts=tuple(flipped(part) for part in figure.parts))


def parts_of(figure: Figure) -> Sequence[Part]:
    """The parts of *figure* with the floor under it."""
    floor = Stroke(((8, GROUND), (WIDTH - 8, GROUND)), 2.0, faint=True)
    return (floor, *figure.parts) if figure.floor else figure.parts


def elements(figure: Figure) -> str:
    """*figure* as SVG elements in ``currentColor``, without the ``svg`` around them.

    Class ``halo`` wants the ground's colour as its ``stroke``, ``hollow`` as its ``fill``.
    """
    return "".join(_element(part) for part in parts_of(figure))


def svg(figure: Figure, title: str, text: str, *, colour: str, ground: str) -> str:
    """A whole SVG file of *figure* on *ground*, both colours ``#rrggbb``, with its words."""

    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="title text" color="{colour}">'
        f'<title id="title">{escape(title)}</title><desc id="text">{escape(text)}</desc>'
        f"<style>.halo{{stroke:{ground}}}.hollow{{fill:{ground}}}</style>"
        f'<path fill="{ground}" d="M0 0H{WIDTH}V{HEIGHT}H0Z"/>{elements(figure)}</svg>\n'
    )


def _element(part: Part) -> str:
    faint = f' opacity="{FAINT:g}"' if part.faint else ""
    if isinstance(part, Disc):
        look = (
            f'class="hollow" stroke="currentColor" stroke-width="{LINE:g}"'
            if part.hollow
            else 'fill="currentColor"'
        )
        x, y = part.centre
        return f'<circle cx="{x:g}" cy="{y:g}" r="{part.radius:g}" {look}{faint}/>'
    (x, y), *others = part.points
    line = f"M{x:g} {y:g}" + "".join(f"L{a:g} {b:g}" for a, b in others)
    if part.filled:
        halo = f'<path class="halo" stroke-width="{RIM:g}" d="{line}Z"/>' if part.halo else ""
        return f'{halo}<path fill="currentColor" d="{line}Z"{faint}/>'
    halo = _path(line, part.width + RIM, 'class="halo"') if part.halo else ""
    return halo + _path(line, part.width, f'stroke="currentColor"{faint}')


def _path(line: str, width: float, look: str) -> str:
    return (
        f'<path d="{line}" fill="none" stroke-width="{width:g}" stroke-linecap="round"'
        f' stroke-linejoin="round" {look}/>'
    )
