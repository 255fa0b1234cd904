"""Points and directions in space, and the two joints that place a hand or a foot."""

from __future__ import annotations

import math

Vector = tuple[float, float, float]
"""``x``, ``y`` and ``z`` in cm: to the right, away from the viewer, up from the floor."""

_TOLERANCE = 0.5
"""Centimetres by which a limb may fall short of its target."""


def plus(one: Vector, other: Vector, times: float = 1.0) -> Vector:
    """*one* and *other*, *times* its length, added."""
    return (
        one[0] + other[0] * times,
        one[1] + other[1] * times,
        one[2] + other[2] * times,
    )


def minus(one: Vector, other: Vector) -> Vector:
    """The way from *other* to *one*."""
    return plus(one, other, -1.0)


def dot(one: Vector, other: Vector) -> float:
    """The scalar product."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def cross(one: Vector, other: Vector) -> Vector:
    """The vector product."""
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


def length(one: Vector) -> float:
    """Centimetres."""
    return math.sqrt(dot(one, one))


def unit(one: Vector) -> Vector:
    """*one* at length 1; raises :class:`ValueError` if it has no direction."""
    size = length(one)
    if size < 1e-9:
        raise ValueError("A direction of length 0.")
    return one[0] / size, one[1] / size, one[2] / size


def turned(one: Vector, around: Vector, degrees: float) -> Vector:
    """*one* turned *around* a unit vector, by the right-hand rule."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    along = dot(around, one) * (1 - cos)
    turn = plus((one[0] * cos, one[1] * cos, one[2] * cos), cross(around, one), sin)
    return plus(turn, around, along)


def without(one: Vector, along: Vector) -> Vector:
    """The part of *one* at right angles to the unit vector *along*."""
    return plus(one, along, -dot(one, along))


def between(root: Vector, end: Vector, lengths: tuple[float, float], bend: Vector) -> Vector:
    """The joint between *root* and *end*, for two bones of these *lengths*.

    It lies on the side of *bend*. Raises :class:`ValueError` if *end* is out of reach.
    """
    first, second = lengths
    way = minus(end, root)
    span = length(way)
    if span > first + second + _TOLERANCE or span < abs(first - second) - _TOLERANCE:
        raise ValueError(f"A target {span:.1f} cm away; the limb reaches {first + second:.1f} cm.")
    along = unit(way)
    ahead = (first * first - second * second + span * span) / (2 * span)
    aside = math.sqrt(max(0.0, first * first - ahead * ahead))
    out = without(bend, along)
    if length(out) < 1e-6:
        raise ValueError("A limb that bends along itself.")
    return plus(plus(root, along, ahead), unit(out), aside)
