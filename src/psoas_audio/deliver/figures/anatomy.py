"""Views into the body from the front: where the psoas runs, and where to touch.

The body faces the viewer, so its right side is on the left.
"""

from __future__ import annotations

from psoas_audio.deliver.figures.drawing import (
    FIGURE_WIDTH,
    Disc,
    Figure,
    FlatShape,
    Hull,
    Point,
    Stroke,
    Tone,
    curve,
)

_SIDE = ((52, -2), (62, 22), (66, 42), (59, 62), (52, 84), (50, 122))
"""The body's edge on its right, from the ribs to the thigh."""
_CROTCH = ((97, 122), (100, 112))
_HIP_BONE = (
    *((93, 66), (85, 56), (73, 54), (65, 62), (68, 74), (76, 80)),
    *((82, 90), (89, 97), (98, 98)),
)
_PSOAS = (
    *((93, 13), (87, 32), (82, 54), (76, 74), (70, 91), (68, 100)),
    *((76, 98), (84, 80), (91, 62), (94, 42), (93, 13)),
)


def _other(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The mirror image of *points*."""
    return tuple((FIGURE_WIDTH - x, y) for x, y in points)


def _both(points: tuple[Point, ...], tone: Tone, width: float) -> FlatShape:
    """A smooth line and its mirror image."""
    line = curve(*points)
    return FlatShape((Stroke(line), Stroke(_other(line))), None, tone, width)


def _muscle(points: tuple[Point, ...]) -> FlatShape:
    line = curve(*points)
    return FlatShape(
        (Stroke(line, closed=True), Stroke(_other(line), closed=True)), "ink", "skin", 2.5
    )


def _skin(*sides: tuple[Point, ...]) -> FlatShape:
    """What lies between the body's right edge and its mirror image, without a line around it."""
    return FlatShape((Stroke(sum(sides, ()), closed=True),), "far-skin")


_RIGHT = curve(*_SIDE)
_BODY = (
    _skin(_RIGHT, curve(*_CROTCH), _other(curve(*_CROTCH))[::-1], _other(_RIGHT)[::-1]),
    _both(_SIDE, "ink", 3.0),
    _both(_CROTCH, "ink", 3.0),
)
_SPINE = FlatShape(
    tuple(Stroke(((95.5, y), (104.5, y))) for y in range(4, 72, 9)), None, "leg", 6.5
)
_BONES = (
    _both(_HIP_BONE, "leg", 4.0),
    _both(((77, 83), (68, 86), (66, 98), (69, 122)), "leg", 7.0),
    FlatShape((Stroke(((93, 72), (107, 72), (102, 88), (98, 88)), closed=True),), "leg"),
    _SPINE,
)
_INSIDE = (*_BODY, *_BONES, _muscle(_PSOAS))
_DOME = curve((71, 30), (82, 12), (100, 7), (118, 12), (129, 30))

_BELLY_SIDE = ((38, -2), (50, 20), (53, 40), (46, 60), (38, 84), (34, 122))
_BELLY = curve(*_BELLY_SIDE)
_WAISTBAND = curve((37, 88), (68, 96), (100, 98), (132, 96), (163, 88))
_HEM = curve((40, 2), (70, 9), (100, 11), (130, 9), (160, 2))
_NAVEL, _HIP_POINT, _SPOT = (100.0, 48.0), (57.0, 79.0), (78.5, 63.5)


def _way(part: float) -> Point:
    """The point a *part* of the way from the hip bone to the navel."""
    (x, y), (a, b) = _HIP_POINT, _NAVEL
    return x + (a - x) * part, y + (b - y) * part


_TIPS = ((72.0, 54.0), (77.0, 60.5), (74.0, 68.0))
_HAND = (
    FlatShape((Hull((Disc(-12, -4, 10), Disc(24, 24, 8.5))),), "skin", "ink"),
    FlatShape((Hull((Disc(30, 22, 5), Disc(58, 28, 3.6))),), "skin", "ink"),
    *(
        FlatShape((Hull((Disc(40 - 5 * i, 27 + 6 * i, 4.8), Disc(x, y, 3.6))),), "skin", "ink")
        for i, (x, y) in enumerate(_TIPS)
    ),
    FlatShape((Hull((Disc(22, 22, 8.5), Disc(33, 30, 9))),), "skin"),
)

ANATOMY = {
    "psoas": Figure(_INSIDE),
    "psoas-and-breath": Figure(
        (
            *_INSIDE,
            FlatShape((Stroke(_DOME),), None, "skin", 9.5),
            FlatShape((Stroke(_DOME),), None, "ink", 6.0),
            FlatShape(
                (
                    Stroke(((152, 8), (152, 34))),
                    Stroke(((146.5, 13.5), (152, 8), (157.5, 13.5))),
                    Stroke(((146.5, 28.5), (152, 34), (157.5, 28.5))),
                ),
                None,
                "arrow",
                3.4,
            ),
        )
    ),
    "psoas-spot": Figure(
        (
            _skin(_BELLY, _other(_BELLY)[::-1]),
            FlatShape((Stroke((*_WAISTBAND, (166, 122), (34, 122)), closed=True),), "leg"),
            FlatShape((Stroke((*_HEM, (162, -2), (38, -2)), closed=True),), "shirt"),
            FlatShape((Stroke(_HEM), Stroke(_WAISTBAND)), None, "ink", 3.0),
            _both(_BELLY_SIDE, "ink", 3.0),
            FlatShape(
                tuple(Stroke((_way(i / 10), _way((i + 0.5) / 10))) for i in range(10)),
                None,
                "ink",
                2.6,
            ),
            FlatShape((Hull((Disc(*_NAVEL, 3.6),)), Hull((Disc(*_HIP_POINT, 4.6),))), "ink"),
            FlatShape((Hull((Disc(FIGURE_WIDTH - _HIP_POINT[0], _HIP_POINT[1], 4.6),)),), "thing"),
            FlatShape((Hull((Disc(*_SPOT, 9.0),)),), "skin", "ink", 5.0),
            FlatShape((Hull((Disc(*_SPOT, 4.0),)),), "ink"),
            *_HAND,
        )
    ),
}
