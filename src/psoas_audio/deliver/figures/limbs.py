"""Builds a body in profile from its limbs; the poses are written with it."""

from __future__ import annotations

from psoas_audio.deliver.figures.drawing import (
    HEAD_RADIUS,
    LIMB_WIDTH,
    TORSO_WIDTH,
    Disc,
    Part,
    Point,
    Stroke,
)


def body(
    head: Point,
    torso: tuple[Point, ...],
    *,
    far: tuple[tuple[Point, ...], ...] = (),
    near: tuple[tuple[Point, ...], ...] = (),
    over: tuple[tuple[Point, ...], ...] = (),
    size: float = 1.0,
) -> tuple[Part, ...]:
    """A body from back to front, *size* times the usual width of its limbs.

    *far* limbs lie behind the trunk, *near* ones next to it, and *over* ones in front of it. Each
    limb, like the *torso*, is a line through points.
    """
    limb = LIMB_WIDTH * size
    return (
        *(Stroke(points, limb, faint=True) for points in far),
        Stroke(torso, TORSO_WIDTH * size),
        *(Stroke(points, limb) for points in near),
        Disc(head, HEAD_RADIUS * size),
        *(Stroke(points, limb, halo=True) for points in over),
    )


def prop(*points: Point, width: float = 4.0) -> Stroke:
    """A thing beside the body, such as a chair or a wall."""
    return Stroke(points, width, faint=True)
