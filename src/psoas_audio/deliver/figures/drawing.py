"""Flat pictures made of outlines: pages draw them as SVG, covers with Pillow.

An outline is the shape around some discs (a limb, a trunk, a head) or a line through points. All
coordinates are in the field's own units; ``y`` grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
Stage = Literal["", "start", "between", "end", "in", "out"]
"""When a part is seen: always; before a movement, on the way, or after it; as the breath comes in,
or as it goes out."""
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
    stage: Stage = ""
    matrix: Matrix | None = None
    """Maps the outlines' coordinates to those of the field; ``None`` if they are the same."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, from back to front."""

    shapes: tuple[FlatShape, ...]


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


def mapped(point: Point, matrix: Matrix | None) -> Point:
    """*point* after *matrix*."""
    if matrix is None:
        return point
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
