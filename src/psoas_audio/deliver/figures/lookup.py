"""The figures by name: which one a chapter shows, on which side, as SVG and in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from psoas_audio.deliver.figures.anatomy import ANATOMY
from psoas_audio.deliver.figures.drawing import Figure, mirrored
from psoas_audio.deliver.figures.poses_kneeling import KNEELING
from psoas_audio.deliver.figures.poses_lying import LYING
from psoas_audio.deliver.figures.poses_sitting import SITTING
from psoas_audio.deliver.figures.poses_standing import STANDING
from psoas_audio.deliver.figures.render import draw
from psoas_audio.deliver.figures.scene import Scene
from psoas_audio.deliver.figures.svg import svg_elements
from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Clip, Gap, Marker, Timeline

SCENES: dict[str, Scene] = {**LYING, **STANDING, **KNEELING, **SITTING}
"""What each figure of a body shows."""
FIGURES = (*SCENES, *ANATOMY)
"""The names, as scripts write them. Every position has one."""

_POSITIONS = {
    **dict.fromkeys(LYING, "supine"),
    **dict.fromkeys(STANDING, "standing"),
    **dict.fromkeys(KNEELING, "all-fours"),
    **dict.fromkeys(SITTING, "sitting"),
    **{name: name for name in ("prone", "side-lying", "half-kneeling")},
    "hip-flexor-stretch": "half-kneeling",
}
"""The position in which each figure of a body is."""
_DOTS = 3
"""Full stops in the id of a step, such as ``3.2.left.1``."""


def figure_name(timeline: Timeline, marker: Marker) -> str:
    """The name of the figure that the chapter *marker* shows: its own, or that of its position."""
    return figure_at(timeline, marker)[0]


def figure_at(
    timeline: Timeline, marker: Marker, item: Gap | Clip | None = None
) -> tuple[str, str]:
    """The name and the side of the figure to show at *item* of the chapter *marker*.

    In a move it is that of the position it leads to. Else it is the one that the script names for
    the item or the chapter, unless a move has led to another position or will lead to that of the
    figure. Else it is that of the position. Without *item* it is that of the whole chapter. The
    name is empty if there is none.
    """
    last = marker.start - 1 if item is None else item.start
    moves = [m for m in timeline.track("voice").gaps if m.kind == "move" and m.start < marker.end]
    places = [timeline.markers[0].position, *(m.label for m in moves if m.start <= last)]
    here = [m for m in moves if marker.start <= m.start <= last]
    coming = [m.label for m in moves if m.start > max(last, marker.start - 1)]
    asked = item.figure if item is not None else ""
    named = asked or marker.figure
    own = named if named in FIGURES else ""
    position = here[-1].label if here else marker.position
    at = _POSITIONS.get(own, position) if own else marker.position
    is_move = bool(here) and item is here[-1]
    too_early = item is not None and not asked and at != position and at in coming
    if own and not too_early and (not here or (position == at and not is_move)):
        return own, _side(marker, item)
    side = _side(marker, item) if position == at else ""
    if position == "sitting" and (own == "floor-sitting" or _sits_on_floor(places)):
        return "floor-sitting", side
    return (position if position in FIGURES else own), side


def _side(marker: Marker, item: Gap | Clip | None) -> str:
    """The side of *item*: that of the chapter *marker*, or of the step."""
    if marker.side or item is None or item.step.count(".") < _DOTS:
        return marker.side
    side = item.step.split(".")[2].split("-")[-1]
    return side if side in ("left", "right") else ""


def _sits_on_floor(places: Sequence[str]) -> bool:
    """Whether who sits has come up from the floor, given the positions so far, in order."""
    while places and places[-1] == "sitting":
        places = places[:-1]
    return bool(places) and places[-1] not in ("", "standing")


def figure_for(name: str, side: str = "") -> Figure | None:
    """The figure called *name*, drawn for *side* (``left``, ``right`` or empty)."""
    figure = _drawn(name) if name in FIGURES else None
    return mirrored(figure) if figure is not None and side == "left" else figure


@cache
def _drawn(name: str) -> Figure:
    return ANATOMY[name] if name in ANATOMY else draw(SCENES[name])


def figure_svg(name: str, side: str = "") -> str:
    """The figure called *name* as SVG elements; empty if there is none.

    A page that shows them needs :data:`psoas_audio.deliver.figures.svg.FIGURE_CSS`.
    """
    figure = figure_for(name, side)
    return "" if figure is None else svg_elements(figure)


def figure_description(name: str, language: str, side: str = "") -> str:
    """What the figure called *name* shows, and on which *side*; empty if there is none.

    This is alternative text in the BCP 47 *language*, for people who can't see the figure.
    """
    words = load_language(language)
    text = words.figures.get(name, "")
    if not text or side not in ("left", "right"):
        return text
    return f"{text}, {words.interface[f'side-{side}']}"
