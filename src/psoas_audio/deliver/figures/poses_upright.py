"""Standing, kneeling and sitting poses: in profile, facing right."""

from __future__ import annotations

from psoas_audio.deliver.figures.drawing import (
    HEAD_RADIUS,
    LIMB_WIDTH,
    OUTLINE_WIDTH,
    Disc,
    Figure,
    Part,
    Point,
    Stroke,
    arrow,
    curve,
    side_by_side,
)
from psoas_audio.deliver.figures.limbs import body, prop

_STANDING_SIZE = 0.82
"""Size of a standing body, so that it fits the height."""
_SEATED_SIZE = 0.88
_WALL = prop((150, 6), (150, 112), width=5.0)
_CHAIR = (
    prop((66, 44), (68, 85), (112, 85)),
    prop((70, 87), (67, 110)),
    prop((108, 87), (111, 110)),
)
_CHAIR_AHEAD = (
    prop((136, 52), (132, 84), (168, 84)),
    prop((133, 86), (129, 110)),
    prop((165, 86), (168, 110)),
)
_SEATED = ((86, 46), (86, 71))
_SEATED_LEGS = ((86, 74), (119, 75), (119, 107), (131, 107))
_FAR_SEATED_LEGS = ((90, 73), (125, 76), (128, 107), (139, 107))
_TIP = curve((104, 44), (120, 46), (130, 58))
_FAR_LUNGE = ((97, 67), (127, 74), (124, 107), (137, 107))
_LUNGE = ((96, 68), (72, 88), (46, 103), (48, 108))
_FOURS = ((134, 64), (78, 66))


def _seated(*over: tuple[Point, ...], far: tuple[tuple[Point, ...], ...] = ()) -> tuple[Part, ...]:
    far = (_FAR_SEATED_LEGS, *far)
    sitter = body((88, 23), _SEATED, far=far, near=(_SEATED_LEGS,), over=over, size=_SEATED_SIZE)
    return (*_CHAIR, *sitter)


_STAND = {
    "standing": Figure(
        (
            Stroke(((89, 35), (82, 52), (84, 69)), LIMB_WIDTH * _STANDING_SIZE),
            Stroke(((111, 35), (118, 52), (116, 69)), LIMB_WIDTH * _STANDING_SIZE),
            Stroke(((95, 62), (93, 108)), LIMB_WIDTH),
            Stroke(((105, 62), (107, 108)), LIMB_WIDTH),
            Stroke(((97, 37), (97, 59), (103, 59), (103, 37), (97, 37)), 15.0),
            Disc((100, 15), HEAD_RADIUS * _STANDING_SIZE),
        )
    ),
    "at-the-wall": Figure(
        (
            _WALL,
            *body(
                (112, 17),
                ((110, 38), (109, 62)),
                far=(((110, 64), (116, 86), (114, 108), (124, 108)),),
                near=(((109, 64), (106, 86), (104, 108), (114, 108)),),
                over=(((111, 38), (126, 48), (143, 37)),),
                size=_STANDING_SIZE,
            ),
        )
    ),
    "standing-ball": Figure(
        (
            _WALL,
            Disc((140, 62), 7.0, hollow=True),
            *body(
                (126, 18),
                ((122, 38), (125, 62)),
                far=(((125, 64), (136, 86), (132, 108), (142, 108)),),
                near=(((124, 64), (114, 86), (102, 108), (112, 108)),),
                over=(((122, 39), (128, 54), (144, 42)),),
                size=_STANDING_SIZE,
            ),
            *arrow((88, 56), (106, 56)),
        )
    ),
    "leg-swing": Figure(
        (
            _WALL,
            *body(
                (112, 17),
                ((110, 38), (109, 62)),
                far=(((110, 64), (112, 86), (110, 108), (121, 108)),),
                near=(((109, 64), (95, 84), (78, 98), (84, 105)),),
                over=(((111, 38), (126, 48), (143, 37)),),
                size=_STANDING_SIZE,
            ),
            *arrow(*curve((68, 108), (58, 100), (53, 86))),
        )
    ),
    "chair-stretch": Figure(
        (
            *_CHAIR_AHEAD,
            *body(
                (101, 18),
                ((98, 38), (97, 62)),
                far=(((98, 64), (114, 82), (110, 107), (121, 107)),),
                near=(((97, 64), (80, 84), (58, 102), (63, 108)),),
                over=(((98, 40), (112, 54), (134, 54)),),
                size=_STANDING_SIZE,
            ),
        )
    ),
    "chair-swing": Figure(
        (
            *_CHAIR_AHEAD,
            *body(
                (101, 17),
                ((99, 38), (98, 62)),
                far=(((99, 64), (101, 86), (99, 108), (110, 108)),),
                near=(((98, 64), (84, 84), (67, 98), (73, 105)),),
                over=(((99, 40), (112, 54), (134, 54)),),
                size=_STANDING_SIZE,
            ),
            *arrow(*curve((57, 108), (47, 100), (42, 86))),
        )
    ),
    "long-step": Figure(
        body(
            (100, 22),
            ((97, 44), (96, 66)),
            far=(_FAR_LUNGE,),
            near=(_LUNGE,),
            over=(((97, 45), (82, 56), (95, 66)),),
            size=_STANDING_SIZE,
        )
    ),
    "lunge-reach": Figure(
        body(
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
            Stroke(((58, 44), (142, 44)), LIMB_WIDTH * _STANDING_SIZE),
            *body(
                (101, 23),
                ((99, 46), (97, 66)),
                near=(
                    ((98, 68), (129, 74), (126, 107), (139, 107)),
                    ((96, 68), (48, 107), (42, 107)),
                ),
                size=_STANDING_SIZE,
            ),
        )
    ),
    "shake-out": Figure(
        (
            Stroke(((89, 35), (78, 50), (74, 66)), LIMB_WIDTH * _STANDING_SIZE),
            Stroke(((111, 35), (122, 50), (126, 66)), LIMB_WIDTH * _STANDING_SIZE),
            Stroke(((105, 62), (107, 108)), LIMB_WIDTH),
            Stroke(((95, 62), (84, 82), (66, 96)), LIMB_WIDTH),
            Stroke(((97, 37), (97, 59), (103, 59), (103, 37), (97, 37)), 15.0),
            Disc((100, 15), HEAD_RADIUS * _STANDING_SIZE),
            Stroke(curve((52, 86), (48, 94), (52, 102)), OUTLINE_WIDTH),
            Stroke(curve((42, 82), (36, 94), (42, 106)), OUTLINE_WIDTH),
        )
    ),
}

