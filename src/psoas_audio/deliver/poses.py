"""Every figure as joints: poses in profile, two seen from above, and what lies inside.

Drawn for the right side (see :mod:`psoas_audio.deliver.drawing`): lying on the back the
head is on the left, in every other profile the figure looks to the right.
"""

from __future__ import annotations

from psoas_audio.deliver.drawing import (
    HEAD,
    LIMB,
    LINE,
    TORSO,
    Disc,
    Figure,
    Part,
    Point,
    Stroke,
    arrow,
    curve,
    row,
)

_UP = 0.82
"""Size of a figure that stands: as wide a body as it has room for."""
_SEAT = 0.88


def _body(
    head: Point,
    torso: tuple[Point, ...],
    *,
    far: tuple[tuple[Point, ...], ...] = (),
    near: tuple[tuple[Point, ...], ...] = (),
    over: tuple[tuple[Point, ...], ...] = (),
    size: float = 1.0,
) -> tuple[Part, ...]:
    """Limbs behind the trunk, the trunk, limbs beside it, the head, and limbs before it."""
    limb = LIMB * size
    return (
        *(Stroke(points, limb, faint=True) for points in far),
        Stroke(torso, TORSO * size),
        *(Stroke(points, limb) for points in near),
        Disc(head, HEAD * size),
        *(Stroke(points, limb, halo=True) for points in over),
    )


def _thing(*points: Point, width: float = 4.0) -> Stroke:
    return Stroke(points, width, faint=True)


_WALL = _thing((150, 6), (150, 112), width=5.0)
_CHAIR = (
    _thing((66, 44), (68, 85), (112, 85)),
    _thing((70, 87), (67, 110)),
    _thing((108, 87), (111, 110)),
)
_CHAIR_AHEAD = (
    _thing((136, 52), (132, 84), (168, 84)),
    _thing((133, 86), (129, 110)),
    _thing((165, 86), (168, 110)),
)
_LYING = ((53, 101), (104, 102))
_KNEES_UP = ((104, 102), (130, 60), (148, 107), (160, 107))
_FAR_KNEE_UP = ((104, 100), (140, 62), (160, 107), (171, 107))
_SEATED = ((86, 46), (86, 71))
_SEATED_LEGS = ((86, 74), (119, 75), (119, 107), (131, 107))
_FAR_SEATED_LEGS = ((90, 73), (125, 76), (128, 107), (139, 107))
_TIP = curve((104, 44), (120, 46), (130, 58))
_FAR_LUNGE = ((97, 67), (127, 74), (124, 107), (137, 107))
_LUNGE = ((96, 68), (72, 88), (46, 103), (48, 108))
_FAR_STANCE = ((99, 64), (101, 86), (100, 107), (111, 107))
_FOURS = ((134, 64), (78, 66))


def _supine(*over: tuple[Point, ...], far: tuple[tuple[Point, ...], ...] = ()) -> tuple[Part, ...]:
    return _body((30, 97), _LYING, far=(_FAR_KNEE_UP, *far), near=(_KNEES_UP,), over=over)


def _seated(*over: tuple[Point, ...], far: tuple[tuple[Point, ...], ...] = ()) -> tuple[Part, ...]:
    legs = (_FAR_SEATED_LEGS, *far)
    body = _body((88, 23), _SEATED, far=legs, near=(_SEATED_LEGS,), over=over, size=_SEAT)
    return (*_CHAIR, *body)


