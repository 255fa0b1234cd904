"""What is around a body: the mat, its shadow on the floor, things, and arrows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

from psoas_audio.deliver.figures.drawing import (
    Disc,
    FlatShape,
    Hull,
    Matrix,
    Point,
    Stage,
    Stroke,
    curve,
)
from psoas_audio.deliver.figures.scene import Arrow, Cushion, Slab
from psoas_audio.deliver.figures.skeleton import Joints
from psoas_audio.deliver.figures.view import View

_MAT_EDGE = 12.0
"""Centimetres of mat before the head and after the feet of a body."""
_MAT_SIDE, _MAT_HALF = 4.0, 30.0
"""Centimetres of mat beside a body, and of half its width at least."""
_SHADOW_WIDTH = 13.0
"""Centimetres."""
_ARROW_WIDTH = 3.6
_RIM = 1.6
"""Units of light around an arrow, so that it is seen in front of a body."""
_BARB, _BARB_ANGLE = 7.0, 0.65
"""Length of an arrow's head, and the radians between its line and each barb."""


def mat(bodies: Sequence[Joints], view: View) -> FlatShape:
    spots = [spot for at in bodies for spot in _places(at)]
    (left, right), (far, near) = ((min(v), max(v)) for v in zip(*spots, strict=True))
    left, right = left - _MAT_EDGE, right + _MAT_EDGE
    middle = (far + near) / 2
    half = max(_MAT_HALF, (near - far) / 2 + _MAT_SIDE)
    corners = (
        (left, middle - half),
        (right, middle - half),
        (right, middle + half),
        (left, middle + half),
    )
    return FlatShape(
        (Stroke(tuple(view.at((x, y, 0.0)) for x, y in corners), closed=True),), "mat", "mat", 3.0
    )


def _places(at: Joints) -> Iterator[Point]:
    """Where joints are on the floor's plan."""
    found = (at.hips, at.head, *at.elbows, *at.wrists, *at.knees, *at.ankles, *at.toes, *at.fingers)
    return ((x, y) for x, y, _ in found)


def shadow(bodies: Sequence[Joints], view: View) -> FlatShape:
    """What light from above leaves dark on the floor."""
    lines: list[Hull | Stroke] = []
    for at in bodies:
        ways = [
            (at.hips, at.waist, at.chest, at.head),
            *((at.shoulders[i], at.elbows[i], at.wrists[i], at.fingers[i]) for i in (0, 1)),
            *((at.hip_joints[i], at.knees[i], at.ankles[i], at.toes[i]) for i in (0, 1)),
        ]
        for way in ways:
            lines.append(Stroke(tuple((round(x, 1), round(y, 1)) for x, y, _ in way)))
    return FlatShape(tuple(lines), None, "shadow", _SHADOW_WIDTH, matrix=_floor(view))


def _floor(view: View) -> Matrix:
    """Maps the floor's ``x`` and ``y`` to the field."""
    a, b = (view.right[i] * view.scale for i in (0, 1))
    c, d = (-view.up[i] * view.scale for i in (0, 1))
    return a, c, b, d, view.x, view.y


def draw_thing(thing: Slab | Cushion, view: View) -> FlatShape:
    if isinstance(thing, Cushion):
        discs = [Disc(*view.at(c), thing.radius * view.scale) for c in thing.centres]
        return FlatShape((Hull(tuple(discs)),), "ball" if thing.is_ball else "thing", "ink")
    (left, right), (far, near), (low, high) = zip(thing.low, thing.high, strict=True)
    corners = product((left, right), (far, near), (low, high))
    return FlatShape(
        (Hull(tuple(Disc(*view.at(corner), 0.3) for corner in corners)),), "thing", "ink"
    )


def draw_arrow(arrow: Arrow, view: View) -> Iterator[FlatShape]:
    points = tuple(view.at(point) for point in arrow.points)
    points = curve(*points) if len(points) > 2 else points
    if arrow.is_breath:
        yield from _line(points, 1, "in")
        yield from _line(points[::-1], 1, "out")
    else:
        yield from _line(points, arrow.heads, "")


def _line(points: tuple[Point, ...], heads: int, stage: Stage) -> Iterator[FlatShape]:
    lines = [Stroke(points)]
    if heads:
        lines.append(Stroke(_barbs(points[-2], points[-1])))
    if heads > 1:
        lines.append(Stroke(_barbs(points[1], points[0])))
    yield FlatShape(tuple(lines), None, "rim", _ARROW_WIDTH + 2 * _RIM, stage)
    yield FlatShape(tuple(lines), None, "arrow", _ARROW_WIDTH, stage)


def _barbs(before: Point, tip: Point) -> tuple[Point, Point, Point]:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    one, other = (
        (tip[0] - _BARB * math.cos(a), tip[1] - _BARB * math.sin(a))
        for a in (angle + _BARB_ANGLE, angle - _BARB_ANGLE)
    )
    return one, tip, other
