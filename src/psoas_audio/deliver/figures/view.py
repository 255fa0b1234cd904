"""Where a scene is seen from, and how it fills the field."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from psoas_audio.deliver.figures.drawing import (
    FIGURE_HEIGHT,
    FIGURE_WIDTH,
    Disc,
    FlatShape,
    Hull,
    Point,
    mapped,
)
from psoas_audio.deliver.figures.vectors import Vector, dot

_MARGIN = 4.0
"""Units between a figure and the edge of its field."""
_LARGEST = 1.15
"""Units that a centimetre takes at most."""


@dataclass(frozen=True, slots=True)
class View:
    """Where the viewer stands, and where on the field the scene goes."""

    right: Vector
    up: Vector
    near: Vector
    """From the scene to the viewer."""
    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def at(self, point: Vector) -> Point:
        """Where *point* is seen."""
        right, up = dot(point, self.right), dot(point, self.up)
        return self.x + self.scale * right, self.y - self.scale * up


def view_from(yaw: float, pitch: float) -> View:
    """The view of a scene from degrees *yaw* and *pitch*, a unit for each centimetre."""
    yaw, pitch = math.radians(yaw), math.radians(pitch)
    cos, sin = math.cos(yaw), math.sin(yaw)
    low, high = math.cos(pitch), math.sin(pitch)
    return View((cos, sin, 0.0), (-high * sin, high * cos, low), (low * sin, -low * cos, high))


def fitted(view: View, shapes: Sequence[FlatShape]) -> View:
    """*view* such that *shapes* fill the field, in its middle and down to its foot."""
    spots = [
        (disc.x + sign * disc.radius, disc.y + sign * disc.radius)
        for shape in shapes
        for disc in _spots(shape)
        for sign in (-1, 1)
    ]
    (left, right), (top, foot) = ((min(v), max(v)) for v in zip(*spots, strict=True))
    wide, high = FIGURE_WIDTH - 2 * _MARGIN, FIGURE_HEIGHT - 2 * _MARGIN
    scale = min(_LARGEST, wide / (right - left), high / (foot - top))
    x = FIGURE_WIDTH / 2 - scale * (left + right) / 2
    y = FIGURE_HEIGHT - _MARGIN - scale * foot
    return replace(view, scale=scale, x=x, y=y)


def _spots(shape: FlatShape) -> Iterator[Disc]:
    for outline in shape.outlines:
        if isinstance(outline, Hull):
            yield from outline.discs
        else:
            spots = (mapped(point, shape.matrix) for point in outline.points)
            yield from (
                Disc(x, y, shape.width / 2 if shape.matrix is None else 0.0) for x, y in spots
            )
