"""Colours by kind of session, shared by the page, the pictures and the cover."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """Two tones of one hue, as ``#rrggbb``."""

    deep: str
    """On a light ground: at least 4.5:1 against ``#faf7f2``."""
    soft: str
    """On a dark ground: at least 4.5:1 against ``#15181b``."""


_BY_KIND = {
    "self-massage": Colours("#9a4a2a", "#f0aa8a"),
    "stretch": Colours("#3b6747", "#a3d2ad"),
    "strength": Colours("#41518f", "#b0bdf4"),
    "breathing": Colours("#1d6470", "#8ed0dc"),
    "relaxation": Colours("#69497c", "#d5b5e8"),
    "talk": Colours("#765613", "#e5c77c"),
}


def colours(kind: str) -> Colours:
    """The colours of *kind*; those of breathing for one that isn't known."""
    return _BY_KIND.get(kind, _BY_KIND["breathing"])
