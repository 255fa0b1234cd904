"""Standing poses, facing right."""

from __future__ import annotations

import math
from dataclasses import replace

from psoas_audio.deliver.figures.furniture import chair
from psoas_audio.deliver.figures.scene import Arrow, Cushion, Scene, Slab
from psoas_audio.deliver.figures.skeleton import Limb, Pose, both, placed

_HIPS = 88.0
_FLAT = (1.0, 0.0, 0.0)
"""Where the toes of a foot on the floor point."""
_STANDING = Pose(
    (0, 0, _HIPS), (90, 90), both(Limb((5, -21, 86))), both(Limb((0, -9, 6.5), end=(1, -0.15, 0)))
)
_ARMS_LOOSE = both(Limb((4, -31, 86), bend=(-1, -0.6, 0)))
_WALL = Slab((58, -28, 0), (64, 60, 178))
_ON_WALL = both(Limb((52, -15, 134), bend=(0, -0.6, -1), end=(0.1, 0, 1)))
_TO_WALL = replace(_STANDING, spine=(88, 87), arms=_ON_WALL)

_CHAIR_AHEAD = chair(75, -1)
_ON_CHAIR = both(Limb((47, -14, 98), bend=(-0.5, -0.5, -1), end=(1, 0, -0.2)))
_TO_CHAIR = replace(_STANDING, spine=(83, 81), arms=_ON_CHAIR, nod=-8)

_CHAIR_STEP = replace(
    _TO_CHAIR,
    hips=(0, 0, 77),
    spine=(86, 84),
    legs=(
        Limb((-50, -9, 13.4), bend=_FLAT, end=(0.84, 0, -0.54)),
        Limb((22, 9, 6.5), end=_FLAT),
    ),
)

_LUNGE_LEGS = (
    Limb((-68.4, -9, 15.4), bend=(1, 0, -0.3), end=(0.72, 0, -0.7)),
    Limb((40, 9, 6.5), end=_FLAT),
)
_LUNGE = Pose(
    (0, 0, 60),
    (90, 90),
    both(Limb((5, -16, 66), bend=(0, -1, 0.1), end=(1, 0.5, -0.4))),
    _LUNGE_LEGS,
)
_REACH = replace(
    _LUNGE, arms=(Limb((-9, -22, 161), bend=(-0.3, -1, 0), end=(0, 0, 1)), _LUNGE.arms[1])
)
_TALL = replace(
    _LUNGE,
    hips=(-13, 0, 67),
    arms=both(Limb((-11, -30, 66), bend=(-1, -0.5, 0))),
    legs=(Limb((-70.5, -9, 12.8), bend=(1, 0, -0.3), end=(0.84, 0, -0.53)), _LUNGE_LEGS[1]),
)
_WIDE = replace(
    _LUNGE,
    hips=(0, 0, 57),
    arms=(Limb((-70.5, 0, 103), bend=(0, 0, -1)), Limb((70.5, 0, 103), bend=(0, 0, -1))),
    legs=(
        Limb((-67.5, -7, 6.0), bend=(0, -1, 0.2), end=(0.2, -1, 0)),
        Limb((47, 6, 6.5), end=_FLAT),
    ),
    roll=(30, 90),
    turn=-80,
)
_LUNGE_YAW = 34.0

_LEANING = replace(
    _STANDING,
    hips=(31, 0, 85),
    spine=(92, 88),
    arms=_ON_WALL,
    legs=(Limb((6, -9, 6.5), end=_FLAT), Limb((28, 9, 6.5), bend=(1, 0, 0.1), end=_FLAT)),
)
_NEAR_WALL = replace(
    _LEANING, hips=(30, 0, 86), spine=(96, 92), legs=both(Limb((26, -9, 6.5), end=_FLAT))
)
_STEPPED_BACK = replace(
    _LEANING,
    hips=(-4, 0, 84),
    spine=(84, 82),
    legs=(Limb((-34, -9, 8.5), end=(1, 0, -0.2)), Limb((18, 9, 6.5), end=_FLAT)),
)
_STANDING_LEG = Limb((0, 9, 6.5), end=_FLAT)
_SWUNG_BACK = (Limb((-42, -9, 18.5), bend=(1, 0, 0)), _STANDING_LEG)
_SWUNG_AHEAD = (Limb((24, -9, 10.2), bend=(1, 0, 0), end=(1, 0, 0.35)), _STANDING_LEG)
_SWING = Arrow(((-44, -9, -8), (-66, -9, 4), (-78, -9, 24)), heads=2)

