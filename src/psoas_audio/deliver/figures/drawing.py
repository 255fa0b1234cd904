"""Flat pictures made of outlines: pages draw them as SVG, covers with Pillow.

An outline is the shape around some discs (a limb, a trunk, a head) or a line through points. All
coordinates are in the field's own units; ``y`` grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Point = tuple[float, float]
"""``x`` and ``y``; ``y`` grows downwards."""

FIGURE_WIDTH, FIGURE_HEIGHT = 200, 120
"""Size of the field that every figure is drawn in, in its own units."""
EDGE_WIDTH = 3.8
"""Width of the line around a part of the body; the half inside it is painted over."""

Tone = Literal[
    "ink",
    "leg",
    "far-leg",
    "shirt",
    "skin",
    "far-skin",
    "thing",
    "ball",
    "mat",
    "shadow",
    "arrow",
    "rim",
]
"""What a part is coloured as."""
TONES: dict[Tone, float] = {
    "ink": 1.0,
    "leg": 0.78,
    "far-leg": 0.5,
    "shirt": 0.32,
    "skin": 0.04,
    "far-skin": 0.18,
    "thing": 0.3,
    "ball": 1.0,
    "mat": 0.14,
    "shadow": 0.28,
    "arrow": 1.0,
    "rim": 0.0,
}
"""How much of the figure's colour each tone has, 0 to 1; the rest is the ground's."""
TONES_ON_DARK: dict[Tone, float] = {
    "ink": 0.24,
    "leg": 0.68,
    "far-leg": 0.48,
    "shirt": 0.76,
    "skin": 1.0,
    "far-skin": 0.86,
    "thing": 0.46,
}
"""The tones that differ where the ground is dark: there, too, skin is light and lines are dark."""
Stage = Literal["", "start", "between", "end"]
"""When a part is seen in a movement: always, before it, on the way, or after it."""
Matrix = tuple[float, float, float, float, float, float]
"""An affine map, as SVG writes it."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A round spot."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Hull:
    """The area that a rubber band around *discs* encloses."""

    discs: tuple[Disc, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through *points*, with round ends and joints."""

    points: tuple[Point, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class FlatShape:
    """Outlines that are painted as one: first their edge, then all they enclose."""

    outlines: tuple[Hull | Stroke, ...]
    fill: Tone | None = None
    edge: Tone | None = None
    width: float = EDGE_WIDTH
    """Of the edge."""
    moment: Stage = ""
    matrix: Matrix | None = None
    """Maps the outlines' coordinates to those of the field; ``None`` if they are the same."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, from back to front."""

    shapes: tuple[FlatShape, ...]

    @property
    def moves(self) -> bool:
        """Whether it shows a movement."""
        return any(shape.moment for shape in self.shapes)


def curve(*points: Point, steps: int = 6) -> tuple[Point, ...]:
    """A smooth line through *points* (Catmull-Rom), each way between two in straight *steps*."""
    padded = (points[0], *points, points[-1])
    found: list[Point] = []
    for i in range(len(points) - 1):
        a, b, c, d = padded[i : i + 4]
        found.extend(_between(a, b, c, d, step / steps) for step in range(steps))
    return (*found, points[-1])


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def at(p: float, q: float, r: float, s: float) -> float:
        bend = (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3
        return (2 * q + (r - p) * t + bend) / 2

    return at(a[0], b[0], c[0], d[0]), at(a[1], b[1], c[1], d[1])


def mirrored(figure: Figure) -> Figure:
    """The mirror image of *figure*, for the other side."""

    def outline(one: Hull | Stroke) -> Hull | Stroke:
        if isinstance(one, Hull):
            return Hull(tuple(replace(d, x=FIGURE_WIDTH - d.x) for d in one.discs))
        return replace(one, points=tuple((FIGURE_WIDTH - x, y) for x, y in one.points))

    def shape(one: FlatShape) -> FlatShape:
        if one.matrix is not None:
            a, b, c, d, e, f = one.matrix
            return replace(one, matrix=(-a, b, -c, d, FIGURE_WIDTH - e, f))
        return replace(one, outlines=tuple(map(outline, one.outlines)))

    return Figure(tuple(map(shape, figure.shapes)))


@dataclass(frozen=True, slots=True)
class Arc:
    """Part of a hull's edge: a disc's, from one angle to another (radians, clockwise)."""

    disc: Disc
    start: float
    stop: float

    @property
    def length(self) -> float:
        """Units along the arc."""
        return self.disc.radius * (self.stop - self.start)

    def at(self, angle: float) -> Point:
        """The point of the disc's edge at *angle*."""
        disc = self.disc
        return (
            disc.x + disc.radius * math.cos(angle),
            disc.y + disc.radius * math.sin(angle),
        )


def arcs(hull: Hull) -> tuple[Arc, ...]:
    """The edge of *hull*, clockwise: arcs, each joined to the next by a straight line.

    Goes around the directions and takes the disc that reaches furthest in each.
    """
    discs = _outer(hull.discs)
    angle = 0.0
    disc = max(discs, key=lambda d: (round(d.x + d.radius, 6), d.y))
    found: list[Arc] = []
    while angle < 2 * math.pi:
        step, following = min(
            ((_until(disc, other, angle), other) for other in discs if other is not disc),
            key=lambda pair: pair[0],
            default=(math.inf, disc),
        )
        stop = min(angle + step, 2 * math.pi)
        found.append(Arc(disc, angle, stop))
        angle, disc = stop, following
    if len(found) > 1 and found[0].disc == found[-1].disc:
        first, last = found[0], found.pop()
        found[0] = Arc(first.disc, last.start - 2 * math.pi, first.stop)
    return tuple(found)


def _outer(discs: tuple[Disc, ...]) -> list[Disc]:
    """*discs* without those that lie inside another."""
    kept: list[Disc] = []
    for disc in sorted(discs, key=lambda d: -d.radius):
        if all(math.dist((disc.x, disc.y), (k.x, k.y)) > k.radius - disc.radius for k in kept):
            kept.append(disc)
    return kept


def _until(disc: Disc, other: Disc, angle: float) -> float:
    """Radians from *angle* until *other* reaches further than *disc*."""
    across, down = other.x - disc.x, other.y - disc.y
    distance = math.hypot(across, down)
    half = math.acos(max(-1.0, min(1.0, (disc.radius - other.radius) / distance)))
    step = (math.atan2(down, across) - half - angle) % (2 * math.pi)
    return step if step > 1e-9 else 2 * math.pi


def polygons(shape: FlatShape, *, grown: float = 0.0) -> Iterator[list[Point]]:
    """The areas of *shape* as corners, in the field's units, *grown* on all sides.

    A line that isn't closed is as wide as the shape's edge.
    """
    for outline in shape.outlines:
        for hull in _hulls(outline, shape.width / 2, grown):
            yield [mapped(point, shape.matrix) for point in hull]


def _hulls(outline: Hull | Stroke, half: float, grown: float) -> Iterator[list[Point]]:
    if isinstance(outline, Hull):
        bigger = tuple(replace(d, radius=d.radius + grown) for d in outline.discs)
        yield _corners(Hull(bigger))
        return
    points = outline.points
    if outline.closed:
        yield list(points)
        half, points = grown, (*points, points[0])
    for (x, y), (a, b) in pairwise(points):
        if half > 0:
            yield _corners(Hull((Disc(x, y, half), Disc(a, b, half))))


def _corners(hull: Hull) -> list[Point]:
    found: list[Point] = []
    for arc in arcs(hull):
        steps = max(1, math.ceil((arc.stop - arc.start) / 0.2))
        found.extend(
            arc.at(arc.start + (arc.stop - arc.start) * step / steps) for step in range(steps + 1)
        )
    return found


def mapped(point: Point, matrix: Matrix | None) -> Point:
    """*point* after *matrix*."""
    if matrix is None:
        return point
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
