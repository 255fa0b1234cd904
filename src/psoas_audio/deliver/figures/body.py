"""The flesh on a skeleton: each part of the body as round masses in space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from psoas_audio.deliver.figures.skeleton import ARM, HEEL, LEG, TOES, Joints, Pose, joints
from psoas_audio.deliver.figures.vectors import Vector, length, minus, plus, unit

Stuff = Literal["skin", "shirt", "leg", "hair", "eye"]
"""What a mass looks like."""


@dataclass(frozen=True, slots=True)
class Ball:
    """A round mass, in cm."""

    centre: Vector
    radius: float


@dataclass(frozen=True, slots=True)
class Mass:
    """Some balls and what lies between them, as if wrapped."""

    balls: tuple[Ball, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Masses of one look, painted as one."""

    stuff: Stuff
    masses: tuple[Mass, ...]
    edge: bool = True
    """Whether a line runs around it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body, its layers from back to front."""

    name: str
    """``trunk``, ``head``, ``right-arm``, ``left-arm``, ``right-leg`` or ``left-leg``."""
    layers: tuple[Layer, ...]
    core: tuple[Vector, ...]
    """Points whose mean tells how near it is to the viewer."""


def body(pose: Pose) -> tuple[Part, ...]:
    """The parts of a body in *pose*, in no order."""
    at = joints(pose)
    sides = (("right", 0), ("left", 1))
    return (
        _trunk(at),
        _head(at),
        *(_arm(at, name, i) for name, i in sides),
        *(_leg(at, name, i) for name, i in sides),
    )


def _trunk(at: Joints) -> Part:
    pelvis, chest = at.pelvis_frame, at.chest_frame

    def pair(middle: Vector, right: Vector, half: float, radius: float) -> tuple[Ball, Ball]:
        return Ball(plus(middle, right, half), radius), Ball(plus(middle, right, -half), radius)

    shoulders = pair(plus(at.chest, chest.up, -2), chest.right, 12, 7.5)
    ribs = pair(plus(at.chest, chest.up, -11), chest.right, 6.5, 10)
    waist = pair(at.waist, chest.right, 5, 8.8)
    seat = pair(plus(at.hips, pelvis.front, -1), pelvis.right, 7, 9.8)
    masses = (Mass((*shoulders, *ribs)), Mass((*ribs, *waist)), Mass((*waist, *seat)))
    return Part("trunk", (Layer("shirt", masses),), (at.hips, at.chest))


def _head(at: Joints) -> Part:
    frame, middle = at.head_frame, at.head

    def spot(ahead: float, up: float, aside: float = 0.0) -> Vector:
        return plus(plus(plus(middle, frame.front, ahead), frame.up, up), frame.right, aside)

    neck = Mass((Ball(plus(at.chest, at.chest_frame.up, 0), 5.0), Ball(spot(-2, -5), 4.8)))
    hair = Mass((Ball(spot(-1.0, 1.5), 10.2), Ball(spot(-3.5, -4), 7.0)))
    knot = Mass((Ball(spot(-6.5, 12.5), 4.6),))
    face = Mass((Ball(spot(3.4, 0.2), 7.4), Ball(spot(4.6, -6.0), 5.4)))
    nose = Mass((Ball(spot(7, -0.5), 3.0), Ball(spot(11.2, -2.2), 1.6)))
    eyes = tuple(Mass((Ball(spot(8.6, 0.4, aside), 1.3),)) for aside in (3.6, -3.6))
    return Part(
        "head",
        (
            Layer("skin", (neck,)),
            Layer("hair", (hair, knot)),
            Layer("skin", (face, nose)),
            *(Layer("eye", (eye,), edge=False) for eye in eyes),
        ),
        (middle,),
    )


def _arm(at: Joints, name: str, i: int) -> Part:
    shoulder, elbow, wrist = at.shoulders[i], at.elbows[i], at.wrists[i]
    palm, tips = (_on_the_way(wrist, at.fingers[i], part) for part in (0.3, 0.8))
    upper = Mass((Ball(shoulder, 5.2), Ball(elbow, 4.5)))
    lower = Mass((Ball(elbow, 4.5), Ball(wrist, 3.4)))
    hand = Mass((Ball(palm, 4.2), Ball(tips, 3.0)))
    crook = Mass((Ball(elbow, 4.1), Ball(_on_the_way(elbow, shoulder, 0.12), 4.1)))
    sleeve = Mass((Ball(shoulder, 6.4), Ball(_on_the_way(shoulder, elbow, 0.42), 5.8)))
    bent = (
        Layer("skin", (upper,)),
        Layer("shirt", (sleeve,)),
        Layer("skin", (lower, hand)),
        Layer("skin", (crook,), edge=False),
    )
    straight = (Layer("skin", (upper, lower, hand)), Layer("shirt", (sleeve,)))
    core = (shoulder, elbow, elbow, wrist)
    return Part(f"{name}-arm", straight if _is_straight(shoulder, wrist, ARM) else bent, core)


def _leg(at: Joints, name: str, i: int) -> Part:
    hip, knee, ankle = at.hip_joints[i], at.knees[i], at.ankles[i]
    heel, toes = at.heels[i], at.toes[i]
    calf, cuff = (_on_the_way(knee, ankle, part) for part in (0.3, 0.86))
    thigh = Mass((Ball(hip, 9.0), Ball(knee, 6.3)))
    shin = Mass((Ball(knee, 6.3), Ball(calf, 6.0), Ball(cuff, 4.4)))
    crook = Mass((Ball(knee, 5.8), Ball(_on_the_way(knee, hip, 0.25), 6.2)))
    lift = unit(minus(ankle, _on_the_way(heel, toes, HEEL / (HEEL + TOES))))
    foot = (
        Mass((Ball(cuff, 3.6), Ball(ankle, 3.8))),
        Mass(
            (
                Ball(plus(heel, lift, 3.6), 3.6),
                Ball(ankle, 3.8),
                Ball(plus(_on_the_way(heel, toes, 0.72), lift, 3.0), 3.0),
                Ball(plus(_on_the_way(heel, toes, 0.92), lift, 2.2), 2.2),
            )
        ),
    )
    bent = (
        Layer("leg", (thigh,)),
        Layer("leg", (shin,)),
        Layer("leg", (crook,), edge=False),
    )
    straight = (Layer("leg", (thigh, shin)),)
    leg = straight if _is_straight(hip, ankle, LEG) else bent
    return Part(f"{name}-leg", (Layer("skin", foot), *leg), (hip, knee, knee, ankle))


def _is_straight(root: Vector, end: Vector, lengths: tuple[float, float]) -> bool:
    """Whether a limb is so straight that its two halves are drawn as one."""
    return length(minus(end, root)) > 0.9 * sum(lengths)


def _on_the_way(one: Vector, other: Vector, part: float) -> Vector:
    """The point a *part* (0 to 1) of the way from *one* to *other*."""
    x, y, z = (a + (b - a) * part for a, b in zip(one, other, strict=True))
    return x, y, z
