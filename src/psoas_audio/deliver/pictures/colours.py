"""The colours of each kind of session, shared by pages and pictures."""

from __future__ import annotations

from dataclasses import dataclass

Rgb = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Two tones of one hue, as ``#rrggbb``."""

    deep: str
    """For light backgrounds: a contrast of at least 4.5:1 with ``#faf7f2``."""
    soft: str
    """For dark backgrounds: a contrast of at least 4.5:1 with ``#15181b``."""


_BY_KIND = {
    "self-massage": Colours("#9a4a2a", "#f0aa8a"),
    "stretch": Colours("#3b6747", "#a3d2ad"),
    "yoga": Colours("#5a6324", "#c9d68b"),
    "cardio": Colours("#96304f", "#f3a9bd"),
    "strength": Colours("#41518f", "#b0bdf4"),
    "breathing": Colours("#1d6470", "#8ed0dc"),
    "relaxation": Colours("#69497c", "#d5b5e8"),
    "talk": Colours("#765613", "#e5c77c"),
}


def colours(kind: str) -> Colours:
    """The colours of the session *kind*; those of breathing for an unknown one."""
    return _BY_KIND.get(kind, _BY_KIND["breathing"])


def rgb(colour: str) -> Rgb:
    """``#rrggbb`` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def blend(one: Rgb, other: Rgb, part: float) -> Rgb:
    """*one* blended with a *part* (0 to 1) of *other*."""
    r, g, b = (round(a + (z - a) * part) for a, z in zip(one, other, strict=True))
    return r, g, b