_ON_LEFT_LEG = replace(
    _STANDING,
    hips=(0, 8, _HIPS),
    arms=(Limb((4, -25, 86), bend=(-1, -0.6, 0)), Limb((4, 39, 86), bend=(-1, 0.6, 0))),
)
_LEFT_LEG = Limb((0, 13, 6.5), end=(1, 0.15, 0))
_SHAKEN_YAW = 62.0


def _across(x: float, yaw: float) -> tuple[float, float]:
    """The place on the floor that is *x* cm to the right of the picture's middle."""
    return x * math.cos(math.radians(yaw)), x * math.sin(math.radians(yaw))


def _mark(x: float, bow: float) -> Arrow:
    """A line beside a shaken leg that curves by *bow* cm, *x* cm to the right of the middle."""
    curve = ((0.0, 39), (0.8, 32), (1.0, 25), (0.8, 18), (0.0, 11))
    return Arrow(tuple((*_across(x + bow * part, _SHAKEN_YAW), z) for part, z in curve), heads=0)


def _beside(pose: Pose, x: float) -> Pose:
    return placed(pose, *_across(x, _LUNGE_YAW))


STANDING = {
    "standing": Scene((replace(_STANDING, arms=_ARMS_LOOSE),), yaw=48),
    "at-the-wall": Scene((_TO_WALL,), things=(_WALL,)),
    "standing-ball": Scene(
        (_LEANING,),
        (replace(_LEANING, hips=(22, 0, 86)),),
        things=(_WALL, Cushion(((50, -8, 90),), 7.5, after="trunk", is_ball=True)),
        arrows=(Arrow(((-20, -12, 96), (6, -12, 96))),),
    ),
    "ball-at-the-wall": Scene(
        (_NEAR_WALL,),
        things=(_WALL, Cushion(((50, -8, 90),), 7.5, after="trunk", is_ball=True)),
    ),
    "step-back": Scene(
        (_STEPPED_BACK,),
        (_LEANING,),
        things=(_WALL, Cushion(((44, -22, 7.5),), 7.5, after="right-leg", is_ball=True)),
        arrows=(Arrow(((10, -14, 64), (-18, -14, 64))),),
    ),
    "leg-swing": Scene(
        (replace(_TO_WALL, legs=_SWUNG_BACK),),
        (replace(_TO_WALL, legs=_SWUNG_AHEAD),),
        things=(_WALL,),
        arrows=(_SWING,),
    ),
    "chair-stretch": Scene((_CHAIR_STEP,), things=_CHAIR_AHEAD),
    "at-the-chair": Scene((_TO_CHAIR,), things=_CHAIR_AHEAD),
    "chair-reach": Scene(
        (
            replace(
                _CHAIR_STEP,
                arms=(Limb((-4, -20, 172), bend=(-0.3, -1, 0), end=(0, 0, 1)), _ON_CHAIR[1]),
            ),
        ),
        things=_CHAIR_AHEAD,
    ),
    "chair-swing": Scene(
        (replace(_TO_CHAIR, legs=_SWUNG_BACK),),
        (replace(_TO_CHAIR, legs=_SWUNG_AHEAD),),
        things=_CHAIR_AHEAD,
        arrows=(_SWING,),
    ),
    "long-step": Scene((_LUNGE,), mat=True, yaw=_LUNGE_YAW),
    "long-step-tall": Scene((_TALL,), (_LUNGE,), mat=True, yaw=_LUNGE_YAW),
    "lunge-reach": Scene((_REACH,), mat=True, yaw=_LUNGE_YAW),
    "wide-warrior": Scene((_WIDE,), mat=True),
    "shake-out": Scene(
        (replace(_ON_LEFT_LEG, legs=(Limb((6, -40, 18), end=(1, -0.5, -0.5)), _LEFT_LEG)),),
        (replace(_ON_LEFT_LEG, legs=(Limb((7, -32, 15), end=(1, -0.3, -0.5)), _LEFT_LEG)),),
        arrows=(_mark(-48, -5), _mark(-59, -5), _mark(-18, 5), _mark(-8, 5)),
        yaw=_SHAKEN_YAW,
    ),
    "warrior": Scene(
        (_beside(_LUNGE, -136), _beside(_REACH, -12), _beside(_WIDE, 124)), yaw=_LUNGE_YAW
    ),
}
