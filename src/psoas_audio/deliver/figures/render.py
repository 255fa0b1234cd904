"""Draws a scene: what is where in space becomes flat shapes from back to front."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from psoas_audio.deliver.figures.body import Layer, Part, body
from psoas_audio.deliver.figures.drawing import (
    FIGURE_HEIGHT,
    FIGURE_WIDTH,
    Disc,
    Figure,
    FlatShape,
    Hull,
    Matrix,
    Point,
    Stage,
    Stroke,
    Tone,
    curve,
    mapped,
)
from psoas_audio.deliver.figures.scene import Arrow, Cushion, Scene, Slab
from psoas_audio.deliver.figures.skeleton import Joints, Pose, halfway, joints
from psoas_audio.deliver.figures.vectors import Vector, dot, minus, unit

_MARGIN = 4.0
"""Units between a figure and the edge of its field."""
_LARGEST = 1.15
"""Units that a centimetre takes at most."""
_FAR = 5.0
"""Centimetres by which a limb lies behind its fellow if it is shaded as a far one."""
_MAT_EDGE = 12.0
"""Centimetres of mat around a body."""
_ARROW_WIDTH = 3.6
_RIM = 1.6
"""Units of light around an arrow, so that it is seen in front of a body."""
_BARB = 7.0
"""Length of an arrow's head."""


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
        return self.x + self.scale * dot(point, self.right), self.y - self.scale * dot(
            point, self.up
        )


def draw(scene: Scene) -> Figure:
    """*scene* as flat shapes that fill the field."""
    view = _view(scene)
    return Figure(tuple(_shapes(scene, _fitted(view, tuple(_shapes(scene, view))))))


def _view(scene: Scene) -> View:
    yaw, pitch = math.radians(scene.yaw), math.radians(scene.pitch)
    cos, sin = math.cos(yaw), math.sin(yaw)
    low, high = math.cos(pitch), math.sin(pitch)
    return View((cos, sin, 0.0), (-high * sin, high * cos, low), (low * sin, -low * cos, high))


def _fitted(view: View, shapes: Sequence[FlatShape]) -> View:
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


def _shapes(scene: Scene, view: View) -> Iterator[FlatShape]:
    bodies = [joints(pose) for pose in (*scene.poses, *scene.start)]
    if scene.mat:
        yield _mat(bodies, view)
    yield _shadow([joints(pose) for pose in scene.poses], view)
    for thing in scene.things:
        if not (isinstance(thing, Cushion) and thing.after):
            yield _thing(thing, view)
    for number, pose in enumerate(scene.poses):
        start = scene.start[number] if scene.start else None
        yield from _body(pose, start, scene, view)
    for arrow in scene.arrows:
        yield from _arrow(arrow, view)


def _mat(bodies: Sequence[Joints], view: View) -> FlatShape:
    spots = [spot for at in bodies for spot in _places(at)]
    (left, right), (far, near) = ((min(v), max(v)) for v in zip(*spots, strict=True))
    left, right = left - _MAT_EDGE, right + _MAT_EDGE
    middle = (far + near) / 2
    half = max(30.0, (near - far) / 2 + 4.0)
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


def _shadow(bodies: Sequence[Joints], view: View) -> FlatShape:
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
    return FlatShape(tuple(lines), None, "shadow", 13.0, matrix=_floor(view))


def _floor(view: View) -> Matrix:
    """Maps the floor's ``x`` and ``y`` to the field."""
    a, b = (view.right[i] * view.scale for i in (0, 1))
    c, d = (-view.up[i] * view.scale for i in (0, 1))
    return a, c, b, d, view.x, view.y


def _body(pose: Pose, start: Pose | None, scene: Scene, view: View) -> Iterator[FlatShape]:
    parts = _ordered(body(pose), scene, view)
    far = _far_limbs(parts, view)
    before, between = ({}, {}) if start is None else map(_by_name, (start, halfway(start, pose)))
    for part in parts:
        name, is_far = part.name, part.name in far
        if start is None or before[name].layers == part.layers:
            yield from _part(part, is_far, view, "")
        else:
            yield from _part(before[name], is_far, view, "start")
            yield from _part(between[name], is_far, view, "between")
            yield from _part(part, is_far, view, "end")
        for thing in scene.things:
            if isinstance(thing, Cushion) and thing.after == name:
                yield _thing(thing, view)


