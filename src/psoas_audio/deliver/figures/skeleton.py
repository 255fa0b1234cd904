"""The body: its proportions, a pose as a few numbers, and the joints that follow from it.

A pose says where the pelvis, the hands and the feet are and which way the trunk goes. Elbows and
knees are computed, so that every limb keeps its length.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from psoas_audio.deliver.figures.vectors import (
    Vector,
    between,
    cross,
    dot,
    length,
    minus,
    plus,
    turned,
    unit,
    without,
)

LOWER_TRUNK, UPPER_TRUNK = 22.0, 26.0
"""Centimetres from the middle of the hips to the waist, and from there to that of the shoulders.
All sizes are those of an adult of 168 cm."""
NECK = 21.0
"""Centimetres from the middle of the shoulders to that of the head."""
HALF_SHOULDERS, HALF_HIPS = 16.0, 9.0
"""Centimetres from the middle to a joint."""
ARM = (29.0, 26.0)
"""Centimetres of the upper arm and the forearm."""
LEG = (42.0, 40.0)
"""Centimetres of the thigh and the shin."""
HAND, HEEL, TOES, SOLE = 11.0, 4.5, 16.0, 6.5
"""Centimetres from the wrist to the fingers; from the ankle back to the heel, ahead to the toes,
and down to the sole."""

_STRAIGHT = 0.1
"""Sine of the angle in a knee below which the shin's front is where the pose says."""


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm or a leg."""

    to: Vector
    """Where the wrist or the ankle is."""
    bend: Vector | None = None
    """Where the elbow or knee points; ``None`` for the usual way."""
    end: Vector | None = None
    """Where the fingers or toes point; ``None`` for along the forearm, or square to the shin."""


def both(right: Limb) -> tuple[Limb, Limb]:
    """The limb *right* and its mirror image on the left of the body's middle plane."""

    def other(one: Vector | None) -> Vector | None:
        return one and (one[0], -one[1], one[2])

    x, y, z = right.to
    return right, Limb((x, -y, z), other(right.bend), other(right.end))


@dataclass(frozen=True, slots=True)
class Pose:
    """A body's position. Its right side is the one that the viewer sees if nothing is turned."""

    hips: Vector
    """The middle of the pelvis."""
    spine: tuple[float, float]
    """Directions of the lower and the upper trunk, in degrees: 90 is upright and facing right,
    180 on the back with the head on the left, 0 face down with the head on the right."""
    arms: tuple[Limb, Limb]
    """Right and left."""
    legs: tuple[Limb, Limb]
    """Right and left."""
    roll: tuple[float, float] = (0.0, 0.0)
    """Degrees by which the pelvis and the chest are turned around the spine; at 90 the front faces
    the viewer."""
    nod: float = 0.0
    """Degrees by which the chin comes to the chest."""
    turn: float = 0.0
    """Degrees by which the face turns to the body's right."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Directions of a part of the body."""

    up: Vector
    """Toward the crown."""
    front: Vector
    right: Vector


@dataclass(frozen=True, slots=True)
class Joints:
    """Where the joints of a body are; pairs are right and left."""

    hips: Vector
    waist: Vector
    chest: Vector
    """The middle between the shoulders."""
    head: Vector
    pelvis_frame: Frame
    chest_frame: Frame
    head_frame: Frame
    shoulders: tuple[Vector, Vector]
    elbows: tuple[Vector, Vector]
    wrists: tuple[Vector, Vector]
    fingers: tuple[Vector, Vector]
    hip_joints: tuple[Vector, Vector]
    knees: tuple[Vector, Vector]
    ankles: tuple[Vector, Vector]
    heels: tuple[Vector, Vector]
    toes: tuple[Vector, Vector]


