"""Standing poses, facing right."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.deliver.figures.furniture import chair
from psoas_audio.deliver.figures.scene import Arrow, Cushion, Scene, Slab
from psoas_audio.deliver.figures.skeleton import Limb, Pose, both, placed

_HIPS = 88.0
_ARMS_LOOSE = both(Limb((5, -21, 86)))
_STANDING = Pose((0, 0, _HIPS), (90, 90), _ARMS_LOOSE, both(Limb((0, -9, 6.5), end=(1, -0.15, 0))))
_WALL = Slab((56, -60, 0), (62, 60, 178))
_ON_WALL = both(Limb((50, -15, 134), bend=(0, -0.6, -1), end=(0.1, 0, 1)))


_CHAIR_AHEAD = chair(66, -1)
_ON_CHAIR = both(Limb((38, -14, 96), bend=(-0.5, -0.5, -1), end=(1, 0, -0.2)))
_STEP_BACK = Limb((-36, -9, 14.4), bend=(1, 0, 0), end=(0.8, 0, -0.6))
_LUNGE_LEGS = (
    Limb((-62, -9, 16.4), bend=(1, 0, -0.3), end=(0.6, 0, -0.8)),
    Limb((40, 9, 6.5), end=(1, 0, 0)),
)
_LUNGE = Pose(
    (0, 0, 60),
    (90, 90),
    both(Limb((4, -14, 62), bend=(-1, -1, 0), end=(1, 0.6, -0.3))),
    _LUNGE_LEGS,
)
_REACH = replace(
    _LUNGE, arms=(Limb((5, -14, 162), bend=(-0.3, -1, 0), end=(0.1, 0, 1)), _LUNGE.arms[1])
)
_WIDE = replace(
    _LUNGE,
    arms=(Limb((-70.5, 0, 106), bend=(0, 0, -1)), Limb((70.5, 0, 106), bend=(0, 0, -1))),
    roll=(50, 90),
    turn=-80,
)

_LEANING = replace(
    _STANDING,
    hips=(29, 0, 85),
    spine=(92, 88),
    arms=_ON_WALL,
    legs=(Limb((6, -9, 6.5), end=(1, 0, 0)), Limb((26, 9, 6.5), bend=(1, 0, 0.1), end=(1, 0, 0))),
)
_SWUNG_BACK = (Limb((-38, -9, 22), bend=(1, 0, 0)), Limb((0, 9, 6.5), end=(1, 0, 0)))
_SWUNG_AHEAD = (Limb((24, -9, 14), bend=(1, 0, 0)), Limb((0, 9, 6.5), end=(1, 0, 0)))
_SWING = Arrow(((-42, -9, -2), (-62, -9, 10), (-72, -9, 32)), heads=2)

STANDING = {
    "standing": Scene((_STANDING,), yaw=40),
    "at-the-wall": Scene((replace(_STANDING, arms=_ON_WALL),), things=(_WALL,)),
    "standing-ball": Scene(
        (_LEANING,),
        (replace(_LEANING, hips=(20, 0, 86)),),
        things=(_WALL, Cushion(((48, -8, 90),), 7.5, after="trunk", is_ball=True)),
        arrows=(Arrow(((-22, -12, 96), (4, -12, 96))),),
    ),
    "leg-swing": Scene(
        (replace(_STANDING, arms=_ON_WALL, legs=_SWUNG_BACK),),
        (replace(_STANDING, arms=_ON_WALL, legs=_SWUNG_AHEAD),),
        things=(_WALL,),
        arrows=(_SWING,),
    ),
    "chair-stretch": Scene(
        (
            replace(
                _STANDING,
                hips=(6, 0, 80),
                arms=_ON_CHAIR,
                legs=(_STEP_BACK, Limb((24, 9, 6.5), end=(1, 0, 0))),
            ),
        ),
        things=_CHAIR_AHEAD,
    ),
    "chair-swing": Scene(
        (replace(_STANDING, arms=_ON_CHAIR, legs=_SWUNG_BACK),),
        (replace(_STANDING, arms=_ON_CHAIR, legs=_SWUNG_AHEAD),),
        things=_CHAIR_AHEAD,
        arrows=(_SWING,),
    ),
    "long-step": Scene((_LUNGE,), mat=True),
    "lunge-reach": Scene((_REACH,), mat=True),
    "wide-warrior": Scene((_WIDE,), mat=True),
    "shake-out": Scene(
        (replace(_STANDING, legs=(Limb((18, -44, 24), end=(1, -0.5, -0.4)), _STANDING.legs[1])),),
        (replace(_STANDING, legs=(Limb((24, -16, 24), end=(1, -0.2, -0.4)), _STANDING.legs[1])),),
        arrows=tuple(
            Arrow(((18, y, 44), (18, y - 6, 30), (18, y, 16)), heads=0) for y in (-62, -74)
        ),
        yaw=62,
    ),
    "warrior": Scene((placed(_LUNGE, -150), placed(_REACH, -6), placed(_WIDE, 150))),
}
