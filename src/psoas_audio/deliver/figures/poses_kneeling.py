"""Poses on the knees, the hands or the forearms, facing right."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.deliver.figures.scene import Arrow, Scene
from psoas_audio.deliver.figures.skeleton import Limb, Pose, both, placed

_SHIN_DOWN = Limb((-36, -9, 5), bend=(1, 0, -1), end=(-1, 0, -0.25))
_HALF = Pose(
    (0, 0, 48),
    (90, 90),
    both(Limb((28, -9, 56), bend=(-1, -0.6, -0.3), end=(1, 0.3, -0.2))),
    (_SHIN_DOWN, Limb((42, 9, 6.5), bend=(1, 0, 1), end=(1, 0, 0))),
)
_FOURS = Pose(
    (0, 0, 48.0),
    (8, 18),
    both(Limb((47, -16, 5), bend=(-1, 0, 0.1), end=(1, 0, -0.1))),
    both(_SHIN_DOWN),
    nod=-20,
)
_FOREARMS = both(Limb((73, -12, 4), bend=(-1, -0.2, -1), end=(1, 0.3, 0)))
KNEELING = {
    "half-kneeling": Scene((_HALF,), mat=True),
    "hip-flexor-stretch": Scene(
        (
            replace(
                _HALF,
                hips=(16, 0, 46),
                spine=(94, 94),
                arms=both(Limb((32, -9, 58), bend=(-1, -0.6, -0.3), end=(1, 0.3, -0.2))),
            ),
        ),
        (_HALF,),
        mat=True,
        arrows=(Arrow(((-34, -10, 62), (-12, -10, 62))),),
    ),
    "all-fours": Scene((_FOURS,), mat=True),
    "bird-dog": Scene(
        (
            replace(
                _FOURS,
                arms=(_FOURS.arms[0], Limb((91, 16, 86), bend=(0, 0, -1))),
                legs=(Limb((-81, -9, 54), bend=(0, 0, -1), end=(-0.4, 0, -1)), _FOURS.legs[1]),
                nod=28,
            ),
        ),
        (replace(_FOURS, nod=28),),
        mat=True,
    ),
    "plank": Scene(
        (
            Pose(
                (0, 0, 27.8),
                (7.5, 7.5),
                _FOREARMS,
                both(Limb((-81.3, -9, 17.2), bend=(0, 0, -1), end=(0.4, 0, -1))),
            ),
        ),
        mat=True,
    ),
    "knee-plank": Scene(
        (
            Pose(
                (0, 0, 19),
                (17, 17),
                _FOREARMS,
                both(Limb((-66, -9, 38), bend=(0, 0, -1), end=(-0.6, 0, 0.8))),
            ),
        ),
        mat=True,
    ),
    "rest-on-heels": Scene(
        (
            Pose(
                (0, 0, 24),
                (2, -14),
                both(Limb((92, -14, 4), end=(1, 0, 0))),
                both(Limb((-1.6, -9, 5), bend=(1, -0.1, -0.4), end=(-1, 0, -0.25))),
                nod=8,
            ),
        ),
        mat=True,
    ),
    "head-on-hands": Scene(
        (
            Pose(
                (0, 0, 24),
                (2, -14),
                both(Limb((76, -9, 4), bend=(0.2, -1, -0.2), end=(0.2, 1, 0))),
                both(Limb((-1.6, -9, 5), bend=(1, -0.1, -0.4), end=(-1, 0, -0.25))),
                nod=8,
            ),
        ),
        mat=True,
    ),
}
KNEELING["planks"] = Scene(
    (placed(KNEELING["knee-plank"].poses[0], -100), placed(KNEELING["plank"].poses[0], 100)),
    mat=True,
)
