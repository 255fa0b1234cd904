"""The figures by name: which one a chapter shows, on which side, and as SVG."""

from __future__ import annotations

from collections import Counter

from psoas_audio.deliver.figures.anatomy import INSIDES
from psoas_audio.deliver.figures.drawing import Figure, elements, mirrored
from psoas_audio.deliver.figures.poses_lying import LYING
from psoas_audio.deliver.figures.poses_upright import UPRIGHT
from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Marker, Timeline

FIGURES: dict[str, Figure] = {**LYING, **UPRIGHT, **INSIDES}
"""By name, as scripts write them; every position is one."""


def figure_name(marker: Marker) -> str:
    """The name of the figure that *marker* shows: its own, or its position; else empty."""
    return next((name for name in (marker.figure, marker.position) if name in FIGURES), "")


def figure_for(name: str, side: str = "") -> Figure | None:
    """The figure called *name*, drawn for *side* (``left``, ``right`` or empty)."""
    figure = FIGURES.get(name)
    return mirrored(figure) if figure is not None and side == "left" else figure


def figure_svg(name: str, side: str = "") -> str:
    """The figure called *name* as SVG elements (see :func:`elements`); empty if not known."""
    figure = figure_for(name, side)
    return "" if figure is None else elements(figure)


def figure_description(name: str, language: str, side: str = "") -> str:
    """What the figure called *name* shows, with its *side*; empty if it isn't known.

    For those who can't see it, in the BCP 47 *language*.
    """
    words = load_language(language)
    text = words.figures.get(name, "")
    if not text or side not in ("left", "right"):
        return text
    return f"{text}, {words.interface[f'side {side}']}"


def main_figure(timeline: Timeline) -> str:
    """The figure that stands for the session: of those its script names, the one shown longest."""
    shown: Counter[str] = Counter()
    for marker in timeline.markers:
        if marker.figure in FIGURES:
            shown[marker.figure] += marker.length
    return max(shown, key=shown.__getitem__, default="")
