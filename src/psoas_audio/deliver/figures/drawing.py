"""Line figures made of strokes and discs: the page draws them as SVG, the cover with Pillow.

A figure is drawn for the right side. In profile, the working side is the one nearer to the
viewer, so that the mirror image is the same pose on the left, even in which arm is in front.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

Point = tuple[float, float]
"""``x`` and ``y``; ``y`` grows downwards."""

FIGURE_WIDTH, FIGURE_HEIGHT = 200, 120
"""Size of the area that every figure is drawn in, in its own units."""
FLOOR_Y = 116
"""Where the floor is, from the top."""
HEAD_RADIUS, TORSO_WIDTH, LIMB_WIDTH = 11.0, 17.0, 9.0
"""Radius of a head; width of a trunk, and of an arm or leg; all at size 1."""
HALO_WIDTH = 5.0
"""How much wider a halo is than its stroke, both sides together."""
OUTLINE_WIDTH = 3.5
"""Width of arrows and outlines."""
FAINT_OPACITY = 0.4
"""Opacity of limbs behind the body, and of things."""
_CURVE_STEPS = 8
"""Straight pieces between two points of a curve."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line with round ends and joints, or a filled shape."""

    points: tuple[Point, ...]
    width: float = LIMB_WIDTH
    faint: bool = False
    halo: bool = False
    """Whether it is drawn over the body, with a rim in the background's colour."""
    filled: bool = False
    """Whether it is the filled shape with these corners instead."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A head or a ball."""

    centre: Point
    radius: float = HEAD_RADIUS
    hollow: bool = False
    """Whether it is only an outline."""
    faint: bool = False


Part = Stroke | Disc


@dataclass(frozen=True, slots=True)
class Figure:
    """A body in a pose, or a view into one."""

    parts: tuple[Part, ...]
    """Back to front."""
    floor: bool = True
    """Whether a floor is drawn under it."""


def curve(*points: Point) -> tuple[Point, ...]:
    """A smooth line through *points* (Catmull-Rom), as short straight pieces."""
    padded = (points[0], *points, points[-1])
    found: list[Point] = []
    for i in range(len(points) - 1):
        a, b, c, d = padded[i : i + 4]
        found.extend(_between(a, b, c, d, step / _CURVE_STEPS) for step in range(_CURVE_STEPS))
    return (*found, points[-1])


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def at(p: float, q: float, r: float, s: float) -> float:
        bend = (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3
        return round((2 * q + (r - p) * t + bend) / 2, 2)

    return at(a[0], b[0], c[0], d[0]), at(a[1], b[1], c[1], d[1])


def arrow(*points: Point, both: bool = False) -> tuple[Stroke, ...]:
    """An arrow along *points*, with a head at its end, or at *both* ends."""
    heads = [_barbs(points[-2], points[-1])]
    if both:
        heads.append(_barbs(points[1], points[0]))
    return (
        Stroke(points, OUTLINE_WIDTH, halo=True),
        *(Stroke(head, OUTLINE_WIDTH) for head in heads),
    )


def _barbs(before: Point, tip: Point) -> tuple[Point, Point, Point]:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    one, other = (
        (round(tip[0] - 7 * math.cos(a), 2), round(tip[1] - 7 * math.sin(a), 2))
        for a in (angle + 0.65, angle - 0.65)
    )
    return one, tip, other


def side_by_side(scale: float, *figures: Figure) -> Figure:
    """*figures* next to each other on one floor, *scale* times their size, evenly spaced."""
    spans = [_span(figure) for figure in figures]
    room = FIGURE_WIDTH - scale * sum(right - left for left, right in spans)
    space = room / (len(figures) + 1)
    parts: list[Part] = []
    at = space
    for figure, (left, right) in zip(figures, spans, strict=True):
        parts.extend(_scaled(part, scale, at - left * scale) for part in figure.parts)
        at += (right - left) * scale + space
    return Figure(tuple(parts))


def _span(figure: Figure) -> tuple[float, float]:
    """The leftmost and the rightmost ``x`` of *figure*."""
    left, right = float(FIGURE_WIDTH), 0.0
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
    """*part* at *scale*, moved to the *right* by so much; its distance to the floor scales too."""

    def at(point: Point) -> Point:
        x, y = point
        return round(x * scale + right, 2), round(FLOOR_Y - (FLOOR_Y - y) * scale, 2)

    if isinstance(part, Disc):
        return replace(part, centre=at(part.centre), radius=part.radius * scale)
    return replace(part, points=tuple(map(at, part.points)), width=part.width * scale)


def mirrored(figure: Figure) -> Figure:
    """The mirror image of *figure*, for the other side."""

    def flipped(part: Part) -> Part:
        if isinstance(part, Disc):
            return replace(part, centre=(FIGURE_WIDTH - part.centre[0], part.centre[1]))
        return replace(part, points=tuple((FIGURE_WIDTH - x, y) for x, y in part.points))

    return replace(figure, parts=tuple(flipped(part) for part in figure.parts))


def parts_with_floor(figure: Figure) -> Sequence[Part]:
    """The parts of *figure*, with the floor first if it has one."""
    floor = Stroke(((8, FLOOR_Y), (FIGURE_WIDTH - 8, FLOOR_Y)), 2.0, faint=True)
    return (floor, *figure.parts) if figure.floor else figure.parts


def svg_elements(figure: Figure) -> str:
    """*figure* as SVG elements in ``currentColor``, without the enclosing ``svg`` element.

    The style sheet must set the background colour as ``stroke`` of the class ``halo`` and as
    ``fill`` of the class ``hollow``.
    """
    return "".join(_element(part) for part in parts_with_floor(figure))


def svg_document(figure: Figure, title: str, text: str, *, colour: str, ground: str) -> str:
    """*figure* as an SVG file with its *title* and descriptive *text*; colours are ``#rrggbb``."""
    size = f"{FIGURE_WIDTH} {FIGURE_HEIGHT}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img"'
        f' aria-labelledby="title text" color="{colour}">'
        f'<title id="title">{escape(title)}</title><desc id="text">{escape(text)}</desc>'
        f"<style>.halo{{stroke:{ground}}}.hollow{{fill:{ground}}}</style>"
        f'<path fill="{ground}" d="M0 0H{FIGURE_WIDTH}V{FIGURE_HEIGHT}H0Z"/>'
        f"{svg_elements(figure)}</svg>\n"
    )


def _element(part: Part) -> str:
    faint = f' opacity="{FAINT_OPACITY:g}"' if part.faint else ""
    if isinstance(part, Disc):
        look = (
            f'class="hollow" stroke="currentColor" stroke-width="{OUTLINE_WIDTH:g}"'
            if part.hollow
            else 'fill="currentColor"'
        )
        x, y = part.centre
        return f'<circle cx="{x:g}" cy="{y:g}" r="{part.radius:g}" {look}{faint}/>'
    (x, y), *others = part.points
    line = f"M{x:g} {y:g}" + "".join(f"L{a:g} {b:g}" for a, b in others)
    if part.filled:
        halo = (
            f'<path class="halo" stroke-width="{HALO_WIDTH:g}" d="{line}Z"/>' if part.halo else ""
        )
        return f'{halo}<path fill="currentColor" d="{line}Z"{faint}/>'
    halo = _path(line, part.width + HALO_WIDTH, 'class="halo"') if part.halo else ""
    return halo + _path(line, part.width, f'stroke="currentColor"{faint}')


def _path(line: str, width: float, look: str) -> str:
    return (
        f'<path d="{line}" fill="none" stroke-width="{width:g}" stroke-linecap="round"'
        f' stroke-linejoin="round" {look}/>'
    )
