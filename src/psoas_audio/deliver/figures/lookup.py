"""The figures by name: which one a chapter shows, on which side, as SVG and in words."""

from __future__ import annotations

from psoas_audio.deliver.figures.anatomy import ANATOMY
from psoas_audio.deliver.figures.drawing import Figure, mirrored, svg_elements
from psoas_audio.deliver.figures.poses_lying import LYING_POSES
from psoas_audio.deliver.figures.poses_upright import UPRIGHT_POSES
from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Marker

FIGURES: dict[str, Figure] = {**LYING_POSES, **UPRIGHT_POSES, **ANATOMY}
"""By name, as scripts write it. Every position has one."""


def figure_name(marker: Marker) -> str:
    """The name of the figure that *marker* shows: its own or its position's; empty if neither."""
    return next((name for name in (marker.figure, marker.position) if name in FIGURES), "")


def figure_for(name: str, side: str = "") -> Figure | None:
    """The figure called *name*, drawn for *side* (``left``, ``right`` or empty)."""
    figure = FIGURES.get(name)
    return mirrored(figure) if figure is not None and side == "left" else figure


def figure_svg(name: str, side: str = "") -> str:
    """The figure called *name* as SVG elements; empty if there is none."""
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
