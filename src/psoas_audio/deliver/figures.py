"""A figure for each position, in strokes: the page draws them as SVG, the cover with Pillow."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]

WIDTH, HEIGHT = 200, 120
"""The field that every figure is drawn in."""
GROUND = 112
"""Where the floor is, down from the top."""
HEAD = 11.0
"""Radius of a head."""
RIM = 5.0
"""How much wider a halo is than its stroke."""
_TORSO, _LIMB = 17.0, 9.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line with round ends and joints."""

    points: tuple[Point, ...]
    width: float = _LIMB
    faint: bool = False
    """Behind the body, or not of it."""
    halo: bool = False
    """Lies over the body: a rim of the ground's colour sets it off."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A body in a position, back to front."""

    head: Point
    strokes: tuple[Stroke, ...]


def _far(*points: Point) -> Stroke:
    return Stroke(points, faint=True)


def _limb(*points: Point) -> Stroke:
    return Stroke(points)


def _arm(*points: Point) -> Stroke:
    return Stroke(points, halo=True)


def _torso(*points: Point) -> Stroke:
    return Stroke(points, _TORSO)


def _thing(*points: Point) -> Stroke:
    return Stroke(points, 4.0, faint=True)


FIGURES = {
    "supine": Figure(
        (30, 97),
        (
            _far((104, 100), (140, 62), (160, 107), (171, 107)),
            _torso((53, 101), (104, 102)),
            _limb((104, 102), (130, 60), (148, 107), (160, 107)),
            _arm((57, 99), (72, 84), (90, 94)),
        ),
    ),
    "prone": Figure(
        (31, 93),
        (
            _torso((52, 102), (106, 103)),
            _limb((106, 104), (146, 107), (178, 107)),
            _arm((58, 102), (40, 108), (16, 108)),
        ),
    ),
    "side-lying": Figure(
        (34, 90),
        (
            _far((50, 104), (30, 107), (14, 107)),
            _far((104, 104), (146, 107), (178, 107)),
            _torso((54, 98), (104, 99)),
            _limb((104, 97), (138, 84), (150, 107), (160, 107)),
            _arm((60, 94), (78, 88), (84, 107)),
        ),
    ),
    "standing": Figure(
        (100, 17),
        (
            _limb((90, 40), (83, 56), (84, 73)),
            _limb((110, 40), (117, 56), (116, 73)),
            _limb((96, 66), (94, 107)),
            _limb((104, 66), (106, 107)),
            _torso((100, 41), (100, 62)),
        ),
    ),
    "sitting": Figure(
        (88, 20),
        (
            _thing((64, 85), (112, 85)),
            _thing((68, 85), (66, 110)),
            _thing((108, 85), (110, 110)),
            _far((88, 74), (122, 76), (126, 107), (138, 107)),
            _torso((87, 44), (86, 71)),
            _limb((86, 74), (118, 75), (118, 107), (130, 107)),
            _arm((87, 45), (92, 62), (110, 69)),
        ),
    ),
    "half-kneeling": Figure(
        (94, 18),
        (
            _far((94, 68), (86, 105), (52, 107)),
            _torso((94, 42), (94, 66)),
            _limb((94, 69), (128, 72), (128, 107), (141, 107)),
            _arm((94, 43), (101, 59), (121, 67)),
        ),
    ),
    "all-fours": Figure(
        (158, 58),
        (
            _far((130, 68), (136, 107)),
            _far((76, 70), (84, 105), (56, 107)),
            _torso((134, 64), (76, 66)),
            _arm((133, 66), (128, 107)),
            _limb((74, 68), (72, 105), (40, 107)),
        ),
    ),
}
"""By position, as scripts name them."""


def figure_svg(position: str) -> str:
    """The strokes of *position* as SVG elements in ``currentColor``; empty if not known.

    Paths of class ``halo`` want the ground's colour as their ``stroke``.
    """
    figure = FIGURES.get(position)
    if figure is None:
        return ""
    floor = Stroke(((8, GROUND + 4), (WIDTH - 8, GROUND + 4)), 2.0, faint=True)
    parts = [_path(floor, floor.width, 'stroke="currentColor" opacity=".4"')]
    for stroke in figure.strokes:
        if stroke.halo:
            parts.append(_path(stroke, stroke.width + RIM, 'class="halo"'))
        faint = ' opacity=".4"' if stroke.faint else ""
        parts.append(_path(stroke, stroke.width, f'stroke="currentColor"{faint}'))
    x, y = figure.head
    parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="{HEAD:g}" fill="currentColor"/>')
    return "".join(parts)


def _path(stroke: Stroke, width: float, look: str) -> str:
    (x, y), *others = stroke.points
    line = f"M{x:g} {y:g}" + "".join(f"L{a:g} {b:g}" for a, b in others)
    return (
        f'<path d="{line}" fill="none" stroke-width="{width:g}" stroke-linecap="round"'
        f' stroke-linejoin="round" {look}/>'
    )
