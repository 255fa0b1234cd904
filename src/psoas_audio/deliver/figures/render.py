"""Draws a scene: what is where in space becomes flat shapes from back to front."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from psoas_audio.deliver.figures.body import Ball, Layer, Part, body
from psoas_audio.deliver.figures.drawing import Disc, Figure, FlatShape, Hull, Stage, Tone
from psoas_audio.deliver.figures.scene import Cushion, Scene
from psoas_audio.deliver.figures.skeleton import Pose, halfway, joints
from psoas_audio.deliver.figures.surroundings import draw_arrow, draw_thing, mat, shadow
from psoas_audio.deliver.figures.vectors import dot, minus, unit
from psoas_audio.deliver.figures.view import View, fitted, view_from

_FAR = 0.4
"""How much the line from one hip or shoulder to the other points away from the viewer, 0 to 1, if
the limb behind is shaded as a far one."""
_STILL = 0.5
"""Centimetres that a part may move in a movement and be drawn once."""
_FROM_BEHIND, _EYE_TURNED = -0.35, -0.1
"""How much a face and an eye are turned to the viewer, -1 to 1, if hair hides the one, and the head
the other."""


def draw(scene: Scene) -> Figure:
    """*scene* as flat shapes that fill the field."""
    view = view_from(scene.yaw, scene.pitch)
    return Figure(tuple(_shapes(scene, fitted(view, tuple(_shapes(scene, view))))))


def _shapes(scene: Scene, view: View) -> Iterator[FlatShape]:
    ends = [joints(pose) for pose in scene.poses]
    if scene.mat:
        yield mat([*ends, *(joints(pose) for pose in scene.start)], view)
    yield shadow(ends, view)
    for thing in scene.things:
        if not (isinstance(thing, Cushion) and thing.after):
            yield draw_thing(thing, view)
    for number, pose in enumerate(scene.poses):
        start = scene.start[number] if scene.start else None
        yield from _body(pose, start, scene, view)
    for arrow in scene.arrows:
        yield from draw_arrow(arrow, view)


def _body(pose: Pose, start: Pose | None, scene: Scene, view: View) -> Iterator[FlatShape]:
    parts = _ordered(body(pose), scene, view)
    far = _far_limbs(parts, view)
    before, between = ({}, {}) if start is None else map(_by_name, (start, halfway(start, pose)))
    for part in parts:
        name, is_far = part.name, part.name in far
        if start is None or _is_still(before[name], part):
            yield from _part(part, is_far, view, "")
        else:
            yield from _part(before[name], is_far, view, "start")
            yield from _part(between[name], is_far, view, "between")
            yield from _part(part, is_far, view, "end")
        for thing in scene.things:
            if isinstance(thing, Cushion) and thing.after == name:
                yield draw_thing(thing, view)


def _is_still(before: Part, after: Part) -> bool:
    balls = zip(_balls(before), _balls(after), strict=True)
    return all(math.dist(one.centre, other.centre) < _STILL for one, other in balls)


def _balls(part: Part) -> Iterator[Ball]:
    return (ball for layer in part.layers for mass in layer.masses for ball in mass.balls)


def _by_name(pose: Pose) -> dict[str, Part]:
    return {part.name: part for part in body(pose)}


def _far_limbs(parts: Sequence[Part], view: View) -> set[str]:
    """The names of the limbs that are further away than their fellows."""
    roots = {part.name: part.core[0] for part in parts}
    sides = (("right", "left"), ("left", "right"))
    pairs = [(f"{a}-{limb}", f"{b}-{limb}") for limb in ("arm", "leg") for a, b in sides]
    return {
        one for one, other in pairs if dot(unit(minus(roots[other], roots[one])), view.near) > _FAR
    }


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


def _part(part: Part, far: bool, view: View, stage: Stage) -> Iterator[FlatShape]:
    layers = _head_layers(part.layers, view) if part.name == "head" else part.layers
    for layer in layers:
        fill = _tone(layer, far)
        hulls = tuple(
            Hull(
                tuple(Disc(*view.at(ball.centre), ball.radius * view.scale) for ball in mass.balls)
            )
            for mass in layer.masses
        )
        yield FlatShape(hulls, fill, "ink" if layer.edge else None, stage=stage)


def _head_layers(layers: tuple[Layer, ...], view: View) -> tuple[Layer, ...]:
    """Those that are seen, with the hair in front where the head is seen from behind."""
    neck, hair, face, *eyes = layers
    (brow, _), (_, tip) = (mass.balls for mass in face.masses)
    ahead = unit(minus(tip.centre, brow.centre))
    toward = dot(ahead, view.near)
    if toward < _FROM_BEHIND:
        return neck, face, hair
    seen = (
        eye
        for eye in eyes
        if dot(unit(minus(eye.masses[0].balls[0].centre, brow.centre)), view.near) > _EYE_TURNED
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