def _by_name(pose: Pose) -> dict[str, Part]:
    return {part.name: part for part in body(pose)}


def _far_limbs(parts: Sequence[Part], view: View) -> set[str]:
    """The names of the limbs that are further away than their fellows."""
    depth = {part.name: _depth(part, view) for part in parts}
    sides = (("right", "left"), ("left", "right"))
    pairs = [(f"{a}-{limb}", f"{b}-{limb}") for limb in ("arm", "leg") for a, b in sides]
    return {one for one, other in pairs if depth[one] < depth[other] - _FAR}


def _ordered(parts: Sequence[Part], scene: Scene, view: View) -> list[Part]:
    def key(part: Part) -> tuple[int, float]:
        if part.name in scene.over:
            return 1, scene.over.index(part.name)
        if part.name in scene.under:
            return -1, scene.under.index(part.name)
        return 0, _depth(part, view)

    return sorted(parts, key=key)


def _depth(part: Part, view: View) -> float:
    return sum(dot(point, view.near) for point in part.core) / len(part.core)


def _part(part: Part, far: bool, view: View, moment: Stage) -> Iterator[FlatShape]:
    layers = _head_layers(part.layers, view) if part.name == "head" else part.layers
    for layer in layers:
        fill = _tone(layer, far)
        hulls = tuple(
            Hull(
                tuple(Disc(*view.at(ball.centre), ball.radius * view.scale) for ball in mass.balls)
            )
            for mass in layer.masses
        )
        yield FlatShape(hulls, fill, "ink" if layer.edge else None, moment=moment)


def _head_layers(layers: tuple[Layer, ...], view: View) -> tuple[Layer, ...]:
    """Those that are seen, with the hair in front where the head is seen from behind."""
    neck, hair, face, *eyes = layers
    (brow, _), (_, tip) = (mass.balls for mass in face.masses)
    ahead = unit(minus(tip.centre, brow.centre))
    toward = dot(ahead, view.near)
    if toward < -0.35:
        return neck, face, hair
    seen = (
        eye
        for eye in eyes
        if dot(unit(minus(eye.masses[0].balls[0].centre, brow.centre)), view.near) > -0.1
    )
    return neck, hair, face, *seen


def _tone(layer: Layer, far: bool) -> Tone:
    match layer.stuff:
        case "skin":
            return "far-skin" if far else "skin"
        case "leg":
            return "far-leg" if far else "leg"
        case "shirt":
            return "shirt"
        case _:
            return "ink"


def _thing(thing: Slab | Cushion, view: View) -> FlatShape:
    if isinstance(thing, Cushion):
        discs = [Disc(*view.at(c), thing.radius * view.scale) for c in thing.centres]
        return FlatShape((Hull(tuple(discs)),), "ball" if thing.is_ball else "thing", "ink")
    (left, right), (far, near), (low, high) = zip(thing.low, thing.high, strict=True)
    corners = product((left, right), (far, near), (low, high))
    return FlatShape(
        (Hull(tuple(Disc(*view.at(corner), 0.3) for corner in corners)),), "thing", "ink"
    )


def _arrow(arrow: Arrow, view: View) -> Iterator[FlatShape]:
    points = tuple(view.at(point) for point in arrow.points)
    points = curve(*points) if len(points) > 2 else points
    lines = [Stroke(points)]
    if arrow.heads:
        lines.append(Stroke(_barbs(points[-2], points[-1])))
    if arrow.heads > 1:
        lines.append(Stroke(_barbs(points[1], points[0])))
    yield FlatShape(tuple(lines), None, "rim", _ARROW_WIDTH + 2 * _RIM)
    yield FlatShape(tuple(lines), None, "arrow", _ARROW_WIDTH)


def _barbs(before: Point, tip: Point) -> tuple[Point, Point, Point]:
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    one, other = (
        (tip[0] - _BARB * math.cos(a), tip[1] - _BARB * math.sin(a))
        for a in (angle + 0.65, angle - 0.65)
    )
    return one, tip, other
