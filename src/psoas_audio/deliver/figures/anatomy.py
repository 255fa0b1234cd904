"""Views into the body from the front: where the psoas runs, and where to touch.

The body faces the viewer, so its right side is on the left.
"""

from __future__ import annotations

from psoas_audio.deliver.figures.drawing import (
    OUTLINE_WIDTH,
    Disc,
    Figure,
    Part,
    Point,
    Stroke,
    arrow,
    curve,
)

_OUTLINE = (
    ((56, 2), (64, 24), (67, 42), (60, 62), (52, 86), (50, 118)),
    ((97, 118), (100, 108)),
)
_HIP = (
    ((93, 66), (85, 56), (73, 54), (65, 62), (68, 74), (76, 80)),
    ((82, 90), (89, 97), (98, 98)),
)


def _both(
    *points: Point, width: float = OUTLINE_WIDTH, faint: bool = True
) -> tuple[Stroke, Stroke]:
    """A smooth line and its mirror image."""
    line = curve(*points)
    other = tuple((200 - x, y) for x, y in line)
    return Stroke(line, width, faint=faint), Stroke(other, width, faint=faint)


def _muscle(*points: Point) -> tuple[Stroke, Stroke]:
    """A filled shape and its mirror image."""
    line = curve(*points)
    other = tuple((200 - x, y) for x, y in line)
    return (Stroke(line, filled=True), Stroke(other, filled=True))


_BODY: tuple[Part, ...] = tuple(stroke for line in _OUTLINE for stroke in _both(*line))
_BONES: tuple[Part, ...] = (
    *(Stroke(((97.5, y), (102.5, y)), 7.0, faint=True) for y in range(8, 72, 9)),
    Stroke(((94, 74), (106, 74), (101, 88), (99, 88)), 3.0, faint=True, filled=True),
    *(stroke for line in _HIP for stroke in _both(*line)),
    *_both((77, 83), (68, 86), (67, 98), (70, 118), width=6.5),
)
_PSOAS = _muscle(
    (93, 15),
    (88, 32),
    (83, 54),
    (77, 74),
    (71, 92),
    (69, 99),
    (76, 97),
    (84, 80),
    (90, 62),
    (93, 42),
    (93, 15),
)
_SPOT = (81, 57)

ANATOMY = {
    "psoas": Figure((*_BODY, *_BONES, *_PSOAS), floor=False),
    "psoas-and-breath": Figure(
        (
            *_BODY,
            *_BONES,
            *_PSOAS,
            Stroke(curve((66, 30), (80, 12), (100, 8), (120, 12), (134, 30)), 6.0, halo=True),
            *arrow((150, 14), (150, 34)),
        ),
        floor=False,
    ),
    "psoas-spot": Figure(
        (
            *_both((46, 0), (57, 22), (58, 40), (50, 60), (44, 84), (42, 118)),
            *_both((64, 20), (80, 8), (100, 0)),
            *_both((60, 86), (78, 104), (97, 114)),
            *_both((56, 84), (57, 74), (64, 68), (76, 66), width=7.0),
            *(Stroke(((x, y), (x + 3, y - 2.6)), 2.0) for x, y in ((63, 72.5), (70, 66.5))),
            *(Stroke(((x, y), (x + 3, y - 2.6)), 2.0) for x, y in ((88, 51), (95, 45))),
            Disc((100, 40), 4.0),
            Disc(_SPOT, 8.0, hollow=True),
            Disc(_SPOT, 3.0),
            Stroke(((9, 72), (22, 58)), 15.0, halo=True),
            Stroke(((25, 54), (31, 52)), 21.0),
            Stroke(((28, 62), (44, 72)), 6.5, halo=True),
            *(
                Stroke(((34, y), (64 + reach, y + 6)), 6.2, halo=True)
                for y, reach in ((44, 0), (50, 5), (56, 2))
            ),
        ),
        floor=False,
    ),
}
