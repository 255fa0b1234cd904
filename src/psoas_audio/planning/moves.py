"""How long a change of position takes."""

from __future__ import annotations

from psoas_audio.units import seconds_to_samples

_HEIGHT = {
    "standing": 3,
    "half-kneeling": 2,
    "sitting": 1,
    "all-fours": 1,
    "supine": 0,
    "prone": 0,
    "side-lying": 0,
}

_BASE_SECONDS = 6
_SECONDS_PER_LEVEL = 4
"""Getting down and up takes longer than turning over (a convention)."""


def move_length(start: str, end: str) -> int:
    """Samples for going from position *start* to position *end*, after the words.

    6 s to settle in the same position or to turn over, and 4 s more for each level between
    lying, sitting, kneeling and standing: 18 s from standing to supine.
    """
    levels = abs(_HEIGHT.get(start, 1) - _HEIGHT.get(end, 1))
    return seconds_to_samples(_BASE_SECONDS + _SECONDS_PER_LEVEL * levels)
