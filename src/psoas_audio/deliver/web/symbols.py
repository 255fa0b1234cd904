"""The figures that a page shows, each drawn once."""

from __future__ import annotations

from collections.abc import Iterable

from psoas_audio.deliver.figures.drawing import FIGURE_WIDTH
from psoas_audio.deliver.figures.lookup import figure_svg
from psoas_audio.deliver.web.face import face_figures, figure_id
from psoas_audio.timeline.model import Timeline

_MIRROR = f"matrix(-1 0 0 1 {FIGURE_WIDTH} 0)"


def figure_symbols(timelines: Iterable[Timeline]) -> dict[str, str]:
    """The SVG elements of each figure that *timelines* show, by its id in the page.

    A left figure is the mirror image of the right one, if the page has that too.
    """
    shown = {
        id_: figure for timeline in timelines for id_, figure in face_figures(timeline).items()
    }
    symbols: dict[str, str] = {}
    for id_, (name, side) in shown.items():
        right = figure_id(name, "right")
        if side == "left" and right in shown:
            symbols[id_] = f'<g transform="{_MIRROR}"><use href="#figure-{right}"/></g>'
        elif drawn := figure_svg(name, side):
            symbols[id_] = drawn
    return symbols
