"""A body in profile, out of its limbs: what the poses are written in."""

from __future__ import annotations

from psoas_audio.deliver.figures.drawing import HEAD, LIMB, TORSO, Disc, Part, Point, Stroke


def body(
    head: Point,
    torso: tuple[Point, ...],
    *,
    far: tuple[tuple[Point, ...], ...] = (),
    near: tuple[tuple[Point, ...], ...] = (),
    over: tuple[tuple[Point, ...], ...] = (),
    size: float = 1.0,
) -> tuple[Part, ...]:
    """Limbs behind the trunk, the trunk, limbs beside it, the head, and limbs before it."""
    limb = LIMB * size
    return (
        *(Stroke(points, limb, faint=True) for points in far),
        Stroke(torso, TORSO * size),
        *(Stroke(points, limb) for points in near),
        Disc(head, HEAD * size),
        *(Stroke(points, limb, halo=True) for points in over),
    )


def thing(*points: Point, width: float = 4.0) -> Stroke:
    return Stroke(points, width, faint=True)
