"""What lies inside, from the front: where the psoas runs, and where to touch.

The right side is on the viewer's left, as a body that faces the viewer has it.
"""

from __future__ import annotations

from psoas_audio.deliver.drawing import LINE, Disc, Figure, Part, Point, Stroke, arrow, curve

_OUTLINE = (
    ((56, 2), (64, 26), (68, 44), (60, 64), (52, 86), (50, 118)),
    ((97, 118), (99, 104), (100, 98)),
)
_CREST = ((66, 62), (74, 55), (86, 60), (92, 68))
_PELVIS = (*_CREST, (90, 80), (97, 92))


def _both(*points: Point, width: float = LINE, faint: bool = True) -> tuple[Stroke, Stroke]:
    """A smooth line and its mirror image."""
    line = curve(*points)
    other = tuple((200 - x, y) for x, y in line)
    return Stroke(line, width, faint=faint), Stroke(other, width, faint=faint)


def _muscle(*points: Point) -> tuple[Stroke, Stroke]:
    line = curve(*points)
    other = tuple((200 - x, y) for x, y in line)
    return (Stroke(line, filled=True, halo=True), Stroke(other, filled=True, halo=True))


_BODY: tuple[Part, ...] = tuple(stroke for line in _OUTLINE for stroke in _both(*line))
_SPINE = tuple(Stroke(((95, y), (105, y)), 6.5, faint=True) for y in range(8, 72, 9))
_THIGH_BONES: tuple[Part, ...] = (
    *_both((78, 84), (70, 88), (68, 98), (71, 118), width=6.0),
    *(Disc((x, 82), 5.0, faint=True) for x in (80, 120)),
)
_PSOAS = _muscle(
    (96, 17),
    (90, 34),
    (85, 54),
    (79, 74),
    (73, 94),
    (70, 99),
    (77, 98),
    (86, 80),
    (93, 60),
    (96, 40),
    (96, 17),
)

INSIDES = {
    "psoas": Figure(
        (*_BODY, *_SPINE, *_both(*_PELVIS), *_THIGH_BONES, *_PSOAS),
        floor=False,
    ),
    "psoas-and-breath": Figure(
        (
            *_BODY,
            *_SPINE,
            *_both(*_PELVIS),
            *_THIGH_BONES,
            *_PSOAS,
            Stroke(curve((66, 30), (80, 14), (100, 10), (120, 14), (134, 30)), 6.0, halo=True),
            *arrow((152, 14), (152, 34)),
        ),
        floor=False,
    ),
    "psoas-spot": Figure(
        (
            *_BODY,
            *_both((70, 18), (84, 4), (100, 0)),
            *_both((63, 70), (66, 60), (76, 55), width=8.0),
            Disc((100, 42), 3.5),
            *(Stroke(((x, y), (x + 2.4, y - 1.6)), 2.0) for x, y in ((72, 58.5), (92, 46.5))),
            Disc((82, 53), 6.5, hollow=True),
            Disc((82, 53), 2.2),
            Stroke(((18, 96), (44, 76), (70, 60)), 8.0, halo=True),
        ),
        floor=False,
    ),
}
