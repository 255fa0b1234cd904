"""Lying poses. On the back the head is on the left, on the front it is on the right."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.deliver.figures.scene import Arrow, Cushion, Scene
from psoas_audio.deliver.figures.skeleton import Limb, Pose, both

_ON_BACK = 10.8
"""Height of the hips."""
_ARMS_DOWN = both(Limb((-1, -41, 4), bend=(0, -1, -0.2)))
_FEET_FLAT = both(Limb((42, -10, 6.5), end=(1, 0, 0)))
_LEG_LONG = Limb((81, 10, 8.8), bend=(0, 0, 1), end=(0.4, 0.25, 1))
_BACK = Pose((0, 0, _ON_BACK), (180, 180), _ARMS_DOWN, _FEET_FLAT)
_HAND_ON_BELLY = Limb((-6, -14, 21), bend=(0, -1, -0.5), end=(0.7, 0.7, 0.05))
_YAW, _PITCH = -18.0, 30.0
_LEGS = ("left-leg", "right-leg")

_KNEE_HELD = Limb((15, -10, 52), bend=(-1, -0.05, 0.3), end=(0.7, 0, 0.7))
_HOLDING = Limb((-9, -19, 26), bend=(0, -1, -0.5), end=(0.5, 0.9, 0.1))
_KNEE_EASED = Limb((38, -10, 44), bend=(-1, -0.05, 0.6), end=(0.8, 0, 0.5))
_EASING = Limb((0, -17, 32), bend=(0, -1, -0.4), end=(0.7, 0.6, 0.4))
_BRIDGE = Pose(
    (-8, 0, 33),
    (208, 208),
    both(Limb((2, -22, 4), bend=(0, -1, -0.2), end=(1, 0, 0))),
    _FEET_FLAT,
    nod=28,
)
_OPEN = both(Limb((30, -7.6, 6), bend=(0.3, -1, 0.02), end=(1, 0, 0)))
_WIDE_ARMS = replace(_BACK, arms=both(Limb((-40, -69, 5), bend=(1, 0, 0))))


def _lying(
    pose: Pose,
    *,
    start: Pose | None = None,
    things: tuple[Cushion, ...] = (),
    arrows: tuple[Arrow, ...] = (),
    yaw: float = _YAW,
    pitch: float = _PITCH,
    over: tuple[str, ...] = (),
    under: tuple[str, ...] = (),
) -> Scene:
    return Scene(
        (pose,),
        (start,) if start else (),
        things,
        arrows,
        mat=True,
        yaw=yaw,
        pitch=pitch,
        over=over,
        under=under,
    )


def _leaning(side: int) -> tuple[Limb, Limb]:
    """Legs with bent knees that lean to the left (1) or to the right (-1)."""
    right, left = (
        Limb((40, y + 2 * side, 6.5), bend=(0, side, 1.15), end=(1, 0, 0)) for y in (-8, 8)
    )
    return right, left


LYING = {
    "supine": _lying(_BACK, under=_LEGS),
    "hands-on-belly": _lying(
        replace(_BACK, arms=both(_HAND_ON_BELLY)),
        arrows=(Arrow(((-14, 0, 42), (-14, 0, 64)), is_breath=True),),
        yaw=-6,
        over=("left-arm", "right-arm"),
        under=_LEGS,
    ),
    "supine-ball": _lying(
        replace(
            _BACK,
            arms=(Limb((-23, -10, 34), bend=(-0.2, -0.5, 1), end=(1, 0.2, -0.25)), _ARMS_DOWN[1]),
        ),
        things=(Cushion(((-14, -8, 25),), 7, after="trunk", is_ball=True),),
        arrows=(Arrow(((-14, -8, 68), (-14, -8, 46))),),
        yaw=-10,
        under=_LEGS,
    ),
    "ball-resting": _lying(
        replace(
            _BACK,
            arms=(Limb((-12, -27, 24), bend=(-0.2, -1, 0.2), end=(0.6, 1, 0.5)), _ARMS_DOWN[1]),
        ),
        things=(Cushion(((-14, -8, 27),), 7, after="trunk", is_ball=True),),
        yaw=-10,
        under=_LEGS,
    ),
    "ball-aside": _lying(
        replace(
            _BACK,
            arms=(Limb((-22, -30, 48), bend=(-0.2, -1, -0.3), end=(0.8, 0.1, 0.5)), _ARMS_DOWN[1]),
        ),
        things=(Cushion(((14, -46, 7),), 7, after="right-arm", is_ball=True),),
        arrows=(Arrow(((-4, -10, 32), (8, -30, 36), (14, -46, 22))),),
        yaw=-10,
        under=_LEGS,
    ),
    "fingertips": _lying(
        replace(
            _BACK,
            arms=(Limb((-19, -13, 28), bend=(-0.3, -0.2, 1), end=(0.7, 0.3, -0.8)), _ARMS_DOWN[1]),
        ),
        arrows=(Arrow(((-11, -10, 64), (-11, -10, 42))),),
        yaw=-10,
        pitch=26,
        under=_LEGS,
    ),
    "hands-lift": _lying(
        replace(
            _BACK,
            arms=both(Limb((-10, -22, 46), bend=(-0.4, -1, -0.3), end=(0.8, 0.2, 0.5))),
        ),
        start=replace(
            _BACK, arms=both(Limb((-19, -13, 28), bend=(-0.3, -0.8, 0.6), end=(0.7, 0.3, -0.8)))
        ),
        arrows=(Arrow(((8, -22, 38), (8, -22, 62))),),
        yaw=-10,
        pitch=26,
        under=_LEGS,
    ),
    "rub-hands": _lying(
        replace(_BACK, arms=both(Limb((-26, -3.5, 46), bend=(0, -1, -0.5), end=(0.3, 0, 1)))),
        arrows=(Arrow(((-4, 0, 44), (-4, 0, 68)), heads=2),),
        yaw=-10,
        over=("left-arm", "right-arm"),
        under=_LEGS,
    ),
    "knee-to-chest": _lying(
        replace(_BACK, arms=both(_HOLDING), legs=(_KNEE_HELD, _LEG_LONG)),
        start=replace(_BACK, legs=(_FEET_FLAT[0], _LEG_LONG)),
        over=("left-arm", "right-leg", "right-arm"),
    ),
    "knee-eased": _lying(
        replace(_BACK, arms=both(_EASING), legs=(_KNEE_EASED, _LEG_LONG)),
        start=replace(_BACK, arms=both(_HOLDING), legs=(_KNEE_HELD, _LEG_LONG)),
        over=("left-arm", "right-leg", "right-arm"),
    ),
    "knees-to-chest": _lying(
        replace(_BACK, arms=both(_HOLDING), legs=both(_KNEE_HELD)),
        start=_BACK,
        over=("left-arm", "left-leg", "right-leg", "right-arm"),
    ),
    "bridge": _lying(
        _BRIDGE,
        start=_BACK,
        arrows=(Arrow(((-12, 0, 56), (-12, 0, 78))),),
        yaw=-10,
        pitch=14,
        over=("trunk", "right-arm", "head"),
    ),
    "roll-down": _lying(
        _BACK,
        start=_BRIDGE,
        arrows=(Arrow(((-12, 0, 72), (-12, 0, 50))),),
        yaw=-10,
        pitch=14,
        over=("trunk", "right-arm", "head"),
    ),
    "lying-flat": _lying(
        replace(_BACK, legs=(Limb((81, -10, 8.8), bend=(0, 0, 1), end=(0.4, -0.25, 1)), _LEG_LONG))
    ),
    "pillows": _lying(
        replace(
            _BACK, legs=both(Limb((76, -11, 8.2), bend=(0, 0, 1), end=(0.45, -0.2, 1))), nod=16
        ),
        things=(
            Cushion(((-78, -16, 6), (-78, 16, 6), (-62, -16, 5), (-62, 16, 5)), 6),
            Cushion(((37, -22, 12), (37, 22, 12)), 12),
        ),
    ),
    "prone": _lying(
        Pose(
            (-20, 0, 10.2),
            (0, 3),
            both(Limb((50, -8, 4.2), bend=(0.41, -0.9, 0), end=(0.1, 1, 0))),
            both(Limb((-101.8, -9, 6), bend=(0, 0, -1), end=(-1, 0, -0.1))),
            nod=-10,
            turn=90,
        ),
        yaw=-16,
        pitch=28,
        over=("right-arm", "head"),
    ),
    "side-lying": _lying(
        Pose(
            (0, 0, 17.3),
            (176, 174),
            (
                Limb((-66, -23, 12), bend=(0.5, -1, -0.1), end=(-0.8, 0.6, 0.2)),
                Limb((-26, -36, 4), bend=(0.4, 0.0, 1), end=(-0.5, -1, 0)),
            ),
            (
                Limb((58, -14, 6), bend=(0, -1, 0), end=(0.8, -0.6, 0)),
                Limb((52, -12, 20), bend=(0, -1, 0), end=(0.8, -0.6, 0)),
            ),
            roll=(90, 90),
            nod=-4,
        ),
        things=(Cushion(((-86, -16, 6), (-86, 12, 6), (-64, -16, 6), (-64, 12, 6)), 6),),
        yaw=4,
        pitch=28,
    ),
    "knees-open": _lying(
        replace(_BACK, arms=both(Limb((0, -34, 4), bend=(0, -1, 0))), legs=_OPEN),
        yaw=-6,
        pitch=70,
        under=_LEGS,
    ),
    "one-knee-open": _lying(
        replace(
            _BACK,
            arms=both(_HAND_ON_BELLY),
            legs=(Limb((40, -10, 6.5), bend=(0.1, -1, 0.3), end=(1, -0.5, 0)), _FEET_FLAT[1]),
        ),
        start=replace(_BACK, arms=both(_HAND_ON_BELLY)),
        arrows=(Arrow(((54, -14, 62), (62, -38, 52), (60, -54, 30))),),
        yaw=-8,
        pitch=36,
    ),
    "knee-rock": _lying(
        replace(_WIDE_ARMS, legs=_leaning(-1)),
        start=replace(_WIDE_ARMS, legs=_leaning(1)),
        arrows=(Arrow(((30, 46, 50), (42, 4, 70), (44, -40, 44)), heads=2),),
        yaw=-26,
        pitch=26,
        over=_LEGS,
    ),
}