def joints(pose: Pose) -> Joints:
    """The joints of a body in *pose*; raises :class:`ValueError` if a target is out of reach."""
    pelvis, chest_frame = (_frame(a, r) for a, r in zip(pose.spine, pose.roll, strict=True))
    waist = plus(pose.hips, pelvis.up, LOWER_TRUNK)
    chest = plus(waist, chest_frame.up, UPPER_TRUNK)
    head_frame = _nodded(chest_frame, pose.nod, pose.turn)
    hip_joints = _pair(pose.hips, pelvis.right, HALF_HIPS)
    shoulders = _pair(chest, chest_frame.right, HALF_SHOULDERS)
    elbow = plus(_times(chest_frame.front, -1.0), chest_frame.up, -0.2)
    elbows = _middles(shoulders, pose.arms, ARM, elbow)
    knees = _middles(hip_joints, pose.legs, LEG, pelvis.front)
    wrists = (pose.arms[0].to, pose.arms[1].to)
    ankles = (pose.legs[0].to, pose.legs[1].to)
    feet = tuple(
        _foot(limb, hip, knee, pelvis.front)
        for limb, hip, knee in zip(pose.legs, hip_joints, knees, strict=True)
    )
    fingers = tuple(
        plus(limb.to, unit(limb.end or minus(limb.to, elbow)), HAND)
        for limb, elbow in zip(pose.arms, elbows, strict=True)
    )
    return Joints(
        hips=pose.hips,
        waist=waist,
        chest=chest,
        head=plus(chest, head_frame.up, NECK),
        pelvis_frame=pelvis,
        chest_frame=chest_frame,
        head_frame=head_frame,
        shoulders=shoulders,
        elbows=elbows,
        wrists=wrists,
        fingers=(fingers[0], fingers[1]),
        hip_joints=hip_joints,
        knees=knees,
        ankles=ankles,
        heels=(feet[0][0], feet[1][0]),
        toes=(feet[0][1], feet[1][1]),
    )


def placed(pose: Pose, x: float, y: float = 0.0) -> Pose:
    """*pose* at another place of the floor."""
    by = (x, y, 0.0)

    def limbs(pair: tuple[Limb, Limb]) -> tuple[Limb, Limb]:
        one, other = (replace(limb, to=plus(limb.to, by)) for limb in pair)
        return one, other

    return replace(pose, hips=plus(pose.hips, by), arms=limbs(pose.arms), legs=limbs(pose.legs))


def halfway(one: Pose, other: Pose) -> Pose:
    """The pose in the middle of the movement from *one* to *other*."""

    def middle(a: Vector, b: Vector) -> Vector:
        return _times(plus(a, b), 0.5)

    def limb(a: Limb, b: Limb) -> Limb:
        bend = middle(a.bend, b.bend) if a.bend and b.bend else b.bend
        return Limb(middle(a.to, b.to), bend, middle(a.end, b.end) if a.end and b.end else b.end)

    def pair(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
        return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

    return Pose(
        middle(one.hips, other.hips),
        pair(one.spine, other.spine),
        (limb(one.arms[0], other.arms[0]), limb(one.arms[1], other.arms[1])),
        (limb(one.legs[0], other.legs[0]), limb(one.legs[1], other.legs[1])),
        pair(one.roll, other.roll),
        (one.nod + other.nod) / 2,
        (one.turn + other.turn) / 2,
    )


def _frame(degrees: float, roll: float) -> Frame:
    angle = math.radians(degrees)
    up = (math.cos(angle), 0.0, math.sin(angle))
    front = turned((math.sin(angle), 0.0, -math.cos(angle)), up, -roll)
    return Frame(up, front, cross(front, up))


def _nodded(chest: Frame, nod: float, turn: float) -> Frame:
    up = turned(chest.up, chest.right, -nod)
    front = turned(turned(chest.front, chest.right, -nod), up, -turn)
    return Frame(up, front, cross(front, up))


def _pair(middle: Vector, right: Vector, half: float) -> tuple[Vector, Vector]:
    return plus(middle, right, half), plus(middle, right, -half)


def _middles(
    roots: tuple[Vector, Vector],
    limbs: tuple[Limb, Limb],
    lengths: tuple[float, float],
    usual: Vector,
) -> tuple[Vector, Vector]:
    one, other = (
        between(root, limb.to, lengths, limb.bend or usual)
        for root, limb in zip(roots, limbs, strict=True)
    )
    return one, other


def _foot(limb: Limb, hip: Vector, knee: Vector, front: Vector) -> tuple[Vector, Vector]:
    """The heel and the toes, both in the sole."""
    shin = unit(minus(limb.to, knee))
    bent = without(unit(minus(knee, hip)), shin)
    straight = length(bent) < _STRAIGHT
    square = unit(without(limb.bend or front, shin) if straight else bent)
    ahead = unit(limb.end or square)
    down = plus(_times(shin, dot(ahead, square)), square, -dot(ahead, shin))
    sole = plus(limb.to, unit(without(down, ahead)), SOLE)
    return plus(sole, ahead, -HEEL), plus(sole, ahead, TOES)


def _times(one: Vector, factor: float) -> Vector:
    return one[0] * factor, one[1] * factor, one[2] * factor
