"""Effective words per minute to an engine's own rate.

A script's rate is the words of a passage over the time it takes, pauses between its sentences
included. What a voice's own scale means is measured, once per voice and version, not believed.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence

from psoas_audio.errors import SpeechError

Curve = Sequence[tuple[float, float]]
"""Points ``(effective words per minute, the engine's own rate)``, both rising; two or more."""

PASSAGE = (
    "Lie on your back with both knees bent, and your feet flat on the floor. "
    "Let one hand rest on your belly, just below the ribs. "
    "As you breathe in, feel the hand rise a little. "
    "As you breathe out, let the weight of your legs sink down. "
    "There is nothing to hold, and nowhere else to be. Stay for one more slow breath."
)
"""What is read to measure a voice, in whatever language: a yardstick, not a text to hear."""
_WORDS = len(PASSAGE.split())


def curve_of(readings: Sequence[tuple[float, float]]) -> Curve:
    """The curve of *readings* ``(own rate, seconds of the passage)``, slow to fast.

    A rate that made the voice no faster is left out: scales are coarse, and end. Raises
    ``SpeechError`` when less than two are left.
    """
    points: list[tuple[float, float]] = []
    for own, seconds in readings:
        effective = 60 * _WORDS / seconds
        if not points or effective > points[-1][0]:
            points.append((effective, own))
    if len(points) < 2:
        raise SpeechError(
            "the engine speaks at one rate only, whatever it is asked for",
            hint="Choose another voice or engine.",
        )
    return points


def own_rate(curve: Curve, wpm: float) -> float:
    """The engine's own rate for *wpm*, or for the nearest that the curve reaches."""
    effective = [point[0] for point in curve]
    wpm = min(max(wpm, effective[0]), effective[-1])
    right = max(bisect_left(effective, wpm), 1)
    (x0, y0), (x1, y1) = curve[right - 1], curve[right]
    return y0 + (wpm - x0) * (y1 - y0) / (x1 - x0)


def reaches(curve: Curve, wpm: float) -> bool:
    """Whether the voice comes within 5 % of *wpm*."""
    return curve[0][0] * 0.95 <= wpm <= curve[-1][0] * 1.05


def pack(curve: Curve) -> bytes:
    """*curve* as it is stored."""
    return json.dumps(list(curve)).encode()


def unpack(payload: bytes) -> Curve:
    """The curve in *payload* of :func:`pack`."""
    return [(point[0], point[1]) for point in json.loads(payload)]