_LIE = {
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
        _body(
            (30, 97),
            _LYING,
            far=(((104, 104), (144, 107), (184, 107), (186, 98)),),
            near=(((104, 102), (80, 61), (122, 78), (129, 70)),),
            over=(((57, 99), (68, 86), (97, 73)),),
        )
    ),
    "knees-to-chest": Figure(
        _body(
            (30, 97),
            _LYING,
            far=(((106, 100), (94, 56), (134, 70), (141, 62)),),
            near=(((104, 102), (80, 61), (122, 78), (129, 70)),),
            over=(((57, 99), (68, 86), (97, 73)),),
        )
    ),
    "bridge": Figure(
        (
            *_body(
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
        _body(
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
            *_body(
                (27, 93),
                ((51, 101), (100, 102)),
                near=(((100, 102), (138, 86), (176, 107), (179, 97)),),
                over=(((55, 103), (76, 108), (98, 108)),),
            ),
        )
    ),
    "prone": Figure(
        _body(
            (31, 93),
            ((52, 102), (106, 103)),
            near=(((106, 104), (146, 107), (182, 107)),),
            over=(((58, 102), (40, 108), (16, 108)),),
        )
    ),
    "side-lying": Figure(
        (
            Stroke(((26, 32), (26, 58)), 26.0, faint=True),
            Stroke(((104, 50), (138, 82), (168, 66), (177, 73)), LIMB + 1, faint=True),
            Stroke(curve((54, 46), (78, 44), (102, 49)), 23.0),
            Disc((30, 47)),
            Stroke(((102, 53), (130, 92), (162, 80), (170, 88)), LIMB + 1, halo=True),
            Stroke(((56, 50), (74, 74), (46, 70)), LIMB, halo=True),
        ),
        floor=False,
    ),
    "knees-open": Figure(
        (
            Stroke(((60, 50), (84, 32), (112, 28)), LIMB),
            Stroke(((60, 70), (84, 88), (112, 92)), LIMB),
            Stroke(((60, 60), (98, 60)), 30.0),
            Disc((28, 60)),
            Stroke(((106, 52), (142, 22), (172, 55)), LIMB + 1),
            Stroke(((106, 68), (142, 98), (172, 65)), LIMB + 1),
        ),
        floor=False,
    ),
    "one-knee-open": Figure(
        (
            Stroke(((60, 50), (78, 34), (92, 46)), LIMB),
            Stroke(((60, 60), (98, 60)), 30.0),
            Disc((28, 60)),
            Stroke(((106, 52), (138, 50), (170, 54)), LIMB + 1),
            Stroke(((106, 68), (140, 94), (170, 66)), LIMB + 1),
            Stroke(((60, 70), (78, 86), (92, 74)), LIMB),
            *arrow(*curve((184, 58), (187, 76), (178, 94))),
        ),
        floor=False,
    ),
    "knee-rock": Figure(
        (
            Stroke(((60, 50), (84, 28), (108, 26)), LIMB),
            Stroke(((60, 70), (84, 92), (108, 94)), LIMB),
            Stroke(((60, 60), (98, 60)), 30.0),
            Disc((28, 60)),
            Stroke(((106, 54), (136, 84), (168, 60)), LIMB + 1, faint=True),
            Stroke(((106, 68), (136, 98), (168, 74)), LIMB + 1),
            *arrow(*curve((152, 44), (160, 32), (156, 18))),
            *arrow(*curve((156, 92), (160, 102), (154, 112))),
        ),
        floor=False,
    ),
}

_STAND = {
    "standing": Figure(
        (
            Stroke(((89, 35), (82, 52), (84, 69)), LIMB * _UP),
            Stroke(((111, 35), (118, 52), (116, 69)), LIMB * _UP),
            Stroke(((95, 62), (93, 108)), LIMB),
            Stroke(((105, 62), (107, 108)), LIMB),
            Stroke(((97, 37), (97, 59), (103, 59), (103, 37), (97, 37)), 15.0),
            Disc((100, 15), HEAD * _UP),
        )
    ),
    "at-the-wall": Figure(
        (
            _WALL,
            *_body(
                (112, 17),
                ((110, 38), (109, 62)),
                far=(((110, 64), (116, 86), (114, 108), (124, 108)),),
                near=(((109, 64), (106, 86), (104, 108), (114, 108)),),
                over=(((111, 38), (126, 48), (143, 37)),),
                size=_UP,
            ),
        )
    ),
    "standing-ball": Figure(
        (
            _WALL,
            Disc((140, 62), 7.0, hollow=True),
            *_body(
                (126, 18),
                ((122, 38), (125, 62)),
                far=(((125, 64), (136, 86), (132, 108), (142, 108)),),
                near=(((124, 64), (114, 86), (102, 108), (112, 108)),),
                over=(((122, 39), (128, 54), (144, 42)),),
                size=_UP,
            ),
            *arrow((88, 56), (106, 56)),
        )
    ),
    "leg-swing": Figure(
        (
            _WALL,
            *_body(
                (112, 17),
                ((110, 38), (109, 62)),
                far=(((110, 64), (112, 86), (110, 108), (121, 108)),),
                near=(((109, 64), (95, 84), (78, 98), (84, 105)),),
                over=(((111, 38), (126, 48), (143, 37)),),
                size=_UP,
            ),
            *arrow(*curve((68, 108), (58, 100), (53, 86))),
        )
    ),
    "chair-stretch": Figure(
        (
            *_CHAIR_AHEAD,
            *_body(
                (101, 18),
                ((98, 38), (97, 62)),
                far=(((98, 64), (114, 82), (110, 107), (121, 107)),),
                near=(((97, 64), (80, 84), (58, 102), (63, 108)),),
                over=(((98, 40), (112, 54), (134, 54)),),
                size=_UP,
            ),
        )
    ),
    "chair-swing": Figure(
        (
            *_CHAIR_AHEAD,
            *_body(
                (101, 17),
                ((99, 38), (98, 62)),
                far=(((99, 64), (101, 86), (99, 108), (110, 108)),),
                near=(((98, 64), (84, 84), (67, 98), (73, 105)),),
                over=(((99, 40), (112, 54), (134, 54)),),
                size=_UP,
            ),
            *arrow(*curve((57, 108), (47, 100), (42, 86))),
        )
    ),
    "long-step": Figure(
        _body(
            (100, 22),
            ((97, 44), (96, 66)),
            far=(_FAR_LUNGE,),
            near=(_LUNGE,),
            over=(((97, 45), (82, 56), (95, 66)),),
            size=_UP,
        )
    ),
    "lunge-reach": Figure(
        _body(
            (93, 32),
            ((96, 52), (96, 69)),
            far=(((99, 51), (117, 33), (128, 13)), _FAR_LUNGE),
            near=(_LUNGE,),
            over=(((97, 51), (110, 29), (117, 7)),),
            size=0.76,
        )
    ),
    "wide-warrior": Figure(
        (
            Stroke(((58, 44), (142, 44)), LIMB * _UP),
            *_body(
                (101, 23),
                ((99, 46), (97, 66)),
                near=(
                    ((98, 68), (129, 74), (126, 107), (139, 107)),
                    ((96, 68), (48, 107), (42, 107)),
                ),
                size=_UP,
            ),
        )
    ),
    "shake-out": Figure(
        (
            Stroke(((89, 35), (78, 50), (74, 66)), LIMB * _UP),
            Stroke(((111, 35), (122, 50), (126, 66)), LIMB * _UP),
            Stroke(((105, 62), (107, 108)), LIMB),
            Stroke(((95, 62), (84, 82), (66, 96)), LIMB),
            Stroke(((97, 37), (97, 59), (103, 59), (103, 37), (97, 37)), 15.0),
            Disc((100, 15), HEAD * _UP),
            Stroke(curve((52, 86), (48, 94), (52, 102)), LINE),
            Stroke(curve((42, 82), (36, 94), (42, 106)), LINE),
        )
    ),
}

_KNEEL = {
    "half-kneeling": Figure(
        _body(
            (99, 18),
            ((97, 42), (96, 66)),
            far=(((98, 68), (132, 71), (131, 107), (144, 107)),),
            near=(((96, 68), (94, 104), (60, 107)),),
            over=(((98, 43), (104, 60), (124, 66)),),
            size=0.9,
        )
    ),
    "hip-flexor-stretch": Figure(
        (
            *_body(
                (110, 19),
                ((108, 43), (108, 67)),
                far=(((110, 70), (144, 76), (134, 107), (147, 107)),),
                near=(((107, 70), (82, 104), (48, 107)),),
                over=(((108, 44), (95, 56), (106, 66)),),
                size=0.9,
            ),
            *arrow((124, 54), (146, 54)),
        )
    ),
    "all-fours": Figure(
        _body(
            (159, 58),
            _FOURS,
            far=(((130, 68), (138, 107)), ((78, 70), (86, 105), (58, 107))),
            near=(((76, 68), (74, 105), (42, 107)),),
            over=(((133, 66), (129, 107)),),
        )
    ),
    "bird-dog": Figure(
        _body(
            (158, 62),
            _FOURS,
            far=(((134, 62), (162, 44), (188, 34)), ((78, 70), (86, 105), (56, 107))),
            near=(((78, 66), (46, 58), (16, 52), (12, 58)),),
            over=(((132, 66), (130, 107)),),
        )
    ),
    "plank": Figure(
        _body(
            (165, 67),
            ((142, 76), (96, 86)),
            far=(((146, 80), (150, 107), (172, 107)),),
            near=(((96, 87), (62, 96), (30, 104), (28, 108)),),
            over=(((141, 79), (141, 107), (164, 107)),),
        )
    ),
    "knee-plank": Figure(
        _body(
            (163, 64),
            ((140, 74), (98, 88)),
            far=(((144, 78), (148, 107), (170, 107)),),
            near=(((98, 89), (66, 106), (34, 107)),),
            over=(((139, 77), (139, 107), (162, 107)),),
        )
    ),
    "rest-on-heels": Figure(
        _body(
            (137, 95),
            curve((68, 86), (92, 82), (114, 94)),
            near=(((66, 88), (104, 106), (54, 108), (46, 108)),),
            over=(((113, 96), (140, 109), (178, 108)),),
        )
    ),
}

_SIT = {
    "sitting": Figure(_seated(((87, 46), (92, 62), (110, 70)))),
    "breathing": Figure(
        (
            *_seated(((87, 47), (80, 64), (97, 68)), far=(((90, 46), (104, 54), (96, 42)),)),
            *arrow((112, 60), (130, 60)),
        )
    ),
    "ribs": Figure(
        (
            *_seated(((87, 46), (70, 56), (84, 62))),
            *arrow((108, 52), (124, 46)),
            *arrow((108, 60), (126, 62)),
        )
    ),
    "tip-the-pelvis": Figure(
        (
            *_seated(((87, 46), (78, 62), (92, 70))),
            *arrow(*_TIP, both=True),
        )
    ),
    "march": Figure(
        (
            *_CHAIR,
            *_body(
                (88, 23),
                _SEATED,
                far=(_FAR_SEATED_LEGS,),
                near=(((86, 73), (118, 62), (120, 92), (131, 90)),),
                over=(((87, 46), (80, 60), (84, 76)),),
                size=_SEAT,
            ),
            *arrow((146, 82), (146, 62)),
        )
    ),
    "floor-sitting": Figure(
        _body(
            (78, 41),
            ((74, 66), (72, 100)),
            far=(((76, 103), (124, 90), (160, 107), (166, 98)),),
            near=(((74, 105), (112, 107), (152, 107), (156, 96)),),
            over=(((74, 68), (60, 86), (52, 107)),),
        )
    ),
}

_ROWS = {
    "warrior": row(0.6, _STAND["long-step"], _STAND["lunge-reach"], _STAND["wide-warrior"]),
    "planks": row(0.6, _KNEEL["knee-plank"], _KNEEL["plank"]),
}
"""Several poses of one chapter, in their order."""

POSES = {**_LIE, **_STAND, **_KNEEL, **_SIT, **_ROWS}
