"""The edges of hulls: as arcs for SVG, as corners for pictures in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from psoas_audio.deliver.figures.drawing import Disc, FlatShape, Hull, Point, Stroke, mapped


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
