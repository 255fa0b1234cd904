"""The figures by name: which one a chapter shows, on which side, as SVG and in words."""

from __future__ import annotations

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
from psoas_audio.timeline.model import Gap, Marker, Timeline

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


def figure_name(marker: Marker) -> str:
    """The name of the figure that *marker* shows: its own or its position's; empty if neither."""
    return next((name for name in (marker.figure, marker.position) if name in FIGURES), "")


def figure_at(timeline: Timeline, marker: Marker, gap: Gap | None = None) -> tuple[str, str]:
    """The name and the side of the figure to show at *gap* of the chapter *marker*.

    In a move it is that of the position it leads to. After a move it is the chapter's own, if that
    is in the new position, else the position's. Without *gap* it is that of the whole chapter. The
    name is empty if there is none.
    """
    own = figure_name(marker)
    moves = [
        move
        for move in timeline.track("voice").gaps
        if move.kind == "move" and gap is not None and marker.start <= move.start <= gap.start
    ]
    reached = moves[-1].label if moves else ""
    if reached not in FIGURES:
        return own, marker.side
    stays = _POSITIONS.get(own, reached) == reached
    if stays and gap is not moves[-1]:
        return own, marker.side
    before = moves[-2].label if len(moves) > 1 else marker.position
    on_chair = before in ("", "standing", "sitting") and own != "floor-sitting"
    name = "floor-sitting" if reached == "sitting" and not on_chair else reached
    return name, marker.side if stays else ""


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
