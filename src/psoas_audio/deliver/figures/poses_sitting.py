"""Sitting poses, facing right."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.deliver.figures.furniture import chair
from psoas_audio.deliver.figures.scene import Arrow, Scene
from psoas_audio.deliver.figures.skeleton import Limb, Pose, both

_SEAT = chair(-4, -1)
_SITTING = Pose(
    (0, 0, 56),
    (92, 90),
    both(Limb((26, -12, 62), bend=(-0.6, -0.6, -0.6), end=(1, 0.2, -0.1))),
    both(Limb((42, -10, 6.5), bend=(1, 0, 1), end=(1, -0.1, 0))),
)

_ON_HIPS = both(Limb((4, -17, 66), bend=(-1, -0.6, 0), end=(1, 0.3, -0.5)))
SITTING = {
    "sitting": Scene((_SITTING,), things=_SEAT, yaw=25),
    "breathing": Scene(
        (
            replace(
                _SITTING,
                arms=(
                    Limb((13, -8, 76), bend=(-0.4, -1, -0.4), end=(0.2, 1, 0)),
                    Limb((12, 8, 95), bend=(-0.1, 1, -0.7), end=(0.1, -1, 0.15)),
                ),
            ),
        ),
        things=_SEAT,
        yaw=64,
        arrows=(Arrow(((22, 6, 76), (66, 10, 72))),),
        over=("left-arm", "right-arm"),
    ),
    "ribs": Scene(
        (
            replace(
                _SITTING, arms=both(Limb((5, -19, 86), bend=(-0.4, -1, -0.1), end=(0.9, 0.7, 0.1)))
            ),
        ),
        things=_SEAT,
        yaw=78,
        arrows=(Arrow(((6, -19, 70), (6, -44, 70))), Arrow(((6, 19, 70), (6, 44, 70)))),
        over=("left-arm", "right-arm"),
    ),
    "tip-the-pelvis": Scene(
        (replace(_SITTING, spine=(76, 98), arms=_ON_HIPS),),
        (replace(_SITTING, spine=(116, 76), arms=_ON_HIPS),),
        things=_SEAT,
        arrows=(Arrow(((-26, -26, 80), (2, -26, 96), (30, -26, 80)), heads=2),),
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
