"""Sitting poses, facing right."""

from __future__ import annotations

import math
from dataclasses import replace

from psoas_audio.deliver.figures.furniture import chair
from psoas_audio.deliver.figures.scene import Arrow, Scene
from psoas_audio.deliver.figures.skeleton import LOWER_TRUNK, UPPER_TRUNK, Limb, Pose, both

_SEAT = chair(-4, -1)
_SITTING = Pose(
    (0, 0, 56),
    (92, 90),
    both(Limb((26, -12, 62), bend=(-0.6, -0.6, -0.6), end=(1, 0.2, -0.1))),
    both(Limb((42, -10, 6.5), bend=(1, 0, 1), end=(1, -0.1, 0))),
)

_ON_HIPS = both(Limb((8, -15, 66), bend=(-0.1, -1, -0.3), end=(0.9, 0.6, -0.5)))
_STOOL = _SEAT[1:]


def _tipped(lower: float, upper: float) -> Pose:
    """Sitting with the pelvis tipped, so that the shoulders and the head stay where they are.

    *lower* and *upper* are the directions of the trunk's halves, in degrees.
    """
    across, up = (
        LOWER_TRUNK * part(math.radians(lower)) + UPPER_TRUNK * part(math.radians(upper))
        for part in (math.cos, math.sin)
    )
    return Pose((-across, 0, 101.3 - up), (lower, upper), _ON_HIPS, _SITTING.legs, nod=upper - 90)


SITTING = {
    "sitting": Scene((_SITTING,), things=_SEAT, yaw=25),
    "breathing": Scene(
        (
            replace(
                _SITTING,
                arms=(
                    Limb((13, -8, 96), bend=(-1, -1, -0.9), end=(0.2, 0.9, 0.4)),
                    Limb((15, 9, 74), bend=(-0.2, 1, -0.3), end=(0.1, -1, 0)),
                ),
            ),
        ),
        things=_SEAT,
        yaw=48,
        arrows=(Arrow(((34, 2, 75), (66, 2, 82)), is_breath=True),),
        over=("left-arm", "right-arm"),
    ),
    "ribs": Scene(
        (
            replace(
                _SITTING, arms=both(Limb((6, -19, 84), bend=(-1, -0.5, 0.1), end=(0.9, 0.7, 0.1)))
            ),
        ),
        things=_SEAT,
        yaw=78,
        arrows=(
            Arrow(((6, -48, 85), (6, -72, 85)), is_breath=True),
            Arrow(((6, 40, 84), (6, 64, 84)), is_breath=True),
        ),
        over=("left-arm", "right-arm"),
    ),
    "tip-the-pelvis": Scene(
        (_tipped(70, 107),),
        (_tipped(116, 70),),
        things=_STOOL,
        arrows=(Arrow(((-19, -9, 51), (-31, -9, 66), (-19, -9, 83)), heads=2),),
    ),
    "march": Scene(
        (
            replace(
                _SITTING,
                legs=(Limb((36, -10, 30), bend=(1, 0, 1), end=(1, -0.1, 0)), _SITTING.legs[1]),
            ),
        ),
        (_SITTING,),
        things=_SEAT,
        yaw=20,
        arrows=(Arrow(((66, -10, 28), (66, -10, 52))),),
    ),
    "floor-sitting": Scene(
        (
            Pose(
                (0, 0, 10.5),
                (112, 106),
                both(Limb((-36, -22, 5), bend=(-1, -0.3, 0), end=(-1, -0.3, 0))),
                both(Limb((79, -10, 8.7), bend=(0, 0, 1), end=(0.2, -0.1, 1))),
            ),
        ),
        mat=True,
    ),
}
