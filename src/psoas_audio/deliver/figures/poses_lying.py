"""Lying poses: in profile with the head on the left, or seen from above."""

from __future__ import annotations

from psoas_audio.deliver.figures.drawing import (
    LIMB_WIDTH,
    Disc,
    Figure,
    Part,
    Point,
    Stroke,
    arrow,
    curve,
)
from psoas_audio.deliver.figures.limbs import body

_LYING = ((53, 101), (104, 102))
_KNEES_UP = ((104, 102), (130, 60), (148, 107), (160, 107))
_FAR_KNEE_UP = ((104, 100), (140, 62), (160, 107), (171, 107))


def _supine(*over: tuple[Point, ...], far: tuple[tuple[Point, ...], ...] = ()) -> tuple[Part, ...]:
    return body((30, 97), _LYING, far=(_FAR_KNEE_UP, *far), near=(_KNEES_UP,), over=over)


LYING_POSES = {
    "supine": Figure(_supine(((57, 103), (80, 107), (103, 108)))),
    "hands-on-belly": Figure(
        (*_supine(((57, 99), (71, 82), (90, 94))), *arrow((92, 76), (92, 60)))
    ),
    "supine-ball": Figure(
        (
            *_supine(),
            Disc((85, 87), 8.5, hollow=True),
            Stroke(((57, 99), (63, 74), (85, 74)), halo=True),
            *arrow((85, 46), (85, 63)),
        )
    ),
    "fingertips": Figure(
        (
            *_supine(((57, 99), (68, 70), (82, 76), (87, 92))),
            *arrow((87, 44), (87, 62)),
        )
    ),
    "knee-to-chest": Figure(
        body(
            (30, 97),
            _LYING,
            far=(((104, 104), (144, 107), (184, 107), (186, 98)),),
            near=(((104, 102), (80, 61), (122, 78), (129, 70)),),
            over=(((57, 99), (68, 86), (97, 73)),),
        )
    ),
    "knees-to-chest": Figure(
        body(
            (30, 97),
            _LYING,
            far=(((106, 100), (94, 56), (134, 70), (141, 62)),),
            near=(((104, 102), (80, 61), (122, 78), (129, 70)),),
            over=(((57, 99), (68, 86), (97, 73)),),
        )
    ),
    "bridge": Figure(
        (
            *body(
                (34, 98),
                ((56, 99), (98, 70)),
                far=(((100, 68), (146, 59), (160, 107), (171, 107)),),
                near=(((100, 68), (136, 60), (149, 107), (161, 107)),),
                over=(((58, 102), (76, 108), (104, 108)),),
            ),
            *arrow((92, 50), (92, 30)),
        )
    ),
    "lying-flat": Figure(
        body(
            (26, 97),
            ((49, 101), (100, 102)),
            far=(((100, 103), (140, 104), (180, 104), (184, 94)),),
            near=(((100, 104), (140, 107), (178, 107), (180, 96)),),
            over=(((53, 104), (76, 108), (98, 108)),),
        )
    ),
    "pillows": Figure(
        (
            Disc((138, 101), 10.0, faint=True),
            Stroke(((16, 108), (36, 108)), 10.0, faint=True),
            *body(
                (27, 93),
                ((51, 101), (100, 102)),
                near=(((100, 102), (138, 86), (176, 107), (179, 97)),),
                over=(((55, 103), (76, 108), (98, 108)),),
            ),
        )
    ),
    "prone": Figure(
        body(
            (31, 93),
            ((52, 102), (106, 103)),
            near=(((106, 104), (146, 107), (182, 107)),),
            over=(((58, 102), (40, 108), (16, 108)),),
        )
    ),
    "side-lying": Figure(
        (
            Stroke(((26, 32), (26, 58)), 26.0, faint=True),
            Stroke(((104, 50), (138, 82), (168, 66), (177, 73)), LIMB_WIDTH + 1, faint=True),
            Stroke(curve((54, 46), (78, 44), (102, 49)), 23.0),
            Disc((30, 47)),
            Stroke(((102, 53), (130, 92), (162, 80), (170, 88)), LIMB_WIDTH + 1, halo=True),
            Stroke(((56, 50), (74, 74), (46, 70)), LIMB_WIDTH, halo=True),
        ),
        floor=False,
    ),
    "knees-open": Figure(
        (
            Stroke(((60, 50), (84, 32), (112, 28)), LIMB_WIDTH),
            Stroke(((60, 70), (84, 88), (112, 92)), LIMB_WIDTH),
            Stroke(((60, 60), (98, 60)), 30.0),
            Disc((28, 60)),
            Stroke(((106, 52), (142, 22), (172, 55)), LIMB_WIDTH + 1),
            Stroke(((106, 68), (142, 98), (172, 65)), LIMB_WIDTH + 1),
        ),
        floor=False,
    ),
    "one-knee-open": Figure(
        (
            Stroke(((60, 50), (78, 34), (92, 46)), LIMB_WIDTH),
            Stroke(((60, 60), (98, 60)), 30.0),
            Disc((28, 60)),
            Stroke(((106, 52), (138, 50), (170, 54)), LIMB_WIDTH + 1),
            Stroke(((106, 68), (140, 94), (170, 66)), LIMB_WIDTH + 1),
            Stroke(((60, 70), (78, 86), (92, 74)), LIMB_WIDTH),
            *arrow(*curve((184, 58), (187, 76), (178, 94))),
        ),
        floor=False,
    ),
    "knee-rock": Figure(
        (
            Stroke(((60, 50), (84, 28), (108, 26)), LIMB_WIDTH),
            Stroke(((60, 70), (84, 92), (108, 94)), LIMB_WIDTH),
            Stroke(((60, 60), (98, 60)), 30.0),
            Disc((28, 60)),
            Stroke(((106, 54), (136, 84), (168, 60)), LIMB_WIDTH + 1, faint=True),
            Stroke(((106, 68), (136, 98), (168, 74)), LIMB_WIDTH + 1),
            *arrow(*curve((152, 44), (160, 32), (156, 18))),
            *arrow(*curve((156, 92), (160, 102), (154, 112))),
        ),
        floor=False,
    ),
}