_KNEEL = {
    "half-kneeling": Figure(
        body(
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
            *body(
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
        body(
            (159, 58),
            _FOURS,
            far=(((130, 68), (138, 107)), ((78, 70), (86, 105), (58, 107))),
            near=(((76, 68), (74, 105), (42, 107)),),
            over=(((133, 66), (129, 107)),),
        )
    ),
    "bird-dog": Figure(
        body(
            (158, 62),
            _FOURS,
            far=(((134, 62), (162, 44), (188, 34)), ((78, 70), (86, 105), (56, 107))),
            near=(((78, 66), (46, 58), (16, 52), (12, 58)),),
            over=(((132, 66), (130, 107)),),
        )
    ),
    "plank": Figure(
        body(
            (165, 67),
            ((142, 76), (96, 86)),
            far=(((146, 80), (150, 107), (172, 107)),),
            near=(((96, 87), (62, 96), (30, 104), (28, 108)),),
            over=(((141, 79), (141, 107), (164, 107)),),
        )
    ),
    "knee-plank": Figure(
        body(
            (163, 64),
            ((140, 74), (98, 88)),
            far=(((144, 78), (148, 107), (170, 107)),),
            near=(((98, 89), (66, 106), (34, 107)),),
            over=(((139, 77), (139, 107), (162, 107)),),
        )
    ),
    "rest-on-heels": Figure(
        body(
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
            *body(
                (88, 23),
                _SEATED,
                far=(_FAR_SEATED_LEGS,),
                near=(((86, 73), (118, 62), (120, 92), (131, 90)),),
                over=(((87, 46), (80, 60), (84, 76)),),
                size=_SEATED_SIZE,
            ),
            *arrow((146, 82), (146, 62)),
        )
    ),
    "floor-sitting": Figure(
        body(
            (78, 41),
            ((74, 66), (72, 100)),
            far=(((76, 103), (124, 90), (160, 107), (166, 98)),),
            near=(((74, 105), (112, 107), (152, 107), (156, 96)),),
            over=(((74, 68), (60, 86), (52, 107)),),
        )
    ),
}

_ROWS = {
    "warrior": side_by_side(
        0.6, _STAND["long-step"], _STAND["lunge-reach"], _STAND["wide-warrior"]
    ),
    "planks": side_by_side(0.6, _KNEEL["knee-plank"], _KNEEL["plank"]),
}
"""All upright poses; ``_ROWS`` have several of one chapter, in order."""

UPRIGHT_POSES = {**_STAND, **_KNEEL, **_SIT, **_ROWS}
